#!/usr/bin/env python3
r"""Runs a transcript: what a person types, and what must be printed, byte for byte.

    run_transcript.py FILE.test… --billctl PATH [--schemas DIR] [--update] [--keep]

A transcript is a list of cases. All cases of a file share one fresh scratch folder, in order:

    ## S2-8 a second compile creates nothing
    # a comment, up to the end of its line
    <<< members.csv
    code,name
    maija,Maija M
    >>>
    $ billctl import members members.csv
    members: 1 row, 1 added
    $ billctl compile --perido 2026-10
    ! has no option --perido
    ! hint: did you mean "--period"
    ? 2

    ## NAME      begins a case; its behaviour id, where there is one, comes first
    <<< FILE     what follows, up to a line `>>>`, is written into FILE (folders are made)
    $ COMMAND    is run by bash in the scratch folder; a final backslash continues it
    TEXT         a line of stdout, as it is (a carriage return reads \r); final blank lines do not count
    = TEXT       the same, for a line that begins with one of these marks, or a blank one at the end
    ~ REGEX      a line of stdout that the whole of REGEX matches
    ! TEXT       stderr has a line with TEXT in it, after the line of the `!` before;
                 without any `!` line stderr is not looked at; `! ` alone: stderr is empty
    ? N          the exit code, 0 where none is given

The environment is bare: PATH (billctl and field first), HOME (the scratch folder), LANG=C.UTF-8, TESTS (the folder
tests/), and TZ=Pacific/Apia, so that a result which leans on the machine's zone fails. In what is
printed the scratch folder reads /scratch.

Every answer of a `billctl … --json`, piped or not, is checked against schemas/output/: COMMAND with
dashes, or error.json. `… --json | field PATH…` prints single values of it (see field.py).
"""
import argparse
import difflib
import json
import os
import pathlib
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field

HERE = pathlib.Path(__file__).resolve().parent
MARKS = ("## ", "# ", "$ ", "! ", "? ", "~ ", "= ", "<<< ")
TIMEOUT_SECONDS = 120


@dataclass
class Step:
    """One command, or one file to be written, with what is expected of it."""
    line: int
    command: str = ""
    writes: str = ""
    text: str = ""
    stdout: list = field(default_factory=list)
    stderr: list = field(default_factory=list)
    code: int = 0
    lines: tuple = (0, 0)  # the expectation's lines in the file, for --update


@dataclass
class Case:
    name: str
    line: int
    steps: list = field(default_factory=list)


class Mistake(Exception):
    pass


def read_cases(lines):
    cases = []
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if line.startswith("## "):
            cases.append(Case(line[3:].strip(), at))
        elif line.startswith("#") or not line.strip():
            continue
        elif not cases:
            raise Mistake(f"{at}: stands before the first case")
        elif line.startswith("<<< "):
            end = next((i for i in range(at, len(lines)) if lines[i] == ">>>"), None)
            if end is None:
                raise Mistake(f"{at}: no line >>> ends the file")
            cases[-1].steps.append(Step(at, writes=line[4:].strip(),
                                        text="".join(row + "\n" for row in lines[at:end])))
            at = end + 1
        elif line.startswith("$ "):
            step = Step(at, command=line[2:])
            while step.command.endswith("\\") and at < len(lines):
                step.command += "\n" + lines[at]
                at += 1
            at = read_expectation(lines, at, step)
            cases[-1].steps.append(step)
        else:
            raise Mistake(f"{at}: stands behind no command: {line}")
    return cases


def read_expectation(lines, at, step):
    first = at
    while at < len(lines) and not lines[at].startswith(("## ", "$ ", "<<< ")):
        line = lines[at]
        at += 1
        if line.startswith("! ") or line == "!":
            step.stderr.append(line[2:])
        elif line.startswith("? "):
            step.code = int(line[2:])
        elif not line.startswith("# "):
            step.stdout.append(line)
    while step.stdout and not step.stdout[-1].strip():
        step.stdout.pop()
    last = at
    while last > first and (not lines[last - 1].strip() or lines[last - 1].startswith("# ")):
        last -= 1
    step.lines = (first, last)
    return at


