#!/usr/bin/env python3
"""Month borders and nights of a clock change in twelve zones, 2024 to 2031, judged by Python's own calendar.

    borders_test.py --billctl PATH

Entries begin a second before and at the first instant of each local month, and each half hour around each clock
change. Every one has its local date, is in exactly one month, and a job of a month takes exactly its own (X27).
"""
import argparse
import collections
import datetime
import pathlib
import sys
import tempfile
import zoneinfo

import job_books  # noqa: F401
from job_books import books

ZONES = ["Europe/Helsinki", "Europe/London", "America/New_York", "America/Sao_Paulo", "America/St_Johns",
         "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Chatham", "Africa/Casablanca",
         "Asia/Tokyo"]
UTC = datetime.timezone.utc
YEARS = range(2024, 2032)
HALF_HOUR = datetime.timedelta(minutes=30)


def first_instant(zone, year, month):
    return datetime.datetime(year, month, 1, tzinfo=zone).astimezone(UTC)


def changes(zone):
    """The hours (UTC) in which the offset of the zone changes."""
    at = datetime.datetime(YEARS[0], 1, 1, tzinfo=UTC)
    while at.year in YEARS:
        later = at + datetime.timedelta(hours=1)
        if at.astimezone(zone).utcoffset() != later.astimezone(zone).utcoffset():
            yield at
        at = later


def instants(zone):
    found = set()
    for year in YEARS:
        for month in range(1, 13):
            border = first_instant(zone, year, month)
            found |= {border, border - datetime.timedelta(seconds=1)}
    for change in changes(zone):
        found |= {change + n * HALF_HOUR for n in range(-6, 7)}
    return sorted(at for at in found if at.astimezone(zone).year in YEARS)


def rows():
    """[(entry, zone's name, instant, local date)]"""
    for name in ZONES:
        zone = zoneinfo.ZoneInfo(name)
        for n, at in enumerate(instants(zone)):
            yield f"{name}-{n}", name, at, at.astimezone(zone).date().isoformat()


def make(billctl, folder, work):
    tables = folder / "tables"
    tables.mkdir(parents=True)
    config = books.CONFIG[:books.CONFIG.index("[mail]")] + "[compile]\nrequire_confirmed = false\n"
    (folder / "billctl.toml").write_text(config)
    (folder / "job.toml").write_text('period = "2024-01"\nclients = ["acme"]\n')
    (tables / "clients.csv").write_text("code,name,street,city,country\nacme,Acme,Tie 1,Espoo,FI\n")
    (tables / "projects.csv").write_text("code,name,client\np,Work,acme\n")
    (tables / "tasks.csv").write_text("code,name,project,unit_price\nt,Work,p,60.00\n")
    with open(tables / "entries.csv", "w") as out:
        out.write("id,kind,task,started_at,seconds,zone\n")
        out.writelines(f"{ref},time,t,{at:%Y-%m-%dT%H:%M:%SZ},3600,{zone}\n" for ref, zone, at, _ in work)
    for words in (["init"], ["import", "all", "tables"]):
        code, said, talk = books.run(billctl, folder, *words, "-q", now="2032-01-15T06:00:00Z")
        if code:
            sys.exit(f"billctl {' '.join(words)}: exit {code}\n{said}{talk}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--billctl", required=True, type=pathlib.Path)
    options = parser.parse_args()
    billctl = options.billctl.resolve()
    work = list(rows())
    month_of = {ref: date[:7] for ref, _, _, date in work}
    by_month = collections.Counter(month_of.values())
    wrong, seen = [], collections.Counter()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch) / "books"
        make(billctl, folder, work)
        dates = {ref: date for ref, _, _, date in work}
        for month in sorted(by_month):
            answer = books.run(billctl, folder, "entry", "list", "--period", month, "--json")[1]
            for each in answer["entries"]:
                seen[each["entry"]] += 1
                if each["work_date"] != dates[each["entry"]] or month_of[each["entry"]] != month:
                    wrong.append(f"{each['entry']}: {each['date']} in {month}, wanted {dates[each['entry']]}")
        wrong += [f"{ref}: in {seen[ref]} months" for ref in dates if seen[ref] != 1]
        for month in sorted(by_month)[::7]:
            code, answer, talk = books.run(billctl, folder, "rebill-job", "plan", "job.toml", "--period", month, "--json",
                                           now="2032-01-15T06:00:00Z")
            lines = answer["outcomes"][0]["lines"] if code == 0 else talk
            if lines != by_month[month]:
                wrong.append(f"job of {month}: {lines} lines, wanted {by_month[month]}")
    print("\n".join(wrong[:20]) or f"{len(work)} entries of {len(ZONES)} zones, each in its one month")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
