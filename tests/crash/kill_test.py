#!/usr/bin/env python3
"""SIGKILL at random instants of the example month; then the same command again, and the rest.

    kill_test.py --billctl PATH [--kills 40] [--seed N]

However it was cut, the books must be those of a run that nobody disturbed, `verify` must be silent,
and the numbers without a gap. The seed is printed; with it the same instants are tried again.
"""
import argparse
import pathlib
import random
import sys
import tempfile
import time

import books

TRIES_MAX = 5  # for each kill: an instant may come when the command is done already


def clean_run(billctl, folder):
    """(what the books hold, how long each command took)"""
    books.fresh(folder)
    seconds = []
    for words in books.MONTH:
        began = time.monotonic()
        code, said = books.run(billctl, folder, words)
        seconds.append(time.monotonic() - began)
        if code not in books.DONE_IN_PART:
            sys.exit(f"billctl {' '.join(words)}: exit {code}\n{said}")
    return books.contents(folder), seconds


def killed_run(billctl, folder, command, after):
    """Runs the month, killing that command after so many seconds; whether it was still running."""
    books.fresh(folder)
    cut = False
    for number, words in enumerate(books.MONTH):
        if number == command:
            process = books.start(billctl, folder, words)
            time.sleep(after)
            process.kill()
            process.communicate()
            cut = process.returncode == -9
        code, said = books.run(billctl, folder, words)
        if code not in books.DONE_IN_PART:
            return cut, f"billctl {' '.join(words)}: exit {code}\n{said}"
    return cut, ""


def complaint(billctl, folder, wanted):
    code, said = books.run(billctl, folder, ["verify"])
    if code != 0:
        return f"verify: exit {code}\n{said}"
    if not books.gapless(books.numbers(folder)):
        return f"numbers: {books.numbers(folder)}"
    return books.difference(wanted, books.contents(folder))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--billctl", required=True, type=pathlib.Path)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    options = parser.parse_args()
    billctl = options.billctl.resolve()
    print(f"seed {options.seed}", flush=True)
    dice = random.Random(options.seed)
    failed, tries, in_time = 0, 0, 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch) / "books"
        wanted, seconds = clean_run(billctl, folder)
        while in_time < options.kills and tries < TRIES_MAX * options.kills:
            tries += 1
            command = dice.randrange(len(seconds))
            after = dice.uniform(0, seconds[command])
            cut, wrong = killed_run(billctl, folder, command, after)
            in_time += cut
            wrong = wrong or complaint(billctl, folder, wanted)
            if wrong:
                failed += 1
                print(f"try {tries}: billctl {' '.join(books.MONTH[command])} after {after:.4f} s: {wrong}")
    print(f"{in_time} kills in the middle of a command ({tries} tries), {failed} failed")
    return 1 if failed or in_time < options.kills else 0


if __name__ == "__main__":
    sys.exit(main())
