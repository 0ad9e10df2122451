#!/usr/bin/env python3
"""Runs one fuzzer on the seeds that the project has for it; what it grows and finds stays in the build folder."""

import argparse
import hashlib
import json
import pathlib
import subprocess
import sys

SEEDS = {
    "driver": ["specs/drivers/**/*.json", "examples/*.json", "tests/facts/*.json", "tests/specs/**/*.json"],
    "kernel": ["specs/kernel/*.json", "tests/specs/**/*.json"],
    "series": ["specs/series/*/*.json", "tests/specs/**/*.json"],
    "json": ["tests/specs/**/*.json", "examples/*.json"],
    "expression": ["specs/drivers/**/*.json", "specs/kernel/*.json", "examples/*.json", "tests/specs/accepted/*.json"],
}


def strings(value):
    """Yields every string in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for element in value:
            yield from strings(element)
    elif isinstance(value, dict):
        for element in value.values():
            yield from strings(element)


def seeds(kind, source):
    """Yields the bytes to begin with: files of the project, or for expressions the strings in them."""
    for pattern in SEEDS[kind]:
        for path in sorted(source.glob(pattern)):
            if path.name.endswith(".expected.json"):
                continue
            if kind != "expression":
                yield path.read_bytes()
                continue
            for text in strings(json.loads(path.read_bytes())):
                if len(text) <= 100:
                    yield text.encode()
    for path in sorted((source / "tests/fuzz/found" / kind).glob("*")):
        yield path.read_bytes()


def main():
    """Fills the corpus folder, runs the fuzzer, and gives its exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("fuzzer", type=pathlib.Path)
    parser.add_argument("kind", choices=sorted(SEEDS))
    parser.add_argument("--source", type=pathlib.Path, required=True, help="the project's folder")
    parser.add_argument("--words", type=pathlib.Path, required=True, help="the dictionary")
    parser.add_argument("--seconds", type=int, default=600)
    options = parser.parse_args()
    corpus = options.fuzzer.parent / "corpus" / options.kind
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in seeds(options.kind, options.source):
        (corpus / hashlib.sha1(seed).hexdigest()).write_bytes(seed)
    longest = 4096 if options.kind == "expression" else 32768
    command = [
        options.fuzzer.resolve(),
        corpus.resolve(),
        f"-dict={options.words.resolve()}",
        f"-max_len={longest}",
        "-timeout=60",
        f"-max_total_time={options.seconds}",
        "-rss_limit_mb=4096",
        f"-artifact_prefix={corpus.resolve().parent}/{options.kind}-",
        "-print_final_stats=1",
    ]
    return subprocess.run([str(word) for word in command], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
