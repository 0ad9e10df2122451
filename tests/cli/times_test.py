#!/usr/bin/env python3
"""What --times says adds up, is about what was asked for, and changes nothing else.

Usage: times_test.py TENURE"""

import os
import re
import sys

from shipped import checked, failures, run

WORKS = ["verdicts: states", "verdicts: proofs", "verdicts: random runs", "traces: shortest runs", "re-checks"]
REST = ["reading, telling, writing", "in all"]
HALF_A_DIGIT = 0.005


def expect_that(name, holds):
    if not holds:
        failures.append(name)


def read(table):
    """The stages of a table, its rows by their labels, and what stands below it."""
    heading, *lines = table.splitlines()
    rows = {}
    while lines and (row := re.fullmatch(r"(.{28})((?: +\d+\.\d\d)+)", lines[0])):
        rows[row[1].strip()] = [float(number) for number in row[2].split()]
        lines.pop(0)
    return re.fullmatch(r"seconds of processor time +(.*)", heading)[1].split(), rows, lines


def check(tenure, stages, *arguments):
    plain, timed = run(tenure, *arguments), run(tenure, *arguments, "--times")
    name = " ".join(arguments)
    expect_that(f"{name}: same results", plain.stdout == timed.stdout and plain.returncode == timed.returncode)
    found, rows, below = read(timed.stderr.removeprefix(plain.stderr))
    expect_that(f"{name}: stages", found == stages)
    expect_that(f"{name}: rows", list(rows) == WORKS + REST)
    numbers = [number for label in rows if label != "in all" for number in rows[label]]
    expect_that(f"{name}: adds up", abs(sum(numbers) - rows["in all"][0]) <= HALF_A_DIGIT * (len(numbers) + 1))
    expect_that(f"{name}: slowest", len(below) == 1 and below[0].startswith("most of it: "))


def check_commands(tenure):
    merrifield = "specs/drivers/gpio/gpio-merrifield.json"
    check(tenure, ["checked"], "verify", merrifield)
    check(tenure, ["checked"], "verify", "--engine", "explicit", "specs/drivers/minimal/managed.json")
    check(tenure, ["checked"], "trace", "--semantics", "new", merrifield)
    check(tenure, ["checked"], "depends", "--on", "pcim_enable_device", merrifield)
    check(tenure, ["checked", "compared"], "compare", merrifield)
    check(tenure, ["checked", "compared"], "series", "specs/series/pcim-msi-v1", merrifield)


def main(tenure):
    tenure = os.path.abspath(tenure)
    return checked(lambda: check_commands(tenure))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