class Scratch:
    """The folder of one transcript, with the commands that it finds first."""

    def __init__(self, billctl, keep):
        self.top = pathlib.Path(tempfile.mkdtemp(prefix="billctl-transcript-"))
        self.keep = keep
        self.work, self.bin, self.answers = (self.top / n for n in ("scratch", "bin", "answers"))
        for folder in (self.work, self.bin, self.answers):
            folder.mkdir()
        self.tool("billctl", f"""
keep=
for word; do case $word in --json|--format=json|json) keep=yes;; esac; done
[ -n "$keep" ] || exec '{billctl}' "$@"
answer=$(mktemp '{self.answers}'/XXXXXXXX)
'{billctl}' "$@" >"$answer"
code=$?
cat "$answer"
exit $code
""")
        self.tool("field", f"exec '{sys.executable}' '{HERE / 'field.py'}' \"$@\"\n")

    def tool(self, name, script):
        path = self.bin / name
        path.write_text("#!/bin/bash\n" + script)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def environment(self):
        return {"PATH": f"{self.bin}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
                "HOME": str(self.work), "TESTS": str(HERE.parent), "LANG": "C.UTF-8",
                "TZ": "Pacific/Apia"}

    def run(self, command):
        done = subprocess.run(["/bin/bash", "-c", command], cwd=self.work, env=self.environment(),
                              stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=TIMEOUT_SECONDS, check=False)
        return self.lines(done.stdout), self.lines(done.stderr), done.returncode

    def lines(self, data):
        text = data.decode("utf-8", "backslashreplace").replace(str(self.work), "/scratch")
        text = text.replace("\r", "\\r")
        lines = text.split("\n")
        while lines and not lines[-1].strip():
            lines.pop()
        return lines

    def taken_answers(self):
        for path in sorted(self.answers.iterdir(), key=lambda p: p.stat().st_mtime_ns):
            text = path.read_text("utf-8", "backslashreplace")
            path.unlink()
            yield text

    def close(self):
        if self.keep:
            print("kept:", self.work)
        else:
            shutil.rmtree(self.top, ignore_errors=True)


class Schemas:
    """schemas/output/: what every --json answer must look like."""

    def __init__(self, folder):
        self.folder = folder
        self.read = {}

    def complaint(self, text):
        """Why the answer is none, or an empty text."""
        if not text:
            return ""
        try:
            answer = json.loads(text)
        except ValueError as mistake:
            return f"--json printed no JSON: {mistake}"
        if not isinstance(answer, dict):
            return "--json printed no object"
        name = "error" if "error" in answer else str(answer.get("command", "")).replace(" ", "-")
        check = self.checker(name)
        if check is None:
            return ""
        for mistake in sorted(check.iter_errors(answer), key=lambda m: list(map(str, m.path))):
            place = ".".join(map(str, mistake.path))
            return f"schemas/output/{name}.json: {place or 'answer'}: {mistake.message[:300]}"
        return ""

    def checker(self, name):
        if name not in self.read:
            self.read[name] = None
            path = self.folder / (name + ".json")
            if path.is_file():
                import jsonschema  # python3-jsonschema: without it no answer is checked, so fail
                schema = json.loads(path.read_text().replace("parts.json#/", "#/"))
                parts = json.loads((self.folder / "parts.json").read_text())
                schema["definitions"] = {**parts["definitions"], **schema.get("definitions", {})}
                jsonschema.Draft7Validator.check_schema(schema)
                self.read[name] = jsonschema.Draft7Validator(schema)
        return self.read[name]


def line_fits(expected, seen):
    if expected.startswith("~ "):
        return re.fullmatch(expected[2:], seen) is not None
    if expected.startswith("= "):
        return expected[2:] == seen
    return expected == seen


