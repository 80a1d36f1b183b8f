#!/usr/bin/env python3
"""Readers, backups and restores while others write, some of them killed.

    copies_test.py --billctl PATH --slow-flock MODULE [--entries 4000] [--rounds 4] [--only WORD] [--seed N]
"""
import argparse
import pathlib
import sys
import threading
import time

import crowd
from crowd import Wrong, case, ended

READERS = (("invoice", "list"), ("report", "funnel"), ("report", "wip"), ("status",),
           ("entry", "list", "--limit", "5"), ("verify", "--quick"),
           ("verify", "conservation", "item-place", "queue", "once"))


class Looped(threading.Thread):
    """A command again and again until it is told to stop; every exit code is kept."""

    def __init__(self, desk, words, allowed, after=None):
        super().__init__()
        self.desk, self.words, self.allowed, self.after = desk, words, allowed, after
        self.enough, self.runs, self.wrong = threading.Event(), 0, ""
        self.start()

    def run(self):
        while not self.enough.is_set() and not self.wrong:
            words = self.words(self.runs) if callable(self.words) else self.words
            code, out, talk = self.desk.run(*words)
            self.runs += 1
            if code not in self.allowed:
                self.wrong = f"billctl {' '.join(words)}: exit {code}\n{out[-500:]}{talk}"
            elif self.after:
                self.after(code, words)

    @staticmethod
    def stop(*all_of_them):
        for each in all_of_them:
            each.enough.set()
        for each in all_of_them:
            each.join()
        for each in all_of_them:
            if each.wrong:
                raise Wrong(each.wrong)
        return sum(each.runs for each in all_of_them)


class Writers:
    """Processes that add entries; what was confirmed is remembered."""

    def __init__(self, desk, count, allowed=(0,)):
        self.confirmed, self.codes = set(), []
        self.threads = [
            Looped(desk, lambda n, p=p: self.words(f"w{p}-{n}"), allowed, self.note) for p in range(count)]

    @staticmethod
    def words(entry):
        return ("entry", "add", "-q", "--task", "web-dev", "--member", "bo", "--kind", "time",
                "--date", "2026-10-20", "--hours", "1", "--id", entry, "-m", "load")

    def note(self, code, words):
        self.codes.append(code)
        if code == 0:
            self.confirmed.add(words[words.index("--id") + 1])

    def stop(self):
        Looped.stop(*self.threads)
        return len(self.confirmed)


def entries_of(desk, path):
    return {ref for (ref,) in desk.select("SELECT ref FROM entry WHERE ref LIKE 'w%-%'", path)}


@case("readers during a long compile")
def readers(desk, dice):
    desk.make(1)
    count = desk.options.entries
    table = desk.folder / "many.csv"
    with table.open("w") as out:
        out.write("id,kind,task,member,date,seconds,description,confirmed_at\n")
        for n in range(count):
            out.write(f"m{n},time,web-dev,bo,2026-10-{n % 28 + 1:02},{60 * (n % 90 + 1)},x,2026-11-01 09:00\n")
    loops = [Looped(desk, words, (0,)) for words in READERS]
    desk.must("import", "entries", "many.csv")
    began = time.monotonic()
    said = desk.json("compile")
    took = time.monotonic() - began
    desk.must("generate", "--period", "2026-10", "--client", "acme")
    runs = Looped.stop(*loops)
    if said["entries"]["compiled"] != count:
        raise Wrong(f"compiled {said['entries']}")
    desk.verify()
    return f"{runs} readings while {count} entries came, were compiled ({took:.1f} s) and drafted"


@case("backup while four write")
def backup(desk, dice):
    desk.make(2)
    target = desk.folder / "copy.db"
    writers = Writers(desk, 4)
    done, killed = 0, 0
    while done < desk.options.rounds or killed < desk.options.rounds:
        before = set(writers.confirmed)
        process = desk.start("backup", "copy.db", "-q")
        if dice.random() < 0.5 and killed < desk.options.rounds:
            time.sleep(dice.uniform(0, 0.25))
            process.kill()
        code, out, talk = ended([process])[0]
        killed += code == -9
        done += code == 0
        if code not in (0, -9):
            raise Wrong(f"backup: exit {code}\n{out}{talk}")
        if target.exists():
            whole(desk, target)
            if code == 0 and not before <= entries_of(desk, target):
                raise Wrong("what was confirmed before the backup began is not in it")
    added = writers.stop()
    desk.verify()
    left = [path.name for path in desk.folder.glob("copy.db*")]
    desk.must("backup", "copy.db")
    if [path.name for path in desk.folder.glob("copy.db*")] != ["copy.db"]:
        raise Wrong(f"beside the backup there is still {left}")
    return f"{done} backups and {killed} killed ones beside {added} writes, each whole"


