#!/usr/bin/env python3
"""Which lines the tests run, of the parts that carry money: the target `coverage`.

    coverage.py --source DIR --build DIR [--out FILE]

Runs nothing itself: `ctest --preset coverage` does before. Prints each file of PROMISED that has a
line which no test ran, with those lines, and the sums; the exit is 1 when there is one.
A line that no test can reach says so beside it: `// unreachable: why`.
"""
import argparse
import fnmatch
import json
import pathlib
import subprocess
import sys
import tempfile

PROMISED = {
    "money": ["lib/money/*"],
    "numbering": ["lib/issue/*number*", "lib/ledger/series*", "lib/pipeline/numbering*"],
    "issue": ["lib/issue/*", "lib/pipeline/issue*", "lib/ledger/issue_records*"],
    "outbox": ["lib/sync/*", "lib/mail/*", "lib/ledger/outbox*", "lib/ledger/mails*", "lib/pipeline/sync*",
               "lib/pipeline/mail_run*", "lib/pipeline/outgoing*"],
    "verify": ["lib/ledger/audit*", "lib/pipeline/verify*"],
}


def counted(source, build):
    """{file: {line: times}} of all of lib/ and cmd/"""
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        subprocess.run(["gcovr", "-r", source, "--filter", "lib/", "--filter", "cmd/", "--exclude-throw-branches",
                        "--exclude-lines-by-pattern", r".*// unreachable: .*", "--json", out.name, build],
                       check=True, cwd=source)
        report = json.load(open(out.name))
    lines = {}
    for file in report["files"]:
        times = lines.setdefault(file["file"], {})
        for line in file["lines"]:
            if not line.get("gcovr/noncode") and not line.get("gcovr/excluded"):
                times[line["line_number"]] = times.get(line["line_number"], 0) + line["count"]
    return lines


def ranges(numbers):
    """[3, 4, 5, 9] as "3-5, 9\""""
    told = []
    for number in numbers:
        if told and told[-1][1] == number - 1:
            told[-1][1] = number
        else:
            told.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in told)


def told(name, lines):
    all_lines = sum(len(times) for times in lines.values())
    run = sum(1 for times in lines.values() for count in times.values() if count)
    return f"{name:<12}{run:6} of {all_lines:6} lines{100 * run / max(all_lines, 1):8.2f} %"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", required=True)
    parser.add_argument("--build", required=True)
    parser.add_argument("--out", type=pathlib.Path)
    options = parser.parse_args()
    lines = counted(options.source, options.build)
    text = []
    missed = False
    for part, patterns in PROMISED.items():
        of_part = {file: times for file, times in sorted(lines.items())
                   if any(fnmatch.fnmatch(file, pattern) for pattern in patterns)}
        for file, times in of_part.items():
            never = sorted(number for number, count in times.items() if not count)
            if never:
                missed = True
                text.append(f"{file}: {ranges(never)}")
        text.append(told(part, of_part))
    text.append(told("all", lines))
    print("\n".join(text))
    if options.out:
        options.out.write_text("\n".join(text) + "\n")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
