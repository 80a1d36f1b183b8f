"""Random books whose invoices have everything that an e-invoice may say: written as tables, then made by billctl."""
import csv
import pathlib

CONFIG = """
ledger = "ledger.db"
[tenant]
code = "main"
test = true
name = "Example & Söhne <Oy>"
currency = "EUR"
zone = "Europe/Helsinki"
country = "FI"
street = "Katu 1"
city = "Helsinki"
postal_code = "00100"
vat_id = "FI12345671"
endpoint = "003712345671"
endpoint_scheme = "0216"
iban = "FI2112345600000785"
bic = "NDEAFIHH"
terms_of_sale = "https://example.test/terms"
contact = {{ name = "Billing", phone = "+358 1 234", email = "billing@example.test" }}
[money]
rounding = "{rounding}"
[invoice]
allow = ["unpriced", "default_price"]
quote_rows = "import"
[einvoice]
require = "always"
[terms.net14]
days = 14
text = "14 days net"
late_interest = "8.0"
discount = {{ days = 7, percent = "2.0" }}
[terms.never]
text = "as agreed"
[terms.now]
days = 0
[tax.vat]
rate = "25.5"
category = "S"
default = true
[tax.food]
rate = "14"
category = "S"
[tax.books]
rate = "10"
category = "S"
[tax.moving]
rates = [{{ from = "2020-01-01", rate = "24" }}, {{ from = "2026-10-16", rate = "25.5" }}]
by = "work_date"
category = "S"
[tax.zero]
rate = "0"
category = "Z"
[tax.health]
rate = "0"
category = "E"
reason = {{ en = "Health care", fi = "Terveydenhuolto" }}
vatex = "VATEX-EU-132-1C"
[tax.teaching]
rate = "0"
category = "E"
reason = "Teaching"
[tax.reverse]
rate = "0"
category = "AE"
reason = "Reverse charge"
vatex = "VATEX-EU-AE"
[tax.inside]
rate = "0"
category = "K"
vatex = "VATEX-EU-IC"
[tax.export]
rate = "0"
category = "G"
reason = "Export"
vatex = "VATEX-EU-G"
[tax.outside]
rate = "0"
category = "O"
vatex = "VATEX-EU-O"
"""

CURRENCIES = ["EUR", "EUR", "SEK", "JPY"]
PLACES = {"FI": ("FI34567892", "003734567892", "0216"), "SE": ("SE556677889901", "5566778899", "0007"),
          "DE": ("DE123456789", "DE123456789", "9930"), "US": ("", "billing@example.com", "EM")}
# A client's own tax, with the country that it suits; '' leaves it to the products.
TAXES = [("", "FI")] * 6 + [("", "SE"), ("moving", "FI"), ("moving", "FI"), ("vat", "FI"), ("zero", "FI"), ("health", "FI"),
         ("reverse", "SE"), ("reverse", "DE"), ("inside", "DE"), ("export", "US"), ("outside", "US")]
PRODUCT_TAXES = ["", "", "food", "books", "zero", "health", "teaching", "moving"]
NAMES = ["Acme & Sons <Oy>", "شركة المثال للتجارة", "示例有限公司", "Ångström \"Quotes\" AB", "Zero\u200bWidth ]]> Ltd",
         "Tab\tand\x0bbell\x07 GmbH", "Emoji \U0001F600 Oy", "Łódź – Ž s.r.o.", "a" * 200]
WORDS = ["Work", "corrections of the front page", "عمل إضافي", "会议记录", "a\x01b\x1b[31mred", "#EUR# twice #x#",
         "first line\nsecond line\nthird", "<script>alert(1)</script>", "100 % & more", "  blanks around  "]
GROUPS = ["jobtype", "employee", "employee-jobtype", "lump-sum", "entry", "entry-anonymous", "employee-entry"]


def table(folder, name, rows):
    columns = list(dict.fromkeys(key for row in rows for key in row))
    with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


def money(chance, currency, least, most):
    digits = {"JPY": 0}.get(currency, 2)
    minor = chance.randint(least * 10 ** digits, most * 10 ** digits)
    return f"{minor / 10 ** digits:.{digits}f}"


def price(chance, currency):
    return money(chance, currency, 20, 200) if currency == "JPY" or chance.random() < 0.7 \
        else f"{chance.randint(20_000_000, 180_000_000) / 1e6:.6f}"


def client(chance, number):
    tax, country = chance.choice(TAXES)
    vat_id, endpoint, scheme = PLACES[country]
    return {"code": f"c{number}", "name": f"{chance.choice(NAMES)} {number}",
            "legal_name": chance.choice(["", "", f"Legal name {number} Oy"]),
            "street": "Street 1\x02", "street2": chance.choice(["", "c/o Somebody"]), "city": "City",
            "postal_code": "12345", "country": country, "vat_id": vat_id, "emails": "a@b.test",
            "registration_id": chance.choice(["", f"REG-{number}"]), "currency": chance.choice(CURRENCIES),
            "payment_terms": chance.choice(["net14", "never", "now"]), "tax": tax,
            "language": chance.choice(["", "fi", "en"]),
            "buyer_reference": chance.choice(["", "Ref & 1"]), "endpoint": endpoint, "endpoint_scheme": scheme,
            "rounding_mode": chance.choice(["", "entry"]), "bill_by": chance.choice(["", "", "day"]),
            "annex": chance.choice(["", "", "entries", "entries-anonymous"]), "group_hours": chance.choice(GROUPS), "group_travel": chance.choice(["all", "specified", "allowance-mileage"])}


