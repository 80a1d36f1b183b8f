#!/usr/bin/env python3
"""Prints single values of a JSON answer on stdin, for transcripts.

    … --json | field amounts.payable invoices.0.invoice    a line for each path
    … --json | field items.*.amount                        `*` is each element: one line, blanks between
    … --json | field items: entry amount state             PATH: then a line for each element of PATH
                                                           with those fields of it, `|` between
Texts print as they are, what is missing as `-missing-`, the rest as compact JSON.
"""
import json
import sys

MISSING = object()


def values(whole, path):
    found = [whole]
    for step in filter(None, path.split(".")):
        found = [each for value in found for each in children(value, step)]
    return found


def children(value, step):
    if step == "*":
        return list(value.values()) if isinstance(value, dict) else list(value)
    if isinstance(value, list) and step.lstrip("-").isdigit() and -len(value) <= int(step) < len(value):
        return [value[int(step)]]
    return [value.get(step, MISSING) if isinstance(value, dict) else MISSING]


def text(value):
    if value is MISSING:
        return "-missing-"
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def main(paths):
    whole = json.load(sys.stdin)
    if paths and paths[0].endswith(":"):
        for row in values(whole, paths[0][:-1] + ".*"):
            print("|".join(" ".join(map(text, values(row, path))) for path in paths[1:]))
        return
    for path in paths:
        print(" ".join(map(text, values(whole, path))))


if __name__ == "__main__":
    main(sys.argv[1:])
