#!/usr/bin/env python3
"""Replays traces of shipped drivers and the examples with tenure, and checks that edited traces are refused.

Usage: check_replay.py [--all] TENURE
       with --all of every driver, which takes minutes; without, of some quick ones"""

import copy
import json
import os
import pathlib
import sys

from shipped import checked, drivers_of, expect, failures, run

SERIES = "specs/series/pcim-msi-v1"
ATH9K = "specs/drivers/net/wireless/ath/ath9k/pci.json"


def check_traces(tenure, drivers):
    """Every trace of these drivers and the examples is what happens."""
    for name, arguments in {
        "old": ("verify", "--semantics", "old", *drivers, "examples"),
        "new": ("trace", "--semantics", "new", *drivers, "examples"),
        "compared": ("compare", *drivers, "examples"),
        "next": ("verify", "--next-driver", "examples/02-leak.json", "specs/drivers/minimal/managed.json",
                 "examples/02-leak.json"),
        "lint": ("lint", "specs/drivers/minimal", "examples"),
        "series": ("series", "--each-commit", SERIES, *drivers),
        "series with a next driver": ("series", SERIES, "--next-driver", "specs/drivers/minimal/explicit.json",
                                      "specs/drivers/gpio"),
    }.items():
        made = run(tenure, *arguments, "--format", "json", "--timeout", "2")
        pathlib.Path(f"{name}.json").write_text(made.stdout)
        document = json.loads(made.stdout)
        results = document["results"] + document.get("next", [])
        traces = sum("trace" in each or "runs" in each for result in results for each in result.get("points", [result]))
        print(f"{name}: {traces} traces")
        expect(name, run(tenure, "replay", f"{name}.json"), 0, f"{traces} traces, 0 refused" if traces != 1 else "1 trace, 0")
        if not traces:
            failures.append(f"{name}: no trace")


def trace_of(document):
    return next(result["trace"] for result in document["results"] if "trace" in result)


def result_of(document):
    return next(result for result in document["results"] if "trace" in result)


def first(trace, test):
    return next(step for step in trace["steps"] if test(step))


def set_outcome(document):
    first(trace_of(document), lambda step: step["outcome"])["outcome"] = "returns 42"


def set_change(document):
    change = first(trace_of(document), lambda step: any("variable" in c for c in step["state"]))["state"]
    next(c for c in change if "variable" in c)["after"] += 1


def drop_step(document):
    del trace_of(document)["steps"][1]


def set_choice(document):
    decisions = [d for e in trace_of(document)["path"]["events"] for d in e["decisions"] if "alternative" in d]
    decisions[0]["alternative"] = "the moon is full"


def rename_choice(document):
    trace_of(document)["path"]["events"][0]["decisions"][0]["choice"] = "weather"


def drop_decision(document):
    del trace_of(document)["path"]["events"][0]["decisions"][0]


EDITED = {
    "another outcome": (set_outcome, 1, "the trace says \"returns 42\", the program does "),
    "another value": (set_change, 1, "the program does"),
    "a step less": (drop_step, 1, "the program does"),
    "another explanation": (lambda d: trace_of(d).update(explanation="Nobody knows."), 1, "the trace says \"Nobody knows.\""),
    "another number of steps": (lambda d: result_of(d).update(steps=result_of(d)["steps"] + 1), 1, "refused"),
    "another number of events": (lambda d: result_of(d).update(events=7), 1, "the trace says 7, the program does"),
    "another property": (lambda d: result_of(d).update(property="double-free"), 1, "refused"),
    "another alternative": (set_choice, 1, "'the moon is full' for "),
    "another choice": (rename_choice, 1, "for 'weather', but the program asks for '"),
    "a decision less": (drop_decision, 1, "refused"),
    "an unknown event": (lambda d: trace_of(d)["path"]["events"][0].update(event="bid"), 1, "event 1 (bid): there is no such event"),
    "an event that cannot happen": (lambda d: trace_of(d)["path"]["events"].insert(0, {"event": "unbind", "decisions": []}), 1,
                                    "event 1 (unbind): it cannot happen here"),
    "an unknown variable": (lambda d: trace_of(d)["path"]["configuration"].update(moon=1), 1, "'moon' is no variable of the configuration"),
    "no trace": (lambda d: result_of(d).pop("trace"), 1, "violated, but without a trace"),
    "no path": (lambda d: trace_of(d).pop("path"), 2, "missing key 'path' in a trace"),
    "an unknown key": (lambda d: trace_of(d).update(moon=1), 2, "unknown key 'moon' in a trace"),
    "an unknown semantics": (lambda d: result_of(d).update(semantics="odl"), 2, "unknown semantics 'odl'"),
    "no such spec": (lambda d: result_of(d).update(spec="nowhere.json"), 2, "nowhere.json"),
}


