"""Books that many processes work on at once, and what must hold of them afterwards."""
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "crash"))
import books  # noqa: E402
from parallel_test import many_clients  # noqa: E402

PROCESSES = 8
NOW = "2026-11-06T06:00:00Z"
MAIL = """
[mail]
transport = "file"
path = "mail"
from = "billing@example.test"
attach = []
"""
CASES = []


def case(name):
    return lambda function: CASES.append((name, function)) or function


class Wrong(Exception):
    """What is not as it must be."""


class Desk:
    """One ledger in a folder of its own."""

    def __init__(self, billctl, top, options):
        self.billctl, self.folder, self.options = str(billctl), pathlib.Path(top) / "books", options
        self.ledger = self.folder / "ledger.db"
        self.started, self.lock, self.scripts = [], threading.Lock(), 0
        self.env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(top),
                    "BILLCTL_NOW": NOW, "BILLCTL_LOCK_WAIT": "120s"}

    def start(self, *words, shell=None, **more):
        command = ["/bin/bash", self.script(shell)] if shell else [self.billctl, *map(str, words)]
        # To files: who writes to a pipe that nobody reads yet waits, and is no rival of the others.
        out, talk = (tempfile.TemporaryFile("w+", encoding="utf-8") for _ in range(2))
        process = subprocess.Popen(command, cwd=self.folder, env={**self.env, **more}, stdin=subprocess.DEVNULL,
                                   stdout=out, stderr=talk, start_new_session=True)
        process.wrote = (out, talk)
        with self.lock:
            self.started = [each for each in self.started if each.returncode is None] + [process]
        return process

    def script(self, text):
        """As a file: thousands of calls are more than an argument may hold."""
        with self.lock:
            self.scripts += 1
            path = self.folder.parent / f"script-{self.scripts}.sh"
        path.write_text(text)
        return str(path)

    def end_all(self):
        """What a case that failed has left running, with what it has started."""
        for process in self.started:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def run(self, *words, **more):
        """(exit code, stdout, stderr)"""
        return end_of(self.start(*words, **more), 600)

    def must(self, *words, codes=(0,), **more):
        code, out, talk = self.run(*words, **more)
        if code not in codes:
            raise Wrong(f"billctl {' '.join(map(str, words))}: exit {code}\n{out}{talk}")
        return out

    def json(self, *words, codes=(0,)):
        return json.loads(self.must(*words, "--json", codes=codes))

    def make(self, clients, drafts=False):
        """The example month with more clients; each with a draft that waits to be issued."""
        books.fresh(self.folder)
        config = self.folder / "billctl.toml"
        config.write_text(config.read_text() + MAIL)
        many_clients(self.folder, clients)
        table = self.folder / "tables/clients.csv"
        rows = table.read_text().split("\n")
        table.write_text("\n".join(
            row.replace(",,,EUR,net14", f",,{row.split(',')[0]}@example.test,EUR,net14")
            if row.endswith(",EUR,net14,,,") else row for row in rows))
        for words in books.MONTH[:4]:
            self.must(*words, codes=books.DONE_IN_PART)
        if drafts:
            self.must("generate", "--period", "2026-10", "--not-client", "delta,epsilon,zeta")
            self.must("approve", "--all-waiting", "--role", "finance", codes=(0, 3))

    def drafts(self):
        return [row["invoice"] for row in self.json("invoice", "list")["invoices"]
                if row["number"] is None]

    def select(self, sql, path=None):
        ledger = sqlite3.connect(f"file:{path or self.ledger}?mode=ro", uri=True, timeout=30)
        try:
            return ledger.execute(sql).fetchall()
        finally:
            ledger.close()

    def verify(self, *words):
        code, out, talk = self.run("verify", *words)
        if code != 0:
            raise Wrong(f"verify {' '.join(words)}: exit {code}\n{out}{talk}")


def end_of(process, wait=None):
    """(exit code, stdout, stderr)"""
    process.wait(wait)
    said = []
    for stream in process.wrote:
        stream.seek(0)
        said.append(stream.read())
        stream.close()
    return process.returncode, *said


def ended(processes, wait=None):
    return [end_of(process, wait) for process in processes]


def check_series(desk, least):
    """No gap, no duplicate, no date that runs backwards."""
    rows = desk.select("SELECT number, invoice_on FROM invoice WHERE number <> '' ORDER BY number")
    numbers = [number for number, _ in rows]
    if not books.gapless(numbers) or len(numbers) < least:
        raise Wrong(f"{len(numbers)} numbers, at least {least} expected: {numbers[:5]} … {numbers[-5:]}")
    dates = [date for _, date in rows]
    if dates != sorted(dates):
        raise Wrong(f"dates run backwards: {dates}")
    return len(numbers)


def main(argument_parser, doc):
    """Runs the cases of a file: each on fresh books, each seeded."""
    import random
    argument_parser.add_argument("--billctl", required=True, type=pathlib.Path)
    argument_parser.add_argument("--only", default="")
    argument_parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    options = argument_parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    failed = 0
    for name, function in CASES:
        if options.only not in name:
            continue
        began = time.monotonic()
        top = tempfile.mkdtemp(prefix="billctl-load-")
        desk = Desk(options.billctl.resolve(), top, options)
        try:
            said = function(desk, random.Random(options.seed))
            print(f"{name}: {said} ({time.monotonic() - began:.1f} s)", flush=True)
            shutil.rmtree(top, ignore_errors=True)
        except Wrong as wrong:
            failed += 1
            print(f"{name}: WRONG, kept in {top}\n{wrong}", flush=True)
        finally:
            desk.end_all()
    return 1 if failed else 0
