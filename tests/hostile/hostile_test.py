#!/usr/bin/env python3
"""Hostile data and hostile words through every command: hostile_test.py --billctl PATH [CHECK…].

    commands    every command on hostile books, as a table, JSON and CSV: nothing raw for a terminal, no formula for a
                spreadsheet, valid JSON, well-formed pages, and no file outside the folder
    documents   every invoice as text, HTML, PDF and UBL, the mails and the provider's files
    words       a hostile word in each place of each command: a documented exit code, and the same of what is printed
    length      descriptions of 64 KiB go the whole way, 1 MB is refused by its place
"""
import argparse
import json
import pathlib
import shutil
import sys
import tempfile
import zlib

import books
import judges
import words

EXITS = set(range(13)) | {130}
FORMATS = {"table": judges.terminal, "json": judges.as_json, "csv": judges.as_csv}
wrong, runs = [], 0


def tell(where, found):
    wrong.extend(f"{where}: {each}" for each in found)


def shown(said):
    return " ".join(repr(each[:60]) if not each.isalnum() else each for each in said)


def judge(place, said, format_):
    """Runs a command and judges its exit code and what it prints. @return the exit code"""
    global runs
    runs += 1
    # In front of the words: behind `--` they would be operands.
    code, out, err = place.run(f"--format={format_}", *said)
    where = f"billctl {shown(said)} ({format_})"
    if code not in EXITS or code == 1:
        wrong.append(f"{where}: exit {code}: {err[-300:]!r}")
    raw_script = said[:1] == ["completion"] or "--help" in said
    if not raw_script:
        tell(where, FORMATS[format_](out))
    tell(where + " on stderr", judges.terminal(err))
    return code


def facts_of(place):
    """What the placeholders of words.RIGHT stand for, by client."""
    items = json.loads(place.must("item", "list", "--json"))["items"]
    invoices = own_invoices(place)
    by_client = {}
    for number, (attack, text) in enumerate(place.texts.items()):
        code = place.codes.get(attack, f"k{number}")
        def first(rows, field, state, code=code):
            return str(next(row[field] for row in rows if row["client"] == code and row["state"] == state))
        by_client[attack] = {"{code}": code, "{c}": str(number), "{text}": text,
                             "{issued}": first(invoices, "invoice", "issued"), "{draft}": first(invoices, "invoice", "ready"),
                             "{item}": first(items, "item", "drafted"),
                             "{pending}": next((str(each["item"]) for each in items if each["state"] == "pending"), "1")}
    return by_client


def own_invoices(place):
    """All but those of another program, whose numbers are hostile too."""
    listed = json.loads(place.must("invoice", "list", "--json"))["invoices"]
    return [each for each in listed if each["invoice"] not in place.codes.values()]


def filled(shape, facts):
    said = []
    for each in shape:
        for name, value in facts.items():
            if name in each:
                each = each.replace(name, value)
                break
        said.append(each)
    return said


def judge_files(place, before, where):
    """The files that a command left: where they may be, and what is in them."""
    after = place.listing()
    for name in sorted(after - before):
        if not name.startswith("books/"):
            wrong.append(f"{where}: {name} is outside the folder")
        if name.endswith(".html"):
            tell(f"{where}: {name}", judges.as_html((place.outer / name).read_bytes()))
        if name.endswith(".json"):
            json.loads((place.outer / name).read_bytes())


def commands(origin, scratch):
    listed = [each["name"] for each in json.loads(origin.must("__commands"))["commands"]]
    if sorted(listed) != sorted(words.RIGHT):
        wrong.append(f"words.py does not know {sorted(set(listed) ^ set(words.RIGHT))}")
    facts = facts_of(origin)
    writes = {each["name"]: each["writes"] for each in json.loads(origin.must("__commands"))["commands"]}
    done = dict.fromkeys(listed, False)
    for name in listed:
        place = origin.copy(scratch / "each")
        before = place.listing()
        for shape in words.RIGHT.get(name, []):
            first = zlib.crc32(name.encode()) % len(facts)  # another attack leads with each command
            whom = ["formula"] if shape[:1] == ["!"] else (list(facts) * 2)[first:first + ATTACKS]
            for number, attack in enumerate(whom):
                said = [*name.split(), *filled(shape[1:] if shape[:1] == ["!"] else shape, facts[attack])]
                # Every format of what is for all; of what is for one client each in turn.
                formats = list(FORMATS) if len(whom) == 1 else [list(FORMATS)[(number + zlib.crc32(name.encode())) % 3]]
                for format_ in formats:
                    code = judge(place, [*said[:len(name.split())], *(["-n"] if writes[name] and len(formats) > 1 and
                                 format_ != "csv" else []), *said[len(name.split()):]], format_)
                    done[name] = done[name] or code in (0, 3)
        judge_files(place, before, name)
        shutil.rmtree(scratch / "each")
    never = {"entry merge", "entry stop", "entry unarchive", "entry unmerge", "filter delete", "filter show", "migrate",
             "rebill-job cancel", "restore", "restore confirm", "send resolve", "sync resolve", "invoice material link",
             "invoice include", "invoice unhold", "invoice prepay", "invoice reissue", "invoice transfer"}
    if lazy := [name for name, was in done.items() if not was and name not in never]:
        wrong.append(f"these were never done, so nothing was seen of them: {lazy}")
    print(f"commands: {len(listed)}, {len(facts)} attacks")


