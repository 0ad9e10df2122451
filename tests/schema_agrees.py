#!/usr/bin/env python3
"""Checks that the JSON Schemas and the reader are of one mind. Takes the root of the repository.

Every accepted spec, and every spec that is rejected for what it means, must pass its schema; every spec that is rejected
for its shape must not. All that is shipped in specs/ and examples/ must pass."""

import json
import pathlib
import sys

import jsonschema


def schema_of(document):
    """The name of the schema for a document, by the key that only this kind has."""
    if isinstance(document, dict):
        for key, name in {"kernel": "kernel", "changes": "patch", "series": "series", "trees": "semantics", "lines": "lines"}.items():
            if key in document:
                return name
    return "driver"


def main(root):
    validators = {}
    for path in sorted((root / "specs/schema").glob("*.schema.json")):
        schema = json.loads(path.read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        validators[path.name.removesuffix(".schema.json")] = jsonschema.Draft202012Validator(schema)

    tests = root / "tests/specs"
    expectations = [
        (True, tests / "accepted"),
        (True, tests / "kernel"),
        (True, tests / "series"),
        (True, tests / "rejected/meaning"),
        (False, tests / "rejected/shape"),
        (True, root / "specs/kernel"),
        (True, root / "specs/drivers"),
        (True, root / "specs/series"),
        (True, root / "examples"),
    ]
    failures = checked = 0
    for expected, folder in expectations:
        for path in sorted(folder.rglob("*.json")):
            document = json.loads(path.read_text())
            error = jsonschema.exceptions.best_match(validators[schema_of(document)].iter_errors(document))
            checked += 1
            if (error is None) != expected:
                failures += 1
                print(f"{path.relative_to(root)}: the schema {'rejects' if error else 'accepts'} it"
                      + (f": {error.message[:200]} (at /{'/'.join(map(str, error.absolute_path))})" if error else ""))
    print(f"{checked} files, {failures} disagreements")
    return 1 if failures or not checked else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
