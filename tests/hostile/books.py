"""Books whose every free text is hostile: one client for each attack, with work, products, drafts and issued invoices.

The columns come from `import KIND --template`: a text column that is added to a table is attacked without a change here.
"""
import csv
import os
import pathlib
import shutil
import subprocess

NOW = "2026-11-02T06:00:00Z"
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>&amp;\"'"
# What a text may be, by the attack. Each is valid UTF-8 without NUL: the rest is refused at the door (malformed_test.py).
TEXTS = {
    "formula": "=cmd|' /C calc'!A0",
    "plus": "+1+cmd|x",
    "minus": "-2+3+cmd|x",
    "at": "@SUM(1+1)*cmd|x",
    "tab": "\t=1+1",
    "escape": "red\x1b[31m\x1b[2J\x1b]0;owned\x07\x1bPq#\x1b\\\x08\x7f",
    "c1": "c1 \u009b2J\u009d0;owned\u009c\u0085x",
    "bidi": "bidi \u202egpj.exe\u2066x\u2069\u200f\u200e\u061c\u2028\u2029x",
    "path": "../../pwned",
    "markup": MARKUP,
    "cdata": "]]><!-- x --><?php x ?>&#0;&lt;\u00a0x",
    "lines": "x\r\nBcc: evil@example.test\r\n\r\n<b>body</b>\r\n.\r\nQUIT",
    "xml": "xml \x01\x0b\x1f\ufffe\uffff\ufeff x",
    "sql": "'; DROP TABLE invoice; -- \" ) OR 1=1",
    "format": "%s%n%x {} {0} {client} {n:05} ${HOME} $(touch pwned) `touch pwned` {{ {",
    "word": "=?UTF-8?B?Qmw=?= =?utf-8?q?x?=",
    "marks": "zalgo" + "\u0301" * 300 + " \U000e0041\u200b\u200d\U0001f468\u200d\U0001f469",
    "json": "\",\"x\":\"\\u0000\\\\ \\",
}
# What a code may be: no control characters, no blanks around it, at most 200 bytes.
CODES = {
    "formula": "=1+1", "plus": "+358", "minus": "--json", "at": "@x", "tab": "-y", "escape": "..", "c1": "/etc/passwd",
    "path": "../../pwned", "markup": "<b>\"x'&amp</b>", "cdata": "]]>", "lines": ".", "xml": "con", "word": "*",
    "sql": "x' OR '1'='1", "format": "%s{client}$(touch pwned)", "marks": "x" * 200, "json": "\"\\x", "bidi": "e\u0301",
}
SAFE_CONFIG = """ledger = "ledger.db"
[tenant]
test = true
name = TEXT
currency = "EUR"
zone = "Europe/Helsinki"
country = "FI"
street = TEXT
city = TEXT
postal_code = TEXT
vat_id = "FI12345671"
iban = "FI2112345600000785"
terms_of_sale = TEXT
contact = { name = TEXT, phone = TEXT, email = "billing@example.test" }
[invoice]
name = "{client} {period} {number}"
group_hours = "entry"
annex = "entries"
terms = "net14"
allow = ["unpriced", "default_price"]
[terms.net14]
days = 14
text = TEXT
[tax.vat]
rate = "25.5"
category = "S"
default = true
[mail]
transport = "file"
path = "mail"
from = "billing@example.test"
[providers.books]
kind = "file"
path = "outbox"
"""
# What stands in a column that is no free text; {c} is the client's number. Every other column gets the attack.
FIXED = {
    "teams": {"code": "{code}"},
    "members": {"code": "{code}", "email": "m{c}@example.test", "team": "{code}", "hours_per_day": "", "active_until": ""},
    "clients": {"code": "{code}", "parent": "", "country": "FI", "vat_id": "FI11111111", "emails": "c{c}@example.test",
                "currency": "", "payment_terms": "", "price_list": "{code}", "tax": "", "language": "{language}", "endpoint": "",
                "endpoint_scheme": "", "time_rule": "", "rounding_mode": "", "bill_by": "", "invoice_scope": "",
                "group_projects": "", "group_hours": "", "group_travel": "", "annex": "", "delivery": "", "active_until": ""},
    "products": {"code": "{code}", "unit": "hour", "unit_price": "80.00", "currency": "", "tax": ""},
    "price_lists": {"list": "{code}", "product": "{code}", "unit_price": "75.50", "currency": "", "valid_from": "",
                    "valid_until": "", "client": ""},
    "rates": {"unit_price": "70", "currency": "", "project": "{code}", "client": "", "member": "", "job_type": "{code}",
              "valid_from": "", "valid_until": ""},
    "job_types": {"code": "{code}", "billable": ""},
    "assignments": {"scope": "task", "target": "{code}", "product": "{code}", "kind": "time"},
    "engagements": {"code": "{code}", "client": "{code}", "currency": "", "bill_to": "", "invoice_scope": "", "bill_by": "",
                    "terms": "", "group_projects": "", "group_hours": "", "group_travel": "", "annex": ""},
    "contract_lines": {"code": "{code}", "engagement": "{code}", "type": "tm", "project": "", "recognised": "10.00"},
    "projects": {"code": "{code}", "client": "{code}", "engagement": "{code}", "currency": "", "bill_to": "", "status": "",
                 "billable_kinds": "", "time_rule": "", "pm": "{code}", "internal": ""},
    "tasks": {"code": "{code}", "client": "", "project": "{code}", "team": "{code}", "billable": "", "product": "{code}",
              "price_list": "", "unit": "", "unit_price": "", "quantity": "", "status": "", "source_type": "ticket"},
    "past_invoices": {"number": "{code}", "date": "2025-01-31", "client": "{code}", "currency": "EUR", "excl_tax": "1.00",
                      "tax": "0.00", "incl_tax": "1.00"},
    "selections": {"name": "{code}", "client": "{code}"},
}
ENTRY = {"task": "{code}", "project": "", "member": "{code}", "started_at": "", "stopped_at": "", "seconds": "",
         "date": "2026-10-0{day}", "zone": "", "quantity": "", "unit": "", "unit_price": "", "amount": "", "distance_km": "",
         "transport_minutes": "", "transport_unit_price": "", "product": "", "job_type": "{code}", "charge": "",
         "confirmed_at": "2026-11-01T06:00:00Z", "to_rebill": "", "parent": "", "invoiced_as": ""}
