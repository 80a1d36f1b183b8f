"""Plausible words for the arguments and options of commands, of what is seen in the books, and some wrong ones.

A maker takes the play (chance, world, sight, now, subject: the invoice or entry of this command, files: what to
write before it) and gives a word, a list of words, or None where there is nothing to name.
"""
import datetime
import json

from sight import OPEN
from world import CLIENTS, JOB_TYPES, KINDS, MEMBERS, PRODUCTS, TAXES, TERMS, WORDS, money, table

ANY = ("running", "unconfirmed", "open", "pending", "drafted", "invoiced", "credited", "archived")
WRONG = ["", "nonsense", "-1", "0", "99999999999999999999", "2026-02-30", "0.0000001", "DRAFT99999", "€", "none", "a;b"]
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


open_invoice, issued = invoice(*OPEN), invoice("issued")


def prepaid(play):
    play.subject = pick(play, [name for name, shown in play.sight.shown.items()
                               if shown["prepayments"] and shown["state"] in OPEN])
    return play.subject


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
    found = [row["contract_line"] for row in shown(play)["prepayments"]]
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


foreign_name = filter_name = lambda play: play.chance.choice(["mine", "other"])
selection = one("some", "others")
shell = one("bash", "zsh", "fish")
price = one("10", "99.99", "0", "0.333333", "1000", "none")
unit = one("hour", "min", "day", "km", "pcs", "kg", "LTR")
flag = one("yes", "no")
client = lambda play: play.client()
text_maker = {name: text for name in (
    "--name", "--title", "--subtitle", "--comment", "--reason", "--description", "-m,--message", "--note", "--legal-name",
    "--street2", "--city", "--region", "--registration-id", "--buyer-reference", "--parent", "--kind", "--source-ref",
    "--os-user")}