def whole(desk, path):
    """It is one file, in DELETE mode, and all of `verify` holds in it."""
    if path.read_bytes()[18:20] != b"\x01\x01":
        raise Wrong(f"{path} is not in DELETE mode")
    desk.must("--ledger", path, "verify", "--deep", "-q")


@case("two backups to one file")
def rivals(desk, dice):
    desk.make(2)
    for _ in range(desk.options.rounds):
        said = ended([desk.start("backup", "copy.db", "-q") for _ in range(4)])
        for code, out, talk in said:
            if code != 0 and (code != 4 or "another copy to copy.db is under way" not in talk):
                raise Wrong(f"exit {code}\n{out}{talk}")
        if all(code for code, _, _ in said):
            raise Wrong("none of them made it")
        whole(desk, desk.folder / "copy.db")
    return f"{4 * desk.options.rounds} at once, the file is whole after each"


@case("a backup that comes late")
def late(desk, dice):
    """It has opened the file that the copy is built in and locks it when that is the backup already."""
    desk.make(1)
    slow = desk.start("backup", "copy.db", "-q", LD_PRELOAD=str(desk.options.slow_flock.resolve()))
    time.sleep(0.3)
    desk.must("backup", "copy.db", "-q")
    whole(desk, desk.folder / "copy.db")
    if slow.poll() is not None:
        raise Wrong("the late one was not late")
    while slow.poll() is None:
        if not (desk.folder / "copy.db").stat().st_size:
            raise Wrong("the backup that was there has been emptied")
        time.sleep(0.01)
    code, out, talk = ended([slow])[0]
    if code != 0:
        raise Wrong(f"exit {code}\n{out}{talk}")
    whole(desk, desk.folder / "copy.db")
    return "it makes its own copy and leaves the other whole"


@case("restore while others write and read")
def restore(desk, dice):
    desk.make(2)
    desk.must("backup", "copy.db")
    # Replaced meanwhile, refused until confirmed. A restore that is killed between its two names
    # leaves no ledger until it is run again: only from then on may anybody say so.
    may_write, may_read = {0, 1, 4}, {0}
    writers = Writers(desk, 3, allowed=may_write)
    loops = [Looped(desk, words, may_read) for words in READERS[:4]]
    done, killed = 0, 0
    while done < desk.options.rounds or killed < desk.options.rounds:
        process = desk.start("restore", "copy.db", "--yes", "-q")
        if dice.random() < 0.5 and killed < desk.options.rounds:
            time.sleep(dice.uniform(0, 0.3))
            process.kill()
        code, out, talk = ended([process])[0]
        killed += code == -9
        done += code == 0
        if code not in (0, -9):
            raise Wrong(f"restore: exit {code}\n{out}{talk}")
        cut = not desk.ledger.exists()
        if cut:
            may_write.add(10)
            may_read.add(10)
        time.sleep(0.2)  # the others get on
        if cut:
            desk.must("restore", "copy.db", "--yes", "-q")
    confirmed = writers.stop()
    runs = Looped.stop(*loops)
    desk.must("restore", "copy.db", "--yes", "-q")  # takes away what killed ones left
    kept = entries_of(desk, desk.ledger)
    asides = sorted(path for path in desk.folder.glob("ledger.db.before-restore-*")
                    if not path.name.endswith(("-wal", "-shm", ".lock")))
    for aside in asides:
        desk.must("--ledger", aside, "verify", "-q")
        kept |= entries_of(desk, aside)
    lost = writers.confirmed - kept
    if lost:
        raise Wrong(f"confirmed and in no ledger, set aside or not: {sorted(lost)[:5]}")
    desk.must("restore", "confirm", "--last", "issued=none")
    desk.verify("--deep")
    left = [path.name for path in desk.folder.glob("ledger.db.restoring*")]
    if left:
        raise Wrong(f"left behind: {left}")
    return (f"{done} restores and {killed} killed ones beside {confirmed} writes and {runs} readings, "
            f"{len(asides)} ledgers set aside, nothing confirmed is lost")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=4000)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--slow-flock", type=pathlib.Path, required=True,
                        help="the module that delays a process's first lock")
    sys.exit(crowd.main(parser, __doc__))