def check_edited_series(tenure):
    """An edited trace of a commit, of what violates besides, and of the next driver."""
    made = run(tenure, "series", "--format", "json", "-p", "leak", SERIES, ATH9K)
    document = json.loads(made.stdout)
    at = next(i for i, result in enumerate(document["results"]) if "further" in result)
    for name, (edit, status, text) in {
        "another commit": (lambda r: r.update(semantics="old"), 1, "refused"),
        "no commit": (lambda r: r.update(semantics="pcim-msi-v1@99"), 2, "the series has no commit 'pcim-msi-v1@99'"),
        "something else besides": (lambda r: r.update(further="hw"), 1, "refused"),
        "a folder for its spec": (lambda r: r.update(spec="specs/drivers/minimal"), 2, "is not the spec of a driver"),
    }.items():
        edited = copy.deepcopy(document)
        edit(edited["results"][at])
        pathlib.Path("edited.json").write_text(json.dumps(edited))
        expect(f"a series with {name}", run(tenure, "replay", "edited.json"), status, text)
    document = json.loads(pathlib.Path("series with a next driver.json").read_text())
    next(result for result in document["next"] if "trace" in result)["trace"]["steps"][-1]["outcome"] = "returns 42"
    pathlib.Path("edited.json").write_text(json.dumps(document))
    expect("an edited next driver", run(tenure, "replay", "edited.json"), 1, "the trace says \"returns 42\"")
    del document["next_driver"]
    pathlib.Path("edited.json").write_text(json.dumps(document))
    expect("no next driver", run(tenure, "replay", "edited.json"), 2, "does not say which driver is next")


def check_edited_lint(tenure):
    document = json.loads(pathlib.Path("lint.json").read_text())
    for name, (edit, status, text) in {
        "another call": (lambda p: p["trace"]["steps"][-1].update(call="return 42"), 1, "the trace says \"return 42\""),
        "a run that goes on": (lambda p: p.update(steps=p["steps"] + 1), 1, "refused"),
        "another point": (lambda p: p.update(point="return 42"), 1, "the spec has no such point"),
        "no number of steps": (lambda p: p.pop("steps"), 1, "a trace without the number of its steps"),
        "an unknown key": (lambda p: p.update(moon=1), 2, "unknown key 'moon' in a point"),
    }.items():
        result = copy.deepcopy(document["results"][0])
        edit(result["points"][3])
        pathlib.Path("edited.json").write_text(json.dumps({**document, "results": [result]}))
        expect(name, run(tenure, "replay", "edited.json"), status, text)


def check_edited(tenure):
    made = run(tenure, "verify", "--format", "json", "-p", "leak", "examples/02-leak.json")
    fresh = json.loads(made.stdout)
    for number, (name, (edit, status, text)) in enumerate(EDITED.items()):
        document = copy.deepcopy(fresh)
        edit(document)
        pathlib.Path(f"edited-{number}.json").write_text(json.dumps(document, indent=2))
        expect(name, run(tenure, "replay", f"edited-{number}.json"), status, text)
    document = json.loads(pathlib.Path("compared.json").read_text())
    runs = next(result["runs"] for result in document["results"] if "runs" in result)
    runs["before"]["steps"][-1]["outcome"] = "returns 42"
    pathlib.Path("edited.json").write_text(json.dumps(document))
    expect("an edited comparison", run(tenure, "replay", "edited.json"), 1, "the trace says \"returns 42\"")
    made = run(tenure, "compare", "--format", "json", "-p", "leak", ATH9K)
    pathlib.Path("further.json").write_text(made.stdout)
    expect("what leaks besides", run(tenure, "replay", "further.json"), 0, "1 trace, 0 refused")
    document = json.loads(made.stdout)
    document["results"][0]["further"] = "hw"
    pathlib.Path("edited.json").write_text(json.dumps(document))
    expect("another thing that leaks besides", run(tenure, "replay", "edited.json"), 1, "refused")
    made = run(tenure, "verify", "--format", "json", "-p", "devres-growth", "examples/09-devres-growth.json")
    document = json.loads(made.stdout)
    growth = document["results"][0]
    for name, (edit, text) in {
        "another lasso": (lambda r: r["trace"]["path"].update(repeats_from=99), "the same state back with a longer list"),
        "no lasso": (lambda r: r["trace"]["path"].pop("repeats_from"), "the same state back with a longer list"),
        "a lasso of more steps": (lambda r: r.update(steps=r["steps"] + 1), "the program does"),
    }.items():
        result = copy.deepcopy(growth)
        edit(result)
        pathlib.Path("edited.json").write_text(json.dumps({**document, "results": [result]}))
        expect(name, run(tenure, "replay", "edited.json"), 1, text)
    check_edited_lint(tenure)
    check_edited_series(tenure)
    pathlib.Path("torn.json").write_text(made.stdout[:200])
    expect("a torn document", run(tenure, "replay", "torn.json"), 2, "torn.json:")
    expect("no document", run(tenure, "replay", "nowhere.json"), 2, "nowhere.json: error: no such file")
    expect("a spec", run(tenure, "replay", "examples/02-leak.json"), 2, "in a document of results")


def main(arguments):
    drivers = drivers_of(arguments)
    tenure = os.path.abspath(arguments[0])
    return checked(lambda: check_traces(tenure, drivers), lambda: check_edited(tenure))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