VALUES = {
    **text_maker,
    "--accepted": lambda play: f"B-{play.subject}", "--active-until": day, "--after": line, "--before": line, "--to": one("1", "2"),
    ("log", "--after"): one("1", "5"), ("send", "--to"): one("me@example.test"), "--amount": amount, "--by": amount,
    "--anchor": one("anchor.json"), "--ar-period": month, "--as-of": day, "--at": instant,
    ("rebill-job submit", "--at"): lambda play: (play.now + datetime.timedelta(
        hours=play.chance.choice([-1, 1, 5, 30]))).strftime("%Y-%m-%dT%H:%M:%SZ"),
    "--attach": one("billctl.toml"), "--bill-by": one("hour", "day", ""), "--bill-to": client, "--client": client, "--not-client": client,
    "--billable": flag, "--internal": flag, "--billable-kinds": one("time;expense", "time:2026-10-10;goods", "", "bill"),
    "--city": one("Espoo"), "--country": one("FI", "SE"), "--create": one("tasks", "tasks,projects,clients,members"),
    "--currency": one("EUR", "SEK", ""), "--date": day, "--delivery": one("mail", "post", "einvoice", "none"),
    ("issue", "--date"): lambda play: play.chance.choice(["period-end", play.now.date().isoformat(), day(play, 5, 1)]),
    ("invoice edit", "--date"): lambda play: day(play, 5, 1), ("invoice void", "--date"): lambda play: day(play, 2, 1),
    "--email": one("x@example.test"), "--emails": lambda play: play.world.address(), "--endpoint": one("003712345671", ""),
    "--endpoint-scheme": one("0216"), "--engagement": lambda play: f"{play.client()}-e", "--entries": entries_to_bill,
    "--entry": lambda play: pick(play, [row["entry"] for row in play.sight.items.values() if row["invoice"] == play.subject])
    or "e1", "--from-job": one("1:created", "1:not_validated", "2:unsent"),
    "--group-hours": one("entry", "jobtype", "employee", "lump-sum"), "--group-projects": one("none", "project"),
    "--group-travel": one("all", "specified"), "--hours": one("1", "0.5", "2.25", "1h30m", "0.0167", "7.77"),
    "--hours-per-day": one("8", "7"), "--html": file_out("page", "html"), "--id": lambda play: f"own{play.chance.randint(1, 30)}",
    "--into": into, "--invoice-scope": one("client", "project"), "--annex": one("none", "entries"),
    "--invoiced-as": one("OLD-1", "OLD-2"), "--item": lambda play: (drafted(play) or ["1"])[0], "--job-type": one(*JOB_TYPES),
    "--km": one("12.5", "0.001", "340"), "--language": one("fi", "en"), "--last": last_numbers, "--limit": one("1", "3"),
    "--line": lambda play: line(play) or "1", "--make-map": file_out("map", "toml"), "--map": one("none.toml"),
    "--max-age": one("job=35d,backup=2d"), "--member": one(*MEMBERS), "--minutes": one("0", "20", "95"), "--next": next_number,
    "--number": lambda play: f"X-{play.chance.randint(1, 9)}", "--on": lambda play: day(play, 2, 0), "--payment-terms": one(*TERMS),
    "--percent": one("-10", "12.5", "33.333333", "100", "50"), "--period": period, "--plan": one("plan.json"),
    ("invoice credit", "--percent"): one("10", "33.333333", "100", "50"), "--pm": one("bob", "ann;bob"), "--po": one("PO-8", ""),
    "--po-number": one("PO-8", ""), "--postal-code": one("02100"), "--price": price, "--price-list": one("special", ""),
    "--product": one(*PRODUCTS, "none"), "--project": project, "--provider": one("books"), "--quantity": one("1", "2.5", "0.333333"),
    ("invoice line edit", "--quantity"): one("1", "2", "0", "-1", "0.5"), "--rate-type": one("role:senior", "job_type:coding"),
    "--rename": one("some", "others"), "--replace": month, "--report": file_out("report", "json"),
    "--revision": lambda play: str(shown(play).get("revision", 1)), "--role": one("senior", "junior"),
    "--rounding-mode": one("entry", "line", ""), "--save-as": filter_name, "--saved": filter_name, "--since": day, "--until": day,
    "--sort": one("client", "-client", "date"), "--source-type": one("ticket", ""), "--start": instant, "--stop": later_instant,
    "--status": one("done", "open"), ("project edit", "--status"): one("billable", "not_billable", "closed"),
    "--street": one("Tie 2", ""), "--task": task, "--tax": one(*TAXES), ("client edit", "--tax"): tax_list,
    ("product edit", "--tax"): tax_list, "--team": one("core", ""), "--terms": one(*TERMS), "--time-rule": one("six", "daily", ""),
    "--travel-price": price, "--unit": unit, "--unit-price": one("10", "99.99", "0.5", "1234.567891"), "--vat-id": one("FI34567892"),
    "--verb": one("issue", "compile"), "--waiting-for": one(*MEMBERS), "--week": one("2026-W40", "2026-W44"),
    "--zone": one("Europe/Helsinki", "Pacific/Apia"), "-o": file_out("out", "dat"), ("invoice transfer", "--task"): task,
    "--selection": selection, "--state": one("pending", "drafted", "issued", "draft", "open"), ("*", "--kind"): one(*KINDS),
    ("entry add", "--parent"): lambda play: ANY_ENTRY(play) or "e1", ("entry edit", "--parent"): lambda play: pick(
        play, play.sight.entries) or "e1",
}


def value(play, command, option):
    """The word after an option that takes one."""
    if play.chance.random() < 0.03:
        return play.chance.choice(WRONG)
    words = option["words"]
    maker = VALUES.get((command, option["name"])) or (one(*words) if words else VALUES.get(option["name"]))
    found = maker(play)
    return found[0] if isinstance(found, list) else found if found is not None else "1"


def lacking(listing):
    """Options of which nobody here knows a value."""
    for command in listing["commands"]:
        for option in command["options"]:
            known = option["words"] or option["name"] in VALUES or (command["name"], option["name"]) in VALUES
            if option["value"] and not known:
                yield f"no value for {command['name']} {option['name']}"
