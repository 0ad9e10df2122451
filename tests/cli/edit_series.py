#!/usr/bin/env python3
"""Makes another series of one: edit_series.py FOLDER EDIT NUMBER..., where the numbers are those of patches and EDIT is
    only    leaves these patches
    drop    leaves these patches out
    first   moves these patches to the front
    again   repeats these patches at the end, under new numbers"""

import json
import pathlib
import sys


def main():
    index = pathlib.Path(sys.argv[1]) / "series.json"
    edit, numbers = sys.argv[2], [int(number) for number in sys.argv[3:]]
    series = json.loads(index.read_text())
    chosen = [patch for patch in series["patches"] if patch["number"] in numbers]
    others = [patch for patch in series["patches"] if patch["number"] not in numbers]
    assert len(chosen) == len(numbers), "no such patch"
    last = max(patch["number"] for patch in series["patches"])
    repeated = [{**patch, "number": last + i} for i, patch in enumerate(chosen, 1)]
    series["patches"] = {"only": chosen, "drop": others, "first": chosen + others, "again": series["patches"] + repeated}[edit]
    index.write_text(json.dumps(series, indent=2))


if __name__ == "__main__":
    main()
