#!/usr/bin/env python3
"""Many processes that write one ledger at once, some of them killed.

    writers_test.py --billctl PATH [--each 12] [--kills 8] [--only WORD] [--seed N]

--each is how many drafts each of the eight processes is there for.
"""
import argparse
import json
import os
import pathlib
import signal
import sys
import threading
import time

import crowd
from crowd import PROCESSES, Wrong, case, check_series, ended

DAYS = ("2026-11-02", "2026-11-03", "2026-11-04", "2026-11-05")


def call(desk, names, day):
    return f"'{desk.billctl}' issue -q --date {day} {' '.join(names)}"


@case("eight processes issue")
def issuing(desk, dice):
    count = PROCESSES * desk.options.each
    desk.make(count, drafts=True)
    drafts = desk.drafts()
    if len(drafts) < count:
        raise Wrong(f"{len(drafts)} drafts of {count}")
    scripts = []
    for _ in range(PROCESSES):
        order = dice.sample(drafts, len(drafts))[:2 * desk.options.each]  # each draft has rivals
        calls = []
        for i in range(0, len(order), 5):
            day = min(len(DAYS) - 1, 4 * i // len(order) + dice.randrange(2))
            calls.append(call(desk, order[i:i + 5], DAYS[day]))
        scripts.append(" ; ".join(calls))
    running = [desk.start(shell=script) for script in scripts]
    killed = kill_some(running, desk.options.kills, dice)
    refused = [talk for code, _, talk in ended(running) if code not in (0, 3, 4, -9, 137)]
    if refused:
        raise Wrong(refused[0])
    by_eight = len(desk.select("SELECT 1 FROM invoice WHERE number <> ''"))
    desk.must("issue", "--all-ready", "--date", DAYS[-1], codes=(0, 3, 4))
    numbers = check_series(desk, count)
    desk.verify()
    if by_eight < numbers // 2:
        raise Wrong(f"only {by_eight} of {numbers} were issued by the eight")
    return f"{numbers} numbers without gap, duplicate or inversion, {killed} kills"


def kill_some(running, kills, dice):
    """SIGKILL to the command that a shell is at; the shell goes on with its next one."""
    killed = 0
    while killed < kills and any(process.poll() is None for process in running):
        time.sleep(dice.uniform(0, 0.05))
        process = dice.choice(running)
        children = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children")
        try:
            for child in children.read_text().split():
                os.kill(int(child), signal.SIGKILL)
                killed += 1
        except (OSError, ProcessLookupError):
            pass
    return killed


@case("eight starts of one job")
def one_job(desk, dice):
    desk.make(3)
    words = ("rebill-job", "run", "support.toml", "--json")
    said = ended([desk.start(*words) for _ in range(PROCESSES)])
    created = []
    for code, out, talk in said:
        if code not in (0, 3):
            raise Wrong(f"exit {code}\n{out}{talk}")
        outcomes = [(each["outcome"], {reason["code"] for reason in each["reasons"]})
                    for each in json.loads(out)["outcomes"]]
        made = sum(outcome == "created" for outcome, _ in outcomes)
        done = any(outcome == "skipped" and "already_done" in reasons for outcome, reasons in outcomes)
        if not made and not done:
            raise Wrong(f"neither made anything nor says that it is done: {outcomes}")
        created.append(made)
    if sorted(created)[:-1] != [0] * (PROCESSES - 1) or max(created) == 0:
        raise Wrong(f"created: {created}")
    numbers = check_series(desk, 1)
    desk.verify()
    return f"{numbers} invoice by one of them, the others say already_done"


@case("eight syncs")
def syncing(desk, dice):
    desk.make(desk.options.each, drafts=True)
    desk.must("issue", "--all-ready", codes=(0, 3))
    numbers = check_series(desk, desk.options.each)
    running = [desk.start("sync", "-q") for _ in range(PROCESSES)]
    killed = kill_at_once(running, dice, 2)
    for code, out, talk in ended(running):
        if code not in (0, 3, 6, -9):
            raise Wrong(f"exit {code}\n{out}{talk}")
    desk.must("sync")
    there = [json.loads(path.read_text())["number"] for path in (desk.folder / "outbox").glob("*.json")]
    if sorted(there) != sorted(set(there)) or len(there) != numbers:
        raise Wrong(f"{len(there)} documents of {numbers}: {there}")
    desk.verify("--files", "--provider")
    return f"{numbers} documents, each once, {killed} kills"


def kill_at_once(running, dice, kills):
    for process in dice.sample(running, kills):
        time.sleep(dice.uniform(0, 0.05))
        process.kill()
    return kills


@case("eight sends")
def sending(desk, dice):
    desk.make(desk.options.each, drafts=True)
    desk.must("issue", "--all-ready", codes=(0, 3))
    running = [desk.start("send", "--all-unsent", "-q") for _ in range(PROCESSES)]
    killed = kill_at_once(running, dice, 2)
    for code, out, talk in ended(running):
        if code not in (0, 3, -9):
            raise Wrong(f"exit {code}\n{out}{talk}")
    desk.must("send", "--all-unsent", codes=(0, 3))
    mails = desk.json("send", "status")["mails"]
    there = {path.name.split(".")[1] for path in (desk.folder / "mail/new").iterdir()}
    sent = {mail["message_id"][1:33] for mail in mails if mail["state"] == "sent"}
    if len(there) != len(list((desk.folder / "mail/new").iterdir())) or not sent <= there:
        raise Wrong(f"{len(there)} mails, {len(sent)} of them known as sent")
    if len(sent) < desk.options.each - killed:
        raise Wrong(f"only {len(sent)} are sent after {killed} kills")
    desk.verify()
    return f"{len(sent)} mails, each once, {killed} kills"


@case("nobody waits while others pass")
def fairness(desk, dice):
    desk.make(1)
    each = desk.options.each * 3
    started, lock = [], threading.Lock()

    def work(process):
        for n in range(each):
            entry = f"p{process}-{n}"
            with lock:
                started.append(entry)
            desk.must("entry", "add", "-q", "--task", "web-dev", "--member", "bo", "--kind", "time",
                      "--date", "2026-10-20", "--hours", "1", "--id", entry, "-m", entry)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(PROCESSES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    written = [row[0] for row in desk.select(
        "SELECT ref FROM entry WHERE ref LIKE 'p%-%' ORDER BY id")]
    place = {entry: n for n, entry in enumerate(started)}
    if sorted(written) != sorted(started):
        raise Wrong(f"{len(written)} of {len(started)} entries are there")
    passed = []
    for n, entry in enumerate(written):
        passed.append(sum(place[other] > place[entry] for other in written[:n]))
    if max(passed) > 3 * PROCESSES:
        raise Wrong(f"{written[passed.index(max(passed))]} was passed {max(passed)} times")
    return f"{len(written)} writes, the unluckiest was passed {max(passed)} times"


@case("lock-wait is kept and names the holder")
def waiting(desk, dice):
    desk.make(1, drafts=True)
    desk.must("issue", "--all-ready", codes=(0, 3))
    write = ("comment", "set", "--client", "acme", "x")
    tries = [(".lock", write, 11, "is locked by"), (".lock", ("issue", "--all-ready"), 11, "is locked by"),
             (".send.lock", ("send", "--all-unsent"), 4, "sending mail from this ledger"),
             (".job.lock", ("rebill-job", "run", "support.toml"), 4, "not started, since")]
    for tail, words, exit_code, phrase in tries:
        holder = Holder(f"{desk.ledger}{tail}")
        for wait, least in (("0", 0.0), ("1s", 1.0)):
            began = time.monotonic()
            code, out, talk = desk.run(*words, "--lock-wait", wait)
            took = time.monotonic() - began
            if code != exit_code or phrase not in talk or "pid 77 (a test)" not in talk:
                raise Wrong(f"{words} --lock-wait {wait}: exit {code}\n{talk}")
            if not least <= took < least + 1.5:
                raise Wrong(f"{words} --lock-wait {wait} took {took:.2f} s")
        holder.free()
    holder = Holder(f"{desk.ledger}.lock")
    process = desk.start(*write)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    code, _, talk = ended([process], wait=5)[0]
    if code != 130 or "interrupted while waiting for pid 77 (a test)" not in talk:
        raise Wrong(f"SIGINT while waiting: exit {code}\n{talk}")
    process = desk.start(*write)
    time.sleep(0.3)
    holder.free()
    code, _, talk = ended([process], wait=5)[0]
    if code != 0:
        raise Wrong(f"a lock that was freed: exit {code}\n{talk}")
    return f"{len(tries)} locks, SIGINT ends the waiting"


class Holder:
    """Another process that holds a kernel lock."""

    def __init__(self, path):
        import fcntl
        self.file = open(path, "a+")
        fcntl.flock(self.file, fcntl.LOCK_EX)
        self.file.truncate(0)
        self.file.write("pid 77 (a test)\n")
        self.file.flush()

    def free(self):
        self.file.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--each", type=int, default=12)
    parser.add_argument("--kills", type=int, default=8)
    sys.exit(crowd.main(parser, __doc__))
