#!/usr/bin/env python3
"""Prints the lines (`tenure schema lines`) of a later kernel tree: of each C file that the kernel model cites, which line of it
is which line of an earlier tree. Takes the directories of the earlier and of the later tree.

A line that the later tree has not is said to be where it would be if what is before it were not: `tenure lint --tree` finds
what is cited of those, and a patch of the later tree has to say it."""

import json
import pathlib
import re
import subprocess
import sys


def cited_files():
    files = set()
    for part in pathlib.Path(__file__).parent.glob("*.json"):
        for function in json.loads(part.read_text()).get("functions", {}).values():
            files.add(function["source"])
    return sorted(files)


def moved(earlier, later):
    """Pairs of a line of the earlier file and what it is in the later one; the lines up to the next pair go along."""
    done = subprocess.run(["diff", "-U0", earlier, later], capture_output=True, text=True, errors="replace")
    pairs = []
    for first, count, new_first, new_count in re.findall(r"^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", done.stdout, re.M):
        after = int(first) + (int(count or 1) or 1)
        new_after = int(new_first) + (int(new_count or 1) or 1)
        if not pairs or pairs[-1][0] - pairs[-1][1] != after - new_after:
            pairs.append([after, new_after])
    return pairs


def main(earlier, later):
    files = {name: pairs for name in cited_files()
             if (later / name).exists() and (pairs := moved(earlier / name, later / name))}
    print('{\n  "$schema": "../../schema/lines.schema.json",\n  "lines": {')
    print(",\n".join(f"    {json.dumps(name)}: {json.dumps(pairs)}" for name, pairs in files.items()))
    print("  }\n}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
