"""What must hold after every step, judged by the JSON alone: each entry in one place, each sum a sum."""
import collections
import decimal

from sight import OPEN, Complaint

D = decimal.Decimal
NOWHERE = ("running", "unconfirmed", "open", "archived")  # states of an entry without items
ROUNDING = {"half-away": decimal.ROUND_HALF_UP, "half-even": decimal.ROUND_HALF_EVEN}


def minor(text):
    return int(text.replace(".", ""))


def places(text):
    return len(text.partition(".")[2])


def rounded(value, digits, way):
    return value.quantize(D(1).scaleb(-digits), rounding=ROUNDING[way])


def same(kind, seen, needed, *about):
    if seen != needed:
        raise Complaint(kind, *about, "is", seen, "and should be", needed)


def each_entry_in_one_place(sight):
    """An entry has live items, one of a kind, and its state is one of theirs; or none, and says why."""
    live = collections.defaultdict(list)
    for row in sight.live_items():
        live[row["entry"]].append(row)
    for name, found in live.items():
        kinds = [row["kind"] if row["kind"] != "joined" else "time" for row in found]
        if len(kinds) != len(set(kinds)):
            raise Complaint("once", "entry", name, "has live items", [(row["item"], row["kind"]) for row in found])
        if name.startswith("task:"):
            continue
        if name not in sight.entries:
            raise Complaint("item of nothing", "item", found[0]["item"], "is of", name, "which is not listed")
        states = {row["state"] for row in found}
        if sight.entries[name]["state"] not in states:
            raise Complaint("entry state", "entry", name, "is", sight.entries[name]["state"], "its items", states)
    for name, row in sight.entries.items():
        if name not in live and row["state"] not in NOWHERE:
            raise Complaint("entry state", "entry", name, "is", row["state"], "and has no item")


def each_item_where_it_says(sight):
    """pending: on no invoice; drafted: on an open one that shows it; invoiced: on an issued one."""
    on = collections.defaultdict(set)
    for row in sight.items.values():
        about = "item " + str(row["item"])
        state = row["state"]
        if state in ("pending", "released"):
            same("item place", row["invoice"], None, about, state, "invoice")
        if state in ("drafted", "invoiced"):
            document = sight.invoices.get(row["invoice"])
            if document is None:
                raise Complaint("item place", about, state, "on", row["invoice"], "which is not listed")
            right = OPEN if state == "drafted" else ("issued",)
            if document["state"] not in right:
                raise Complaint("item place", about, state, "on", row["invoice"], "which is", document["state"])
            on[row["invoice"]].add(row["item"])
    for name, shown in sight.shown.items():
        if shown["state"] == "voided" or shown["type"] == "credit_note":
            continue
        behind = {each["item"] for line in shown["lines"] for each in line["items"]}
        behind |= {each["item"] for each in shown["without_line"]}
        # What a credit took back stays in the words of the document, and may be on a later one.
        taken_back = behind - on[name] if shown["credited_by"] else set()
        same("item place", sorted(behind - taken_back), sorted(on[name]), name, "shows the items")
        for line in shown["lines"]:
            for each in line["items"]:
                if each["item"] not in taken_back:
                    same("item place", sight.items[each["item"]]["line"], line["line"], "item", each["item"], "line")


def an_item_multiplies_out(sight, way):
    for row in sight.live_items():
        digits = places(row["amount"])
        product = rounded(D(row["quantity"]) * D(row["unit_price"]), digits, way)
        same("item amount", D(row["amount"]), product, "item", row["item"], row["quantity"], "x", row["unit_price"])


def an_invoice_adds_up(shown, way):
    name, amounts = shown["invoice"], {key: minor(text) for key, text in shown["amounts"].items()}
    digits = places(shown["amounts"]["lines"])
    lines = sum(minor(line["amount"]) for line in shown["lines"])
    same("totals", amounts["lines"], lines, name, "lines")
    same("totals", amounts["excl_tax"], lines, name, "excl_tax")
    same("totals", amounts["tax"], sum(minor(row["amount"]) for row in shown["taxes"]), name, "tax")
    same("totals", amounts["incl_tax"], amounts["excl_tax"] + amounts["tax"], name, "incl_tax")
    same("totals", amounts["payable"], amounts["incl_tax"] - amounts["prepaid"], name, "payable")
    for line in shown["lines"]:
        if line["quantity"] is not None:
            product = rounded(D(line["quantity"]) * D(line["unit_price"]), digits, way) + D(line["allowance"])
            same("line amount", D(line["amount"]), product, name, "line", line["line"])
        elif minor(line["amount"]) != 0:
            raise Complaint("line amount", name, "line", line["line"], "has an amount and no quantity")
    taxes_add_up(shown, digits, way)
    summary_adds_up(shown, amounts)


