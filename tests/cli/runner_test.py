#!/usr/bin/env python3
"""The transcript runner must fail where a transcript is wrong: it is run on small ones that are."""
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PROGRAM = """#!/bin/bash
case $1 in
  version) echo '{"format": 1, "command": "version", "dry_run": false, "program": "1.0", "schema": 1}' ;;
  short) echo '{"format": 1, "command": "version", "dry_run": false, "program": "1.0"}' ;;
  none) echo 'billctl: no' >&2; echo 'hint: yes' >&2; exit 4 ;;
  *) printf 'a\\n\\nb\\n' ;;
esac
"""
RIGHT = {
    "stdout": "## x\n$ billctl\na\n\nb\n\n",
    "pattern": "## x\n$ billctl\na\n\n~ [bc]\n",
    "stderr and exit code": "## x\n$ billctl none\n! no\n! hint\n? 4\n",
    "file": "## x\n<<< a/b\none\n>>>\n$ cat a/b\none\n",
    "continued": "## x\n$ echo one \\\n  two\none two\n",
    "zone and home": "## x\n$ echo $TZ $HOME\nPacific/Apia /scratch\n",
    "shared folder": "## x\n$ touch y\n## z\n$ ls y\ny\n",
    "answer": "## x\n$ billctl version --json | field program schema\n1.0\n1\n",
    "rows": "## x\n$ echo '{\"a\": [{\"b\": 1, \"c\": null}]}' | field a: b c d\n1|null|-missing-\n",
}
WRONG = {
    "a line too many": "## x\n$ billctl\na\n",
    "another line": "## x\n$ billctl\na\n\nc\n",
    "a pattern that fits half": "## x\n$ echo abc\n~ ab\n",
    "stderr in another order": "## x\n$ billctl none\n! hint\n! no\n? 4\n",
    "stderr that must be empty": "## x\n$ billctl none\n! \n? 4\n",
    "another exit code": "## x\n$ billctl none\n? 5\n",
    "no case": "# only a comment\n",
    "no command": "## x\n",
    "text before a command": "## x\ntext\n",
    "an answer that lacks a field": "## x\n$ billctl short --json >/dev/null\n",
    "an answer that is none": "## x\n$ billctl --json >/dev/null\n",
}


def passes(folder, text):
    path = folder / "case.test"
    path.write_text(text)
    run = subprocess.run([sys.executable, "-B", HERE / "run_transcript.py", path,
                          "--billctl", folder / "billctl"],
                         capture_output=True, text=True, check=False)
    if run.returncode not in (0, 1) or "Traceback" in run.stderr:
        sys.exit(run.stderr)
    return run.returncode == 0


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        program = folder / "billctl"
        program.write_text(PROGRAM)
        program.chmod(0o755)
        wrong = [f"failed: {name}" for name, text in RIGHT.items() if not passes(folder, text)]
        wrong += [f"passed: {name}" for name, text in WRONG.items() if passes(folder, text)]
    print("\n".join(wrong) or f"{len(RIGHT) + len(WRONG)} cases, 0 failed")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
