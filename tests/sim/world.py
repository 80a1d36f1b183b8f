"""A small firm to be simulated: its config and its tables, by a seed, as files of its folder.

A config is a dict {section: {key: TOML value}}, so that a step may change one key and write it anew.
"""
import csv
import io

MEMBERS = ["ann", "bob", "cia", "dan"]
CLIENTS = ["acme", "beta", "gamma", "delta"]
PRODUCTS = {"dev": "hour", "daily": "day", "minutes": "min", "licence": "pcs", "paper": "kg", "drive": "km"}
JOB_TYPES = ["coding", "meeting", "upkeep"]
TERMS = ["net14", "now", "never"]
TAXES = ["vat", "low", "zero", "reverse", "outside", "city"]
WORDS = ["front page", "week's meeting", "päivitys", "<b>&amp;", "=1+1", "two\nlines", "", "a,b;c", "x" * 90]
SEND_FAULTS = ["temporary", "permanent", "full", "later", "cut", "gone"]
KINDS = ["time", "mileage", "expense", "goods", "allowance", "bill", "instalment", "quote"]
DIGITS = {"JPY": 0, "KWD": 3}


def money(minor, currency="EUR"):
    digits = DIGITS.get(currency, 2)
    text = f"{abs(minor):0{digits + 1}}"
    whole = text if digits == 0 else f"{text[:-digits]}.{text[-digits:]}"
    return "-" + whole if minor < 0 else whole


def toml(config):
    lines = [f"{key} = {value}" for key, value in config[""].items()]
    for section, values in config.items():
        if section and values is not None:
            lines += ["", f"[{section}]", *(f"{key} = {value}" for key, value in values.items())]
    return "\n".join(lines) + "\n"


def quoted(words):
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"


def table(rows):
    columns = list(dict.fromkeys(key for row in rows for key in row))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