ENTRIES = [{"id": "{code}", "kind": "time", "seconds": "5400", "day": "1"},
           {"id": "g{c}", "kind": "goods", "quantity": "2", "unit": "pcs", "unit_price": "3", "day": "2", "job_type": ""},
           {"id": "q{c}", "kind": "quote", "amount": "9", "day": "3", "job_type": ""},
           {"id": "u{c}", "kind": "time", "seconds": "60", "day": "4", "confirmed_at": "", "confirmed_by": ""},
           {"id": "w{c}", "kind": "time", "seconds": "600", "day": "5", "charge": "contractual"}]


def toml_text(text):
    """A TOML basic string, everything unusual as an escape."""
    return '"' + "".join(c if c.isalnum() or c == " " else f"\\U{ord(c):08x}" for c in text) + '"'


class Books:
    """A folder books/ in a folder of its own, so that what is written beside it is seen."""

    def __init__(self, billctl, outer, texts=None, codes=None):
        self.billctl, self.outer, self.folder = str(billctl), pathlib.Path(outer), pathlib.Path(outer) / "books"
        self.texts, self.codes = texts or TEXTS, codes or CODES
        self.folder.mkdir(parents=True)

    def run(self, *words, **more):
        """(exit code, stdout, stderr), as bytes. `more` goes into the environment."""
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "BILLCTL_NOW": NOW, **more}
        done = subprocess.run([self.billctl, *words], cwd=self.folder, env=environment, stdin=subprocess.DEVNULL,
                              capture_output=True, check=False, timeout=120)
        return done.returncode, done.stdout, done.stderr

    def must(self, *words, allowed=(0,)):
        code, out, err = self.run(*words)
        if code not in allowed:
            raise SystemExit(f"billctl {words}: exit {code}\n{out[-2000:]!r}\n{err[-4000:]!r}")
        return out

    def rows(self, kind, heads):
        for number, (attack, text) in enumerate(self.texts.items()):
            facts = {"code": self.codes.get(attack, f"k{number}"), "c": str(number), "language": "fi" if number % 2 else "en"}
            shapes = [{**ENTRY, **each} for each in ENTRIES] if kind == "entries" else [FIXED[kind]]
            for shape in shapes:
                known = {**facts, "day": shape.get("day", "")}
                yield [self.cell(shape[head], known) if head in shape else text for head in heads]

    @staticmethod
    def cell(shape, facts):
        for name, value in facts.items():
            shape = value if shape == "{" + name + "}" else shape.replace("{" + name + "}", value)
        return shape

    def write(self):
        (self.folder / "billctl.toml").write_text(SAFE_CONFIG.replace("TEXT", toml_text(
            "=1+1 <script>x</script> ]]> & {x} %s")))
        (self.folder / "job.toml").write_text(
            f'title = {toml_text(TEXTS["markup"].replace("{", ""))}\nname = {toml_text(TEXTS["path"])}\nperiod = "2026-10"\n'
            'selection = "everybody"\nattached_to = ["ticket"]\n')
        tables = self.folder / "tables"
        tables.mkdir()
        for kind in [*FIXED, "entries"]:
            heads = self.must("import", kind, "--template").decode().strip().split(",")
            with open(tables / f"{kind}.csv", "w", newline="", encoding="utf-8") as file:
                sheet = csv.writer(file, lineterminator="\n")
                sheet.writerow(heads)
                sheet.writerows(self.rows(kind, heads))
                if kind == "selections":
                    sheet.writerows(["everybody", self.codes.get(a, f"k{n}")] for n, a in enumerate(self.texts))

    def make(self):
        """Each client with an invoice issued, sent and synced; with a draft; with work that waits."""
        self.write()
        self.must("init", "-q")
        self.must("import", "all", "tables")
        self.must("compile")
        self.must("generate", "--period", "2026-10-01..2026-10-01")
        self.must("issue", "--all-ready", "--date", "2026-10-31")
        self.must("send", "--all-unsent")
        self.must("sync")
        self.must("generate", "--period", "2026-10-02..2026-10-02")
        for number, text in enumerate(self.texts.values(), len(self.texts) + 1):
            if len(text) < 1000:  # words of a command line, typed
                draft = f"DRAFT{number:05}"
                self.must("invoice", "edit", draft, f"--title={text}", f"--subtitle={text}", f"--po={text}", allowed=(0, 2))
                self.must("invoice", "line", "add", draft, f"--description={text}", allowed=(0, 2))
                self.must("invoice", "note", draft, "-m", text, allowed=(0, 2))
        self.must("rebill-job", "run", "job.toml", f"--client={next(iter(self.codes.values()), 'k0')}", allowed=(0, 3, 4))
        return self

    def copy(self, outer):
        """The same books in another folder."""
        twin = Books(self.billctl, outer, self.texts, self.codes)
        shutil.copytree(self.folder, twin.folder, dirs_exist_ok=True)
        return twin

    def listing(self):
        """All files and folders beside and in the books."""
        return {str(path.relative_to(self.outer)) for path in self.outer.rglob("*")}
