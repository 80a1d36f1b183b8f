#!/usr/bin/env python3
"""Random invoices taken back in random parts, through the program: what came back is what was charged.

    credit_test.py --billctl build/dev/cmd/billctl --worlds 40 [--seed N] [--keep DIR]

A world is a small firm of ../einvoice/firm.py whose issued invoices are credited in all the ways there are, in
any order, their credit notes approved and issued, left as drafts or deleted, and at the end taken back whole by
a credit of the rest or by a void. After each step nothing more is credited than was charged, in lines and in tax
by its rate, and `verify` finds nothing; at the end the sum is minus the invoice. A world that fails prints its
seed: `--worlds 1 --seed N` plays it again.
"""
import argparse
import collections
import pathlib
import shutil
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests/einvoice"))

from books import Books, minor, money  # noqa: E402

APPROVALS = '\n[approvals]\nrequired = ["finance"]\n'
# What a credit may be refused with: nothing (so much) is left, it was used up ahead, or the entry has no line.
REFUSALS = ("over_invoice", "over_balance", "wrong_target", "not_found")


def charged(shown):
    """What a document charges: its lines by their taxes, its taxes by rate, and what is left to pay."""
    sums = collections.Counter()
    for line in shown["lines"]:
        sums["line", ";".join(line["tax"])] += minor(line["amount"])
    for tax in shown["taxes"]:
        key = tax["tax"], tax["category"], tax["rate"]
        sums["base", *key] += minor(tax["base"])
        sums["tax", *key] += minor(tax["amount"])
    for name, amount in shown["amounts"].items():
        sums["amount", name] += minor(amount)
    for row in shown["prepayments"]:
        sums["prepaid", row["contract_line"]] += minor(row["applied"])
    return sums


