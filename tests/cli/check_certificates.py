#!/usr/bin/env python3
"""Makes certificates of all shipped proofs with tenure, has them checked by solvers that are programs of their own, and
checks that certificates which are not right are rejected.

Usage: check_certificates.py [--all] TENURE SOLVER...
       with --all of every driver, which takes minutes; without, of some quick ones and the examples
       check_certificates.py --update TENURE      makes the certificates in certificates/ again: the right one and those
                                                  that the cases check-certificate-*.cmd show to be rejected"""

import hashlib
import json
import os
import pathlib
import re
import shutil
import sys
import tempfile

from shipped import ROOT, checked, drivers_of, expect, failures, run


def check_proofs(tenure, solvers, drivers):
    """Every proof of these drivers and the examples, by every solver."""
    for semantics in ("old", "new"):
        made = run(tenure, "verify", "--semantics", semantics, "--timeout", "5", "--certificate", semantics,
                   *drivers, "examples")
        if made.returncode not in (0, 1, 3):
            failures.append(semantics)
            print(made.stdout + made.stderr)
            continue
        manifest = json.loads(pathlib.Path(semantics, "certificate.json").read_text())
        proofs = sum(len(driver["verdicts"]) for driver in manifest["drivers"])
        files = sum(len(driver["obligations"]) for driver in manifest["drivers"])
        print(f"{semantics}: {len(manifest['drivers'])} drivers, {proofs} proofs, {files} obligations")
        if not files:
            failures.append(f"{semantics}: no obligation")
        for solver in solvers:
            expect(f"{semantics} by {solver}", run(tenure, "check-certificate", semantics, "--solver", solver), 0,
                   f"accepted: {files} obligations, asked {solver}")


class Certificate:
    """A copy of a certificate that is about to be spoilt."""

    def __init__(self, fresh, directory):
        shutil.copytree(fresh, directory)
        self.directory = pathlib.Path(directory)
        self.manifest = json.loads(self.path("certificate.json").read_text())

    def path(self, name):
        return self.directory / name

    def driver(self):
        return self.manifest["drivers"][0]

    def obligation(self, name):
        return next(o for o in self.driver()["obligations"] if o["file"].endswith(f"/{name}.smt2"))

    def edit(self, name, change):
        """Edits a script, and its hash in the manifest as well, as somebody would who wants it not to show."""
        obligation = self.obligation(name)
        script = self.path(obligation["file"]).read_text()
        changed = change(script)
        assert changed != script
        self.path(obligation["file"]).write_text(changed)
        obligation["sha256"] = hashlib.sha256(changed.encode()).hexdigest()

    def save(self):
        self.path("certificate.json").write_text(json.dumps(self.manifest, indent=2) + "\n")


def drop_assertion(name):
    return lambda script: script.replace(f"(assert {name})\n", "")


def negate_first_formula(script):
    return re.sub(r"\(define-fun n0 \(\) Bool (.*)\)\n", r"(define-fun n0 () Bool (not \1))\n", script, count=1)


def weaken_manifest(certificate):
    certificate.driver()["invariant"] = [{"says": "never b1", "excludes": ["b1"]}]


def other_answers(certificate):
    """No state follows the first one."""
    certificate.driver()["answers"] = "0" * certificate.driver()["answers"].count("01")


def claim_more(certificate):
    """What is violated is said to hold."""
    verdict = dict(certificate.driver()["verdicts"][0])
    verdict["property"] = "leak"
    certificate.driver()["verdicts"].append(verdict)


def swap_kernel(certificate):
    certificate.manifest["semantics"] = "new"


def set_hash(certificate):
    certificate.driver()["sha256"] = "0" * 64


def set_version(certificate):
    certificate.manifest["tenure"] = "99.0"


SPOILT = {
    "a dropped conjunct": (lambda c: c.edit("kept", drop_assertion("outside-after")), 1, "kept.smt2:"),
    "an added contradiction": (lambda c: c.edit("kept", lambda s: s.replace("(check-sat)", "(assert false)\n(check-sat)")), 1, "kept.smt2:"),
    "an edited formula": (lambda c: c.edit("kept", negate_first_formula), 1, "kept.smt2:"),
    "an edited comment": (lambda c: c.edit("expressed", lambda s: s.replace("; driver", "; Driver")), 1, "expressed.smt2:1:"),
    "another invariant": (weaken_manifest, 1, "is not what the spec and the invariant make of it"),
    "a clause about no bit": (lambda c: c.driver().update(invariant=[{"says": "never", "excludes": ["b999"]}]), 1, "a clause of the invariant is about b999"),
    "a clause that is none": (lambda c: c.driver().update(invariant=[{"says": "never", "excludes": ["c1"]}]), 2, "found 'c1', expected a bit"),
    "other answers": (other_answers, 1, "rejected"),
    "answers that do not fit": (lambda c: c.driver().update(answers=c.driver()["answers"] + "1"), 1, "do not fit the spec"),
    "a claim more": (claim_more, 1, "is not what the spec and the invariant make of it"),
    "another kernel": (swap_kernel, 1, "is not made of the files that the certificate names"),
    "another hash": (set_hash, 1, "is not the file that the certificate is about"),
    "another version": (set_version, 1, "it was made by tenure 99.0"),
    "an unknown key": (lambda c: c.manifest.update(sematics="old"), 2, "unknown key 'sematics' in a certificate"),
    "an unknown property": (lambda c: c.driver()["verdicts"][0].update(property="leek"), 2, "did you mean 'leak'?"),
    "a missing file": (lambda c: c.path(c.obligation("kept")["file"]).unlink(), 1, "kept.smt2: no such file"),
    "a file more": (lambda c: c.path("more.smt2").write_text("(check-sat)"), 1, "more.smt2: is no part of the certificate"),
}