class Entries:
    """The month's work for one client."""

    def __init__(self, chance, currency, task, product):
        self.chance, self.currency, self.task, self.product = chance, currency, task, product
        self.rows, self.quote_rows = [], []

    def add(self, kind, **cells):
        day = f"2026-10-{self.chance.randint(1, 31):02}"
        base = {"id": f"{self.task}-{len(self.rows)}", "kind": kind, "task": self.task, "member": "m1",
                "description": self.chance.choice(WORDS), "confirmed_at": "2026-11-01T09:00:00Z",
                "confirmed_by": "m1"}
        if kind == "time":
            base.update(started_at=f"{day}T08:00:00Z", stopped_at=f"{day}T23:00:00Z",
                        seconds=self.chance.randint(60, 40000))
        else:
            base["date"] = day
        self.rows.append({**base, **cells})
        return base["id"]

    def quote(self):
        whole = self.chance.randint(100, 900)
        entry = self.add("quote", amount=f"{whole * 3}")
        first = whole if self.chance.random() < 0.5 else whole + 1  # then the rows do not add up: they are text
        for position, (text, at) in enumerate([("design", first), ("words only", None), ("building", 2 * whole)]):
            self.quote_rows.append({"entry": entry, "position": position + 1, "description": text,
                                    **({"quantity": 1, "unit_price": at} if at is not None else {})})

    def bill_ahead(self):
        """A milestone of September, to be used up in October."""
        self.add("instalment", amount=money(self.chance, self.currency, 10, 900), date="2026-09-15",
                 description="billed ahead")

    def fill(self):
        chance = self.chance
        if chance.random() < 0.5:
            self.bill_ahead()
        if chance.random() < 0.08:  # nothing to pay
            self.add("time", charge="contractual", unit_price=price(chance, self.currency))
            return
        if chance.random() < 0.15:  # three rates, unless the client has a tax of its own
            for product in ("p0", "p2", "p3"):
                self.add("time", unit_price=price(chance, self.currency), product=product)
            return
        for _ in range(chance.randint(1, 5)):
            charge = chance.choice(["billable"] * 5 + ["contractual"])
            self.add("time", unit_price=price(chance, self.currency), charge=charge,
                     product=chance.choice([self.product, "", f"p{chance.randrange(len(PRODUCT_TAXES))}"]))
        if chance.random() < 0.4:
            self.add("expense", amount=money(chance, self.currency, -300, 300))
        if chance.random() < 0.3:
            self.add("goods", quantity=chance.choice(["1", "2.5", "0.333333"]), unit=chance.choice(["pcs", "kg", "LTR"]),
                     unit_price=price(chance, self.currency), product=self.product)
        if chance.random() < 0.3:
            self.add("mileage", distance_km="12.345", unit_price=price(chance, self.currency))
        if chance.random() < 0.2:
            self.add("instalment", amount=money(chance, self.currency, 100, 5000))
        if chance.random() < 0.2:
            self.quote()


def write(folder: pathlib.Path, chance, clients, more=""):
    """billctl.toml and tables/ of that many clients, each with one engagement and project; `more` is config."""
    tables = folder / "tables"
    tables.mkdir(parents=True)
    rounding = chance.choice(["half-away", "half-even"])
    (folder / "billctl.toml").write_text(CONFIG.format(rounding=rounding) + more, encoding="utf-8")
    rows = {name: [] for name in ("clients", "products", "engagements", "contract_lines", "projects", "tasks",
                                  "entries", "quote_rows", "exchange_rates")}
    for number, tax in enumerate(PRODUCT_TAXES):
        rows["products"].append({"code": f"p{number}", "name": f"Product {number}", "unit": "hour", "tax": tax})
        rows["products"].append({"code": f"g{number}", "name": f"Goods {number}", "unit": "pcs", "tax": tax})
    for currency, rate in (("SEK", "0.0871"), ("JPY", "0.006123")):
        rows["exchange_rates"].append({"date": "2026-10-01", "from": currency, "to": "EUR", "rate": rate})
    for number in range(clients):
        who = client(chance, number)
        rows["clients"].append(who)
        product = f"p{chance.randrange(len(PRODUCT_TAXES))}"
        rows["engagements"].append({"code": f"e{number}", "name": "Frame", "client": who["code"],
                                    "currency": who["currency"], "po_number": "PO-7 <1>",
                                    "contract": chance.choice(["", "C-2026/1"])})
        rows["contract_lines"].append({"code": f"l{number}", "engagement": f"e{number}", "type": "tm"})
        rows["projects"].append({"code": f"j{number}", "name": "Project", "client": who["code"],
                                 "engagement": f"e{number}", "currency": who["currency"]})
        rows["tasks"].append({"code": f"t{number}", "name": chance.choice(WORDS), "project": f"j{number}"})
        work = Entries(chance, who["currency"], f"t{number}", product)
        work.fill()
        for row in work.rows:
            if row["kind"] == "goods":
                row["product"] = product.replace("p", "g")
        rows["entries"] += work.rows
        rows["quote_rows"] += work.quote_rows
    table(tables, "members", [{"code": "m1", "name": "Maija \x05 M"}])
    for name, lines in rows.items():
        if lines:
            table(tables, name, lines)
    return rounding