def taxes_add_up(shown, digits, way):
    based = collections.Counter()
    for line in shown["lines"]:
        for tax in line["tax"]:
            based[tax] += minor(line["amount"])
    bases = collections.Counter()
    for row in shown["taxes"]:
        bases[row["tax"]] += minor(row["base"])
        if not row["overridden"] and shown["type"] == "invoice":
            computed = rounded(D(row["base"]) * D(row["rate"]) / 100, digits, way)
            same("tax", D(row["amount"]), computed, shown["invoice"], "tax", row["tax"], "on", row["base"])
    for tax in based.keys() | bases.keys():
        same("tax base", bases[tax], based[tax], shown["invoice"], "base of", tax)


def summary_adds_up(shown, amounts):
    name, summary = shown["invoice"], {key: minor(text) for key, text in shown["summary"].items()}
    invoiced = summary["starting"] + summary["adjustments"] - summary["exclusions"]
    same("S4-30", summary["invoiced"], invoiced, name, "invoiced of", shown["summary"])
    same("S4-39", summary["net"], amounts["payable"], name, "net")
    net = summary["invoiced"] + summary["milestones"] + summary["tax"] - summary["prepaid"]
    same("S4-39", summary["net"], net, name, "net of", shown["summary"])
    if shown["type"] == "credit_note" or shown["state"] == "voided":
        return
    prices = [each["report_price"] for line in shown["lines"] for each in line["items"]]
    prices += [each["report_price"] for each in shown["without_line"]]
    told = sum(minor(price) for price in prices if price is not None) + minor(shown["unallocated"])
    same("report price", told, amounts["lines"], name, "report prices and unallocated")


def all_of(sight, changed, way):
    each_entry_in_one_place(sight)
    each_item_where_it_says(sight)
    an_item_multiplies_out(sight, way)
    for name in changed:
        an_invoice_adds_up(sight.shown[name], way)


def verified(answer):
    """@throws Complaint when `verify` found an error."""
    found = [(check["name"], each) for check in answer["checks"] if check["level"] == "error"
             for each in check["found"]]
    if found or not answer["ok"]:
        raise Complaint("verify " + (found[0][0] if found else "?"), found[:3])


def reports_agree(sight, look):
    """Reports against sums of what the lists say."""
    wip = collections.Counter()
    for row in sight.live_items():
        if row["state"] in ("pending", "drafted"):
            wip[row["state"], row["client"], row["project"], row["currency"]] += minor(row["amount"])
    told = collections.Counter()
    for row in look("report", "wip")["rows"]:
        for state in ("pending", "drafted"):
            told[state, row["client"], row["project"], row["currency"]] += minor(row[state])
    for key in wip.keys() | told.keys():
        same("report wip", told[key], wip[key], "report wip", key)
    taxes_reported(sight, look)
    funnel_agrees(sight, look)


def taxes_reported(sight, look):
    sums = collections.Counter()
    for shown in sight.shown.values():
        reopened = shown["state"] == "voided" and not shown["credited_by"]  # it was never charged
        if shown["state"] in ("issued", "voided") and not reopened:
            for row in shown["taxes"]:
                key = row["tax"], row["category"], row["rate"], shown["currency"]
                sums["base", *key] += minor(row["base"])
                sums["amount", *key] += minor(row["amount"])
    told = collections.Counter()
    for row in look("report", "tax")["rows"]:
        key = row["tax"], row["category"], row["rate"], row["currency"]
        told["base", *key] += minor(row["base"])
        told["amount", *key] += minor(row["amount"])
    for key in sums.keys() | told.keys():
        same("report tax", told[key], sums[key], "report tax", key)


def funnel_agrees(sight, look):
    compiled = {row["entry"] for row in sight.live_items() if row["kind"] in ("time", "joined")}
    placed = collections.defaultdict(set)
    for row in sight.live_items():
        placed[row["state"]].add(row["entry"])
    sums = collections.Counter()
    for name, row in sight.entries.items():
        if row["kind"] == "time" and row["client"]:
            seconds = row["seconds"] or 0
            sums["recorded_seconds", row["client"]] += seconds
            sums["compiled_seconds", row["client"]] += seconds if name in compiled else 0
            issued = name in placed["invoiced"]
            sums["issued_seconds", row["client"]] += seconds if issued else 0
            sums["drafted_seconds", row["client"]] += seconds if issued or name in placed["drafted"] else 0
    report = look("report", "funnel")
    for row in report["rows"]:
        if row["client"] is None:
            continue
        for field in ("recorded_seconds", "compiled_seconds", "drafted_seconds", "issued_seconds"):
            same("report funnel", row[field], sums[field, row["client"]], "funnel", row["client"], field)
