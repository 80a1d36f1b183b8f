#!/usr/bin/env python3
"""Attacks on a ledger's file, by another program: attack_test.py --billctl PATH [--flips N] [--seed N] [CHECK…].

    strangers  a ledger of a newer version, of another application, cut off anywhere, or with another schema: no command
               writes to it, each ends with a documented exit code, and its bytes stay
    issued     each column of what is issued, changed by UPDATE, REPLACE, INSERT OR REPLACE, a new rowid and DELETE: a
               trigger refuses it; past the triggers `verify` finds it. The columns come from the schema: a new one is
               looked at too
    flips      single bits of the file: no crash, no hang, no undocumented exit; `verify --deep` finds it, or what the
               ledger holds is the same, or it is a fact that nothing else in it could contradict
"""
import argparse
import pathlib
import random
import shutil
import sqlite3
import sys
import tempfile

import places_test

EXITS = set(range(13)) - {1, 2}
REFUSED = {7, 10, 12}
READING = (["invoice", "list"], ["invoice", "show", "INV00001", "--json"], ["verify"], ["log"], ["status"],
           ["render", "INV00001", "--to", "text"])
WRITING = (["compile"], ["issue", "--all-ready"], ["entry", "add", "--task", "t00001", "--hours", "1"], ["sync"])
wrong = []


def books(billctl, folder):
    """Three issued invoices with all that hangs on them, and a draft."""
    config = places_test.CONFIG + '[approvals]\nrequired = ["finance"]\n'
    place = places_test.Place(billctl, folder).write(config, clients=4)
    (place.folder / "tables/members.csv").write_text("code,name,os_user\nroot,Root,\n")
    place.must("init")
    for words in (["import", "all", "tables"], ["compile"], ["generate", "--period", "2026-10"],
                  ["invoice", "adjust", "DRAFT00001", "--item", "1", "--by", "10", "--reason", "more"],
                  ["invoice", "line", "add", "DRAFT00002", "--description", "Setup", "--quantity", "2", "--unit-price", "3"],
                  ["approve", "--all-waiting", "--role", "finance"], ["issue", "DRAFT00001", "DRAFT00002"],
                  ["numbering", "set", "issued", "--next", "10"], ["issue", "DRAFT00003"], ["send", "--all-unsent"], ["sync"],
                  ["verify"]):
        place.must(*words)
    return place


def close(path):
    """The whole ledger in one file, as after the last program that had it open."""
    ledger = sqlite3.connect(path)
    ledger.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    ledger.close()
    for log in ("-wal", "-shm"):
        path.with_name(path.name + log).unlink(missing_ok=True)


def each_command(place, words_list, allowed, where):
    for words in words_list:
        code, said = place.run(*words)
        if code not in allowed:
            wrong.append(f"{where}: billctl {' '.join(words)}: exit {code}: {said[-200:]!r}")


