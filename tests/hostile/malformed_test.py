#!/usr/bin/env python3
"""Malformed inputs: malformed_test.py --billctl PATH [--count N] [--seed N].

A seeded generator breaks good tables (CSV, JSON Lines), configs and job files, each in one place. Each must be refused
with exit 5 and file:line:column, and the ledger's bytes must stay as they were.
"""
import argparse
import json
import pathlib
import random
import re
import sys
import tempfile

import places_test

# A good row of each kind in the books of places_test.
ROWS = {
    "teams": {"code": "dev", "name": "Dev"},
    "members": {"code": "anna", "name": "Anna", "email": "a@b.test", "hours_per_day": "7.5", "active_until": "2027-01-01"},
    "clients": {"code": "c1", "name": "C", "emails": "a@b.test", "currency": "EUR", "delivery": "mail"},
    "products": {"code": "dev", "name": "Dev", "unit": "hour", "unit_price": "80.00"},
    "job_types": {"code": "jt", "name": "J", "billable": "1"},
    "projects": {"code": "p1", "name": "P", "client": "c00001", "status": "billable"},
    "tasks": {"code": "t1", "name": "T", "project": "p00001", "unit_price": "80.00", "status": "open"},
    "entries": {"id": "x1", "kind": "time", "task": "t00001", "date": "2026-10-05", "seconds": "3600", "charge": "billable"},
    "selections": {"name": "s", "client": "c00001"},
    "past_invoices": {"number": "2025-1", "date": "2025-01-31", "client": "c00001", "currency": "EUR", "excl_tax": "1.00",
                      "tax": "0.00", "incl_tax": "1.00"},
    "exchange_rates": {"date": "2026-10-01", "from": "EUR", "to": "SEK", "rate": "11.2"},
}
TYPED = {  # by column, what is no value of it
    "date": ["2026-02-30", "5.10.2026", "2026-13-01", "tomorrow"], "active_until": ["31.12.2026", "x"],
    "unit_price": ["1e3", "-1", "1,5", "12.1234567", "NaN", "£5"], "seconds": ["-1", "1.5", "1h", "99999999999999999999"],
    "currency": ["euro", "EU", "€"], "emails": ["nobody", "a@b@c", "a b@c.test", "a@b.test;;c@d.test"], "email": ["@", "x@"],
    "delivery": ["pigeon"], "status": ["opened"], "charge": ["free"], "kind": ["Time", "work"], "billable": ["perhaps"],
    "hours_per_day": ["0", "-8", "eight"], "excl_tax": ["1.005", "one"], "tax": ["0.001"], "incl_tax": ["1,00"],
    "rate": ["0", "-1", "x"], "from": ["EURO"], "to": ["se"], "client": ["nobody"], "project": ["nothing"], "task": ["none"],
    "code": ["a\x01b", " a", "x" * 201], "id": ["\x02", "x "], "number": [" x"],
}
CONFIG = places_test.CONFIG
JOB = 'title = "Job {period}"\nperiod = "2026-10"\nclients = ["c00001"]\nattached_to = ["ticket"]\nvalidate = true\ndate = "today"\n'


def broken_bytes(chance, text):
    """A good text with bytes in it that none may have."""
    at = chance.randrange(1, len(text))
    return text[:at].encode() + chance.choice([b"\xff", b"\xc3(", b"\xed\xa0\x80", b"\0", b"\xf5\x80\x80\x80"]) + text[at:].encode()


def table(chance):
    """(kind, file name, bytes) of a broken table"""
    kind = chance.choice(list(ROWS))
    heads, cells = list(ROWS[kind]), list(ROWS[kind].values())
    rows = [heads, cells]
    join = lambda: "".join(",".join(row) + "\n" for row in rows)
    at = chance.randrange(len(heads))
    how = chance.choice(["typed", "typed", "typed", "typed", "bytes", "more", "fewer", "unknown", "twice", "missing", "quote", "behind",
                         "inside", "return", "utf16", "same"])
    if how == "typed":
        at = chance.choice([i for i, head in enumerate(heads) if head in TYPED])
        cells[at] = chance.choice(TYPED[heads[at]])
    elif how == "bytes":
        return kind, f"{kind}.csv", broken_bytes(chance, join())
    elif how == "more":
        cells.append("more")
    elif how == "fewer":
        cells.pop()
    elif how == "unknown":
        heads[at] = chance.choice(["nmae", "Code", "x", " name"])
    elif how == "twice":
        heads.append(heads[0])
        cells.append(cells[0])
    elif how == "missing":
        heads.pop(0)
        cells.pop(0)
    elif how == "quote":
        cells[at] = '"' + cells[at]
    elif how == "behind":
        cells[at] = f'"{cells[at]}"x'
    elif how == "inside":
        cells[at] = cells[at] + '"'
    elif how == "return":
        return kind, f"{kind}.csv", join().replace("\n", "\r", 1).encode()
    elif how == "utf16":
        return kind, f"{kind}.csv", join().encode("utf-16")
    elif how == "same":
        rows.append(list(cells))
    return kind, f"{kind}.csv", join().encode()