class World:
    """What is in the files at the beginning, and the words with which verbs are made of it."""

    def __init__(self, chance, mail_port, domain):
        self.chance, self.domain = chance, domain
        self.clients = CLIENTS[:chance.randint(2, 4)]
        self.currency = {code: chance.choice(["EUR", "EUR", "EUR", "SEK", "JPY"]) for code in self.clients}
        self.roles = chance.random() < 0.35
        self.approvals = chance.choice([[], [], ["finance"], ["pm"], ["pm", "finance", "management"]])
        self.config = self.make_config(mail_port)
        self.tables = self.make_tables()

    def make_config(self, mail_port):
        chance = self.chance
        pick = lambda *words: f'"{chance.choice(words)}"'
        config = {
            "": {"ledger": '"ledger.db"'},
            "tenant": {"code": '"main"', "test": "true", "name": '"Example & Co Oy"', "currency": '"EUR"',
                       "zone": pick("Europe/Helsinki", "Europe/Helsinki", "America/New_York", "Pacific/Apia"),
                       "country": '"FI"', "street": '"Katu 1"', "city": '"Helsinki"', "postal_code": '"00100"',
                       "vat_id": '"FI12345671"', "iban": '"FI2112345600000785"', "bic": '"NDEAFIHH"'},
            "compile": {"require_confirmed": chance.choice(["true", "true", "false"]),
                        "negotiated_prices": chance.choice(["true", "false"])},
            "money": {"rounding": pick("half-away", "half-even"), "mode": pick("line", "line", "entry"),
                      "quantity_decimals": chance.choice(["4", "4", "2"]), "hours_per_day": pick("8", "7.5")},
            "time_rules.six": {"step": '"6m"', "direction": pick("up", "nearest", "down"), "per": '"entry"'},
            "time_rules.daily": {"step": '"30m"', "direction": '"up"', "minimum": '"15m"', "per": '"day"'},
            "invoice": {"scope": pick("client", "po", "engagement", "project"),
                        "group_projects": pick("none", "project", "project-task"),
                        "group_hours": pick("jobtype", "employee", "employee-jobtype", "lump-sum", "entry",
                                            "entry-anonymous", "employee-entry", "total-hours"),
                        "group_travel": pick("all", "specified", "allowance-mileage"),
                        "quote_rows": pick("none", "import"), "contractual": pick("show", "show", "archive"),
                        "late": pick("report", "include"), "bill_by": pick("hour", "hour", "hour", "day"),
                        "day_step": pick("1", "0.5"),
                        "allow": quoted(["unpriced", "default_price"] if chance.random() < 0.8 else []),
                        "date_window": "{ past = 90, future = 10 }",
                        "allow_number_override": chance.choice(["true", "false"]),
                        "allow_period_override": chance.choice(["true", "false"]),
                        "void": pick("credit-note", "credit-note", "reopen")},
            "numbering": {"issued": chance.choice(['{ format = "INV{n:05}", first = 1 }'] * 2
                                                  + ['{ format = "F{year}-{n:03}", first = 1 }'])},
            "terms.net14": {"days": "14", "text": '"14 days net"'},
            "terms.now": {"days": "0"},
            "terms.never": {"text": '"as agreed"'},
            "tax.vat": {"rate": '"25.5"', "category": '"S"', "default": "true"},
            "tax.low": {"rates": '[{ from = "2020-01-01", rate = "10" }, { from = "2026-11-01", rate = "13.5" }]',
                        "by": pick("invoice_date", "work_date"), "category": '"S"'},
            "tax.zero": {"rate": '"0"', "category": '"Z"'},
            "tax.reverse": {"rate": '"0"', "category": '"AE"', "reason": '"Reverse charge"',
                            "vatex": '"VATEX-EU-AE"'},
            "tax.outside": {"rate": '"0"', "category": '"O"', "vatex": '"VATEX-EU-O"'},
            "tax.city": {"rate": '"1.75"', "applies_to": '["time", "goods"]'},
            "approvals": {"required": quoted(self.approvals), "distinct": chance.choice(["true", "false"])},
            "rebill": {"enabled": chance.choice(["true", "true", "true", "false"]),
                       "auto_approve": quoted(chance.sample(self.approvals, len(self.approvals) // 2))},
            "providers.books": {"kind": '"file"', "path": '"outbox"'},
            "mail": {"transport": '"file"', "path": '"mail"', "from": '"billing@example.test"'},
        }
        if mail_port and chance.random() < 0.5:
            config["mail"] = {"transport": '"smtp"', "host": '"127.0.0.1"', "port": str(mail_port),
                              "from": '"billing@example.test"'}
        if chance.random() < 0.3:
            config["numbering"]["credit"] = '{ format = "CN{n:04}", first = 1 }'
        if chance.random() < 0.2:
            config["bounds"] = {"lines_max": "4"}
        if self.roles:
            config["roles"] = {"admin": '["ann"]', "biller": '["bob"]', "finance": '["cia"]',
                               "management": '["dan"]', "may_act_as": '{ root = ["*"] }'}
        return config

    def price(self):
        return self.chance.choice(["100.00", "33.33", "0.57", "89.123456", "1250", "0"])

    def make_tables(self):
        chance = self.chance
        rows = {
            "teams": [{"code": "core", "name": "Core"}],
            "members": [{"code": code, "name": f"Member {code}", "team": chance.choice(["core", ""]),
                         "role": chance.choice(["senior", "junior", ""])} for code in MEMBERS],
            "products": [{"code": code, "name": f"Product {code}", "unit": unit,
                          "unit_price": chance.choice(["", self.price()]),
                          "tax": chance.choice(["", "", "", "low", "zero", "city;vat"])}
                         for code, unit in PRODUCTS.items()],
            "job_types": [{"code": code, "name": code.title(), "billable": int(code != "upkeep")}
                          for code in JOB_TYPES],
            "rates": [{"unit_price": "80.00", "client": "", "role": "senior"},
                      {"unit_price": "95.5", "client": self.clients[0], "role": ""}],
            "price_lists": [{"list": "special", "product": "dev", "unit_price": "77.70", "client": ""},
                            {"list": "special", "product": "dev", "unit_price": "66.6", "client": self.clients[0]}],
            "assignments": [{"scope": "tenant", "target": "*", "product": "dev", "kind": "time"},
                            {"scope": "team", "target": "core", "product": "daily", "kind": "time"}],
            "selections": [{"name": "some", "client": code} for code in self.clients[:2]],
            "exchange_rates": [{"date": "2026-01-01", "from": code, "to": "EUR", "rate": rate}
                               for code, rate in (("SEK", "0.0871"), ("JPY", "0.006123"))],
        }
        rows["clients"] = [self.client_row(code) for code in self.clients]
        for code in self.clients:
            self.add_work_places(rows, code)
        rows["projects"].append({"code": "internal", "name": "Internal", "internal": 1})
        rows["tasks"].append({"code": "chores", "name": "Chores", "project": "internal"})
        rows["entries"] = [self.entry_row(rows["tasks"], f"i{n}", "2026-09") for n in range(chance.randint(4, 14))]
        return rows

    def client_row(self, code):
        chance = self.chance
        tax = chance.choice(["", "", "", "low", "reverse", "outside", "vat;city"])
        country = "SE" if tax in ("reverse", "outside") else "FI"
        return {"code": code, "name": f"{code.title()} <&> Oy", "street": chance.choice(["Tie 1"] * 9 + [""]),
                "city": "Espoo", "postal_code": "02100", "country": country,
                "vat_id": "" if tax == "outside" else {"SE": "SE556677889901", "FI": "FI34567892"}[country],
                "emails": self.address(), "currency": self.currency[code],
                "payment_terms": chance.choice(["", *TERMS]), "price_list": chance.choice(["", "special"]),
                "tax": tax, "time_rule": chance.choice(["", "", "six", "daily"]),
                "rounding_mode": chance.choice(["", "", "entry", "line"]),
                "bill_by": chance.choice(["", "", "", "day"]), "delivery": chance.choice(["mail"] * 4 + ["post", "none"])}

    def address(self):
        local = self.chance.choice([*["fine"] * 8, *SEND_FAULTS])
        return f"{local}+{self.chance.randint(1, 99)}@{self.domain}" if self.chance.random() < 0.95 else ""

    def add_work_places(self, rows, code):
        """An engagement with two contract lines, two projects and three tasks of a client."""
        chance, currency = self.chance, self.currency[code]
        add = lambda kind, **cells: rows.setdefault(kind, []).append(cells)
        add("engagements", code=f"{code}-e", name="Frame", client=code, currency=currency,
            po_number=chance.choice(["", "PO-7"]), contract="C-1")
        add("contract_lines", code=f"{code}-tm", engagement=f"{code}-e", type="tm", project="",
            recognised=chance.choice(["", "", money(5000, currency)]))
        add("contract_lines", code=f"{code}-fix", engagement=f"{code}-e", type="fixed", project=f"{code}-p2",
            recognised="")
        for n, engagement in (("1", f"{code}-e"), ("2", f"{code}-e"), ("3", "")):
            add("projects", code=f"{code}-p{n}", name=f"Project {n}", client=code, engagement=engagement,
                currency=currency, po_number=chance.choice(["", "PO-9"]), pm=chance.choice(["bob", "ann;bob"]),
                time_rule=chance.choice(["", "", "", "six"]),
                billable_kinds=chance.choice(["", "", "", "time:2026-09-10;expense;goods", "expense;bill;mileage"]))
        for n in "123":
            add("tasks", code=f"{code}-t{n}", name=f"Task {n}", project=f"{code}-p{n}",
                billable=chance.choice([1, 1, 1, 1, 1, 0]) if n == "3" else 1,
                product=chance.choice(["", "", "dev", "daily", "minutes"]),
                unit_price=chance.choice(["", "", self.price()]), source_type=chance.choice(["", "ticket"]),
                source_ref=chance.choice(["", "17"]), quantity=chance.choice(["", "", "", "2.5"]))

    def entry_row(self, tasks, name, month):
        """A row for `import entries`."""
        chance = self.chance
        task = chance.choice(tasks)
        kind = chance.choice(["time"] * 6 + KINDS)
        day = f"{month}-{chance.randint(1, 28):02}"
        row = {"id": name, "kind": kind, "task": task["code"], "member": chance.choice(MEMBERS),
               "description": chance.choice(WORDS), "charge": chance.choice(["billable"] * 7 + ["contractual", "non_billable"]),
               "confirmed_at": f"{day}T20:00:00Z" if chance.random() < 0.7 else ""}
        if kind == "time":
            row["started_at"] = f"{day}T{chance.randint(0, 23):02}:{chance.choice(['00', '30', '17'])}:00Z"
            if chance.random() < 0.95:
                row["seconds"] = chance.choice([600, 1500, 3600, 5400, 12345, 27000])
            row["job_type"] = chance.choice(["", *JOB_TYPES])
        else:
            row["date"] = day
            currency = self.currency.get(task["code"].split("-")[0], "EUR")
            row.update(self.quantity_of(kind, currency))
        return row

    def quantity_of(self, kind, currency):
        chance = self.chance
        amount = money(chance.choice([1, 999, 12345, 100000, -2500]), currency)
        if kind == "mileage":
            return {"distance_km": chance.choice(["12.5", "0.333", "140"]),
                    "transport_minutes": chance.choice(["", "45"])}
        if kind == "goods":
            return {"quantity": chance.choice(["1", "2.5", "0.333333"]), "unit": chance.choice(["", "pcs", "kg"]),
                    "unit_price": self.price() if currency != "JPY" else "120"}
        return {"amount": amount}

    def files(self):
        tables = {f"tables/{name}.csv": table(rows) for name, rows in self.tables.items() if rows}
        return {"billctl.toml": toml(self.config), **tables}
