#!/usr/bin/env python3
"""SIGKILL at random instants of a job that issues and sends; then the same command again.

    kill_job_test.py --billctl PATH [--kills 6] [--clients 40] [--seed N]

However it was cut, each client has one invoice, numbers have no gap, `verify` is silent, and each client has got one
mail, or none where the mail that was on its way is `unknown`. The seed is printed.
"""
import argparse
import collections
import pathlib
import random
import shutil
import sys
import tempfile
import time

import job_books
from job_books import KINDS, books, kind_of

COMMAND = ("rebill-job", "run", "support.toml", "--json")


def complaint(billctl, folder, report, taken, clients):
    listed = books.run(billctl, folder, "invoice", "list", "--json")[1]["invoices"]
    issued = {each["client"]: each for each in listed if each["number"]}
    numbers = sorted(each["number"] for each in issued.values())
    if numbers != [f"INV{n:05}" for n in range(1, len(numbers) + 1)]:
        return f"numbers {numbers}"
    if len(listed) != len({each["client"] for each in listed}):
        return "a client has two invoices"
    mails = collections.Counter(to for to, _ in taken)
    unknown = {each["invoice"] for each in report["unsent"] if each["code"] == "unknown"}
    for number in range(clients):
        kind, code = kind_of(number), f"c{number:05}"
        if (KINDS[kind][1] == "created") != (code in issued):
            return f"{code} ({kind}): issued {code in issued}"
        if kind != "fine":
            continue
        got = mails[f"fine@{code}.test"]
        if got > 1 or (got == 0 and issued[code]["number"] not in unknown):
            return f"{code}: {got} mails, its invoice is {issued[code]['sent']}"
    code, said, talk = books.run(billctl, folder, "verify")
    return f"verify: {said}{talk}" if code else ""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--billctl", required=True, type=pathlib.Path)
    parser.add_argument("--kills", type=int, default=6)
    parser.add_argument("--clients", type=int, default=40)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    options = parser.parse_args()
    billctl = options.billctl.resolve()
    print(f"seed {options.seed}", flush=True)
    dice = random.Random(options.seed)
    cut, failed, unknown = 0, 0, 0
    with tempfile.TemporaryDirectory() as scratch:
        top = pathlib.Path(scratch)
        template = job_books.make(billctl, top / "template", 1, options.clients, 4)
        seconds = 1.0
        for attempt in range(4 * options.kills):
            if cut >= options.kills:
                break
            shutil.rmtree(top / "books", ignore_errors=True)
            shutil.rmtree(top / "server", ignore_errors=True)
            folder = pathlib.Path(shutil.copytree(template, top / "books"))
            server = books.Server(top / "server")
            config = folder / "billctl.toml"
            config.write_text(config.read_text().replace("port = 1\n", f"port = {server.port}\n"))
            began = time.monotonic()
            process = books.start(billctl, folder, *COMMAND)
            if attempt:
                time.sleep(dice.uniform(0, seconds))
                process.kill()
            process.communicate()
            if not attempt:  # the first is left alone: how long it takes
                seconds = time.monotonic() - began
            cut += process.returncode == -9
            code, report, talk = books.run(billctl, folder, *COMMAND, now="2026-11-02T06:10:00Z")
            wrong = ("" if code == 3 else f"exit {code}: {talk}") or complaint(
                billctl, folder, report, server.taken(), options.clients)
            unknown += sum(each["code"] == "unknown" for each in report.get("unsent", []))
            server.close()
            if wrong:
                failed += 1
                print(f"try {attempt}: {wrong}"[:500], flush=True)
    print(f"{cut} kills in the middle of the job, {failed} failed, {unknown} mails unknown")
    return 1 if failed or cut < options.kills else 0


if __name__ == "__main__":
    sys.exit(main())
