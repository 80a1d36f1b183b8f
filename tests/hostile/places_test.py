#!/usr/bin/env python3
"""What is written, where and for whom: places_test.py --billctl PATH [CHECK…].

    modes    under `umask 000` every file and folder that a command makes is its owner's alone
    links    a symbolic link planted where a command writes: what it points to stays as it was
    secrets  a canary password, by variable, file and command: in no output, no event, no document, no backup and no
             command line, whether it is right, wrong, missing, or the server away
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "send"))
import mail_books  # noqa: E402  the books of the mail tests, and their server

NOW = "2026-11-02T06:00:00Z"
CANARY = "CANARY-7f3a9c-do-not-tell"
CONFIG = mail_books.CONFIG.replace('transport = "smtp"', 'transport = "file"\npath = "mail"').replace("port = {port}\n", "") \
    + '[providers.books]\nkind = "file"\npath = "outbox"\n'
JOB = 'title = "Job"\nperiod = "2026-10"\nclients = ["c00001"]\nvalidate = true\n'
wrong = []


class Place:
    """Books in a folder, and commands run in it under an umask that hides nothing."""

    def __init__(self, billctl, folder):
        self.billctl, self.folder = billctl, pathlib.Path(folder)

    def run(self, *words, **more):
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "BILLCTL_NOW": NOW, **more}
        done = subprocess.run([self.billctl, *words], cwd=self.folder, env=environment, stdin=subprocess.DEVNULL,
                              capture_output=True, check=False, timeout=120, preexec_fn=lambda: os.umask(0))
        return done.returncode, done.stdout + done.stderr

    def must(self, *words, **more):
        code, said = self.run(*words, **more)
        if code:
            raise SystemExit(f"billctl {' '.join(words)}: exit {code}\n{said.decode()}")
        return said

    def write(self, config=CONFIG, clients=2):
        """Inputs, all of them 0600 and no files of billctl."""
        os.umask(0o077)
        tables = self.folder / "tables"
        tables.mkdir(parents=True)
        (self.folder / "billctl.toml").write_text(config)
        (self.folder / "job.toml").write_text(JOB)
        (self.folder / "work.timeclock").write_text("i 2026-10-05 09:00:00 acme:web  work\no 2026-10-05 10:30:00\n")
        rows = {"clients": ["code,name,street,city,postal_code,country,emails"], "projects": ["code,name,client"],
                "tasks": ["code,name,project,unit_price"], "entries": ["id,kind,task,date,seconds,confirmed_at"]}
        for n in range(1, clients + 1):
            rows["clients"].append(f"c{n:05},Client {n},Tie {n},Espoo,02100,FI,c{n}@example.test")
            rows["projects"].append(f"p{n:05},Project {n},c{n:05}")
            rows["tasks"].append(f"t{n:05},Development,p{n:05},100.00")
            rows["entries"].append(f"e{n:05},time,t{n:05},2026-10-05,5400,2026-11-01T06:00:00Z")
        for name, lines in rows.items():
            (tables / f"{name}.csv").write_text("".join(line + "\n" for line in lines))
        return self

    def drafts(self):
        for words in (["init"], ["import", "all", "tables"], ["compile"], ["generate", "--period", "2026-10"]):
            self.must(*words)
        return self


# What a command writes, and the words that make it.
OUTPUTS = [
    ("copy.db", ["backup", "copy.db"]),
    ("out.html", ["render", "INV00001", "--to", "html", "-o", "out.html"]),
    ("out.pdf", ["render", "INV00001", "--to", "pdf", "-o", "out.pdf"]),
    ("documents/INV00001.txt", ["render", "--all", "--to", "text", "-o", "documents"]),
    ("work.html", ["work", "list", "--html", "work.html"]),
    ("summary.html", ["work", "summary", "--html", "summary.html"]),
    ("matrix.html", ["work", "unconfirmed", "--matrix", "--html", "matrix.html"]),
    ("wip.html", ["report", "wip", "--html", "wip.html"]),
    ("plan.json", ["rebill-job", "plan", "job.toml", "-o", "plan.json"]),
    ("map.toml", ["import", "entries", "work.timeclock", "--from", "timeclock", "--member", "x", "--make-map", "map.toml"]),
    ("journal.txt", ["export", "journal", "-o", "journal.txt"]),
    ("ledger.jsonl", ["export", "ledger", "-o", "ledger.jsonl"]),
    ("exported/entries.csv", ["export", "csv", "exported"]),
    ("report.json", ["rebill-job", "run", "job.toml", "--report", "report.json"]),
    ("job.html", ["rebill-job", "run", "job.toml", "--html", "job.html"]),
]


def modes(billctl, scratch):
    place = Place(billctl, scratch / "modes").write()
    (place.folder / "billctl.toml").unlink()
    given = set(place.folder.rglob("*"))
    place.must("init", "--test")
    (place.folder / "billctl.toml").write_text(CONFIG)
    for words in (["import", "all", "tables"], ["compile"], ["generate", "--period", "2026-10"], ["issue", "--all-ready"],
                  ["sync"], ["send", "--all-unsent"], ["init", "other/books"]):
        place.must(*words)
    for _, words in OUTPUTS:
        place.run(*words)
    # While a command runs: what stands beside the ledger then.
    lock = subprocess.Popen(["flock", "ledger.db.lock", "sleep", "2"], cwd=place.folder)
    lock.wait()
    seen = 0
    for path in sorted(set(place.folder.rglob("*")) - given):
        seen += 1
        mode = path.lstat().st_mode & 0o777
        if mode & 0o077:
            wrong.append(f"modes: {path.relative_to(place.folder)} has the mode {mode:o}")
    missing = [name for name, _ in OUTPUTS if not (place.folder / name).exists()]
    if missing:
        wrong.append(f"modes: nobody wrote {missing}")
    print(f"modes: {seen} files and folders")


def links(billctl, scratch):
    origin = Place(billctl, scratch / "links").write().drafts()
    origin.must("issue", "--all-ready")
    victim, folder = scratch / "victim", scratch / "victims"
    planted = 0

    def plant(name, prepare, words, target=victim, more_ok=()):
        """A link NAME to the victim, then the command: the victim stays and no stranger stands beside it."""
        nonlocal planted
        planted += 1
        place = Place(billctl, scratch / "each")
        shutil.copytree(origin.folder, place.folder)
        prepare(place)
        victim.write_bytes(b"untouched\n")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        path = place.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.symlink_to(target)
        before = {p.name for p in scratch.iterdir()}
        code, said = place.run(*words)
        if code not in set(range(13)) - {1}:
            wrong.append(f"links: {name}: exit {code}: {said[-200:]!r}")
        if victim.read_bytes() != b"untouched\n":
            wrong.append(f"links: {name}: `billctl {' '.join(words)}` wrote through it (exit {code})")
        if {p.name for p in scratch.iterdir()} - before - set(more_ok) or any(folder.iterdir()):
            wrong.append(f"links: {name}: `billctl {' '.join(words)}` made a file elsewhere (exit {code})")
        shutil.rmtree(place.folder)

    def nothing(_):
        pass

    def gone(*names):
        return lambda place: [(place.folder / name).unlink(missing_ok=True) for name in names]

    for name, words in OUTPUTS:
        plant(name, nothing, words)
        plant(name, nothing, words, target=scratch / "dangling")
    plant("ledger.db", gone("ledger.db"), ["init"])
    plant("ledger.db", gone("ledger.db"), ["init"], target=scratch / "dangling")
    plant("billctl.toml", gone("billctl.toml", "ledger.db"), ["init"], target=scratch / "dangling")
    for beside in ("ledger.db.lock", "ledger.db-wal", "ledger.db-shm", "ledger.db-journal"):
        for words in (["compile"], ["issue", "--all-ready"], ["invoice", "list"], ["verify"], ["backup", "copy.db"]):
            plant(beside, nothing, words)
            plant(beside, nothing, words, target=scratch / "dangling")
    for beside in ("copy.db-wal", "copy.db-journal", "copy.db.lock"):
        plant(beside, nothing, ["backup", "copy.db"])
        plant(beside, nothing, ["backup", "copy.db"], target=scratch / "dangling")
    # Names that are known only once the same was done elsewhere.
    twin = Place(billctl, scratch / "twin")
    shutil.copytree(origin.folder, twin.folder)
    twin.must("sync")
    twin.must("send", "--all-unsent")
    for made in [*(twin.folder / "outbox").iterdir(), *(p for p in (twin.folder / "mail").rglob("*") if p.is_file())]:
        name = str(made.relative_to(twin.folder))
        plant(name, nothing, ["sync"] if name.startswith("outbox") else ["send", "--all-unsent"])
        plant(name, nothing, ["sync"] if name.startswith("outbox") else ["send", "--all-unsent"], target=scratch / "dangling")
    # A backup that is a link is no ledger to restore; nor is one put in place through a link.
    plant("copy.db", lambda place: place.must("backup", "real.db"), ["restore", "copy.db", "--yes"])
    plant("ledger.db", lambda place: place.must("backup", "real.db"), ["restore", "real.db", "--yes"])
    if planted < 60:
        wrong.append("links: too few were planted")
    print(f"links: {planted} planted")


SPY = """#!/bin/sh
for each in /proc/[0-9]*/cmdline; do  # all but the test's own mail server, which is told the word
  grep -qs mail_server "$each" || cat "$each" >>{seen} 2>/dev/null
