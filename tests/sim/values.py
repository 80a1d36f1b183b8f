"""Plausible words for the arguments and options of commands, of what is seen in the books, and some wrong ones.

A maker takes the play (chance, world, sight, now, subject: the invoice or entry of this command, files: what to
write before it) and gives a word, a list of words, or None where there is nothing to name.
"""
import datetime
import json

from sight import OPEN
from world import MEMBERS, PRODUCTS, TAXES, WORDS, money, table

ANY = ("running", "unconfirmed", "open", "pending", "drafted", "invoiced", "credited", "archived")
PAST_INVOICE = "OLD-1"


def one(*words):
    return lambda play: play.chance.choice(words)


def some(play, found, most=3):
    found = sorted(found, key=str)
    return [str(each) for each in play.chance.sample(found, min(len(found), play.chance.randint(1, most)))] or None


def pick(play, found):
    found = sorted(found, key=str)
    return str(play.chance.choice(found)) if found else None


def entry(states):
    def maker(play):
        play.subject = pick(play, [name for name, row in play.sight.entries.items() if row["state"] in states])
        return play.subject
    return maker


def entries(states):
    return lambda play: some(play, [name for name, row in play.sight.entries.items() if row["state"] in states])


editable = entry(("open", "pending", "unconfirmed", "running", "unconfirmed", "drafted"))
running = entry(("running",))
archived = entry(("archived",))
to_confirm = entries(("unconfirmed",))
ANY_ENTRY = entry(ANY)


def merged(play):
    return pick(play, play.merged & play.sight.entries.keys())


def to_merge(play):
    groups = {}
    for name, row in play.sight.entries.items():
        if row["state"] in ("open", "unconfirmed", "pending"):
            groups.setdefault((row["member"], row["task"], row["kind"]), []).append(name)
    found = [names for names in groups.values() if len(names) > 1]
    return play.chance.choice(found)[:3] if found else None


def item(states):
    wanted = LIVE_AND_DEAD if states is ANY else states
    return lambda play: pick(play, [name for name, row in play.sight.items.items() if row["state"] in wanted])


LIVE_AND_DEAD = ("pending", "drafted", "invoiced", "archived", "credited", "released")


def items(states):
    def maker(play):
        client = play.sight.invoices.get(play.subject, {}).get("client")
        found = [row for row in play.sight.items.values() if row["state"] in states]
        own = [row for row in found if row["client"] == client] if play.chance.random() < 0.9 else []
        return some(play, [row["item"] for row in own or found])
    return maker


pending = items(("pending",))


def drafted(play):
    """Items of the invoice that the command is about."""
    return some(play, [row["item"] for row in play.sight.items.values() if row["invoice"] == play.subject], 2)


def invoice(*states, sent=None, sync=None):
    def maker(play):
        found = [name for name, row in play.sight.invoices.items()
                 if (not states or row["state"] in states) and (sent is None or row["sent"] in sent)
                 and (sync is None or row["sync"] in sync)]
        play.subject = pick(play, found)
        return play.subject
    return maker


issued = invoice("issued")


def open_invoice(play):
    """Of credit notes little can be changed, so they come seldom."""
    wanted = None if play.chance.random() < 0.15 else "invoice"
    play.subject = pick(play, [name for state in OPEN for name in play.sight.named(state, kind=wanted)])
    return play.subject


def measures(play, of_kind, others):
    """The options that fit the kind of the entry; now and then another's."""
    kind = play.sight.entries.get(play.subject, {}).get("kind")
    return of_kind.get(kind, others)


def prepaid(play):
    found = [name for name, shown in play.sight.shown.items() if shown["prepayments"] and shown["state"] in OPEN]
    rich = [name for name in found if any(has_balance(row) for row in play.sight.shown[name]["prepayments"])]
    play.subject = pick(play, rich or found)
    return play.subject


def has_balance(row):
    return row["type"] == "tm" and int(row["balance"].replace(".", "")) > 0


