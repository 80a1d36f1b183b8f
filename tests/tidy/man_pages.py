#!/usr/bin/env python3
"""The manual and the program say the same: man_pages.py CHECK --billctl PATH, listing what is missing.

    lint        mandoc reads each page without a warning (skipped where there is no mandoc)
    commands    each command has its page, each option stands in it, help shows an example,
                and schemas/output/ has the form of its --json answer
    words       each reason and exit code is in billctl-exit-status(7), and each reason in
                schemas/output/parts.json; each key of the config is in billctl.toml(5)
"""
import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
SKIPPED = 77
NO_JSON = {"completion"}  # it prints no answer of ours but a script


def read(name):
    path = TOP / "man" / name
    return path.read_text() if path.is_file() else ""


def listing(billctl):
    run = subprocess.run([billctl, "__commands"], capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def lint(_):
    if not shutil.which("mandoc"):
        print("no mandoc here: the manual was not looked at")
        sys.exit(SKIPPED)
    for path in sorted((TOP / "man").iterdir()):
        run = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", path], capture_output=True,
                             text=True, check=False)
        yield from (run.stdout + run.stderr).replace(f"{TOP}/", "").splitlines()


def unsaid(options, page):
    """The options that the page does not set out: `.It Fl n , Fl -dry-run`."""
    said = set(re.findall(r"\bFl (-?[\w-]+)", page))
    for option in options:
        for name in option["name"].split(","):
            if name[1:] not in said:
                yield name


def commands(billctl):
    known = listing(billctl)
    for name in unsaid(known["options"] + known["filters"], read("billctl.1")):
        yield f"man/billctl.1: no {name}"
    for command in known["commands"]:
        stem = command["name"].replace(" ", "-")
        page = read(f"billctl-{stem}.1")
        if not page:
            yield f"man/billctl-{stem}.1 is missing"
        else:
            yield from (f"man/billctl-{stem}.1: no {n}" for n in unsaid(command["options"], page))
        if not command["example"]:
            yield f"{command['name']}: no example in its help"
        if stem not in NO_JSON and not (TOP / f"schemas/output/{stem}.json").is_file():
            yield f"schemas/output/{stem}.json is missing"


def words(billctl):
    known = listing(billctl)
    page = read("billctl-exit-status.7")
    codes = [reason["code"] for reason in known["reasons"]]
    for code in codes:
        if f".It Ql {code}\n" not in page:
            yield f"man/billctl-exit-status.7: no {code}"
    for number in sorted({reason["exit"] for reason in known["reasons"]}):
        if f".It {number}\n" not in page:
            yield f"man/billctl-exit-status.7: no exit code {number}"
    parts = json.loads((TOP / "schemas/output/parts.json").read_text())
    if parts["definitions"]["reason"]["enum"] != codes:
        yield "schemas/output/parts.json: its reasons are not those of billctl __commands"
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([billctl, "init", folder], capture_output=True, check=True)
        shown = subprocess.run([billctl, "-C", folder, "config", "show", "--json"],
                               capture_output=True, check=True).stdout
    page = read("billctl.toml.5")
    for setting in json.loads(shown)["settings"]:
        if not any(re.search(rf"\b{re.escape(key)}\b", page) for key in setting["key"].split(".")[-2:]):
            yield f"man/billctl.toml.5: no {setting['key']}"


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("check", choices=["lint", "commands", "words"])
    parser.add_argument("--billctl", required=True)
    options = parser.parse_args()
    wrong = list(globals()[options.check](options.billctl))
    print("\n".join(wrong) or f"{options.check}: clean")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
