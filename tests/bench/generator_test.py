#!/usr/bin/env python3
"""Checks the generated drivers: the right ones hold, the faulty ones do not, with any number of booleans."""

import json
import pathlib
import subprocess
import sys
import tempfile

import generate


def violated(program, driver):
    """The properties that tenure finds violated."""
    with tempfile.TemporaryDirectory() as folder:
        spec = pathlib.Path(folder) / "driver.json"
        spec.write_text(generate.spec_of(driver), encoding="utf-8")
        done = subprocess.run(
            [program, "verify", "--format", "json", spec], check=False, capture_output=True, text=True
        )
    if done.returncode not in (0, 1):
        sys.exit(f"{generate.spec_of(driver)}\ntenure says: {done.stdout}{done.stderr}")
    return {result["property"] for result in json.loads(done.stdout)["results"] if result["verdict"] != "holds"}


def main():
    """Compares what is found with what was built in."""
    program = sys.argv[1]
    for statements in (10, 20, 40):
        for booleans in (0, 3):
            right = generate.make_driver(statements, booleans, False)
            faulty = generate.make_driver(statements, booleans, True)
            if generate.count_statements(right) > statements:
                sys.exit(f"{statements} statements were asked for, {generate.count_statements(right)} made")
            if violated(program, right):
                sys.exit(f"{statements} statements, {booleans} booleans: {violated(program, right)} in a right driver")
            expected = {"stale-state"} if statements == 10 else {"leak"}
            if violated(program, faulty) != expected:
                sys.exit(f"{statements} statements, {booleans} booleans: {violated(program, faulty)}, not {expected}")


if __name__ == "__main__":
    main()
