"""What the checks of the shipped drivers have in common: which drivers, where they run, and what is expected of tenure."""

import os
import pathlib
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
TIME_LIMIT = 600
QUICK = ["minimal", "gpio", "dma/hsu", "dma/plx_dma.json", "i2c/busses/i2c-amd-mp2-pci.json",
         "i2c/busses/i2c-mchp-pci1xxxx.json", "i2c/busses/i2c-thunderx-pcidrv.json", "media",
         "crypto/marvell/octeontx2/otx2_cptvf_main.json", "iommu/riscv"]
failures = []


def drivers_of(arguments):
    """All drivers when the first argument is --all, which is taken off, else some quick ones."""
    if arguments[0] == "--all":
        del arguments[0]
        return ["specs/drivers"]
    return ["specs/drivers/" + name for name in QUICK]


def run(tenure, *arguments):
    return subprocess.run([tenure, *arguments], capture_output=True, text=True, timeout=TIME_LIMIT)


def expect(name, done, status, text):
    """The status of a command, and what stands somewhere in its output."""
    if done.returncode != status or text not in done.stdout + done.stderr:
        failures.append(name)
        print(f"{name}: status {done.returncode}, expected {status} and {text!r}\n{done.stdout}{done.stderr}")


def checked(*checks):
    """Carries checks out in an empty directory that has the specs and the examples; gives the exit status."""
    with tempfile.TemporaryDirectory() as directory:
        os.chdir(directory)
        for shared in ("specs", "examples"):
            os.symlink(ROOT / shared, shared)
        for check in checks:
            check()
        os.chdir(ROOT)
    print(f"{len(failures)} failures" + "".join(f"\n  {name}" for name in failures))
    return 1 if failures else 0
