#!/usr/bin/env python3
"""Measures tenure: each shipped driver beside a program that only loads Z3 and solves one trivial problem, the whole
corpus, and how time grows over generated drivers, beside explicit search and SPIN.

All figures are of whole processes. A ratio is of processor time and compares runs made in turns. Progress goes to
standard error."""

import argparse
import json
import pathlib
import platform
import shutil
import sys
import tempfile

import generate
import measure
import page

TREE = pathlib.Path(__file__).resolve().parents[2]
SEMANTICS = ("old", "new")
CORPUS = 100


class Bench:
    """The measurements of one call, with what they need."""

    def __init__(self, options):
        self.options = options
        self.tenure = options.build / "cli/tenure"
        self.floor = options.build / "tests/bench/floor"

    def say(self, text):
        """Shows progress."""
        print(text, file=sys.stderr, flush=True)

    def verify(self, paths, *arguments):
        """One run of `tenure verify`."""
        return measure.run_tenure(self.tenure, ["verify", *arguments, *paths], self.options.limit)

    def beside_floor(self, measured):
        """Runs the floor and `measured` in turns, and gives the medians of both."""
        floors, runs = [], []
        while len(runs) < self.options.runs:
            floors.append(measure.run([self.floor], self.options.limit))
            runs.append(measured())
            if runs[-1].stopped or sum(run.seconds for run in runs) > self.options.limit:
                break
        return measure.median(floors), measure.median(runs)

    def row(self, name, semantics, measured):
        """A row of the table of drivers."""
        floor, run = self.beside_floor(measured)
        row = figures(run) | {"name": name, "semantics": semantics, "floor": floor.cpu, "ratio": run.cpu / floor.cpu}
        self.say(f"{name} {semantics}: {show(row)}")
        return row

    def drivers(self):
        """Each shipped driver under both semantics."""
        folder = TREE / "specs/drivers"
        return [
            self.row(
                str(path.relative_to(folder).with_suffix("")),
                semantics,
                lambda path=path, semantics=semantics: self.verify([path], "--semantics", semantics),
            )
            for path in sorted(folder.rglob("*.json"))
            for semantics in SEMANTICS
        ]

    def corpus(self):
        """All shipped drivers in one process, and as many copies of them as make CORPUS drivers."""
        rows = []
        paths = sorted((TREE / "specs/drivers").rglob("*.json"))
        with tempfile.TemporaryDirectory() as copies:
            for i in range(CORPUS):
                shutil.copy(paths[i % len(paths)], pathlib.Path(copies) / f"{i}.json")
            for name, path in ((f"all {len(paths)} drivers", TREE / "specs/drivers"), (f"{CORPUS} drivers", copies)):
                for semantics in SEMANTICS:
                    rows.append(self.row(name, semantics, lambda path=path, s=semantics: self.verify([path], "-s", s)))
        return rows

    def growth(self):
        """Generated drivers of growing size, for each tool; past a size that reached the limit it is asked no more."""
        rows = []
        for tool in self.options.tools:
            for faulty in (False, True):
                given_up = None
                for booleans in self.options.booleans:
                    for statements in self.options.statements:
                        if given_up is not None and statements >= given_up:
                            break
                        row = self.grown(tool, statements, booleans, faulty)
                        rows.append(row)
                        if row["stopped"]:
                            given_up = statements
        return rows

    def grown(self, tool, statements, booleans, faulty):
        """One generated driver, by one tool."""
        driver = generate.make_driver(statements, booleans, faulty)
        with tempfile.TemporaryDirectory() as folder:
            spec = pathlib.Path(folder) / "driver.json"
            spec.write_text(generate.spec_of(driver), encoding="utf-8")
            ways = {
                "tenure": lambda: self.verify([spec]),
                "explicit": lambda: self.verify([spec], "--engine", "explicit", "--timeout", "0"),
                "spin": lambda: measure.run_spin(generate.promela_of(driver), self.options.limit),
            }
            run = measure.repeated(ways[tool], self.options.runs, self.options.limit / 10)
        row = figures(run) | {
            "tool": tool,
            "statements": generate.count_statements(driver),
            "size": statements,
            "booleans": booleans,
            "faulty": faulty,
        }
        self.say(f"{tool} {statements} statements {booleans} booleans{' faulty' if faulty else ''}: {show(row)}")
        return row


