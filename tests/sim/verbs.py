"""Every command with the words that it may be given: a weight, makers of its arguments, options that it needs or
often has. All other options come rarely, their values from values.py. A maker that finds nothing (None) says that the
command has nothing to do now."""
from values import (ANY, archived, balance, closed_month, contract_line, drafted, editable, entries, entry, file_out, filter_name,
                    measures, import_words, invoice, issued, item, items, job, job_number, kind_code, line, merged,
                    month, note, open_invoice, open_invoices, prepaid, restorable, running, selection, series,
                    shell, submitted, tax, tax_amount, text, to_confirm, to_merge)


class Verb:
    """`needs`: one of these sets of options; `often`: with one chance of three; `inside`: a rehearsal tells the same
    as the run, which is then compared; `yes`: it asks, so --yes is given as a rule."""

    def __init__(self, weight, *arguments, needs=((),), often=(), inside=True, yes=False):
        self.weight, self.arguments, self.needs, self.often = weight, arguments, needs, often
        self.inside, self.yes = inside, yes


def reader(*arguments, needs=((),), often=()):
    return Verb(0.12, *arguments, needs=needs, often=often)


# Not run as steps, with the reason.
OMITTED = {
    "init": "begins each world, and is repeated there",
    "import all": "begins each world; a step of its own in values.import_words",
}