def lines(chance):
    """(kind, file name, bytes) of broken JSON Lines"""
    kind = chance.choice(list(ROWS))
    record = dict(ROWS[kind])
    good = json.dumps(record)
    how = chance.choice(["typed", "typed", "typed", "bytes", "cut", "comma", "list", "number", "nested", "half", "unknown", "behind"])
    if how == "typed":
        at = chance.choice([head for head in record if head in TYPED])
        record[at] = chance.choice(TYPED[at])
        text = json.dumps(record)
    elif how == "bytes":
        return kind, f"{kind}.jsonl", broken_bytes(chance, good + "\n")
    else:
        text = {"cut": good[:-chance.randrange(1, 8)], "comma": good[:-1] + ",}", "list": f"[{good}]", "number": good[:-1] + ', "x": 01}',
                "nested": good.replace('": "', '": ["', 1).replace('", "', '"], "', 1), "half": good[:-2] + '\\ud800"}',
                "unknown": good[:-1] + ', "colour": "red"}', "behind": good + " x"}[how]
    return kind, f"{kind}.jsonl", (text + "\n").encode()


TOML_MISTAKES = ["[", "x", "= 1", "name = ", "[tenant", 'a = "\\q"', "a = 01", "a = 1979-99-99", "a = [1, ", "a = {b = 1", 'b = "x', "[[a]",
                 "[`]", "a = 'x\n'", "a.b = 1\na = 2", "\u00a1 = 1", "a" + ".b" * 70 + " = 1", "colour = 1", "password = \"x\"",
                 "a = 99999999999999999999", "a = \"\x01\"", "a = tru", "a = 1 2", "]"]
WRONG_SETTINGS = [('currency = "EUR"', 'currency = "euros"'), ('zone = "Europe/Helsinki"', 'zone = "Mars"'), ("test = true", 'test = "yes"'),
                  ("days = 14", "days = -1"), ('rate = "25.5"', "rate = 25.5"), ('category = "S"', 'category = "X"'),
                  ('kind = "file"', 'kind = "pigeon"'), ('transport = "file"', 'transport = "owl"'), ("[terms.net14]", "[term.net14]"),
                  ('name = "Example Oy"', 'nmae = "Example Oy"'), ("default = true", 'default = "x"'),
                  ('from = "billing@example.test"', 'from = "billing"'), ('country = "FI"', 'country = 5'), ("[tax.vat]", "[tax.vat]\n[tax.vat]")]
WRONG_JOB = [('period = "2026-10"', 'period = "2026-13"'), ('clients = ["c00001"]', "clients = []"), ("validate = true", 'validate = "x"'),
             ('date = "today"', 'date = "2026-02-30"'), ('attached_to = ["ticket"]', 'attached_to = ["tikcet"]'),
             ('title = "Job {period}"', 'title = "Job {periode}"'), ('title = "Job {period}"', 'title = "Job {period"'),
             ('period = "2026-10"\n', ""), ('clients = ["c00001"]', 'clients = ["nobody"]'), ('clients = ["c00001"]\n', ""),
             ("validate = true", "send = true"), ('clients = ["c00001"]', 'clients = ["c00001"]\nselection = "x"'),
             ("validate = true", 'validate = true\ngroup_hours = "minute"'), ("validate = true", 'validate = true\ninform = "nobody"')]


def toml(chance, good, settings):
    how = chance.random()
    if how < 0.1:
        return broken_bytes(chance, good)
    if how < 0.5:
        old, new = chance.choice(settings)
        assert old in good, old
        return good.replace(old, new, 1).encode()
    rows = good.split("\n")
    rows.insert(chance.randrange(len(rows)), chance.choice(TOML_MISTAKES))
    return "\n".join(rows).encode()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--billctl", required=True)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance, wrong = random.Random(options.seed), []
    with tempfile.TemporaryDirectory() as folder:
        place = places_test.Place(str(pathlib.Path(options.billctl).resolve()), pathlib.Path(folder) / "books").write().drafts()
        def held():
            log = place.folder / "ledger.db-wal"
            return (place.folder / "ledger.db").read_bytes(), log.read_bytes() if log.exists() else b""

        place.must("verify")
        for number in range(options.count):
            before = held()
            turn = number % 5
            config = place.folder / "billctl.toml"
            if turn < 3:
                kind, name, data = (lines if turn == 2 else table)(chance)
                words = ["import", kind, name]
            elif turn == 3:
                name, data = "other.toml", toml(chance, CONFIG, WRONG_SETTINGS)
                words = [["config", "check"], ["compile"], ["issue", "--all-ready"]][number // 5 % 3] + ["--config", name]
            else:
                name, data = "broken.toml", toml(chance, JOB, WRONG_JOB)
                words = ["rebill-job", "run", name]
            (place.folder / name).write_bytes(data)
            code, said = place.run(*words)
            where = f"seed {options.seed}, input {number}: billctl {' '.join(words)}: exit {code}"
            if code != 5:
                wrong.append(f"{where}: {data[-300:]!r}: {said[-300:]!r}")
            elif not re.search(rb"^billctl: " + re.escape(name.encode()) + rb":[1-9]\d*:[1-9]\d*: .", said, re.M):
                wrong.append(f"{where}: without file:line:column: {data[-300:]!r}: {said[-300:]!r}")
            if held() != before:
                wrong.append(f"{where}: the ledger was changed")
            (place.folder / name).unlink()
            assert config.exists()
        place.must("verify")
    print("\n".join(wrong) or f"{options.count} malformed inputs (seed {options.seed}): each refused by file, line and column")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
