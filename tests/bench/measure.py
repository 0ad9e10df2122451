"""Runs programs and measures them: seconds, processor seconds and peak memory of the whole process."""

import dataclasses
import os
import pathlib
import signal
import statistics
import subprocess
import tempfile
import threading
import time


@dataclasses.dataclass
class Run:
    """What one or several processes took. `stopped` says that the limit was reached."""

    seconds: float = 0.0
    cpu: float = 0.0
    megabytes: float = 0.0
    status: int = 0
    stopped: bool = False
    output: str = ""

    def then(self, other):
        """This run and another one after it, as one."""
        return Run(
            self.seconds + other.seconds,
            self.cpu + other.cpu,
            max(self.megabytes, other.megabytes),
            other.status,
            other.stopped,
            other.output,
        )


def run(command, limit, directory=None):
    """Runs a command, and stops it, with what it started, after `limit` seconds."""
    with tempfile.TemporaryFile() as output:
        begin = time.monotonic()
        process = subprocess.Popen(
            [str(word) for word in command],
            cwd=directory,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        late = threading.Event()

        def stop():
            late.set()
            os.killpg(process.pid, signal.SIGKILL)

        timer = threading.Timer(limit, stop)
        timer.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        finally:
            timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - begin
        output.seek(0)
        text = output.read().decode(errors="replace")
    cpu = usage.ru_utime + usage.ru_stime
    return Run(seconds, cpu, usage.ru_maxrss / 1024, process.returncode, late.is_set(), text)


def median(runs):
    """The run with the median of each figure; what is no figure is that of the last run."""
    last = runs[-1]
    figures = {
        name: statistics.median(getattr(each, name) for each in runs) for name in ("seconds", "cpu", "megabytes")
    }
    return dataclasses.replace(last, **figures)


def repeated(measured, runs, patience):
    """The median of up to `runs` runs; what has taken more than `patience` seconds is not run again."""
    done = [measured()]
    while len(done) < runs and not done[-1].stopped and sum(each.seconds for each in done) < patience:
        done.append(measured())
    return median(done)


def run_tenure(program, arguments, limit):
    """Runs tenure; `output` becomes what it says: holds, violated, undecided, or an error."""
    done = run([program, *arguments], limit)
    words = {0: "holds", 1: "violated", 2: "wrong input", 3: "undecided"}
    done.output = "stopped" if done.stopped else words.get(done.status, f"exit {done.status}")
    return done


def run_spin(promela, limit, megabytes=4096):
    """Makes the verifier of a Promela model, compiles and runs it, breadth first, as a user of SPIN would."""
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "model.pml").write_text(promela, encoding="utf-8")
        define = [f"-DMEMLIM={megabytes}", "-DBFS", "-DSAFETY", "-DVECTORSZ=16384"]
        total = Run()
        for command in (
            ["spin", "-a", "model.pml"],
            ["gcc", "-O2", "-w", *define, "-o", "pan", "pan.c"],
            ["./pan"],
        ):
            total = total.then(run(command, max(limit - total.seconds, 0.1), folder))
            if total.stopped or total.status != 0:
                break
    if total.stopped:
        total.output = "stopped"
    elif "errors: 0" in total.output and "limit" not in total.output:
        total.output = "holds"
    elif "assertion violated" in total.output:
        total.output = "violated"
    else:
        total.stopped = True
        total.output = "out of memory" if "memory" in total.output else "failed"
    return total
