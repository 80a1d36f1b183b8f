"""A firm of firm.py in a folder of its own, run by the program and nothing else."""
import json
import os
import random
import subprocess
import sys

import firm

NOW = "2026-11-02T06:00:00Z"
DIGITS = {"JPY": 0}


def money(minor, currency):
    digits = DIGITS.get(currency, 2)
    return f"{minor / 10 ** digits:.{digits}f}"


def minor(text):
    """The amount without its point: "12.50" -> 1250, "-1250" -> -1250."""
    return int(text.replace(".", ""))


class Books:
    def __init__(self, billctl, folder, seed, clients, more=""):
        self.billctl, self.folder, self.chance = billctl, folder, random.Random(seed)
        self.rounding = firm.write(folder, self.chance, clients, more)

    def tried(self, *words):
        """(exit code, stdout, stderr)"""
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "BILLCTL_NOW": NOW}
        done = subprocess.run([self.billctl, *words], cwd=self.folder, env=environment, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    def run(self, *words, allowed=(0,)):
        code, out, err = self.tried(*words)
        if code not in allowed:
            sys.exit(f"{self.folder}: billctl {' '.join(words)}: exit {code}\n{out[-3000:]}{err[-3000:]}")
        return out

    def answer(self, *words, **options):
        return json.loads(self.run(*words, "--json", **options))

    def refused_with(self, *words, allowed):
        """The reason code of a refusal by a rule, None when it was done."""
        answer = self.answer(*words, allowed=(0, 4))
        code = answer["error"]["code"] if "error" in answer else None
        if code not in (None, *allowed):
            sys.exit(f"{self.folder}: billctl {' '.join(words)}: {answer['error']}")
        return code

    def show(self, name):
        return self.answer("invoice", "show", name)

    def names(self, state):
        return [each["invoice"] for each in self.answer("invoice", "list", "--state", state)["invoices"]]

    def issue(self, date="2026-11-02", refusals=()):
        """The numbers of all that is ready; what is refused with one of these codes stays a draft."""
        self.run("approve", "--all-waiting")
        issued = self.answer("issue", "--all-ready", "--date", date, allowed=(0, 3, 4) if refusals else (0,))
        codes = {reason["code"] for each in issued["refused"] for reason in each["reasons"]}
        if not codes <= set(refusals):
            sys.exit(f"{self.folder}: not issued: {issued['refused']}")
        return [invoice["number"] for invoice in issued["issued"]]

    def open(self):
        """Up to drafts of October; what was billed ahead in September is issued."""
        self.run("init", "-q")
        self.run("import", "all", "tables")
        self.run("compile")
        self.run("generate", "--period", "2026-09", allowed=(0, 3))
        ahead = self.issue("2026-10-01")
        self.run("generate", "--period", "2026-10", allowed=(0, 3))
        return ahead

    def touch_drafts(self):
        """What people do to drafts: words, discounts, prepayments, typed-in taxes."""
        for name in self.names("unconfirmed"):
            for option in ("--title", "--subtitle"):
                words = [each for each in firm.WORDS if "\n" not in each]
                self.run("invoice", "edit", name, option, self.chance.choice(["", *words]))
            if self.chance.random() < 0.5:
                self.run("invoice", "note", name, "-m", self.chance.choice(firm.WORDS))
            if self.chance.random() < 0.3:
                self.discount(self.show(name))
            if self.chance.random() < 0.15:
                self.retype_line(self.show(name))
            if self.chance.random() < 0.8:
                self.prepay(self.show(name))
            if self.chance.random() < 0.3:
                self.type_tax(self.show(name))

    def discount(self, shown):
        lines = [line for line in shown["lines"]
                 if line["items"] and line["kind"] != "instalment" and minor(line["amount"]) != 0]
        if not lines:
            return
        by = money(self.chance.randint(-500, 500) or 1, shown["currency"])
        self.refused_with("invoice", "adjust", shown["invoice"], "--line", str(self.chance.choice(lines)["line"]),
                          f"--by={by}", "--reason", "as agreed", allowed=("wrong_target",))

    def retype_line(self, shown):
        lines = [line for line in shown["lines"] if line["quantity"]]
        if lines:
            self.run("invoice", "line", "edit", shown["invoice"], str(self.chance.choice(lines)["line"]),
                     "--quantity", f"{self.chance.randint(1, 9999) / 1000:.3f}")

    def prepay(self, shown):
        rows = [row for row in shown["prepayments"] if minor(row["balance"]) > 0]
        if not rows or minor(shown["amounts"]["incl_tax"]) <= 0:
            return
        row = rows[0]
        most = min(minor(row["balance"]), minor(shown["amounts"]["incl_tax"]) * 3 // 4)
        net = self.chance.choice([most, self.chance.randint(1, most)]) if most > 0 else 0
        if net:
            self.refused_with("invoice", "prepay", shown["invoice"], row["contract_line"],
                              money(net, shown["currency"]), allowed=("over_balance",))

    def type_tax(self, shown):
        """A charged tax, less than a whole unit off."""
        rows = [row for row in shown["taxes"] if row["category"] == "S" and abs(minor(row["amount"])) > 200]
        of_one_rate = [row for row in rows if [each["tax"] for each in shown["taxes"]].count(row["tax"]) == 1]
        if not of_one_rate or shown["currency"] == "JPY":
            return
        typed = minor(of_one_rate[0]["amount"]) + self.chance.randint(-90, 90)
        self.run("invoice", "tax", shown["invoice"], of_one_rate[0]["tax"], money(typed, shown["currency"]))
