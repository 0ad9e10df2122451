#!/usr/bin/env python3
"""Writes or checks the page of what tenure says of the shipped drivers.

    driver_findings.py DOCUMENT... PAGE  writes the table `verdicts` from what `tenure verify --format json` says; what a
                                         later document decides of what an earlier one does not, it says as well
    driver_findings.py --check TENURE PAGE SPEC...
                                         checks that the rows of these drivers are what tenure says now, and that each
                                         violated property has been compared with the source

The table `findings` is written by hand, by reading the source; its first two columns are a driver and a property."""

import json
import pathlib
import subprocess
import sys

from page_tables import missing_rows, write_tables

ROOT = pathlib.Path(__file__).resolve().parents[2]
JUDGEMENTS = {"bug", "tolerated"}


def verdict_rows(verdicts):
    """By driver: what does not simply hold."""
    rows = {}
    for driver, properties in verdicts.items():
        violated = [name for name, found in properties.items() if found == "violated"]

        def rest(verdict):
            names = [name for name, found in properties.items() if found == verdict]
            is_rest = len(names) > 4 and len(names) + len(violated) == len(properties)
            return f"the other {len(names)}" if is_rest else ", ".join(names)
        rows[driver] = f"| {driver} | {', '.join(violated)} | {rest('holds-bounded')} | {rest('undecided')} |"
    return rows


def verdicts_of(documents):
    verdicts = {}
    for document in documents:
        for result in document["results"]:
            of_driver = verdicts.setdefault(result["driver"], {})
            if of_driver.get(result["property"], "undecided") == "undecided":
                of_driver[result["property"]] = result["verdict"]
    return verdicts


def cells(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def unexplained(page):
    """Violated properties that the findings do not mention, and findings that are none."""
    table = None
    violated, found = set(), set()
    undecided = set()  # drivers with properties that are not decided: some may be known to be violated
    wrong = []
    for line in page.read_text().splitlines():
        if line.startswith("| driver |"):
            table = cells(line)[1]
        elif table and line.startswith("| ") and not line.startswith("|---"):
            driver, second, *rest = cells(line)
            if table == "violated":
                violated.update((driver, name) for name in second.split(", ") if name)
                if rest[-1]:
                    undecided.add(driver)
            else:
                found.add((driver, second))
                if rest[0] not in JUDGEMENTS:
                    wrong.append(f"{driver} {second}: found '{rest[0]}', expected one of {sorted(JUDGEMENTS)}")
    wrong += [f"{driver} {name}: violated, but the findings do not say why" for driver, name in sorted(violated - found)]
    wrong += [f"{driver} {name}: in the findings, but not violated" for driver, name in sorted(found - violated)
              if driver not in undecided]
    return wrong


def check(tenure, page, specs):
    command = [tenure, "verify", "--semantics", "old", "--format", "json", *specs]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900)
    wrong = unexplained(page)
    print("\n".join(wrong))
    return missing_rows(page, verdict_rows(verdicts_of([json.loads(done.stdout)])).values()) or bool(wrong)


def main():
    arguments = sys.argv[1:]
    if arguments[0] == "--check":
        return check(arguments[1], ROOT / arguments[2], arguments[3:])
    *documents, page = map(pathlib.Path, arguments)
    verdicts = verdicts_of([json.loads(document.read_text()) for document in documents])
    write_tables(page, {"verdicts": ("| driver | violated | bounded | not decided |", verdict_rows(verdicts).values())})
    return 0


if __name__ == "__main__":
    sys.exit(main())
