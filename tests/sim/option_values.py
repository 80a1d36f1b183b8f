"""A plausible word for each option that takes one, and now and then a wrong one."""
import datetime

from values import (ANY_ENTRY, amount, client, day, drafted, entries_to_bill, file_out, filter_name, flag,
                    instant, into, last_numbers, later_instant, line, month, next_number, one, period, pick, price,
                    project, selection, shown, task, tax_list, text, unit)
from world import JOB_TYPES, KINDS, MEMBERS, PRODUCTS, TAXES, TERMS

WRONG = ["", "nonsense", "-1", "0", "99999999999999999999", "2026-02-30", "0.0000001", "DRAFT99999", "€", "none", "a;b"]
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
    "--group-travel": one("all", "specified"), "--hours": one("1", "0.5", "2.25", "1h30m", "0.01", "7.77"),
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
    "--shared": one("staff"), ("entry add", "--parent"): lambda play: ANY_ENTRY(play) or "e1", ("entry edit", "--parent"): lambda play: pick(
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
