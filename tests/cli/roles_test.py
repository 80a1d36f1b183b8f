#!/usr/bin/env python3
"""Who may run what (X32, S1-5, S0-2): roles_test.py --billctl PATH.

    said     each verb's offices, as `billctl __commands` lists them, are those of spec/config.md, [roles]
    done     a member without that office is refused: exit 4, not_permitted, and nothing is written
"""
import argparse
import json
import os
import pathlib
import pwd
import subprocess
import sys
import tempfile

OFFICES = ["admin", "biller", "finance", "management", "restricted_admin"]
ADMIN_ONLY = {"numbering set", "migrate", "restore", "restore confirm"}
PERIOD = {"period close", "period reopen"}
# What is said to each verb: right words, so that nothing but the office is refused. A verb that is not here must
# be refused in some way.
WORDS = {
    "client edit": ["acme", "--city", "Turku"],
    "client list": [],
    "client show": ["X"],
    "compile": [],
    "entry add": ["--task", "build", "--member", "admin", "--date", "2026-10-01", "--hours", "1"],
    "comment set": ["--client", "acme", "x"],
    "entry archive": ["e1"],
    "entry confirm": ["e1"],
    "entry delete": ["e1"],
    "entry edit": ["e1", "--hours", "1"],
    "entry merge": ["e1", "e2"],
    "entry split": ["e1", "--hours", "1"],
    "entry stop": ["e1"],
    "entry unarchive": ["e1"],
    "entry unmerge": ["e1"],
    "explain": ["entry:e1"],
    "filter delete": ["x"],
    "filter list": [],
    "filter show": ["x"],
    "generate": ["--period", "2026-10"],
    "import": ["clients", "tables/clients.csv"],
    "import all": ["tables"],
    "invoice adjust": ["DRAFT00001", "--item", "1", "--by", "1", "--reason", "x"],
    "invoice agree": ["DRAFT00001", "10"],
    "invoice delete": ["DRAFT00001"],
    "invoice edit": ["DRAFT00001", "--name", "x"],
    "invoice exclude": ["DRAFT00001", "--item", "1"],
    "invoice history": ["DRAFT00001"],
    "invoice hold": ["DRAFT00001"],
    "invoice include": ["DRAFT00001", "--item", "1"],
    "invoice line add": ["DRAFT00001", "--description", "x", "--quantity", "1", "--unit-price", "1"],
    "invoice line edit": ["DRAFT00001", "1", "--description", "x"],
    "invoice line move": ["DRAFT00001", "1", "--to", "1"],
    "invoice line remove": ["DRAFT00001", "1"],
    "invoice material apply": ["DRAFT00001"],
    "invoice material link": ["DRAFT00001", "1"],
    "invoice material list": ["DRAFT00001"],
    "invoice material price": ["DRAFT00001", "1", "1"],
    "invoice material release": ["DRAFT00001", "1"],
    "invoice material revert": ["DRAFT00001", "X"],
    "invoice material save": ["DRAFT00001"],
    "invoice note": ["DRAFT00001", "x"],
    "invoice show": ["DRAFT00001"],
    "invoice tax": ["DRAFT00001", "vat"],
    "invoice transfer": ["DRAFT00001", "--item", "1", "--task", "build"],
    "invoice unhold": ["DRAFT00001"],
    "issue": ["DRAFT00001"],
    "item list": [],
    "item release": ["X"],
    "item reprice": ["X"],
    "item show": ["1"],
    "log": ["X"],
    "member edit": ["eve", "--team", ""],
    "member list": [],
    "member show": ["X"],
    "numbering set": ["issued", "--next", "100"],
    "numbering show": [],
    "period check": ["2026-10"],
    "period close": ["2026-10"],
    "period list": [],
    "period reopen": ["2026-10", "--reason", "x"],
    "product edit": ["X", "--name", "x"],
    "product list": [],
    "product show": ["X"],
    "project edit": ["web", "--name", "x"],
    "project list": [],
    "project show": ["X"],
    "rebill-job list": [],
    "rebill-job run": ["job.toml"],
    "rebill-job show": ["1"],
    "render": ["DRAFT00001", "--to", "text"],
    "report adjustments": [],
    "report prepayments": [],
    "report revenue": [],
    "report tax": [],
    "report wip": [],
    "report aged-unbilled": [],
    "report funnel": [],
    "backup": ["copy.db"],
    "export csv": ["tables-out"],
    "export journal": [],
    "export ledger": [],
    "restore": ["copy.db", "--yes"],
    "restore confirm": ["--last", "issued=none"],
    "selection add": ["x", "acme"],
    "selection edit": ["x", "--client", "acme"],
    "selection list": [],
    "selection remove": ["x", "acme"],
    "selection show": ["X"],
    "sync": ["DRAFT00001"],
    "sync resolve": ["X", "--absent"],
    "sync status": ["DRAFT00001"],
    "task done": ["build"],
    "task edit": ["build", "--name", "x"],
    "task list": [],
    "task show": ["X"],
    "verify": ["X"],
    "work list": [],
    "work summary": [],
    "work unconfirmed": [],
    "work confirm": ["e1"],
}
# Judged by what they are about: each invoice by itself, own entries, or what is found of a name.
EACH_BY_ITSELF = {"approve", "entry list", "entry show", "invoice list"}
FILES = {
    "tables/members.csv": "code,name\nadmin,A\nbiller,B\nfinance,F\nmanagement,M\nrestricted_admin,R\neve,Eve\n",
    "tables/clients.csv": "code,name\nacme,Acme Oy\n",
    "tables/projects.csv": "code,name,client\nweb,Website,acme\n",
    "tables/tasks.csv": "code,name,project,unit_price\nbuild,Building,web,80\n",
    "tables/entries.csv": "id,kind,task,member,date,seconds,confirmed_at\n"
                          "e1,time,build,admin,2026-10-05,7200,2026-10-31T12:00:00Z\n",
    "job.toml": 'title = "x"\nperiod = "2026-10"\nclients = ["acme"]\n',
}