done
{then}
"""


def secrets(billctl, scratch):
    """Each way to give the password, with each fate of the mail."""
    looked = 0
    for way in ("env", "file", "command"):
        # Each fate once, with one of the ways; what is taken with all of them.
        for fate in {"env": ("taken", "wrong", "sign fails"), "file": ("taken", "no such login"),
                     "command": ("taken", "wrong", "nobody there")}[way]:
            place = Place(billctl, scratch / f"{way}-{fate}".replace(" ", "-"))
            server = None
            if fate != "nobody there":
                options = [] if fate == "no such login" else ["--password", CANARY if fate != "wrong" else "another"]
                server = mail_books.Server(scratch / f"server-{way}-{fate}", *options)
            port = server.port if server else 1
            seen = place.folder / "cmdlines"
            named = {"env": 'password_env = "SMTP_WORD"', "file": 'password_file = "word"',
                     "command": 'password_command = ["./word.sh"]'}[way]
            config = mail_books.CONFIG.replace("{port}", str(port)) + f'user = "books"\n{named}\n' \
                + '[invoice]\nsign_cmd = ["./sign.sh"]\n[providers.books]\nkind = "file"\npath = "outbox"\n'
            place.write(config)
            hidden = scratch / f"hidden-{way}-{fate}"  # where a person keeps it: not in the books
            hidden.write_text(CANARY + "\n")
            if way == "file":
                (place.folder / "word").write_text(CANARY + "\n")
            sign = "echo no key >&2; exit 3" if fate == "sign fails" else "cat >/dev/null; echo signed"
            for name, then in (("word.sh", f"cat '{hidden}'"), ("sign.sh", sign)):
                (place.folder / name).write_text(SPY.format(seen=seen, then=then))
                (place.folder / name).chmod(0o700)
            given = {"SMTP_WORD": CANARY} if way == "env" else {}
            said = b""
            for words in (["init"], ["import", "all", "tables"], ["compile"], ["generate", "--period", "2026-10"],
                          ["issue", "--all-ready", "-v"], ["send", "--all-unsent", "-v"], ["send", "--all-unsent", "--json"],
                          ["send", "INV00001", "--to", "me@example.test", "--verbose"], ["config", "show", "--origin", "--json"],
                          ["config", "show"], ["config", "check", "-v"], ["log", "--json"], ["log"], ["send", "status", "--json"],
                          ["invoice", "show", "INV00001", "--json"], ["rebill-job", "run", "job.toml", "--report", "r.json"],
                          ["sync"], ["status", "--json"], ["verify", "--json"], ["backup", "copy.db"], ["render", "INV00001", "--to", "html"]):
                code, answer = place.run(*words, **given)
                said += answer
                looked += 1
                if code not in range(13) or (code == 1 and fate != "sign fails"):
                    wrong.append(f"secrets: {way}, {fate}: billctl {' '.join(words)}: exit {code}: {answer[-300:]!r}")
            if CANARY.encode() in said:
                at = said.index(CANARY.encode())
                wrong.append(f"secrets: {way}, {fate}: printed: {said[max(0, at - 100):at + 40]!r}")
            for path in place.folder.rglob("*"):
                if path.is_file() and path.name != "word" and CANARY.encode() in path.read_bytes():
                    wrong.append(f"secrets: {way}, {fate}: in {path.relative_to(place.folder)}")
            if way == "command" and fate == "taken" and not seen.exists():
                wrong.append("secrets: nobody looked at the command lines")
            if fate == "taken" and not server.taken():
                wrong.append(f"secrets: {way}: the right password sent nothing")
            if server:
                server.close()
    print(f"secrets: {looked} commands")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--billctl", required=True)
    parser.add_argument("checks", nargs="*", default=["modes", "links", "secrets"])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for check in options.checks:
            scratch = pathlib.Path(folder) / check
            scratch.mkdir()
            globals()[check](str(pathlib.Path(options.billctl).resolve()), scratch)
    print("\n".join(wrong) or "nothing is seen by others, nothing is written elsewhere")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
