"""What is remembered beside the ledger: documents as they were issued, numbers given, what a backup held."""
import copy
import re

from sight import Complaint

# What the seal freezes (design/documents.md); lines and such without what may change.
FROZEN = ("id", "number", "draft_number", "type", "corrects", "client", "seller", "buyer", "currency", "date", "due_date",
          "ar_period", "period", "name", "title", "subtitle", "po_number", "amounts", "seal")
CHANGING = {"lines": "items", "taxes": "stale", "prepayments": "balance"}
PATTERNS = {"INV": re.compile(r"INV(\d{5})$"), "F": re.compile(r"F(\d{4})-(\d{3})$"), "CN": re.compile(r"CN(\d{4})$")}


def frozen(shown):
    held = {field: shown[field] for field in FROZEN}
    for field, changing in CHANGING.items():
        held[field] = [{key: each for key, each in row.items() if key != changing} for row in shown[field]]
    return copy.deepcopy(held)


def series_of(number):
    """(series, ordinal), or None for a number that stands outside: an override, -R1, a past invoice."""
    for name, pattern in PATTERNS.items():
        found = pattern.match(number)
        if found:
            return (name + "".join(found.groups()[:-1]), int(found.groups()[-1]))
    return None


class Memory:
    def __init__(self, render):
        self.render = render  # (name, format) -> Answer
        self.documents, self.papers, self.numbers, self.skipped = {}, {}, {}, {}
        self.lost = set()  # ids that a restore took away

    def snapshot(self):
        return copy.deepcopy((self.documents, self.papers))

    def go_back(self, snapshot):
        """A restore: what was issued since is gone, its numbers are not."""
        self.documents, self.papers = copy.deepcopy(snapshot)
        held = {each["number"] for each in self.documents.values()}
        for number in list(self.numbers):
            if number not in held:
                self.numbers[number] = None

    def ordinals(self, series="issued"):
        prefixes = ("CN",) if series == "credit" else ("INV", "F")
        placed = [series_of(number) for number in self.numbers]
        return [at[1] for at in placed if at and at[0].startswith(prefixes)]

    def last_numbers(self, series):
        """`series=NUMBER` of each, as a person remembers it."""
        words = []
        for name in series:
            prefixes = ("CN",) if name == "credit" else ("INV", "F")
            given = [(series_of(number), number) for number in self.numbers if series_of(number)]
            given = [(at, number) for at, number in given if at[0].startswith(prefixes)]
            words.append(f"{name}={max(given)[1] if given else 'none'}")
        return words

    def skip(self, series, until, year):
        """A person moved a series: what is not given below `until` never will be."""
        names = ("CN",) if series == "credit" else ("INV", f"F{year}")
        for name in names:
            self.skipped.setdefault(name, set()).update(range(1, until))

    def learn(self, sight, changed, reopens):
        """Compares what is issued with how it was issued, and takes what is new."""
        here = {shown["id"]: shown for shown in sight.shown.values()}
        for key, held in list(self.documents.items()):
            shown = here.get(key)
            if shown is None:
                raise Complaint("issued is gone", "document", held["number"], "is not listed any more")
            if shown["state"] not in ("issued", "voided"):
                if not reopens:
                    raise Complaint("issued is open", "document", held["number"], "is", shown["state"])
                del self.documents[key], self.papers[key]
            elif shown["invoice"] in changed:
                self.compare(held, shown)
        for name in changed:
            shown = sight.shown[name]
            if shown["state"] in ("issued", "voided") and shown["id"] not in self.documents and shown["seal"]:
                self.take(shown)
        self.check_series()

    def compare(self, held, shown):
        now = frozen(shown)
        for field, value in held.items():
            if now[field] != value:
                raise Complaint("issued changed", held["number"], field, "was", value, "is", now[field])

    def take(self, shown):
        number = shown["number"]
        owner = self.numbers.get(number, shown["id"])
        if owner != shown["id"]:
            raise Complaint("number twice", number, "is of", shown["id"], "and was of", owner)
        self.numbers[number] = shown["id"]
        self.documents[shown["id"]] = frozen(shown)
        self.papers[shown["id"]] = {to: self.paper(shown["invoice"], to) for to in ("text", "ubl", "html")}

    def paper(self, name, to):
        answer = self.render(name, to)
        return answer.code, answer.out

    def compare_papers(self, key, sight):
        """Byte for byte, whatever became of clients, config and ledger; that it was voided is printed on it."""
        name = self.documents[key]["number"]
        if sight.invoices[name]["state"] == "voided":
            return
        for to, held in self.papers[key].items():
            now = self.paper(name, to)
            if held != now and held[0] == 0:
                raise Complaint("paper changed", name, to, held[1][:400], "now", now[0], now[1][:400])

    def check_series(self):
        """Ordinals without gaps (but those a person made), dates that never run backwards."""
        series = {}
        for key, held in self.documents.items():
            at = series_of(held["number"])
            if at:
                series.setdefault(at[0], []).append((at[1], held["date"], held["number"]))
        for name, found in series.items():
            found.sort()
            for (_, earlier, first), (_, later, second) in zip(found, found[1:]):
                if later < earlier:
                    raise Complaint("date order", first, earlier, "stands before", second, later)
        given = {}
        for number in self.numbers:
            at = series_of(number)
            if at:
                given.setdefault(at[0], set()).add(at[1])
        for name, ordinals in given.items():
            missing = set(range(1, max(ordinals))) - ordinals - self.skipped.get(name, set())
            if missing:
                raise Complaint("gap", "series", name, "lacks", sorted(missing))
