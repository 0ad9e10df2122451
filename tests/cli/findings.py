#!/usr/bin/env python3
"""Writes or checks the tables of a findings page from what `tenure series --each-commit --format json` says.

    findings.py DOCUMENT PAGE            writes the tables of the page anew
    findings.py --check TENURE PAGE SPEC...
                                         checks that the rows of these drivers are what tenure says now

The tables are `drivers` and `defects`."""

import json
import pathlib
import subprocess
import sys

from page_tables import missing_rows, write_tables

ROOT = pathlib.Path(__file__).resolve().parents[2]


def number(commit):
    return commit.rpartition("@")[2]


def spans_by_commits(driver, difference):
    """"4 to 36: leak, kernel-warning" for spans of a driver, those of the same commits together."""
    together = {}
    for span in driver["spans"]:
        if span["difference"] == difference:
            first, last = number(span["first"]), number(span["last"])
            together.setdefault(first if first == last else f"{first} to {last}", []).append(span.get("property", "misfit"))
    return "; ".join(f"{commits}: {', '.join(properties)}" for commits, properties in together.items())


def undecided(driver):
    """Properties that are not decided at some commit."""
    names = [span["property"] for span in driver["spans"] if span["difference"] == "unclear"]
    return ", ".join(dict.fromkeys(names)) if len(set(names)) < 5 else f"{len(set(names))} properties"


def driver_rows(document):
    rows = {}
    for driver in document["drivers"]:
        after = driver["commits"][-1]["fate"]
        rows[driver["driver"]] = (f"| {driver['driver']} | {after} | {spans_by_commits(driver, 'worse')} "
                                  f"| {spans_by_commits(driver, 'mended')} | {undecided(driver)} |")
    return rows


def defect_rows(document):
    """For each property that is worse, and the first commit of it for a driver: conversions together."""
    found = {}
    for driver in document["drivers"]:
        for span in driver["spans"]:
            if span["difference"] == "worse":
                first, last = number(span["first"]), number(span["last"])
                when = ("37" if first == "37" else "its conversion") + (" on" if last == "37" else " to 36")
                found.setdefault((span["property"], when), []).append(driver["driver"])
    return {key: f"| {key[0]} | {key[1]} | {len(drivers)} | {', '.join(drivers)} |" for key, drivers in found.items()}


def write(document, page):
    write_tables(page, {
        "drivers": ("| driver | after the series | worse at | mended at | not decided |", driver_rows(document).values()),
        "defects": ("| property | worse from | drivers | which |", defect_rows(document).values())})


def check(tenure, page, specs):
    command = [tenure, "series", "--each-commit", "--format", "json", str(page.parent), *specs]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900)
    return missing_rows(page, driver_rows(json.loads(done.stdout)).values())


def main():
    arguments = sys.argv[1:]
    if arguments[0] == "--check":
        return check(arguments[1], ROOT / arguments[2], arguments[3:])
    write(json.loads(pathlib.Path(arguments[0]).read_text()), pathlib.Path(arguments[1]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
