#!/usr/bin/env python3
"""Random invoices and credit notes through billctl, as UBL, before the judge of EN 16931.

    ubl_test.py --billctl build/dev/cmd/billctl --documents 40 [--seed N] [--keep DIR]

Books are made by firm.py and all that is done to them by commands (books.py): discounts, prepayments, typed-in
taxes and credit notes are what a user can make. Every document is judged by ../shared/tools/einvoice-check (XSD and
the rules of EN 16931, one start for all) and computed again in exact decimals (documents.py); the last lines count
what there was of each kind, and of a run of 300 none may be missing. Exit 77, which ctest shows as skipped, where
the judge is not there.
"""
import argparse
import collections
import pathlib
import shutil
import subprocess
import sys
import tempfile

import documents
import firm
from books import Books, minor, money

TOP = pathlib.Path(__file__).resolve().parents[2]
JUDGE = TOP.parent / "shared/tools/einvoice-check"
SKIPPED = 77
FIRM_MAX = 100  # clients of one firm
REFUSALS = ("over_invoice", "over_balance", "wrong_target")
KINDS = {"invoice", "credit note", "EUR", "SEK", "JPY", "three rates", "discount or charge", "prepayment", "zero to pay",
         "zero total", "typed-in tax", "negative line", "VAT in the accounting currency",
         *(f"category {code}" for code in ("S", "Z", "E", "AE", "K", "G", "O"))}


class UblBooks(Books):
    """Books from the first import to the documents of what was issued, all of it by commands."""

    def make(self):
        invoices = self.open()
        self.touch_drafts()
        invoices += self.issue()
        for number in invoices:
            if self.chance.random() < 0.5:
                self.credit(self.show(number))
        # Two credits may each leave enough of what is used up, and both together not.
        self.issue(refusals=("over_balance",))

    def credit(self, shown):
        lines = [line for line in shown["lines"] if line["quantity"]]
        ways = [["--all"], ["--line", str(self.chance.choice(lines)["line"])]]
        entries = [item["entry"] for line in lines for item in line["items"]]
        if entries:
            ways.append(["--entry", self.chance.choice(entries)])
        if minor(shown["amounts"]["lines"]) > 100:
            ways += [["--percent", "12.5"], ["--amount", money(self.chance.randint(1, 100), shown["currency"])]]
        self.refused_with("invoice", "credit", shown["number"], *self.chance.choice(ways), "--reason",
                          self.chance.choice(firm.WORDS), "--yes", allowed=REFUSALS)

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

    def mistakes(self, path, data, seen):
        document = documents.Document(data, self.rounding)
        shown = self.show(document.number)
        seen.update(kinds_of(shown, document))
        typed = any(tax["overridden"] for tax in shown["taxes"])
        return [f"{path.name}: {mistake}" for mistake in document.check(shown, typed)]


def kinds_of(shown, document):
    """What there is to this document, for the count."""
    rates = {tax["rate"] for tax in shown["taxes"] if tax["category"] == "S"}
    yield "credit note" if document.credit else "invoice"
    yield shown["currency"]
    yield from sorted({f"category {tax['category']}" for tax in shown["taxes"]})
    if len(rates) >= 3:
        yield "three rates"
    if any(minor(line["allowance"]) != 0 for line in shown["lines"]):
        yield "discount or charge"
    if minor(shown["amounts"]["prepaid"]) != 0:
        yield "prepayment"
    if minor(shown["amounts"]["payable"]) == 0:
        yield "zero to pay"
    if minor(shown["amounts"]["excl_tax"]) == 0:
        yield "zero total"
    if any(tax["overridden"] for tax in shown["taxes"]):
        yield "typed-in tax"
    if any(line["quantity"] is not None and line["quantity"].startswith("-") for line in shown["lines"]) \
            and not document.credit:
        yield "negative line"
    if shown["accounting"]:
        yield "VAT in the accounting currency"


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
    made, mistakes, seed, seen = {}, [], options.seed, collections.Counter()
    while len(made) < options.documents:
        lacking = options.documents - len(made)
        folder = work / f"firm{seed}"
        books = UblBooks(options.billctl.resolve(), folder, seed, min(FIRM_MAX, max(4, lacking * 2 // 3)))
        books.make()
        rendered = books.render()
        mistakes += [mistake for path, data in rendered.items() for mistake in books.mistakes(path, data, seen)]
        made |= rendered
        seed += 1
    verdict = judged(made)
    for mistake in mistakes[:40]:
        print(mistake)
    print(verdict[:8000] or f"{len(made)} documents pass")
    print("\n".join(f"{count:6} {kind}" for kind, count in sorted(seen.items())))
    lacking = sorted(KINDS - seen.keys()) if options.documents >= 300 else []
    if lacking:
        print("none of:", *lacking)
    if not options.keep:
        shutil.rmtree(work)
    return 1 if mistakes or verdict or lacking else 0


if __name__ == "__main__":
    sys.exit(main())
