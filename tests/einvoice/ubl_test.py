#!/usr/bin/env python3
"""Random invoices and credit notes through billctl, as UBL, before the judge of EN 16931.

    ubl_test.py --billctl build/dev/cmd/billctl --documents 40 [--seed N] [--keep DIR]

Books are made by firm.py and billed by the program itself; discounts, prepayments and credit notes are put into
drafts as rows, as their commands would leave them. Every document is judged by ../shared/tools/einvoice-check
(XSD and the rules of EN 16931, one start for all) and computed again in exact decimals (documents.py). Exit 77,
which ctest shows as skipped, where the judge is not there.
"""
import argparse
import json
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile

import documents
import firm

TOP = pathlib.Path(__file__).resolve().parents[2]
JUDGE = TOP.parent / "shared/tools/einvoice-check"
NOW = "2026-11-02T06:00:00Z"
SKIPPED = 77
FIRM_MAX = 100  # clients of one firm


class Books:
    def __init__(self, billctl, folder, seed, clients):
        self.billctl, self.folder, self.chance = billctl, folder, random.Random(seed)
        self.rounding = firm.write(folder, self.chance, clients)
        self.typed = set()  # numbers of invoices whose tax was typed in

    def run(self, *words, allowed=(0,)):
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "BILLCTL_NOW": NOW}
        done = subprocess.run([self.billctl, *words], cwd=self.folder, env=environment, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, check=False)
        if done.returncode not in allowed:
            sys.exit(f"billctl {' '.join(words)}: exit {done.returncode}\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
        return done.stdout

    def answer(self, *words, **options):
        return json.loads(self.run(*words, "--json", **options))

    def issue(self):
        issued = self.answer("issue", "--all-ready", allowed=(0, 3, 4))
        over = [each["invoice"] for each in issued["refused"]
                if {reason["code"] for reason in each["reasons"]} <= {"over_balance", "no_contract_line"}]
        if over:  # more than that invoice has room for: it goes without
            with sqlite3.connect(self.folder / "ledger.db") as ledger:
                for name in over:
                    ledger.execute("DELETE FROM prepayment WHERE invoice_id = "
                                   "(SELECT id FROM invoice WHERE draft_number = ?)", (name,))
            again = self.answer("issue", "--all-ready", allowed=(0, 3, 4))
            issued = {"issued": issued["issued"] + again["issued"], "refused": again["refused"]}
        if issued["refused"]:
            sys.exit("not issued: " + json.dumps(issued["refused"], ensure_ascii=False, indent=1))
        return [invoice["number"] for invoice in issued["issued"]]

    def make(self):
        self.run("init", "-q")
        self.run("import", "all", "tables")
        self.run("compile")
        self.run("generate", "--period", "2026-10", allowed=(0, 3))
        self.touch_drafts()
        invoices = self.issue()
        self.credit([number for number in invoices if self.chance.random() < 0.4])
        return invoices + self.issue() if self.credited else invoices

    def touch_drafts(self):
        """Discounts on lines, prepayments and typed-in taxes, as their commands would leave them."""
        with sqlite3.connect(self.folder / "ledger.db") as ledger:
            drafts = ledger.execute("SELECT id, draft_number, client_id FROM invoice WHERE state = 'draft'").fetchall()
            for invoice, name, client in drafts:
                ledger.execute("UPDATE invoice SET title = ?, subtitle = ?, notes = ? WHERE id = ?",
                               (*(self.chance.choice(["", *firm.WORDS]) for _ in range(3)), invoice))
                if self.chance.random() < 0.3:
                    self.discount(ledger, invoice)
                if self.chance.random() < 0.3:
                    self.prepay(ledger, invoice, client)
                if self.chance.random() < 0.15:
                    self.type_tax(ledger, invoice, name)

    def discount(self, ledger, invoice):
        line, = ledger.execute("SELECT min(line) FROM line WHERE invoice_id = ? AND quantity_micro IS NOT NULL",
                               (invoice,)).fetchone()
        by = self.chance.randint(-500, 500)
        ledger.execute("UPDATE line SET allowance_minor = allowance_minor + ?, amount_minor = amount_minor + ? "
                       "WHERE invoice_id = ? AND line = ?", (by, by, invoice, line))

    def prepay(self, ledger, invoice, client):
        line, = ledger.execute("SELECT l.id FROM contract_line l JOIN engagement e ON e.id = l.engagement_id "
                               "WHERE e.client_id = ?", (client,)).fetchone()
        net = self.chance.randint(1, 90)
        ledger.execute("UPDATE contract_line SET recognised_minor = -1000000000 WHERE id = ?", (line,))  # a balance to use up
        ledger.execute("INSERT INTO prepayment (invoice_id, contract_line_id, applied_minor, tax_minor) "
                       "VALUES (?, ?, ?, ?)", (invoice, line, net, net * 255 // 1000))

    # A charged tax, less than a whole unit off. It must still be of the lines as they stand now.
    def type_tax(self, ledger, invoice, name):
        taxed = ledger.execute("SELECT position FROM tax_row WHERE invoice_id = ? AND category = 'S' "
                               "AND abs(amount_minor) > 200", (invoice,)).fetchone()
        discounted = ledger.execute("SELECT 1 FROM line WHERE invoice_id = ? GROUP BY invoice_id "
                                    "HAVING sum(amount_minor) <> (SELECT lines_minor FROM invoice WHERE id = ?)",
                                    (invoice, invoice)).fetchone()
        yen = ledger.execute("SELECT 1 FROM invoice WHERE id = ? AND currency = 'JPY'", (invoice,)).fetchone()
        if taxed is None or discounted or yen:
            return
        ledger.execute("UPDATE tax_row SET amount_minor = amount_minor + ?, overridden = 1 "
                       "WHERE invoice_id = ? AND position = ?", (self.chance.randint(-90, 90), invoice, taxed[0]))
        self.typed.add(name)

    def credit(self, numbers):
        """Drafts of credit notes: the invoices again, negative."""
        self.credited = len(numbers)
        with sqlite3.connect(self.folder / "ledger.db") as ledger:
            ledger.row_factory = sqlite3.Row
            for place, number in enumerate(numbers):
                row = dict(ledger.execute("SELECT * FROM invoice WHERE number = ?", (number,)).fetchone())
                original, name = row.pop("id"), f"CREDIT{place:05}"
                row.update(type="credit_note", state="draft", draft_number=name, corrects_id=original, notes="",
                           notes_at_issue="", contract="", seller="", buyer="", terms_snapshot="", signature="",
                           accounting_currency="")
                for column in ("number", "series", "series_year", "sequence", "invoice_on", "due_on", "issued_at",
                               "previous_seal", "seal", "tax_accounting_minor", "exchange_rate_micro"):
                    row[column] = None
                note = insert(ledger, "invoice", row)
                ledger.execute("INSERT INTO invoice_name (tenant_id, name, invoice_id) VALUES (?, ?, ?)",
                               (row["tenant_id"], name, note))
                for line in ledger.execute("SELECT * FROM line WHERE invoice_id = ?", (original,)).fetchall():
                    turned = dict(line) | {"invoice_id": note}
                    for column in ("quantity_micro", "allowance_minor", "amount_minor"):
                        turned[column] = None if turned[column] is None else -turned[column]
                    insert(ledger, "line", turned)
                for tax in ledger.execute("SELECT * FROM tax_row WHERE invoice_id = ?", (original,)).fetchall():
                    insert(ledger, "tax_row", dict(tax) | {"invoice_id": note, "base_minor": -tax["base_minor"],
                                                           "amount_minor": -tax["amount_minor"]})

    def render(self):
        """The documents of all, twice: (file, bytes)."""
        both = []
        for out in ("out", "again"):
            (self.folder / out).mkdir()
            self.run("render", "--all", "--to", "ubl", "-o", out)
            both.append({path.name: path.read_bytes() for path in sorted((self.folder / out).iterdir())})
        if both[0] != both[1]:
            sys.exit("the same documents have other bytes the second time")
        return {self.folder / "out" / name: data for name, data in both[0].items()}

    def mistakes(self, path, data):
        document = documents.Document(data, self.rounding)
        shown = self.answer("invoice", "show", document.number)
        typed = any(tax["overridden"] for tax in shown["taxes"])
        return [f"{path.name}: {mistake}" for mistake in document.check(shown, typed)]


def insert(ledger, table, row):
    marks = ", ".join("?" * len(row))
    return ledger.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values())).lastrowid


def judged(paths):
    """What the judge has against them; empty: nothing."""
    done = subprocess.run([JUDGE, "-q", "-"], input="\n".join(map(str, paths)), capture_output=True, text=True,
                          check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--billctl", required=True, type=pathlib.Path)
    parser.add_argument("--documents", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=pathlib.Path)
    options = parser.parse_args()
    if not JUDGE.exists() or shutil.which("java") is None:
        print(f"skipped: no judge at {JUDGE}, or no java")
        return SKIPPED
    work = options.keep or pathlib.Path(tempfile.mkdtemp(prefix="billctl-ubl-"))
    made, mistakes, seed = {}, [], options.seed
    while len(made) < options.documents:
        lacking = options.documents - len(made)
        folder = work / f"firm{seed}"
        books = Books(options.billctl.resolve(), folder, seed, min(FIRM_MAX, max(4, lacking * 2 // 3)))
        books.make()
        rendered = books.render()
        mistakes += [mistake for path, data in rendered.items() for mistake in books.mistakes(path, data)]
        made |= rendered
        seed += 1
    verdict = judged(made)
    for mistake in mistakes[:40]:
        print(mistake)
    print(verdict[:8000] or f"{len(made)} documents pass")
    if not options.keep:
        shutil.rmtree(work)
    return 1 if mistakes or verdict else 0


if __name__ == "__main__":
    sys.exit(main())