def balance(play):
    """Of the prepayment: all of it, a part, or too much."""
    rows = [row for row in shown(play)["prepayments"] if has_balance(row)]
    if not rows:
        return tax_amount(play)
    minor = int(rows[0]["balance"].replace(".", ""))
    payable = int(shown(play)["amounts"]["payable"].replace(".", ""))
    return money(play.chance.choice([minor, minor // 2, min(minor, max(payable, 0) // 2), minor + 1]), currency(play))


def open_invoices(play):
    """All that waits, as a rule, or some of it."""
    found = play.sight.named(*OPEN)
    if not found:
        return None
    if play.chance.random() < 0.6:
        return ["--all-waiting" if play.command == "approve" else "--all-ready"]
    return some(play, found, 2)


def shown(play):
    return play.sight.shown.get(play.subject, {"lines": [], "prepayments": [], "amounts": {"payable": "0"}})


def line(play):
    return pick(play, [each["line"] for each in shown(play)["lines"]])


def contract_line(play):
    rows = shown(play)["prepayments"]
    found = [row["contract_line"] for row in rows if has_balance(row)] or [row["contract_line"] for row in rows]
    return pick(play, found) if found and play.chance.random() < 0.9 else f"{play.client()}-tm"


def currency(play):
    for books, name in ((play.sight.invoices, play.subject), (play.sight.entries, play.subject)):
        if name in books:
            return books[name]["currency"]
    return play.world.currency.get((play.task or "").split("-")[0], "EUR")


def amount(play):
    minor = play.chance.choice([1, 50, 999, 10000, 12345, 100000, 123456, -500, -12345])
    return money(minor, currency(play))


def tax_amount(play):
    """A part of what is to be paid."""
    payable = shown(play)["amounts"]["payable"].replace(".", "")
    part = play.chance.choice([1, 2, 3, 4, 100])
    minor = int(payable) // part if play.chance.random() < 0.7 else play.chance.randint(0, 20000)
    if play.command == "invoice tax" and play.chance.random() < 0.6:
        return ["--default"] if play.chance.random() < 0.5 else []
    return ["--", money(minor, currency(play))] if minor < 0 else money(minor, currency(play))


def tax(play):
    there = [row["tax"] for row in shown(play).get("taxes", [])]
    return play.chance.choice(there or TAXES) if play.chance.random() < 0.7 else play.chance.choice(TAXES)


def kind_code(kind):
    def maker(play):
        codes = {"client": play.world.clients, "member": MEMBERS, "product": list(PRODUCTS),
                 "project": play.projects(), "task": play.tasks()}[kind]
        code = play.chance.choice(codes)
        play.task = code if kind == "task" else play.task
        play.master = code
        return code
    return maker


def task(play):
    play.task = play.chance.choice(play.tasks())
    return play.task


def project(play):
    play.task = play.chance.choice(play.projects())
    return play.task


def day(play, before=40, after=3):
    return (play.now + datetime.timedelta(days=play.chance.randint(-before, after))).date().isoformat()


def instant(play):
    at = play.now - datetime.timedelta(hours=play.chance.randint(0, 600), minutes=play.chance.choice([0, 17, 30]))
    if play.chance.random() < 0.1:  # a night on which clocks are moved
        at = at.replace(**play.chance.choice([{"month": 10, "day": 25, "hour": 0}, {"month": 10, "day": 25, "hour": 1},
                                              {"month": 11, "day": 1, "hour": 5}]))
    play.start = at
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def later_instant(play):
    begun = play.start or play.now - datetime.timedelta(hours=3)
    return (begun + datetime.timedelta(minutes=play.chance.choice([1, 45, 90, 480, 1500]))).strftime("%Y-%m-%dT%H:%M:%SZ")


def month(play, back=3):
    first = play.now.date().replace(day=1)
    for _ in range(play.chance.choice(range(back + 1))):
        first = (first - datetime.timedelta(days=1)).replace(day=1)
    return first.strftime("%Y-%m")


def closed_month(play):
    return pick(play, play.closed) or None


def period(play):
    return play.chance.choice([month(play), month(play), month(play), "last-month", "this-month",
                               f"{play.now.year}-Q{(play.now.month + 2) // 3}", f"{day(play)[:8]}01..{day(play, 0)}",
                               f"{play.now.year}-W{play.now.isocalendar().week:02}"])


def entries_to_bill(play):
    found = [name for name, row in play.sight.entries.items() if row["state"] in ("open", "pending", "unconfirmed")]
    return ",".join(some(play, found) or ["e1"])


def into(play):
    found = play.sight.named(*OPEN)
    return play.chance.choice(["auto", "new", *found, *found])


def text(play):
    return play.chance.choice(WORDS) or "text"


def note(play):
    return f"note {play.chance.randint(1, 99)}: {play.chance.choice(WORDS)}"


def file_out(stem, ending):
    def maker(play):
        play.number += 1
        name = f"{stem}-{play.number}.{ending}"
        if stem == "backup":
            play.last_backup = name
        return name
    return maker


def restorable(play):
    return pick(play, play.backups.keys())


def last_numbers(play):
    """The truth that a person remembers, of each series."""
    return play.memory.last_numbers(["issued", *(["credit"] if "credit" in play.config["numbering"] else [])])


def series(play):
    return play.chance.choice(["issued", "draft", "credit"])


def next_number(play):
    highest = max([0, *play.memory.ordinals()])
    return str(highest + play.chance.choice([1, 1, 2, 7]))


def job(play):
    play.files["job.toml"] = (
        f'title = "Support {{period}}"\nname = "{play.chance.choice(["one", "two"])}"\n'
        f'period = "{play.chance.choice(["last-month", "last-month", "this-month", month(play)])}"\n'
        + play.chance.choice(['selection = "some"\n', f"clients = {json.dumps(play.world.clients)}\n"])
        + f'attached_to = {play.chance.choice(["[]", "[]", json.dumps(["ticket"])])}\n'
        + "".join(f"{flag} = {play.chance.choice(['true', 'false'])}\n" for flag in ("employee_names", "mandatory_product"))
        + play.chance.choice(["", "validate = true\n", "validate = true\nsend = true\n"])
        + play.chance.choice(["", 'group_hours = "jobtype"\n', 'date = "period-end"\n', 'prepayments = "apply"\n',
                              'late = "include"\n', 'contractual = "archive"\n', 'inform = "boss@example.test"\n']))
    return "job.toml"


def job_number(play):
    return str(play.chance.randint(1, 3))


submitted = job_number


def tax_list(play):
    return ";".join(play.chance.sample(TAXES, play.chance.randint(1, 2)))


def import_words(play):
    """`import KIND FILE`: new rows, rows again, rows changed; by id of an earlier import."""
    chance, world = play.chance, play.world
    if chance.random() < 0.12:
        kind = chance.choice(["clients", "tasks", "projects", "products", "rates", "price_lists", "assignments"])
        play.files["in.csv"] = table(play.again[kind])
        return [kind, "in.csv"]
    if chance.random() < 0.1:
        play.files["in.csv"] = foreign_rows(play)
        return ["entries", "in.csv", "--from", "toggl", "--create", "tasks,projects,clients,members"]
    rows = []
    for _ in range(chance.randint(1, 5)):
        if play.imported and chance.random() < 0.4:
            name = chance.choice(sorted(play.imported))
            row = dict(play.imported[name])
            if chance.random() < 0.6:
                row["description"] = chance.choice(WORDS)
                if "seconds" in row:
                    row["seconds"] = chance.choice([60, 1800, 7200])
                if not row["confirmed_at"]:
                    row["confirmed_at"] = play.now.strftime("%Y-%m-%dT%H:%M:%SZ")
        else:
            play.number += 1
            row = world.entry_row(world.tables["tasks"], f"i{play.number + 100}", month(play, 2))
        if row["id"] not in {each["id"] for each in rows}:
            rows.append(row)
            play.imported[row["id"]] = row
    play.files["in.csv"] = table(rows)
    return ["entries", "in.csv", *(["--skip-locked"] if chance.random() < 0.5 else [])]


def foreign_rows(play):
    head = ("User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags,"
            "Amount (EUR)\n")
    at = day(play, 30, 0)
    return head + "".join(
        f"Member ann,ann@x.test,Acme,Project X,,work {n % 3},{play.chance.choice(['Yes', 'No'])},{at},09:0{n}:00,{at},10:30:00,"
        f"01:2{9 - n}:00,,\n" for n in range(play.chance.randint(1, 4)))


filter_name = lambda play: play.chance.choice(["mine", "other"])
selection = one("some", "others")
shell = one("bash", "zsh", "fish")
price = one("10", "99.99", "0", "0.333333", "1000", "none")
unit = one("hour", "min", "day", "km", "pcs", "kg", "LTR")
flag = one("yes", "no")
client = lambda play: play.client()