def expected(command):
    """The offices of spec/config.md, [roles], by nothing but the verb and whether it writes."""
    verb = command["name"]
    if verb in ADMIN_ONLY:
        return ["admin"]
    if verb in PERIOD:
        return ["admin", "finance", "management"]
    if verb == "approve" or not command["writes"] or verb == "filter delete":  # who may save may forget
        return OFFICES
    if verb == "work confirm":  # S0-2: a restricted admin may all of `work *`
        return ["admin", "biller", "restricted_admin"]
    return ["admin", "biller"]


def said(commands):
    for command in commands:
        if command["may"] != expected(command):
            yield f"{command['name']}: may be run by {command['may']}, needed is {expected(command)}"


def run(billctl, words):
    return subprocess.run([billctl, *words], capture_output=True, text=True, check=False)


def make_firm(billctl):
    run(billctl, ["init", "--test", "-q"])
    user = pwd.getpwuid(os.geteuid()).pw_name
    with open("billctl.toml", "a", encoding="utf-8") as config:
        config.write('\n[providers.books]\nkind = "file"\npath = "outbox"\n')
        config.write("\n[roles]\n" + "".join(f'{office} = ["{office}"]\n' for office in OFFICES))
        config.write(f'may_act_as = {{ "{user}" = ["*"] }}\n')
    for name, text in FILES.items():
        path = pathlib.Path(name)
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for words in (["import", "all", "tables"], ["compile"], ["generate", "--period", "2026-10"]):
        done = run(billctl, [*words, "--as", "admin", "--now", "2026-11-01", "-q"])
        if done.returncode != 0:
            sys.exit(f"{words}: {done.stderr}")


def counted(billctl):
    log = json.loads(run(billctl, ["log", "--as", "admin", "--json"]).stdout)
    return [each for each in log["events"] if each["changes"].get("refused") != "not_permitted"]


def words_of(command):
    name = command["name"]
    words = WORDS.get(name, ["X"] * len(command["arguments"]))
    return [*name.split(), *words, "--yes", "--now", "2026-11-01", "--json"]


def done(billctl, commands):
    make_firm(billctl)
    before = counted(billctl)
    for command in commands:
        if command["opens"] != "ledger" or command["name"] in EACH_BY_ITSELF:
            continue
        for member in [*OFFICES, "eve"]:
            if member in command["may"]:
                continue
            answer = run(billctl, [*words_of(command), "--as", member])
            try:
                code = json.loads(answer.stdout)["error"]["code"]
            except (ValueError, KeyError, TypeError):
                code = None
            known = command["name"] in WORDS
            if (answer.returncode, code) != (4, "not_permitted") and (known or answer.returncode in (0, 3)):
                yield (f"{command['name']} as {member}: exit {answer.returncode}, {code or 'no refusal'}: "
                       f"{(answer.stderr or answer.stdout).strip().splitlines()[:1]}")
    if counted(billctl) != before:
        yield "a refused verb left an event that is no refusal"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--billctl", required=True)
    billctl = str(pathlib.Path(parser.parse_args().billctl).resolve())
    commands = json.loads(run(billctl, ["__commands"]).stdout)["commands"]
    faults = list(said(commands))
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        faults += done(billctl, commands)
        os.chdir("/")
    print("\n".join(faults))
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
