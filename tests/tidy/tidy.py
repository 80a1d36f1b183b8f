#!/usr/bin/env python3
"""The habits of the house, as tests: tidy.py CHECK [--tests PATH]. Each check prints what breaks it.

    levels      an #include in lib/ points only downwards; leaves do not see one another
    sqlite      SQLite is seen by lib/ledger alone
    floats      no binary fraction in lib/
    sizes       files over 400 lines and functions (but test cases) over 70 have a line `// long: REASON`
    names       no file or folder is a bin
    sources     every .cpp is named in a CMakeLists.txt
    test_names  ctest can run every doctest case: no `;` or `,` in a name, and there are cases
    words       nothing is left unfinished
    formatted   clang-format has nothing to say (skipped where there is none)
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
LEAVES = {"ledger", "config", "intake", "render", "provider"}  # above the values, below the pipeline
SKIPPED = 77  # the exit code that ctest takes for "skipped"
FILE_LINES, FUNCTION_LINES = 400, 70


def files(*folders, endings=(".cpp", ".hpp")):
    for folder in folders:
        for place, below, names in os.walk(TOP / folder):
            below[:] = [b for b in below if b not in ("build", "__pycache__", ".git")]
            yield from (pathlib.Path(place, n) for n in sorted(names) if n.endswith(endings))


def told(path, line=0):
    return f"{path.relative_to(TOP)}" + (f":{line}" if line else "")


def code_lines(path):
    """The file's lines without comments and without what stands in quotes."""
    text = path.read_text()
    blank = lambda match: re.sub(r"[^\n]", " ", match[0])
    text = re.sub(r'R"(\w*)\((?:.|\n)*?\)\1"|"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*(?:.|\n)*?\*/', blank, text)
    return text.split("\n")


def levels():
    listed = re.search(r"foreach\(level ([^)]*)\)", (TOP / "lib/CMakeLists.txt").read_text())
    order = listed[1].split()
    rank = {name: order.index("ledger") if name in LEAVES else i for i, name in enumerate(order)}
    for path in files("lib"):
        own = path.relative_to(TOP / "lib").parts[0]
        for number, line in enumerate(path.read_text().split("\n"), 1):
            seen = re.match(r'#include "([a-z_]+)/', line)
            if not seen or seen[1] == own:
                continue
            if seen[1] not in rank:
                yield f"{told(path, number)}: {seen[1]} is no level of lib/"
            elif rank[seen[1]] >= rank[own]:
                yield f"{told(path, number)}: {own} may not include {seen[1]}"


def sqlite():
    word = re.compile(r"\b(SQLite\w*|sqlite3\w*)")
    inner = set()
    for path in files("lib", "cmd"):
        own = path.is_relative_to(TOP / "lib/ledger")
        for number, line in enumerate(code_lines(path), 1):
            if word.search(line) or "SQLiteCpp/" in line:
                if not own:
                    yield f"{told(path, number)}: SQLite outside lib/ledger"
                elif path.suffix == ".hpp":
                    inner.add(path.name)
        if not own and re.search(r"#include <(SQLiteCpp/|sqlite3)", path.read_text()):
            yield f"{told(path)}: includes SQLite outside lib/ledger"
    for path in files("lib", "cmd"):
        if path.is_relative_to(TOP / "lib/ledger"):
            continue
        for name in re.findall(r'#include "ledger/(\w+\.hpp)"', path.read_text()):
            if name in inner:
                yield f"{told(path)}: includes ledger/{name}, which shows SQLite"


def floats():
    for path in files("lib"):
        for number, line in enumerate(code_lines(path), 1):
            if re.search(r"\b(double|float)\b", line):
                yield f"{told(path, number)}: a binary fraction"


def sizes():
    for path in files("lib", "cmd", "tests", endings=(".cpp", ".hpp", ".py", ".sh")):
        lines = path.read_text().split("\n")
        if len(lines) > FILE_LINES + 1 and not any(re.match(r"(//|#) long: \w", x) for x in lines):
            yield f"{told(path)}: {len(lines) - 1} lines"
        if path.suffix in (".cpp", ".hpp"):
            yield from long_functions(path, lines)


def long_functions(path, lines):
    """A function begins at the left edge and ends with a `}` alone there (.clang-format)."""
    start = 0
    for number, line in enumerate(lines):
        of_tests = lines[start].startswith("TEST_CASE")
        if line == "}" and number - start > FUNCTION_LINES and not of_tests:
            if not any("// long: " in x for x in lines[max(0, start - 3):number]):
                yield f"{told(path, start + 1)}: a function of {number - start + 1} lines"
        elif re.match(r"[A-Za-z_\[]", line):
            start = number


def names():
    bins = {"util", "utils", "helper", "helpers", "common", "manager", "service", "misc"}
    for folder in ("lib", "cmd", "tests", "schemas", "examples"):
        for path in (TOP / folder).rglob("*"):
            # The ending of a systemd unit is systemd's word.
            words = set(re.split(r"[_.\-]", path.name.lower().removesuffix(".service")))
            if "__pycache__" not in path.parts and words & bins:
                yield f"{told(path)}: named for no thing of the trade"


def sources():
    for path in files("lib", "cmd", "tests", endings=(".cpp",)):
        folder = path.parent
        while folder != TOP.parent:
            listing = folder / "CMakeLists.txt"
            text = re.sub(r"#.*", "", listing.read_text()) if listing.is_file() else ""
            if re.search(rf"(?<![\w/]){re.escape(str(path.relative_to(folder)))}(?!\w)", text):
                break
            folder = folder.parent
        else:
            yield f"{told(path)}: no CMakeLists.txt names it"


def test_names(tests):
    for path in files("tests", endings=(".cpp",)):
        for name in re.findall(r'(?:TEST_CASE\w*|SCENARIO)\s*\(\s*((?:"[^"]*"\s*)+)', path.read_text()):
            if re.search(r"[;,]", name):
                yield f"{told(path)}: `;` or `,` in {name.strip()}"
    if tests:
        count = subprocess.run([tests, "--count"], capture_output=True, text=True, check=True).stdout
        number = int(re.search(r"filters: (\d+)", count)[1])
        print(f"{number} doctest cases")
        if number == 0:
            yield "billctl_tests has no case"


def words():
    unfinished = re.compile(r"\b(TODO|FIXME|HACK|[Ss]tub(bed)?|for now|not implemented)\b")
    endings = (".cpp", ".hpp", ".py", ".sh", ".sql", ".md", ".txt", ".test", ".1", ".5", ".7")
    for path in files("lib", "cmd", "tests", "schemas", "man", "examples", endings=endings):
        if path == pathlib.Path(__file__).resolve():
            continue
        for number, line in enumerate(path.read_text().split("\n"), 1):
            if seen := unfinished.search(line):
                yield f"{told(path, number)}: {seen[0]}"


def formatted():
    if not shutil.which("clang-format"):
        print("no clang-format here: the format was not looked at")
        sys.exit(SKIPPED)
    run = subprocess.run(["clang-format", "--dry-run", *files("lib", "cmd", "tests")], cwd=TOP,
                         capture_output=True, text=True, check=False)
    for path in sorted(set(re.findall(r"^(.*?):\d+:\d+: (?:warning|error):", run.stderr, re.M))):
        yield f"{path.removeprefix(str(TOP) + '/')}: run clang-format -i on it"


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("check")
    parser.add_argument("--tests", help="the binary of doctest cases")
    options = parser.parse_args()
    check = globals()[options.check]
    wrong = list(check(options.tests) if options.check == "test_names" else check())
    print("\n".join(wrong) or f"{options.check}: clean")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
