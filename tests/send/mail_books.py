"""Books with issued invoices to be mailed, and the server that they go to; for the tests of this folder and others."""
import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
NOW = "2026-11-02T06:00:00Z"
CONFIG = """ledger = "ledger.db"
[tenant]
test = true
name = "Example Oy"
currency = "EUR"
zone = "Europe/Helsinki"
country = "FI"
street = "Katu 1"
city = "Helsinki"
postal_code = "00100"
vat_id = "FI12345671"
iban = "FI2112345600000785"
[terms.net14]
days = 14
[tax.vat]
rate = "25.5"
category = "S"
default = true
[mail]
transport = "smtp"
host = "127.0.0.1"
port = {port}
from = "billing@example.test"
"""


class Server:
    """mail_server.py as a process of its own."""

    def __init__(self, folder, *options):
        self.folder = pathlib.Path(folder)
        self.process = subprocess.Popen(
            [sys.executable, "-B", str(HERE / "mail_server.py"), str(folder), *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def taken(self):
        """[(receiver, Message-ID)] of all that arrived, in that order."""
        path = self.folder / "taken"
        return [tuple(line.split()) for line in path.read_text().splitlines()] if path.exists() else []

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=60)
        self.process.stdout.close()


def environment(now=NOW, **more):
    clock = {"BILLCTL_NOW": now} if now else {}  # a real ledger has the real clock
    return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TZ": "Pacific/Apia", **clock, **more}


def start(billctl, folder, *words, now=NOW, **more):
    return subprocess.Popen([str(billctl), *words], cwd=folder, env=environment(now, **more),
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def run(billctl, folder, *words, now=NOW, **more):
    """(exit code, its JSON answer or text, what it said on stderr)"""
    process = start(billctl, folder, *words, now=now, **more)
    out, talk = process.communicate(timeout=600)
    answer = json.loads(out) if "--json" in words and out.startswith("{") else out
    return process.returncode, answer, talk


def make(billctl, folder, port, receivers, config=CONFIG, now=NOW):
    """Books with an issued invoice for each receiver, an address or nothing, in that order."""
    folder = pathlib.Path(folder)
    tables = folder / "tables"
    tables.mkdir(parents=True)
    (folder / "billctl.toml").write_text(config.replace("{port}", str(port)))
    rows = {"clients": ["code,name,street,city,postal_code,country,emails"], "projects": ["code,name,client"],
            "tasks": ["code,name,project,unit_price"], "entries": ["id,kind,task,date,seconds,confirmed_at"]}
    for n, to in enumerate(receivers, 1):
        rows["clients"].append(f"c{n:05},Client {n},Tie {n},Espoo,02100,FI,{to}")
        rows["projects"].append(f"p{n:05},Project {n},c{n:05}")
        rows["tasks"].append(f"t{n:05},Development,p{n:05},100.00")
        rows["entries"].append(f"e{n:05},time,t{n:05},2026-10-05,5400,2026-11-01T06:00:00Z")
    for name, lines in rows.items():
        (tables / f"{name}.csv").write_text("".join(line + "\n" for line in lines))
    for words in (["init"], ["import", "all", "tables"], ["compile"], ["generate", "--period", "2026-10"],
                  ["issue", "--all-ready"]):
        code, said, talk = run(billctl, folder, *words, "-q", now=now)
        if code:
            raise SystemExit(f"billctl {' '.join(words)}: exit {code}\n{said}{talk}")
    return folder


def states(billctl, folder):
    """{invoice: its send state}"""
    code, answer, talk = run(billctl, folder, "invoice", "list", "--json")
    assert code == 0, talk
    return {each["invoice"]: each["sent"] for each in answer["invoices"]}
