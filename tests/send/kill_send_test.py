#!/usr/bin/env python3
"""SIGKILL at random instants of a run of `send`; then the same command again, until nothing is left to do.

    kill_send_test.py --billctl PATH [--kills 20] [--seed N]

No client gets one mail twice, whatever the instant: a mail that was on its way is unknown and stays so.
"""
import argparse
import collections
import pathlib
import random
import shutil
import sys
import tempfile
import time

import mail_books as books

CLIENTS = 24


def complaint(billctl, folder, server, killed):
    """What is wrong after the last run; empty when all is well."""
    mails = books.run(billctl, folder, "send", "status", "--json")[1]["mails"]
    arrived = collections.Counter(message_id for _, message_id in server.taken())
    twice = [each for each, count in arrived.items() if count > 1]
    if twice or len({to for to, _ in server.taken()}) != len(server.taken()):
        return f"twice: {twice}"
    for mail in mails:
        there = arrived[mail["message_id"]]
        if mail["state"] == "sent" and there != 1:
            return f"{mail['invoice']} is sent and arrived {there} times"
        if mail["state"] not in ("sent", "unknown"):
            return f"{mail['invoice']} is {mail['state']}"
    unknown = sum(mail["state"] == "unknown" for mail in mails)
    if len(mails) != CLIENTS or unknown > killed:
        return f"{len(mails)} mails, {unknown} unknown after {killed} kills"
    code, said, talk = books.run(billctl, folder, "verify")
    return f"verify: exit {code}\n{said}{talk}" if code else ""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--billctl", required=True, type=pathlib.Path)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    options = parser.parse_args()
    billctl = options.billctl.resolve()
    dice = random.Random(options.seed)
    print(f"seed {options.seed}", flush=True)
    failed, in_time, tries = 0, 0, 0
    with tempfile.TemporaryDirectory() as top:
        top = pathlib.Path(top)
        made = books.make(billctl, top / "made", 1, [f"a{n}@example.test" for n in range(CLIENTS)])
        seconds = None
        while in_time < options.kills and tries < 5 * options.kills:
            tries += 1
            server = books.Server(top / f"server{tries}")
            folder = top / "books"
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(made, folder)
            (folder / "billctl.toml").write_text(books.CONFIG.replace("{port}", str(server.port)))
            if seconds is None:  # how long a run takes that nobody disturbs
                began = time.monotonic()
                books.run(billctl, folder, "send", "--all-unsent")
                seconds = time.monotonic() - began
                server.close()
                continue
            killed = 0
            for _ in range(dice.randrange(1, 4)):
                process = books.start(billctl, folder, "send", "--all-unsent")
                time.sleep(dice.uniform(0, seconds))
                process.kill()
                process.communicate()
                killed += process.returncode == -9
            in_time += killed
            code, said, talk = books.run(billctl, folder, "send", "--all-unsent")
            wrong = f"exit {code}\n{said}{talk}" if code not in (0, 3) else ""
            wrong = wrong or complaint(billctl, folder, server, killed)
            server.close()
            if wrong:
                failed += 1
                print(f"try {tries}: {wrong}", flush=True)
    print(f"{in_time} kills in the middle of a run ({tries} tries), {failed} failed")
    return 1 if failed or in_time < options.kills else 0


if __name__ == "__main__":
    sys.exit(main())
