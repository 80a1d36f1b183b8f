"""The example month as books for the crash tests: its commands, and what is in a ledger when done."""
import os
import pathlib
import shutil
import sqlite3
import subprocess

TOP = pathlib.Path(__file__).resolve().parents[2]
NOW = "2026-11-02T06:00:00Z"
MONTH = [line.split() for line in """
init
import all tables
import entries toggl-october.csv --from toggl --map toggl-map.toml
compile
generate --period 2026-10 --not-client delta,epsilon,zeta
rebill-job run support.toml
approve --all-waiting --role finance
issue --all-ready
sync
""".strip().splitlines()]
# Of a run and not of the books: the journal, stored reports, attempts at a provider, runs of jobs.
NOT_COMPARED = {"event", "event_subject", "once", "attempt", "job_run", "job_client", "job_fact"}
# Two clients of the example lack their address: issue and the job exit 3, or 4 where only those
# are left because what could be issued was committed before the kill.
DONE_IN_PART = (0, 3, 4)


def environment():
    return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "BILLCTL_NOW": NOW}


def start(billctl, folder, words):
    return subprocess.Popen([billctl, *words], cwd=folder, env=environment(),
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True)


def run(billctl, folder, words):
    """(exit code, what it printed)"""
    process = start(billctl, folder, words)
    said, _ = process.communicate(timeout=120)
    return process.returncode, said


def fresh(folder):
    """The example's inputs in an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(TOP / "examples/month-end", folder)
    return folder


def compared(column):
    return not column.endswith(("_at", "_event_id")) and column not in (
        "attempts", "event_id", "last_approval")  # the last: an event too


def contents(folder):
    """What the books hold: each table's rows without instants, and the documents handed over."""
    ledger = sqlite3.connect(f"file:{folder / 'ledger.db'}?mode=ro", uri=True)
    tables = [name for (name,) in ledger.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")]
    held = {}
    for table in set(tables) - NOT_COMPARED:
        columns = [row[1] for row in ledger.execute(f"PRAGMA table_info({table})") if compared(row[1])]
        held[table] = sorted(ledger.execute(f"SELECT {', '.join(columns)} FROM {table}"), key=repr)
    ledger.close()
    outbox = folder / "outbox"
    held["outbox"] = sorted((path.name, path.read_bytes()) for path in outbox.glob("*.json"))
    return held


def difference(wanted, seen):
    """The first table that differs, with a row of each side; empty when the books are equal."""
    for table in sorted(wanted.keys() | seen.keys()):
        left, right = wanted.get(table, []), seen.get(table, [])
        if left != right:
            only = [row for row in left if row not in right], [row for row in right if row not in left]
            return f"{table}: only in the clean run {only[0][:2]}, only here {only[1][:2]}"
    return ""


def numbers(folder):
    """Every issued number, in the order in which they were given."""
    ledger = sqlite3.connect(f"file:{folder / 'ledger.db'}?mode=ro", uri=True)
    found = [row[0] for row in ledger.execute(
        "SELECT number FROM invoice WHERE number <> '' ORDER BY number")]
    ledger.close()
    return found


def gapless(found):
    return found == [f"INV{n:05}" for n in range(1, len(found) + 1)]
