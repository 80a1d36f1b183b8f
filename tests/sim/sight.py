"""What is to be seen of the books from outside: the JSON of the lists, and of the invoices that changed."""
import hashlib
import sqlite3

OPEN = ("draft", "held", "ready")
LIVE = ("pending", "drafted", "invoiced", "archived", "credited")


class Complaint(Exception):
    """Something that must not be. `kind` says which check; shrinking keeps it."""

    def __init__(self, kind, *text):
        super().__init__(" ".join(str(each) for each in text))
        self.kind = kind


def fingerprint(folder):
    """The bytes of the ledger; the same as long as nothing is written."""
    digest = hashlib.sha256()
    for name in ("ledger.db", "ledger.db-wal"):
        path = folder / name
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.digest()


def rows(folder):
    """Every row of every table, as a digest for each: what counts when bytes differ."""
    ledger = sqlite3.connect(f"file:{folder / 'ledger.db'}?mode=ro", uri=True)
    tables = [name for (name,) in ledger.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")]
    held = {table: hash(tuple(sorted(ledger.execute(f"SELECT * FROM {table}"), key=repr))) for table in tables}
    ledger.close()
    return held


class Sight:
    """A look at the books. Looking must never fail and never write."""

    def __init__(self, look):
        self.look = look  # words -> JSON
        self.entries, self.items, self.invoices, self.shown = {}, {}, {}, {}

    def renew(self, chance):
        """Reads what changed. @returns the names of invoices that were shown anew."""
        before = {name: (row, self.item_states(name)) for name, row in self.invoices.items()}
        self.entries = {row["entry"]: row for row in self.look("entry", "list")["entries"]}
        self.items = {row["item"]: row for row in self.look("item", "list")["items"]}
        self.invoices = {row["invoice"]: row for row in self.look("invoice", "list")["invoices"]}
        changed = [name for name, row in self.invoices.items()
                   if row["state"] in OPEN or before.get(name) != (row, self.item_states(name))]
        same = [name for name in self.invoices if name not in changed]
        if same:
            changed.append(chance.choice(same))
        self.shown = {name: shown for name, shown in self.shown.items() if name in self.invoices}
        for name in changed:
            self.shown[name] = self.look("invoice", "show", name)
        return changed

    def item_states(self, invoice):
        return {(item, row["state"]) for item, row in self.items.items() if row["invoice"] == invoice}

    def live_items(self):
        return [row for row in self.items.values() if row["state"] in LIVE]

    def named(self, *states, kind=None):
        return [name for name, row in self.invoices.items()
                if row["state"] in states and kind in (None, row["type"])]