VERBS = {
    "config show": reader(),
    "config check": reader(),
    "import": Verb(4, import_words),
    "client list": reader(), "client show": reader(kind_code("client")),
    "client edit": Verb(1.5, kind_code("client"), needs=[(option,) for option in (
        "--emails", "--tax", "--payment-terms", "--price-list", "--time-rule", "--rounding-mode", "--bill-by", "--street",
        "--group-hours", "--delivery", "--currency", "--invoice-scope", "--endpoint")]),
    "project list": reader(), "project show": reader(kind_code("project")),
    "project edit": Verb(1, kind_code("project"), needs=[(option,) for option in (
        "--status", "--billable-kinds", "--time-rule", "--pm", "--bill-to", "--po-number", "--engagement", "--internal")]),
    "task list": reader(), "task show": reader(kind_code("task")),
    "task edit": Verb(1.5, kind_code("task"), needs=[(option,) for option in (
        "--unit-price", "--product", "--billable", "--price-list", "--quantity", "--status", "--team", "--project")]),
    "task done": Verb(1, kind_code("task")),
    "product list": reader(), "product show": reader(kind_code("product")),
    "product edit": Verb(1, kind_code("product"), needs=[("--unit-price",), ("--unit",), ("--tax",), ("--currency",),
                                                          ("--name",)]),
    "member list": reader(), "member show": reader(kind_code("member")),
    "member edit": Verb(0.5, kind_code("member"), needs=[("--role",), ("--team",), ("--email",), ("--active-until",)]),
    "comment set": Verb(0.3, text, needs=[("--client",), ("--project",)]),
    "selection list": reader(), "selection show": reader(selection),
    "selection add": Verb(0.3, selection, kind_code("client")),
    "selection remove": Verb(0.3, selection, kind_code("client")),
    "selection edit": Verb(0.2, selection, needs=[("--client",), ("--rename",)]),
    "migrate": Verb(0.2, yes=True),
    "backup": Verb(0.8, file_out("backup", "db")),
    "restore": Verb(0.7, restorable, yes=True),
    "restore confirm": Verb(0.2, needs=[("--last",)], yes=True),
    "numbering show": reader(),
    "numbering set": Verb(0.3, series, needs=[("--next",)]),
    "entry add": Verb(5, needs=[
        ("--task", "--hours", "--date"), ("--task", "--hours"), ("--task", "--start", "--stop"), ("--task", "--start"),
        ("--project", "--hours", "--date"), ("--task", "--km", "--minutes"), ("--project", "--km", "--date"),
        ("--task", "--kind", "--amount", "--date"), ("--task", "--quantity", "--unit", "--price"),
        ("--task", "--kind", "--amount"), ("--task", "--kind", "--quantity", "--product"),
        ("--task", "--quantity", "--parent")],
        often=["--member", "-m,--message", "--job-type", "--charge"]),
    "entry list": reader(), "entry show": reader(entry(ANY)),
    "entry edit": Verb(4, editable, needs=lambda play: [
        ("--charge",), ("--product",), ("--date",), ("--task",), ("--member",), ("--description",), ("--to-rebill",),
        ("--project",), *measures(play, {
            "time": [("--hours",), ("--hours",), ("--price",), ("--job-type",), ("--start", "--stop")],
            "mileage": [("--km",), ("--minutes",), ("--travel-price",), ("--price",)],
            "goods": [("--quantity",), ("--unit",), ("--price",), ("--parent",)]}, [("--amount",), ("--quantity",)])]),
    "entry split": Verb(1, entry(("open", "unconfirmed", "pending")), needs=lambda play: measures(play, {
        "time": [("--hours",), ("--hours",), ("--at",)], "mileage": [("--km",)], "goods": [("--quantity",)]},
        [("--amount",)])),
    "entry stop": Verb(1, running),
    "entry confirm": Verb(5, to_confirm, often=["--note"]),
    "work confirm": Verb(1, to_confirm),
    "entry merge": Verb(1.5, to_merge, yes=True),
    "entry unmerge": Verb(1, merged),
    "entry archive": Verb(1, entries(("open", "pending", "unconfirmed")), often=["--invoiced-as"]),
    "entry unarchive": Verb(1, archived),
    "entry delete": Verb(1, entry(("open", "pending", "unconfirmed", "running")), yes=True),
    "work list": reader(), "work summary": reader(), "work unconfirmed": reader(often=["--matrix"]),
    "filter list": reader(), "filter show": reader(filter_name), "filter delete": Verb(0.2, filter_name),
    "compile": Verb(4),
    "generate": Verb(6, needs=[("--period",), ("--period",), ("--all-periods",), ("--entries",), ("--until",),
                               ("--period", "--into"), ("--entries", "--into"), ("--period", "--client")],
                     often=["--group-hours"]),
    "approve": Verb(5, open_invoices, often=["--role"]),
    "issue": Verb(6, open_invoices),
    "rebill-job run": Verb(1.5, job, inside=False),
    "rebill-job plan": reader(job),
    "rebill-job submit": Verb(0.6, job, needs=[("--at",)], inside=False),
    "rebill-job run-due": Verb(0.6, inside=False),
    "rebill-job cancel": Verb(0.3, submitted),
    "rebill-job list": reader(), "rebill-job show": reader(job_number),
    "send": Verb(3, issued, needs=[(), (), (), (), ("--resend",), ("--to",), ("--mark-sent", "--via")], inside=False),
    "send status": reader(),
    "send resolve": Verb(1.5, invoice(sent=("unknown",)), needs=[("--sent",), ("--absent",)]),
    "sync": Verb(3, inside=False),
    "sync status": reader(),
    "sync resolve": Verb(1, invoice(sync=("unknown",)), needs=[("--accepted",), ("--absent",)]),
    "item list": reader(), "item show": reader(item(ANY)),
    "item reprice": Verb(0.5, items(("pending",))),
    "item release": Verb(0.8, item(("pending", "drafted", "invoiced", "archived")), yes=True),
    "invoice list": reader(), "invoice show": reader(invoice()),
    "invoice edit": Verb(2.5, open_invoice, needs=[(option,) for option in (
        "--name", "--date", "--terms", "--po", "--title", "--period", "--ar-period", "--bill-to", "--bill-by", "--annex")]),
    "invoice note": Verb(0.6, invoice(), note),
    "invoice tax": Verb(1.5, open_invoice, tax, tax_amount),
    "invoice prepay": Verb(3.5, prepaid, contract_line, balance),
    "invoice delete": Verb(1.5, open_invoice, yes=True),
    "invoice hold": Verb(0.7, open_invoice), "invoice unhold": Verb(0.9, invoice("held")),
    "invoice adjust": Verb(4, open_invoice, needs=[
        ("--item", "--price", "--reason"), ("--item", "--by", "--reason"), ("--item", "--percent", "--reason"),
        ("--line", "--by", "--reason"), ("--line", "--price", "--reason"), ("--line", "--percent", "--reason"),
        ("--item", "--rate-type", "--reason")]),
    "invoice exclude": Verb(1.5, open_invoice, needs=[("--item",)]),
    "invoice include": Verb(1.5, open_invoice, needs=[("--item",)]),
    "invoice transfer": Verb(0.7, open_invoice, needs=[("--item", "--task")]),
    "invoice history": reader(invoice()),
    "invoice agree": Verb(1, open_invoice, tax_amount),
    "invoice line add": Verb(1.5, open_invoice, needs=[("--description",), ("--description", "--quantity", "--unit-price"),
                                                       ("--description", "--quantity", "--unit-price", "--kind"),
                                                       ("--description", "--unit-price", "--tax")]),
    "invoice line edit": Verb(1.5, open_invoice, line, needs=[("--quantity",), ("--unit-price",), ("--description",),
                                                              ("--tax",), ("--unit",), ("--kind",)]),
    "invoice line remove": Verb(1.2, open_invoice, line),
    "invoice line move": Verb(0.5, open_invoice, line, needs=[("--to",), ("--before",), ("--after",)]),
    "invoice material list": reader(invoice()),
    "invoice material link": Verb(3, invoice(), items(("pending",)), often=["--reason", "--period"]),
    "invoice material release": Verb(2, invoice(), drafted, often=["--reason", "--reason"], yes=True),
    "invoice material price": Verb(1, open_invoice, drafted, tax_amount),
    "invoice material revert": Verb(0.7, open_invoice, drafted),
    "invoice material save": Verb(0.7, open_invoice), "invoice material apply": Verb(1, open_invoice),
    "invoice credit": Verb(5, issued, needs=[("--all", "--reason"), ("--line", "--reason"), ("--entry", "--reason"),
                                             ("--entry", "--hours", "--reason"), ("--percent", "--reason"),
                                             ("--amount", "--reason")], often=["--items", "--items"], yes=True),
    "invoice void": Verb(1.5, issued, often=["--comment"], yes=True),
    "invoice reissue": Verb(0.7, invoice("voided")),
    "invoice copy": Verb(0.5, invoice()),
    "render": Verb(0.8, invoice(), needs=[("--to",), ("--to", "-o"), ()]),
    "explain": Verb(1, needs=[("--client", "--period")]),
    "report revenue": reader(), "report wip": reader(), "report aged-unbilled": reader(), "report funnel": reader(),
    "report adjustments": reader(), "report prepayments": reader(), "report tax": reader(),
    "export journal": reader(), "export ledger": reader(), "export csv": reader(file_out("tables", "d")),
    "period list": reader(), "period check": reader(month),
    "period close": Verb(0.4, month), "period reopen": Verb(0.7, closed_month, needs=[("--reason",)], yes=True),
    "status": reader(),
    "verify": Verb(0.2, needs=[(), ("--quick",), ("--deep",), ("--files",)]),
    "log": reader(),
    "version": Verb(0.05), "completion": Verb(0.05, shell),
}


def lacking(listing):
    """What the program has and the tables here do not, or the other way round."""
    mileage = type("Play", (), {"subject": None, "sight": type("Sight", (), {"entries": {}})})  # needs may ask for a kind
    names = {command["name"] for command in listing["commands"]}
    told = [f"no verb for the command {name}" for name in sorted(names - VERBS.keys() - OMITTED.keys())]
    told += [f"the command {name} is gone" for name in sorted((VERBS.keys() | OMITTED.keys()) - names)]
    for command in listing["commands"]:
        options = {option["name"] for option in command["options"] + listing["options"] + listing["filters"]}
        verb = VERBS.get(command["name"])
        sets = () if not verb else verb.needs(mileage) if callable(verb.needs) else verb.needs
        used = {option for needs in sets for option in needs} | set(verb.often if verb else ())
        told += [f"{command['name']} has no option {option}" for option in sorted(used - options)]
    return told