def strangers(billctl, scratch, _):
    origin = books(billctl, scratch / "origin")
    close(origin.folder / "ledger.db")
    whole = (origin.folder / "ledger.db").read_bytes()

    def attack(name, change, reading):
        place = places_test.Place(billctl, scratch / "each")
        shutil.copytree(origin.folder, place.folder)
        path = place.folder / "ledger.db"
        if isinstance(change, bytes):
            path.write_bytes(change)
        else:
            ledger = sqlite3.connect(path)
            ledger.executescript(change)
            ledger.commit()
            close(path)
            ledger.close()
        before = path.read_bytes()
        each_command(place, READING, reading, name)
        each_command(place, WRITING, REFUSED, name)
        each_command(place, [["backup", "copy.db"], ["migrate", "--yes"]], EXITS, name)
        if path.read_bytes() != before:
            wrong.append(f"{name}: its bytes were changed")
        shutil.rmtree(place.folder)

    attack("a newer version", "PRAGMA user_version = 99", {10})
    attack("another application", "PRAGMA application_id = 1", REFUSED)
    sizes = {0, 1, 15, 16, 99, 100, 512, 4095, 4096, 4097, 8192, len(whole) // 2, len(whole) - 4096, len(whole) - 1}
    for size in sorted(sizes):
        # Cut within what is read every command must see it; what is not read may be told.
        attack(f"cut to {size} bytes", whole[:size], EXITS if size > 8192 else REFUSED)
    triggers = sqlite3.connect(origin.folder / "ledger.db")
    names = [name for (name,) in triggers.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger' ORDER BY name")]
    triggers.close()
    if len(names) < 40:
        wrong.append(f"only {len(names)} triggers")
    for name in names[::12]:
        attack(f"without {name}", f"DROP TRIGGER {name}", EXITS)
    for name, sql in {
            "a planted trigger": "CREATE TRIGGER t AFTER INSERT ON event BEGIN DELETE FROM line; END",
            "a trigger on reading's table": "CREATE TRIGGER t BEFORE UPDATE ON series BEGIN SELECT randomblob(99999999); END",
            "a planted view": "CREATE VIEW v AS SELECT * FROM invoice",
            "a view in a table's place": "ALTER TABLE team RENAME TO t2; CREATE VIEW team AS SELECT * FROM t2",
            "a planted index": "CREATE INDEX i ON invoice (name)",
            "a table of its own": "CREATE TABLE t (x TEXT)",
            "a generated column": "ALTER TABLE team ADD COLUMN x TEXT AS (abs(-9223372036854775808))",
            "a column more": "ALTER TABLE client ADD COLUMN x TEXT",
            "a table less": "DROP TABLE quote_row"}.items():
        attack(name, sql, EXITS)
    print(f"strangers: {len(sizes) + len(names[::12]) + 11} ledgers")


# Tables of which a row that belongs to an issued document is frozen, and how its row is found.
ISSUED = "(SELECT id FROM invoice WHERE number = 'INV00001')"
FROZEN = {
    "invoice": f"id = {ISSUED}", "line": f"invoice_id = {ISSUED}", "tax_row": f"invoice_id = {ISSUED}",
    "issue_record": f"invoice_id = {ISSUED}", "approval": f"invoice_id = {ISSUED}",
    "invoice_name": f"invoice_id = {ISSUED}", "placed": f"invoice_id = {ISSUED}", "event": "id = 3",
    "event_subject": "event_id = (SELECT max(event_id) FROM event_subject)", "submission": f"invoice_id = {ISSUED}",
    "mail": f"invoice_id = {ISSUED}", "mail_content": "mail_id = 1", "stored_document": f"invoice_id = {ISSUED}",
    "series": "code = 'issued'", "series_jump": "1", "attempt": "1", "mail_attempt": "1",
}
# What may move after the issue, by commands of ours.
MOVES = {
    "invoice": {"revision", "notes", "by_hand", "unallocated_minor", "material_first_on", "material_last_on", "state", "job_id"},
    "placed": {"report_minor", "update_row_minor"},
    "submission": {"state", "remote_id", "attempts", "next_try_at", "message", "done_at", "superseded"},
    "mail": {"state", "attempts", "next_try_at", "message", "done_at", "superseded"},
    "series": {"next_sequence", "last_on", "last_seal", "first_sequence"},
    "attempt": {"ended_at", "outcome", "message"}, "mail_attempt": {"ended_at", "outcome", "message"},
    "approval": {"withdrawn_at", "withdrawn_by", "withdrawn_event_id"},
}


def other(value):
    """A value of the same type that is another one."""
    if value is None:
        return 7
    if isinstance(value, int):
        return value + 1
    if isinstance(value, bytes):
        return value + b"x"
    return value + "x"


def literal(value):
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


def issued(billctl, scratch, _):
    place = books(billctl, scratch / "issued")
    path = place.folder / "ledger.db"
    close(path)
    whole = path.read_bytes()
    ledger = sqlite3.connect(path, isolation_level=None)
    unguarded, unfound, tried, by_verify = [], [], 0, 0
    for table, where in FROZEN.items():
        columns = [row[1] for row in ledger.execute(f"PRAGMA table_info({table})")]
        row = ledger.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE {where}").fetchone()
        if row is None:
            wrong.append(f"issued: no row of {table}")
            continue
        values = dict(zip(columns, row))
        key = [info[1] for info in ledger.execute(f"PRAGMA table_info({table})") if info[5]]
        itself = " AND ".join(f"{column} = {literal(values[column])}" for column in key)
        attacks = {f"DELETE FROM {table} WHERE {itself}": ()}
        if key and isinstance(values[key[0]], int):  # where it has one, this is the rowid
            attacks[f"UPDATE {table} SET {key[0]} = {key[0]} + 1000 WHERE {itself}"] = ()
        for verb in ("REPLACE", "INSERT OR REPLACE"):
            first = next((c for c in columns if isinstance(values[c], str) and c not in key), None)
            if first is None:  # all of it is its key: the same row again, or another one
                continue
            attacks[f"{verb} INTO {table} ({', '.join(columns)}) VALUES (?{', ?' * (len(columns) - 1)})"] = \
                tuple(other(values[c]) if c == first else values[c] for c in columns)
        for column in columns:
            if column not in MOVES.get(table, ()):
                attacks[f"UPDATE {table} SET {column} = ? WHERE {itself}"] = (other(values[column]),)
                attacks[f"UPDATE OR REPLACE {table} SET {column} = ? WHERE {itself}"] = (other(values[column]),)
        for sql, given in attacks.items():
            tried += 1
            try:
                ledger.execute("PRAGMA foreign_keys = OFF")
                ledger.execute("BEGIN")
                ledger.execute(sql, given)
                ledger.execute("ROLLBACK")
                unguarded.append((table, sql, given))
            except sqlite3.Error:
                if ledger.in_transaction:
                    ledger.execute("ROLLBACK")
        # Past the triggers: they are gone, the change is made, they are back as they were.
        for column in columns:
            if column in MOVES.get(table, ()):
                continue
            change = past_triggers(path, f"UPDATE {table} SET {column} = ? WHERE {itself}", (other(values[column]),))
            if change:
                by_verify += 1
                if place.run("verify")[0] not in (12, 10):
                    unfound.append(f"{table}.{column}")
            ledger.close()
            path.write_bytes(whole)
            for log in ("-wal", "-shm"):
                path.with_name(path.name + log).unlink(missing_ok=True)
            ledger = sqlite3.connect(path, isolation_level=None)
    for table, sql, given in unguarded:
        ledger.execute(sql, given)
        code = place.run("verify")[0]
        ledger.close()
        path.write_bytes(whole)
        for log in ("-wal", "-shm"):
            path.with_name(path.name + log).unlink(missing_ok=True)
        ledger = sqlite3.connect(path, isolation_level=None)
        if code != 12:
            wrong.append(f"issued: neither refused nor found: {sql} {given!r}"[:300])
    ledger.close()
    unfound = [each for each in unfound if each not in UNFOUND]
    if unfound:
        wrong.append(f"issued: changed past the triggers, and verify finds nothing: {unfound}")
    print(f"issued: {tried} attacks, {tried - len(unguarded)} refused by the file itself; {by_verify} columns changed past it")


# Past the triggers these can be changed unseen: they are not among what the seal covers (design/documents.md), nor
# does another fact of the ledger repeat them. A new column is not here: it is sealed, checked, or put here by a person.
UNFOUND = {
    # how the document was made: what it became is sealed
    "invoice.imported", "invoice.last_line", "tax_row.position", "tax_row.stale",
    # told by the tax rows, but where one tax has several rates
    "line.tax_rate_micro",
    # when and by whom: the journal's own chain has it too
    "issue_record.taken_as_given", "issue_record.distinct_people", "issue_record.last_approval", "issue_record.last_material",
    "approval.comment",
    *(f"invoice_name.{each}" for each in "name invoice_id issued".split()),
    "event_subject.subject", "event_subject.what", "series_jump.at", "series_jump.actor",
    # of the way out: the payload and its digest are checked
    "submission.provider", "submission.queued_at", "attempt.started_at", "mail_attempt.started_at",
    *(f"mail.{each}" for each in "via message_id sender recipient queued_at".split()),
    "stored_document.format", "stored_document.stored_at",
    # a jump that is told wider than it was hides no number that is there
    "series_jump.id", "series_jump.to_sequence",
}


def past_triggers(path, sql, given):
    """@return whether the change could be made at all (a CHECK or a UNIQUE may refuse it)"""
    ledger = sqlite3.connect(path, isolation_level=None)
    ledger.execute("PRAGMA foreign_keys = OFF")
    ledger.execute("BEGIN")
    triggers = ledger.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid").fetchall()
    for name, _ in triggers:
        ledger.execute(f"DROP TRIGGER {name}")
    try:
        ledger.execute(sql, given)
        made = True
    except sqlite3.Error:
        made = False
    for _, text in triggers:
        ledger.execute(text)
    ledger.execute("COMMIT")
    ledger.close()
    return made


def held(path):
    """All rows by table, or nothing when SQLite itself refuses the file."""
    try:
        ledger = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        ledger.text_factory = bytes
        schema = ledger.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2").fetchall()
        tables = {"": schema}
        for kind, name, _ in schema:
            if kind == b"table":
                tables[name.decode()] = sorted(ledger.execute(f"SELECT * FROM \"{name.decode()}\"").fetchall(), key=repr)
        ledger.close()
        return tables
    except (sqlite3.Error, UnicodeDecodeError):
        return None


def changed_columns(path, table, before, after):
    """{table.column} where one row is another one; nothing where it is not as simple as that"""
    gone, come = [row for row in before if row not in after], [row for row in after if row not in before]
    if len(gone) != 1 or len(come) != 1:
        return set()
    with sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True) as ledger:
        columns = [row[1] for row in ledger.execute(f"PRAGMA table_info({table})")]
    return {f"{table}.{column}" for column, was, now in zip(columns, gone[0], come[0]) if was != now}


def flips(billctl, scratch, options):
    place = books(billctl, scratch / "flips")
    path = place.folder / "ledger.db"
    close(path)
    whole = path.read_bytes()
    before = held(path)
    chance = random.Random(options.seed)
    found = same = quiet = 0
    untold = {}
    for number in range(options.flips):
        at, bit = chance.randrange(len(whole)), chance.randrange(8)
        changed = bytearray(whole)
        changed[at] ^= 1 << bit
        path.write_bytes(changed)
        where = f"flips: seed {options.seed}, flip {number}: bit {bit} of byte {at}"
        code, said = place.run("verify", "--deep")
        if code not in EXITS:
            wrong.append(f"{where}: verify --deep: exit {code}: {said[-300:]!r}")
        told = code != 0
        words = [*READING, *WRITING][number % (len(READING) + len(WRITING))]
        each_command(place, [[*words, "--dry-run"] if words in WRITING else words], EXITS, where)
        for log in ("-wal", "-shm"):
            path.with_name(path.name + log).unlink(missing_ok=True)
        path.write_bytes(changed)
        after = held(path)
        if told:
            found += 1
        elif after == before:
            same += 1
        else:
            quiet += 1
            tables = ["?"] if after is None else [name for name in before if before[name] != after.get(name)]
            for table in tables:
                untold[table] = untold.get(table, 0) + 1
                known = after is not None and table and changed_columns(path, table, before[table], after.get(table, []))
                if table in ("", "?") or table in FROZEN and not (known and known <= UNFOUND):
                    wrong.append(f"{where}: {table or 'the schema'} is another one and nothing told it")
    print(f"flips: {options.flips} (seed {options.seed}): {found} found, {same} in unused bytes, {quiet} in facts that nothing "
          f"else says: {dict(sorted(untold.items()))}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--billctl", required=True)
    parser.add_argument("--flips", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("checks", nargs="*", default=["strangers", "issued", "flips"])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for check in options.checks:
            globals()[check](str(pathlib.Path(options.billctl).resolve()), pathlib.Path(folder), options)
    print("\n".join(wrong[:100]) or "nothing was changed unseen")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
