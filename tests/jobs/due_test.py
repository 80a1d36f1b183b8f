#!/usr/bin/env python3
"""Submitted jobs: eight `run-due` at once are one effect, and what a killed one left is taken up.

    due_test.py --billctl PATH [--clients 20]
"""
import argparse
import collections
import pathlib
import sys
import tempfile
import time

import job_books
from job_books import books

LATER = "2026-11-02T08:00:00Z"
PROCESSES = 8


def submit(billctl, folder):
    code, answer, talk = books.run(billctl, folder, "rebill-job", "submit", "--at", "+1h", "support.toml", "--json")
    assert code == 0, talk
    return answer["submission"]["submission"]


def listed(billctl, folder):
    return books.run(billctl, folder, "rebill-job", "list", "--json")[1]


def judge(wrong, what, billctl, folder, server, runs):
    answer = listed(billctl, folder)
    if len(answer["runs"]) != runs:
        wrong.append(f"{what}: {len(answer['runs'])} runs, wanted {runs}")
    states = [each["state"] for each in answer["submitted"]]
    if states != ["done"]:
        wrong.append(f"{what}: submitted jobs are {states}")
    twice = [to for to, count in collections.Counter(to for to, _ in server.taken()).items() if count > 1]
    if twice or not server.taken():
        wrong.append(f"{what}: {len(server.taken())} mails, twice to {twice}")
    code, said, talk = books.run(billctl, folder, "verify")
    if code:
        wrong.append(f"{what}: verify: {said}{talk}")


def at_once(billctl, top, clients):
    wrong = []
    server = books.Server(top / "server")
    folder = job_books.make(billctl, top / "books", server.port, clients, 3)
    submit(billctl, folder)
    running = [books.start(billctl, folder, "rebill-job", "run-due", "--json", "--lock-wait", "5m", now=LATER)
               for _ in range(PROCESSES)]
    codes = sorted((process.communicate(timeout=600), process.returncode)[1] for process in running)
    if codes != [0] * (PROCESSES - 1) + [3]:
        wrong.append(f"eight at once: exits {codes}")
    judge(wrong, "eight at once", billctl, folder, server, 1)
    server.close()
    return wrong


def killed(billctl, top, clients):
    wrong = []
    server = books.Server(top / "server")
    folder = job_books.make(billctl, top / "books", server.port, clients, 3)
    submit(billctl, folder)
    process = books.start(billctl, folder, "rebill-job", "run-due", now=LATER)
    deadline = time.monotonic() + 60
    while not server.taken() and time.monotonic() < deadline:  # in the middle of its mails
        time.sleep(0.005)
    process.kill()
    process.communicate()
    state = listed(billctl, folder)["submitted"][0]["state"]
    if state != "running":
        wrong.append(f"killed: the submitted job is {state}")
    code, answer, talk = books.run(billctl, folder, "rebill-job", "run-due", "--json", now=LATER)
    if code != 3 or answer["due"] != 1:
        wrong.append(f"killed: exit {code}, {answer}, {talk}")
    judge(wrong, "killed", billctl, folder, server, 2)
    server.close()
    return wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--billctl", required=True, type=pathlib.Path)
    parser.add_argument("--clients", type=int, default=20)
    options = parser.parse_args()
    billctl = options.billctl.resolve()
    wrong = []
    for case in (at_once, killed):
        with tempfile.TemporaryDirectory() as scratch:
            wrong += case(billctl, pathlib.Path(scratch), options.clients)
    print("\n".join(wrong) or "one effect of eight, and what was killed went on")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
