#!/usr/bin/env python3
"""Writes a libFuzzer dictionary of the words of tenure's language: the keys and values in its JSON Schemas."""

import json
import subprocess
import sys

OPERATORS = "|| && | ^ & == != < <= > >= + - * ! ~ ? : ( ) [ ] -> held( in_use( has( empty( defined( none 0x".split()


def words(schema):
    """Yields every key and every listed value that a JSON Schema names."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        yield from (value for value in schema.get("enum", []) if isinstance(value, str))
        for value in schema.values():
            yield from words(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from words(value)


def main():
    """Asks the program named first for its schemas and writes the file named second."""
    program, output = sys.argv[1:]
    found = set()
    for name in ("driver", "kernel", "patch"):
        schema = subprocess.run([program, "schema", name], check=True, capture_output=True, text=True).stdout
        found.update(f'"{word}"' for word in words(json.loads(schema)))
    with open(output, "w", encoding="utf-8") as file:
        for word in sorted(found) + OPERATORS:
            escaped = word.replace("\\", "\\\\").replace('"', '\\"')
            file.write(f'"{escaped}"\n')


if __name__ == "__main__":
    main()