def drop_clauses(certificate):
    """As somebody would who does not make the other formulas anew."""
    for number in range(1, 1 + len(certificate.driver()["invariant"])):
        for obligation in ("kept", "double-free"):
            certificate.edit(obligation, drop_assertion(f"clause-{number}"))
    certificate.driver()["invariant"] = []


def claim_of_other(certificate):
    """A proof that is right, of another spec than it says."""
    spec = "certificates/driver.json"
    certificate.driver().update(spec=spec, sha256=hashlib.sha256(pathlib.Path(spec).read_bytes()).hexdigest())


KEPT = {
    "right": ("driver", lambda c: None),
    "another-spec": ("other", claim_of_other),
    "weakened-invariant": ("driver", drop_clauses),
    "dropped-conjunct": ("driver", lambda c: c.edit("kept", drop_assertion("outside-after"))),
    "edited-formula": ("driver", lambda c: c.edit("double-free", negate_first_formula)),
}


def update(tenure):
    tenure = os.path.abspath(tenure)
    os.chdir(pathlib.Path(__file__).resolve().parent)
    for name, (spec, spoil) in KEPT.items():
        with tempfile.TemporaryDirectory() as directory:
            made = run(tenure, "verify", "--specs", "certificates/specs", "--semantics", "tiny", "-p", "double-free",
                       "--certificate", f"{directory}/fresh", f"certificates/{spec}.json")
            if made.returncode != 0:
                sys.exit(made.stdout + made.stderr)
            shutil.rmtree(f"certificates/{name}", ignore_errors=True)
            certificate = Certificate(f"{directory}/fresh", f"certificates/{name}")
            spoil(certificate)
            certificate.save()


def check_spoilt(tenure):
    shutil.copy(ROOT / "examples/02-leak.json", "driver.json")
    made = run(tenure, "verify", "--certificate", "fresh", "driver.json")
    expect("a certificate of what holds", made, 1, "violated")
    expect("a fresh certificate", run(tenure, "check-certificate", "fresh"), 0, "accepted")
    for number, (name, (spoil, status, text)) in enumerate(SPOILT.items()):
        certificate = Certificate("fresh", f"spoilt-{number}")
        spoil(certificate)
        certificate.save()
        expect(name, run(tenure, "check-certificate", certificate.directory), status, text)

    expect("a solver that disagrees", run(tenure, "check-certificate", "fresh", "--solver", "./says sat"), 1,
           "is not true: the solver found values")
    expect("a solver that does not know", run(tenure, "check-certificate", "fresh", "--solver", "./says unknown"), 1,
           "answered: unknown")
    expect("a solver that fails", run(tenure, "check-certificate", "fresh", "--solver", "false"), 1, "exit status 1")
    expect("no solver", run(tenure, "check-certificate", "fresh", "--solver", "no-such-solver"), 2, "no program in PATH")
    expect("no directory", run(tenure, "check-certificate", "nowhere"), 2, "nowhere/certificate.json: error: no such file")
    pathlib.Path("torn").mkdir()
    pathlib.Path("torn/certificate.json").write_text('{"certificate": 1')
    expect("a torn manifest", run(tenure, "check-certificate", "torn"), 2, "torn/certificate.json:1:")

    # The spec changes after the proof; a certificate is not made where something is.
    text = pathlib.Path("driver.json").read_text()
    pathlib.Path("driver.json").write_text(text + "\n")
    expect("another spec", run(tenure, "check-certificate", "fresh"), 1,
           "driver.json is not the file that the certificate is about: its SHA-256 differs")
    pathlib.Path("driver.json").unlink()
    expect("no spec", run(tenure, "check-certificate", "fresh"), 2, "driver.json: no such file")
    pathlib.Path("driver.json").write_text(text)
    before = sorted(os.listdir("."))
    expect("a full directory", run(tenure, "verify", "--certificate", "fresh", "driver.json"), 2, "fresh: error: is not empty")
    expect("a file", run(tenure, "verify", "--certificate", "driver.json", "driver.json"), 2, "driver.json: error: exists")
    expect("no parent", run(tenure, "verify", "--certificate", "a/b", "driver.json"), 2, "a/b: error: cannot be made")
    expect("explicit search", run(tenure, "verify", "--engine", "explicit", "--certificate", "c", "driver.json"), 2,
           "--certificate needs an invariant")
    if sorted(os.listdir(".")) != before:
        failures.append("something was written")
    pathlib.Path("empty").mkdir()
    expect("an empty directory", run(tenure, "verify", "--certificate", "empty/", "driver.json"), 1, "violated")
    expect("what is in it then", run(tenure, "check-certificate", "empty"), 0, "accepted")


def write_solvers():
    """A solver that says what it is called with."""
    pathlib.Path("says").write_text('#!/bin/sh\necho "$1"\n')
    pathlib.Path("says").chmod(0o755)


def main(arguments):
    drivers = drivers_of(arguments)
    tenure, solvers = os.path.abspath(arguments[0]), arguments[1:]
    return checked(write_solvers, lambda: check_proofs(tenure, solvers, drivers), lambda: check_spoilt(tenure))


if __name__ == "__main__":
    sys.exit(update(sys.argv[2]) if sys.argv[1] == "--update" else main(sys.argv[1:]))