class World:
    def __init__(self, billctl, folder, seed):
        self.seed, self.reopens = seed, seed % 7 == 3
        self.books = Books(billctl, folder, seed, 3, APPROVALS if seed % 2 else "")
        self.chance = self.books.chance
        self.refused, self.done = collections.Counter(), collections.Counter()
        if self.reopens:
            config = folder / "billctl.toml"
            config.write_text(config.read_text().replace("[invoice]\n", '[invoice]\nvoid = "reopen"\n'))

    def wrong(self, *words):
        sys.exit(f"seed {self.seed}: " + " ".join(str(word) for word in words))

    def play(self):
        ahead = self.books.open()
        self.books.touch_drafts()
        invoices = ahead + self.books.issue()
        self.verify("issued")
        self.chance.shuffle(invoices)
        for number in invoices:
            for _ in range(self.chance.randint(0, 4)):
                self.take_part(number)
            self.take_rest(number)
        self.bill_again()

    def verify(self, when):
        answer = self.books.answer("verify", allowed=(0, 12))
        found = [(check["name"], each) for check in answer["checks"] for each in check["found"]]
        if not answer["ok"] or found:
            self.wrong("after", when, "verify finds", found)

    def credit(self, number, *way):
        """The draft credit note, or None where that was refused."""
        words = ["invoice", "credit", number, *way, "--reason", "random", "--yes"]
        answer = self.books.answer(*words, allowed=(0, 4))
        kind = way[0] + (" --hours" if "--hours" in way else "")
        if "error" in answer:
            if answer["error"]["code"] not in REFUSALS:
                self.wrong("billctl", *words, answer["error"])
            self.refused[answer["error"]["code"]] += 1
            return None
        self.done[kind] += 1
        return answer["invoice"]

    def way(self, shown):
        kind = self.chance.choice(["all", "line", "line", "entry", "entry", "hours", "percent", "amount"])
        items = ["--items", self.chance.choice(["keep", "reopen", "archive"])]
        lines = [line for line in shown["lines"] if line["quantity"]]
        entries = [item["entry"] for line in lines for item in line["items"]]
        lines_total = minor(shown["amounts"]["lines"])
        if kind == "all" and self.chance.random() < 0.3:
            return ["--all", *items]
        if kind == "line":
            return ["--line", str(self.chance.choice(lines)["line"]), *items]
        if kind == "entry" and entries:
            return ["--entry", self.chance.choice(entries), *items]
        if kind == "hours" and entries:
            return ["--entry", self.chance.choice(entries), "--hours", str(self.chance.choice(["0.1", "1", "0.3333"]))]
        if kind == "amount" and lines_total > 0:
            return ["--amount", money(self.chance.randint(1, lines_total), shown["currency"])]
        return ["--percent", str(self.chance.choice(["1", "12.5", "33.333333", "50", "100"]))]

    def take_part(self, number):
        shown = self.books.show(number)
        if minor(shown["amounts"]["lines"]) <= 0 and self.chance.random() < 0.5:
            return
        way = self.way(shown)
        if way[0] == "--percent" and minor(shown["amounts"]["lines"]) <= 0:
            return
        draft = self.credit(number, *way)
        if draft is None:
            return
        fate = self.chance.random()
        if fate < 0.15:
            self.books.run("invoice", "delete", draft, "--yes")
            self.done["deleted"] += 1
        elif fate < 0.85:
            self.settle(draft)
        self.compare(number)
        self.verify(f"crediting {number} by {way}")

    def settle(self, draft):
        """Approved and issued; a credit that can't be any more is deleted."""
        self.books.run("approve", "--all-waiting", allowed=(0, 3))
        answer = self.books.answer("issue", draft, allowed=(0, 4))
        if answer["refused"]:
            codes = {reason["code"] for reason in answer["refused"][0]["reasons"]}
            if not codes <= {"over_balance"}:
                self.wrong("not issued:", answer["refused"])
            self.refused["over_balance at issue"] += 1
            self.books.run("invoice", "delete", draft, "--yes")
            return False
        self.done["issued"] += 1
        return True

    def credited(self, number):
        sums, drafts = collections.Counter(), []
        for name in self.books.show(number)["credited_by"]:
            shown = self.books.show(name)
            if shown["number"] is None:
                drafts.append(name)
            sums.update({key: -value for key, value in charged(shown).items()})
        return sums, drafts

    def compare(self, number):
        """Of nothing was more taken back than charged: no more of lines of each sign, and of a tax no more in all."""
        shown = self.books.show(number)
        original = charged(shown)
        taken, _ = self.credited(number)
        for key, value in taken.items():
            most = original[key]
            over = value > most if most >= 0 else value < most
            if key[0] == "line":
                signed = [minor(line["amount"]) for line in shown["lines"] if ";".join(line["tax"]) == key[1]]
                over = not sum(min(0, each) for each in signed) <= value <= sum(max(0, each) for each in signed)
            if over and key[0] != "amount":
                self.wrong(number, key, "charged", most, "taken back", value)

    def take_rest(self, number):
        drafts = self.credited(number)[1]
        if drafts and self.chance.random() < 0.3:
            self.books.refused_with("invoice", "void", number, "--yes", allowed=("wrong_state",)) or self.wrong(
                number, "is voided while", drafts, "waits")
        for draft in drafts:
            self.settle(draft)
        if self.chance.random() < 0.5:
            if not self.void(number):
                return
        else:
            draft = self.credit(number, "--all", "--items", self.chance.choice(["keep", "reopen", "archive"]))
            if draft is not None and not self.settle(draft):
                return
            if draft is None and not self.is_taken_back(number):
                return self.explain_refusal(number)
        self.verify(f"the end of {number}")
        if self.books.show(number)["state"] != "voided" or not self.reopens:
            self.compare_whole(number)

    def void(self, number):
        """@returns whether it is. What was credited is not opened again: its credit notes stay."""
        if self.reopens and self.books.show(number)["credited_by"]:
            self.books.refused_with("invoice", "void", number, "--yes", allowed=("wrong_state",)) or self.wrong(
                number, "is opened again though it was credited")
            self.refused["void: credited"] += 1
            return False
        code = self.books.refused_with("invoice", "void", number, "--comment", "random", "--yes",
                                       allowed=("over_invoice", "over_balance"))
        if code is None:
            self.done["void, reopen" if self.reopens else "void"] += 1
            return True
        self.refused["void: " + code] += 1
        if not self.is_taken_back(number):
            self.explain_refusal(number)
        return False

    def is_taken_back(self, number):
        original = charged(self.books.show(number))
        return self.credited(number)[0] == original

    def explain_refusal(self, number):
        """What was not taken back is an instalment whose money is used elsewhere."""
        shown = self.books.show(number)
        if not any(line["kind"] == "instalment" for line in shown["lines"]):
            self.wrong(number, "is not taken back and has no instalment")
        self.verify(f"a refusal of {number}")

    def compare_whole(self, number):
        original = charged(self.books.show(number))
        taken, _ = self.credited(number)
        for key in original.keys() | taken.keys():
            if original[key] != taken[key]:
                self.wrong(number, key, "charged", original[key], "taken back in all", taken[key])

    def bill_again(self):
        """What is pending again goes on new drafts, once."""
        self.books.run("generate", "--all-periods", allowed=(0, 3))
        self.books.issue()
        self.verify("billing again")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--billctl", required=True, type=pathlib.Path)
    parser.add_argument("--worlds", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=pathlib.Path)
    options = parser.parse_args()
    done, refused = collections.Counter(), collections.Counter()
    for seed in range(options.seed, options.seed + options.worlds):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="billctl-credits-", dir=options.keep))
        world = World(options.billctl.resolve(), folder / "books", seed)
        world.play()
        done += world.done
        refused += world.refused
        if not options.keep:
            shutil.rmtree(folder)
    print(f"{options.worlds} worlds; done: {dict(sorted(done.items()))}; refused: {dict(sorted(refused.items()))}")
    lacking = {"--all", "--line", "--entry", "--entry --hours", "--percent", "--amount", "void", "issued"} - done.keys()
    return 1 if lacking and options.worlds >= 40 else 0


if __name__ == "__main__":
    sys.exit(main())
