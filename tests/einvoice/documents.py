"""What a UBL document says, read back and computed again in exact decimals."""
import collections
import decimal
import xml.etree.ElementTree as ET

decimal.getcontext().prec = 60
D = decimal.Decimal
CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
CAC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
MODES = {"half-away": decimal.ROUND_HALF_UP, "half-even": decimal.ROUND_HALF_EVEN}
DIGITS = {"JPY": 0}
TOTALS = {"lines": "LineExtensionAmount", "excl_tax": "TaxExclusiveAmount", "incl_tax": "TaxInclusiveAmount",
          "prepaid": "PrepaidAmount", "payable": "PayableAmount"}


def path(*names):
    return "/".join((CBC if name[0] == "." else CAC) + name.lstrip(".") for name in names)


def text(element, *names):
    found = element.find(path(*names))
    return None if found is None else found.text


def number(element, *names):
    found = text(element, *names)
    return D(0) if found is None else D(found)


class Document:
    """One document and the mistakes that it has; `rounding` is the tenant's."""

    def __init__(self, data, rounding):
        self.root = ET.fromstring(data)
        self.credit = self.root.tag.endswith("}CreditNote")
        self.number = text(self.root, ".ID")
        self.currency = text(self.root, ".DocumentCurrencyCode")
        self.step = D(1).scaleb(-DIGITS.get(self.currency, 2))
        self.mode = MODES[rounding]
        self.mistakes = []

    def wrong(self, *words):
        self.mistakes.append(" ".join(str(word) for word in words))

    def rounded(self, value):
        return value.quantize(self.step, self.mode)

    def lines(self):
        return self.root.findall(path("CreditNoteLine" if self.credit else "InvoiceLine"))

    def check(self, shown, typed_taxes):
        """Against itself, and against `invoice show --json`."""
        self.check_elements()
        bases = self.check_lines()
        self.check_taxes(bases, None if typed_taxes else shown["taxes"])
        self.check_shown(shown)
        return self.mistakes

    def check_elements(self):
        for element in self.root.iter():
            if len(element) == 0 and not (element.text or "").strip():
                self.wrong("empty element", element.tag)
        if any("DRAFT" in (element.text or "") for element in self.root.iter()):
            self.wrong("a draft number appears")
        if not (text(self.root, ".Note") or "").removeprefix("#AAI#").startswith("TEST"):
            self.wrong("no TEST in the note")
        if self.credit and not text(self.root, "BillingReference", "InvoiceDocumentReference", ".ID"):
            self.wrong("a credit note of nothing")

    def check_lines(self):
        bases = collections.Counter()
        first, last = (text(self.root, "InvoicePeriod", end) for end in (".StartDate", ".EndDate"))
        for line in self.lines():
            price = number(line, "Price", ".PriceAmount")
            amount = number(line, ".LineExtensionAmount")
            computed = self.rounded(price * number(line, ".CreditedQuantity" if self.credit else ".InvoicedQuantity"))
            for allowance in line.findall(path("AllowanceCharge")):
                charge = text(allowance, ".ChargeIndicator") == "true"
                computed += number(allowance, ".Amount") * (1 if charge else -1)
                if number(allowance, ".Amount") <= 0:
                    self.wrong("an allowance that is not positive")
            if price < 0 or amount != computed:
                self.wrong("line", text(line, ".ID"), "amount", amount, "computed", computed, "price", price)
            start, end = (text(line, "InvoicePeriod", which) for which in (".StartDate", ".EndDate"))
            if start and not first <= start <= end <= last:
                self.wrong("line period", start, end, "outside", first, last)
            category = line.find(path("Item", "ClassifiedTaxCategory"))
            bases[text(category, ".ID"), number(category, ".Percent")] += amount
        return bases

    def computed_tax(self, key, taxes):
        """Of the tax rows that share a category and rate each is rounded by itself (arithmetic.md 9)."""
        return sum(self.rounded(D(tax["base"]) * key[1] / 100) for tax in taxes
                   if (tax["category"], D(tax["rate"])) == key) * (-1 if self.credit else 1)

    def check_taxes(self, bases, taxes):
        """@param taxes as shown, None where some were typed in."""
        totals = self.root.findall(path("TaxTotal"))
        rows = totals[0].findall(path("TaxSubtotal"))
        seen = set()
        for row in rows:
            key = text(row, "TaxCategory", ".ID"), number(row, "TaxCategory", ".Percent")
            base, tax = number(row, ".TaxableAmount"), number(row, ".TaxAmount")
            if key in seen or base != bases[key]:
                self.wrong("tax row", key, "base", base, "lines", bases[key])
            seen.add(key)
            if taxes is not None and tax != self.computed_tax(key, taxes):
                self.wrong("tax row", key, tax, "of", base)
        if seen != set(bases):
            self.wrong("categories of lines", set(bases), "and of taxes", seen)
        if number(totals[0], ".TaxAmount") != sum(number(row, ".TaxAmount") for row in rows):
            self.wrong("taxes do not add up")
        accounting = text(self.root, ".TaxCurrencyCode")
        if len(totals) != (2 if accounting else 1):
            self.wrong(len(totals), "tax totals, accounting currency", accounting)
        if accounting and totals[1].find(path(".TaxAmount")).get("currencyID") != accounting:
            self.wrong("the second tax total is not in", accounting)

    def check_shown(self, shown):
        sign = -1 if self.credit else 1
        total = self.root.find(path("LegalMonetaryTotal"))
        for field, element in TOTALS.items():
            if number(total, "." + element) != sign * D(shown["amounts"][field]):
                self.wrong(element, number(total, "." + element), "shown", shown["amounts"][field])
        if number(self.root, "TaxTotal", ".TaxAmount") != sign * D(shown["amounts"]["tax"]):
            self.wrong("tax, shown", shown["amounts"]["tax"])
        if self.number != shown["number"] or self.currency != shown["currency"]:
            self.wrong("number or currency is not", shown["number"], shown["currency"])
        if len(self.lines()) != sum(line["quantity"] is not None for line in shown["lines"]):
            self.wrong("lines are missing")