def documents(place, scratch):
    del scratch
    judged = 0
    invoices = own_invoices(place)
    before = place.listing()
    markup = place.texts["markup"]
    holder = facts_of(place)["markup"]["{issued}"]
    for medium, ending, judge_file in (("text", "txt", judges.terminal), ("html", "html", judges.as_html),
                                       ("pdf", "pdf", judges.as_pdf), ("ubl", "xml", judges.as_xml)):
        place.must("render", "--all", "--to", medium, "-o", f"all-{medium}", allowed=(0, 3, 4))
        names = [each["invoice"] for each in invoices if medium != "ubl" or each["number"]]
        for name in names:
            again = ["--again"] if medium != "ubl" else []
            code, out, err = place.run("render", name, "--to", medium, "--annex=entries", *again)
            if code:
                wrong.append(f"render {name} --to {medium}: exit {code} {err[-200:]!r}")
                continue
            holds = [markup] if judge_file in (judges.as_html, judges.as_xml) and name == holder else []
            tell(f"render {name} --to {medium}", judge_file(out, holds) if holds else judge_file(out))
            judged += 1
        for path in (place.folder / f"all-{medium}").glob("*"):
            tell(str(path), judge_file(path.read_bytes()))
            judged += 1
    mails = list((place.folder / "mail").rglob("*"))
    for path in mails:
        if path.is_file():
            tell(f"mail {path.name}", judges.as_mail(path.read_bytes()))
            judged += 1
    if not any(path.is_file() for path in mails):
        wrong.append("no mail was sent")
    for path in (place.folder / "outbox").iterdir():
        json.loads(path.read_bytes())
        judged += 1
    judge_files(place, before, "render")
    print(f"documents: {judged}")


def hostile_words(origin, scratch):
    """Each operand and each option of each command gets hostile words, the rest stays right."""
    place = origin.copy(scratch / "words")
    before = place.listing()
    listed = json.loads(place.must("__commands"))
    turn = 0
    for command in listed["commands"]:
        name = command["name"].split()
        places = [("", what) for what in command["arguments"] if what not in words.PLACES]
        options = command["options"] + (listed["filters"] if command["filters"] else [])
        places += [(each["name"], each["value"]) for each in options if each["value"] and each["value"] not in words.PLACES]
        for option, _ in places:
            for _ in range(EACH):
                word = words.WRONG[turn % len(words.WRONG)]
                turn += 1
                option_name = option.split(",")[-1]
                said = [*name, *([f"{option_name}={word}"] if option else ["--", word])]
                dry = ["-n"] if command["writes"] else []
                judge(place, [*dry, *said], list(FORMATS)[turn // 2 % 3])
    for word in words.WRONG:  # as a command, and in the options of all
        for said in ([word], [word, word], ["--as", word, "status"], ["--now", word, "status"], ["--once", word, "compile"],
                     ["--lock-wait", word, "compile"], ["--ledger", "./" + word, "status"], ["--config", "./" + word, "status"],
                     ["import", word, "x"], ["render", "INV00001", "--to", word]):
            judge(place, said, list(FORMATS)[turn % 2])
            turn += 1
    judge_files(place, before, "words")
    print(f"words: {turn} hostile words")


def length(_, scratch):
    """The longest that a cell may be (64 KiB) of one letter, of words, of lines; 1 MB is refused."""
    texts = {"long": "x" * 65500, "wide": "work " * 13100, "rows": "line\n" * 13100}
    place = books.Books(BILLCTL, scratch / "long", texts, {}).make()
    (place.folder / "huge.csv").write_text("id,kind,task,date,seconds,description\n"
                                           f"huge,time,k0,2026-10-05,60,{'x' * 2**20}\n")
    code, _, err = place.run("import", "entries", "huge.csv")
    if code != 5 or b"huge.csv:2:" not in err:
        wrong.append(f"1 MB in a cell: exit {code} {err[:200]!r}")
    before = place.listing()
    for number in range(1, 4):
        for medium, judge_file in (("text", judges.terminal), ("html", judges.as_html), ("pdf", judges.as_pdf), ("ubl", judges.as_xml)):
            code, out, err = place.run("render", f"INV{number:05}", "--to", medium)
            if code not in (0, 4):
                wrong.append(f"render INV{number:05} --to {medium}: exit {code} {err[-200:]!r}")
            elif code == 0:
                tell(f"render INV{number:05} --to {medium}", judge_file(out))
    for said in (["invoice", "list"], ["client", "list"], ["entry", "list"], ["item", "list"], ["work", "list"], ["log"],
                 ["verify"], ["invoice", "show", "INV00001"], ["report", "wip"], ["explain", "entry:k0"], ["status"]):
        for format_ in FORMATS:
            judge(place, said, format_)
    judge_files(place, before, "length")
    print(f"length: {place.folder.joinpath('ledger.db').stat().st_size} bytes of ledger")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--billctl", required=True)
    parser.add_argument("--attacks", type=int, default=2, help="how many of the attacks each command sees")
    parser.add_argument("--each", type=int, default=1, help="how many hostile words for each place")
    parser.add_argument("checks", nargs="*", default=["commands", "documents", "words", "length"])
    options = parser.parse_args()
    global BILLCTL, ATTACKS, EACH
    EACH = options.each
    ATTACKS = options.attacks
    BILLCTL = str(pathlib.Path(options.billctl).resolve())
    known = {"commands": commands, "documents": documents, "words": hostile_words, "length": length}
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        origin = None if options.checks == ["length"] else books.Books(BILLCTL, scratch / "origin").make()
        for check in options.checks:
            known[check](origin, scratch)
    print("\n".join(wrong[:200]) or f"{runs} runs: nothing raw, nothing outside")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
