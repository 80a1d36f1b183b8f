"""A month of support for many clients, each of a kind that has its own fate in a job that sends."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "send"))
import mail_books as books  # noqa: E402

# Of each kind: its share of twenty clients, the outcome, its reason, and the code of its unsent invoice.
KINDS = {
    "fine": (9, "created", None, None),
    "temporary": (1, "created", None, "deferred"),
    "later": (1, "created", None, "deferred"),
    "permanent": (1, "created", None, "rejected"),
    "full": (1, "created", None, "rejected"),
    "cut": (1, "created", None, "unknown"),
    "mute": (1, "created", None, "no_email"),
    "post": (1, "created", None, None),
    "nowhere": (1, "not_validated", "missing_address", None),
    "idle": (1, "skipped", "no_billable_time", None),
    "bare": (1, "not_validated", "no_product_line", None),
    "runaway": (1, "failed", "bound_exceeded", None),
}
ROUND = [kind for kind, (share, *_) in KINDS.items() for _ in range(share)]
BOUNDS = "[bounds]\nlines_max = {lines}\n"
JOB = """title = "Support {period}"
period = "last-month"
selection = "support"
attached_to = ["ticket"]
employee_names = true
validate = true
send = true
mandatory_product = true
"""


def kind_of(number):
    return ROUND[number % len(ROUND)]


def client_row(number):
    kind, code = kind_of(number), f"c{number:05}"
    where = ",,,FI" if kind == "nowhere" else f"Tie {number},Espoo,02100,FI"
    local = {"mute": "", "post": ""}.get(kind, f"{kind}@{code}.test")
    return f"{code},Client {number},{where},{local},{'post' if kind == 'post' else 'mail'}"


def entry_rows(number, count):
    """`count` entries in October, in Helsinki; the first begins half past midnight of the 1st, the second
    half an hour before November."""
    kind, code = kind_of(number), f"c{number:05}"
    if kind == "idle":
        return
    for n in range(2 * count if kind == "runaway" else count):
        day, hour = (1, 0) if n == 0 else (31, 23) if n == 1 else (1 + n % 31, 4 + n // 31 % 18)
        stop = f"2026-10-{day:02} {hour + 1:02}" if n != 1 else "2026-11-01 00"
        yield (f"e{number}-{n},time,t-{code},maija,2026-10-{day:02} {hour:02}:30,"
               f"{stop}:{(number + n) % 45:02},2026-11-01 06:00")


def make(billctl, folder, port, clients, entries_each):
    """The books, imported; nothing is compiled yet."""
    folder = pathlib.Path(folder)
    tables = folder / "tables"
    tables.mkdir(parents=True)
    config = books.CONFIG.replace("{port}", str(port))
    (folder / "billctl.toml").write_text(config + BOUNDS.replace("{lines}", str(entries_each)))
    (folder / "support.toml").write_text(JOB)
    numbers = range(clients)
    rows = {
        "members": ["code,name", "maija,Maija M"],
        "products": ["code,name,unit,unit_price", "sup,Support,hour,80.00"],
        "clients": ["code,name,street,city,postal_code,country,emails,delivery", *map(client_row, numbers)],
        "projects": ["code,name,client", *(f"p-c{n:05},Support,c{n:05}" for n in numbers)],
        "tasks": ["code,name,project,product,source_type,source_ref",
                  *(f"t-c{n:05},Tickets,p-c{n:05},{'' if kind_of(n) == 'bare' else 'sup'},ticket,{n}" for n in numbers)],
        "selections": ["name,client", *(f"support,c{n:05}" for n in numbers)],
    }
    for name, lines in rows.items():
        (tables / f"{name}.csv").write_text("".join(line + "\n" for line in lines))
    with open(tables / "entries.csv", "w") as out:
        out.write("id,kind,task,member,started_at,stopped_at,confirmed_at\n")
        for n in numbers:
            out.writelines(row + "\n" for row in entry_rows(n, entries_each))
    for words in (["init"], ["import", "all", "tables"]):
        code, said, talk = books.run(billctl, folder, *words, "-q")
        if code:
            raise SystemExit(f"billctl {' '.join(words)}: exit {code}\n{said}{talk}")
    return folder