def stdout_fits(expected, seen):
    return len(expected) == len(seen) and all(map(line_fits, expected, seen))


def stderr_fits(expected, seen):
    if expected == [""]:
        return not seen
    rest = iter(seen)
    return all(any(text in line for line in rest) for text in expected)


def difference(step, stdout, stderr, code):
    """What is wrong with a run of the step, as lines to read; none when it is right."""
    wrong = []
    if not stdout_fits(step.stdout, stdout):
        same = [seen if line_fits(want, seen) else want for want, seen in zip(step.stdout, stdout)]
        wanted = same + step.stdout[len(same):]
        wrong += difflib.unified_diff(wanted, stdout, "stdout expected", "stdout seen", lineterm="")
    if not stderr_fits(step.stderr, stderr):
        wrong += ["stderr expected:"] + ["  " + s for s in step.stderr]
        wrong += ["stderr seen:"] + ["  " + s for s in stderr]
    if code != step.code:
        wrong.append(f"exit code expected {step.code}, seen {code}")
        if not step.stderr:
            wrong += ["  " + line for line in stderr]
    return wrong


def as_expectation(step, stdout, stderr, code):
    """The lines that would make this run right; patterns that still fit are left."""
    lines = []
    for i, seen in enumerate(stdout):
        if i < len(step.stdout) and line_fits(step.stdout[i], seen):
            lines.append(step.stdout[i])
        else:
            last_blank = i == len(stdout) - 1 and not seen.strip()
            lines.append("= " + seen if seen.startswith(MARKS) or last_blank else seen)
    fits = step.stderr and stderr_fits(step.stderr, stderr)
    lines += ["! " + text for text in (step.stderr if fits else stderr)]
    return lines + ([f"? {code}"] if code else [])


def run_step(step, scratch, schemas):
    """(what is wrong, the right expectation or None)"""
    if step.writes:
        path = scratch.work / step.writes
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(step.text)
        path.chmod(0o644)
        return [], None
    try:
        stdout, stderr, code = scratch.run(step.command)
    except subprocess.TimeoutExpired:
        return [f"not done after {TIMEOUT_SECONDS} s"], None
    wrong = difference(step, stdout, stderr, code)
    wrong += filter(None, map(schemas.complaint, scratch.taken_answers()))
    return wrong, as_expectation(step, stdout, stderr, code)


def run_file(path, options):
    lines = path.read_text().split("\n")
    cases = read_cases(lines)
    if not cases or not any(step.command for case in cases for step in case.steps):
        raise Mistake("0: no case in it")
    scratch = Scratch(options.billctl.resolve(), options.keep)
    schemas = Schemas(options.schemas)
    failed, updates = 0, []
    try:
        for case in cases:
            bad = False
            for step in case.steps:
                wrong, right = run_step(step, scratch, schemas)
                if right is not None and wrong:
                    updates.append((step.lines, right))
                if wrong:
                    bad = True
                    print(f"{path}:{step.line}: {case.name}\n  $ {step.command}")
                    print("".join(f"    {line}\n" for line in wrong))
            failed += bad
    finally:
        scratch.close()
    if options.update:
        for (first, last), right in reversed(updates):
            lines[first:last] = right
        path.write_text("\n".join(lines))
    print(f"{path.name}: {len(cases)} cases, {failed} failed")
    return failed == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    parser.add_argument("--billctl", required=True, type=pathlib.Path)
    parser.add_argument("--schemas", type=pathlib.Path, default=HERE.parent.parent / "schemas/output")
    parser.add_argument("--update", action="store_true", help="take what is seen as what is right")
    parser.add_argument("--keep", action="store_true", help="leave the scratch folder")
    options = parser.parse_args()
    good = True
    for path in options.files:
        try:
            good = run_file(path, options) and good
        except Mistake as mistake:
            good = False
            print(f"{path}:{mistake}")
    return 0 if good else 1


if __name__ == "__main__":
    os.umask(0o022)
    sys.exit(main())
