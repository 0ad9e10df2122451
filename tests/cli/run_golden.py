#!/usr/bin/env python3
"""Runs tenure as the .cmd files beside this script say and compares standard output, standard error and exit status with
what is expected: NAME.stdout, NAME.stderr (no file: nothing) and NAME.status (no file: 0).

A .cmd file has lines of these forms, in this order, most of them optional:
    # why this case is here
    setup: SHELL COMMAND            run in the empty directory that the case has for itself; may stand several times
    env: NAME=VALUE                 more environment for tenure; may stand several times
    stdout: terminal | /dev/full    where standard output goes (default: a pipe)
    tenure ARGUMENTS...             the command line, in shell syntax
The directory has links to specs/, examples/, tests/lint/ (as lint/) and tests/cli/certificates/ (as certificates/) of the
repository.

With --examples, runs `tenure verify` on each examples/NAME.json instead, and compares with examples/NAME.out.
With --update, writes what is expected instead of comparing."""

import argparse
import difflib
import json
import os
import pathlib
import pty
import shlex
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
CASES = pathlib.Path(__file__).resolve().parent / "cases"
TIME_LIMIT = 120


class Case:
    def __init__(self, path):
        self.setup, self.env, self.stdout, self.arguments = [], {}, "pipe", None
        for line in path.read_text().splitlines():
            key, _, value = line.partition(":")
            if line.startswith("tenure"):
                self.arguments = shlex.split(line)[1:]
            elif key == "setup":
                self.setup.append(value.strip())
            elif key == "env":
                name, _, content = value.strip().partition("=")
                self.env[name] = content
            elif key == "stdout":
                self.stdout = value.strip()
            elif line and not line.startswith("#"):
                sys.exit(f"{path}: what is {line!r}?")
        if self.arguments is None:
            sys.exit(f"{path}: no command line")


def read_terminal(terminal):
    """All that is written to a pseudo-terminal until its other end is closed."""
    text = b""
    while True:
        try:
            block = os.read(terminal, 65536)
        except OSError:  # how Linux says that the other end is closed
            block = b""
        if not block:
            return text.replace(b"\r\n", b"\n")
        text += block


def run_on_terminal(command, **options):
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, stdout=theirs, stderr=subprocess.PIPE, **options)
    os.close(theirs)
    output = read_terminal(ours)
    os.close(ours)
    return output, process.stderr.read(), process.wait(TIME_LIMIT)


def run(tenure, case):
    """Standard output, standard error and exit status of a case."""
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "TERM": "xterm", **case.env}
    # A sanitized build may keep its options.
    environment.update({name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")})
    with tempfile.TemporaryDirectory() as directory:
        for shared in ("specs", "examples", "tests/lint", "tests/cli/certificates"):
            os.symlink(ROOT / shared, os.path.join(directory, os.path.basename(shared)))
        for command in case.setup:
            subprocess.run(command, shell=True, cwd=directory, check=True)
        command = [tenure, *case.arguments]
        options = {"cwd": directory, "env": environment, "stdin": subprocess.DEVNULL}
        if case.stdout == "terminal":
            output, errors, status = run_on_terminal(command, **options)
        elif case.stdout == "pipe":
            done = subprocess.run(command, capture_output=True, timeout=TIME_LIMIT, **options)
            output, errors, status = done.stdout, done.stderr, done.returncode
        else:
            with open(case.stdout, "wb") as sink:
                done = subprocess.run(command, stdout=sink, stderr=subprocess.PIPE, timeout=TIME_LIMIT, **options)
            output, errors, status = b"", done.stderr, done.returncode
    return output.decode(errors="replace"), errors.decode(errors="replace"), status


def schema_mistake(output):
    """What the schema of results has against a JSON document, or None."""
    import jsonschema
    schema = json.loads((ROOT / "specs/schema/results.schema.json").read_text())
    error = jsonschema.exceptions.best_match(jsonschema.Draft202012Validator(schema).iter_errors(json.loads(output)))
    return error and f"{error.message[:200]} (at /{'/'.join(map(str, error.absolute_path))})"


def expected_files(path, output, errors, status):
    """What each file beside a case has to hold; "" stands for no file."""
    return {path.with_suffix(".stdout"): output, path.with_suffix(".stderr"): errors,
            path.with_suffix(".status"): "" if status == 0 else f"{status}\n"}


def settle(files, update):
    """Compares files with what they have to hold, or writes them. Gives whether all is as expected."""
    good = True
    for path, text in files.items():
        before = path.read_text() if path.exists() else ""
        if before == text:
            continue
        if update:
            path.write_text(text) if text else path.unlink()
            continue
        good = False
        sys.stdout.writelines(difflib.unified_diff(before.splitlines(True), text.splitlines(True), str(path), "now"))
    return good


def check_case(tenure, path, update):
    case = Case(path)
    output, errors, status = run(tenure, case)
    good = settle(expected_files(path, output, errors, status), update)
    if "json" in case.arguments and status in (0, 1, 3):
        mistake = schema_mistake(output)
        if mistake:
            print(f"{path}: the schema rejects the output: {mistake}")
            good = False
    return good


def check_example(tenure, path, update):
    done = subprocess.run([tenure, "verify", f"examples/{path.name}"], capture_output=True, text=True, cwd=ROOT,
                          timeout=TIME_LIMIT)
    return settle({path.with_suffix(".out"): done.stdout + done.stderr}, update)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tenure", help="the program")
    parser.add_argument("names", nargs="*", help="cases or examples, without their suffix (default: all)")
    parser.add_argument("--examples", action="store_true")
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    check, paths = (check_example, (ROOT / "examples").glob("*.json")) if options.examples else (check_case, CASES.glob("*.cmd"))
    paths = [path for path in sorted(paths) if not options.names or path.stem in options.names]
    tenure = os.path.abspath(options.tenure)
    failed = [path.stem for path in paths if not check(tenure, path, options.update)]
    print(f"{len(paths)} cases, {len(failed)} failed" + (": " + ", ".join(failed) if failed else ""))
    return 1 if failed or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
