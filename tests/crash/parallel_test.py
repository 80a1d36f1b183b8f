#!/usr/bin/env python3
"""Eight processes issue the same drafts at once; eight start one job at once.

    parallel_test.py --billctl PATH [--drafts 40] [--seed N]

Every draft is issued once, the numbers have no gap and no duplicate, and one job has one effect.
"""
import argparse
import json
import pathlib
import random
import sys
import tempfile

import books

PROCESSES = 8


def many_clients(folder, count):
    """Adds clients with an hour of work each to the example's tables."""
    tables = folder / "tables"
    codes = [f"c{n:03}" for n in range(count)]
    add(tables / "clients.csv", [f"{c},{c.upper()} Oy,Katu {n},Helsinki,00100,FI,,,EUR,net14,,,"
                                 for n, c in enumerate(codes)])
    add(tables / "projects.csv", [f"p-{c},Work,{c},EUR,,maija,0" for c in codes])
    add(tables / "tasks.csv", [f"t-{c},Work,p-{c},development,,,," for c in codes])
    add(tables / "entries.csv", [f"e-{c},time,t-{c},,bo,2026-10-05 09:00,2026-10-05 10:{n % 60:02},"
                                 ",,,,,,,work,billable,2026-11-01 09:00,maija,"
                                 for n, c in enumerate(codes)])


def add(table, rows):
    table.write_text(table.read_text() + "".join(row + "\n" for row in rows))


def must(billctl, folder, *words):
    code, said = books.run(billctl, folder, words)
    if code not in books.DONE_IN_PART:
        sys.exit(f"billctl {' '.join(words)}: exit {code}\n{said}")
    return said


def issue_at_once(billctl, folder, drafts, dice):
    """Each process gets all drafts in an order of its own, a few in each call."""
    running = []
    for _ in range(PROCESSES):
        order = dice.sample(drafts, len(drafts))
        calls = [order[i:i + 5] for i in range(0, len(order), 5)]
        script = " ; ".join(f"'{billctl}' issue --lock-wait 120s {' '.join(c)}" for c in calls)
        running.append(books.start("/bin/bash", folder, ["-c", script]))
    for process in running:
        process.communicate(timeout=300)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--billctl", required=True, type=pathlib.Path)
    parser.add_argument("--drafts", type=int, default=40)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    options = parser.parse_args()
    billctl = options.billctl.resolve()
    print(f"seed {options.seed}", flush=True)
    dice = random.Random(options.seed)
    wrong = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = books.fresh(pathlib.Path(scratch) / "books")
        many_clients(folder, options.drafts)
        for words in books.MONTH[:4]:
            must(billctl, folder, *words)
        must(billctl, folder, "generate", "--period", "2026-10", "--not-client", "delta,epsilon,zeta")
        must(billctl, folder, "approve", "--all-waiting", "--role", "finance")
        listed = json.loads(must(billctl, folder, "invoice", "list", "--json"))["invoices"]
        issue_at_once(billctl, folder, [row["invoice"] for row in listed], dice)
        found = books.numbers(folder)
        if not books.gapless(found) or len(found) < options.drafts:
            wrong.append(f"numbers: {found}")

        jobs = [books.start(billctl, folder, ["rebill-job", "run", "support.toml", "--lock-wait", "120s"])
                for _ in range(PROCESSES)]
        codes = [(job.communicate(timeout=300), job.returncode)[1] for job in jobs]
        after = books.numbers(folder)
        if len(after) != len(found) + 1 or not books.gapless(after):
            wrong.append(f"eight starts of one job: exits {codes}, numbers {after[len(found):]}")
        code, said = books.run(billctl, folder, ["verify"])
        if code != 0:
            wrong.append(f"verify: exit {code}\n{said}")
    print("\n".join(wrong) or f"{PROCESSES} processes, {len(after)} numbers, no gap, no duplicate")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