def figures(run):
    """What is kept of a run."""
    return {
        "seconds": round(run.seconds, 4),
        "cpu": round(run.cpu, 4),
        "megabytes": round(run.megabytes, 1),
        "stopped": run.stopped,
        "says": run.output,
    }


def show(row):
    """A row's figures in one line."""
    ratio = f", {row['ratio']:.1f} x floor" if "ratio" in row else ""
    return f"{row['seconds']:.2f} s, {row['cpu']:.2f} s of processor, {row['megabytes']:.0f} MB{ratio}, {row['says']}"


def cell(row):
    """A cell of the table of growth: processor seconds, or why there are none."""
    if row is None:
        return "-"
    return (
        row["says"] if row["stopped"] else f"{row['cpu']:.2f}" + ("" if row["says"] in ("holds", "violated") else "?")
    )


def text_of(result):
    """The results as tables for a terminal."""
    lines = []
    for title, part in (("driver", "drivers"), ("corpus", "corpus")):
        if not result[part]:
            continue
        lines += ["", f"{title:38} {'semantics':9} {'wall s':>8} {'cpu s':>8} {'MB':>6} {'x floor':>8}  says"]
        for row in result[part]:
            lines.append(
                f"{row['name']:38} {row['semantics']:9} {row['seconds']:8.3f} {row['cpu']:8.3f} "
                f"{row['megabytes']:6.0f} {row['ratio']:8.1f}  {row['says']}"
            )
    if result["growth"]:
        found = {(r["tool"], r["size"], r["booleans"], r["faulty"]): r for r in result["growth"]}
        tools = sorted({key[0] for key in found}, key=list(page.TOOLS).index)
        columns = [(tool, faulty) for tool in tools for faulty in (False, True)]
        lines += [
            "",
            "growth, cpu s (? is undecided, - was not tried)",
            "statements booleans" + "".join(f"{tool + (' faulty' if faulty else ''):>17}" for tool, faulty in columns),
        ]
        for size, booleans in sorted({key[1:3] for key in found}):
            cells = (cell(found.get((tool, size, booleans, faulty))) for tool, faulty in columns)
            lines.append(f"{size:10} {booleans:8}" + "".join(f"{each:>17}" for each in cells))
    return "\n".join(lines[1:]) + "\n"


def numbers(text):
    """Numbers between commas."""
    return [int(word) for word in text.split(",")]


def parse_arguments():
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=TREE / "build/release", help="where tenure was built")
    parser.add_argument(
        "--parts", nargs="+", choices=("drivers", "corpus", "growth"), default=["drivers", "corpus", "growth"]
    )
    parser.add_argument("--tools", nargs="+", choices=list(page.TOOLS), default=list(page.TOOLS), help="for the growth")
    parser.add_argument("--statements", type=numbers, default=[10, 20, 100, 1000, 3000], metavar="N,N...")
    parser.add_argument("--booleans", type=numbers, default=[0, 8, 16, 32], metavar="N,N...")
    parser.add_argument("--runs", type=int, default=5, help="each figure is the median of so many runs (default 5)")
    parser.add_argument(
        "--limit", type=float, default=60, metavar="SECONDS", help="after which a run is stopped (default 60)"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="of standard output")
    parser.add_argument("--output", type=pathlib.Path, metavar="FILE", help="write JSON to this file as well")
    parser.add_argument(
        "--plot", type=pathlib.Path, metavar="FILE", help="write a page with plots to this file as well"
    )
    return parser.parse_args()


def main():
    """Measures what is asked for and writes it."""
    options = parse_arguments()
    bench = Bench(options)
    for tool in ("spin", "gcc"):
        if "spin" in options.tools and shutil.which(tool) is None:
            bench.say(f"{tool} is not installed: SPIN is left out")
            options.tools = [each for each in options.tools if each != "spin"]
    result = {
        "machine": f"{platform.machine()}, {platform.system()} {platform.release()}",
        "runs": options.runs,
        "limit": options.limit,
    }
    for part in ("drivers", "corpus", "growth"):
        result[part] = getattr(bench, part)() if part in options.parts else []
    document = json.dumps(result, indent=1) + "\n"
    if options.output:
        options.output.write_text(document, encoding="utf-8")
    if options.plot:
        options.plot.write_text(page.page_of(result), encoding="utf-8")
    sys.stdout.write(document if options.format == "json" else text_of(result))


if __name__ == "__main__":
    main()
