#!/usr/bin/env python3
"""A month by one `rebill-job run` with validate and send, to a mail server that fails on demand.

    month_test.py --billctl PATH [--clients 60] [--entries 20]

Every client has exactly one outcome, with its reason; every invoice that is not with its client is told, with its
code; the same job again makes and sends nothing twice. Prints time and peak memory of the run as figures.
"""
import argparse
import collections
import pathlib
import resource
import sys
import tempfile
import time

import job_books
from job_books import KINDS, books, kind_of


def complain(wrong, what, seen, wanted):
    if seen != wanted:
        wrong.append(f"{what}: seen {seen!r}, wanted {wanted!r}"[:600])


def judge_outcomes(wrong, report, clients):
    complain(wrong, "clients", [each["client"] for each in report["outcomes"]], [f"c{n:05}" for n in range(clients)])
    invoice_of = {}
    for number, each in enumerate(report["outcomes"]):
        _, outcome, reason, _ = KINDS[kind_of(number)]
        seen = each["outcome"], [r["code"] for r in each["reasons"]]
        complain(wrong, f"{each['client']} ({kind_of(number)})", seen, (outcome, [reason] if reason else []))
        if outcome == "created":
            complain(wrong, f"{each['client']}: invoices", len(each["invoices"]), 1)
            invoice_of[number] = each["invoices"][0]
    return invoice_of


def judge_unsent(wrong, report, invoice_of):
    wanted = {invoice: KINDS[kind_of(n)][3] for n, invoice in invoice_of.items() if KINDS[kind_of(n)][3]}
    complain(wrong, "unsent", {each["invoice"]: each["code"] for each in report["unsent"]}, wanted)


def peak_mb():
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def job(billctl, folder, now=books.NOW):
    began = time.monotonic()
    code, report, talk = books.run(billctl, folder, "rebill-job", "run", "support.toml", "--json",
                                   "--report", "report.json", now=now)
    if not isinstance(report, dict) or "outcomes" not in report:
        sys.exit(f"rebill-job run: exit {code}\n{report}{talk}")
    return code, report, time.monotonic() - began


def filtered(billctl, folder, noun, run, fact):
    code, answer, talk = books.run(billctl, folder, noun, "list", "--from-job", f"{run}:{fact}", "--json")
    assert code == 0, talk
    return answer["invoices" if noun == "invoice" else "entries"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--billctl", required=True, type=pathlib.Path)
    parser.add_argument("--clients", type=int, default=60)
    parser.add_argument("--entries", type=int, default=20)
    options = parser.parse_args()
    billctl = options.billctl.resolve()
    wrong = []
    with tempfile.TemporaryDirectory() as scratch:
        server = books.Server(pathlib.Path(scratch) / "server")
        folder = job_books.make(billctl, pathlib.Path(scratch) / "books", server.port, options.clients,
                                options.entries)
        imported_mb = peak_mb()
        code, report, seconds = job(billctl, folder)
        print(f"{options.clients} clients of {options.entries} entries: {seconds:.1f} s, peak {peak_mb()} MB "
              f"(import {imported_mb} MB), {len(server.taken())} mails taken", flush=True)
        complain(wrong, "exit", code, 3)
        invoice_of = judge_outcomes(wrong, report, options.clients)
        judge_unsent(wrong, report, invoice_of)
        run = report["run"]
        facts = {fact: len(filtered(billctl, folder, "invoice", run, fact))
                 for fact in ("created", "not_validated", "unsent")}
        kinds = collections.Counter(map(kind_of, range(options.clients)))
        complain(wrong, "--from-job", facts, {"created": len(invoice_of), "not_validated": kinds["nowhere"],
                                              "unsent": len(report["unsent"])})
        bare = filtered(billctl, folder, "entry", run, "unbilled")
        complain(wrong, "--from-job unbilled", len(bare), kinds["bare"] * options.entries)

        taken = server.taken()
        complain(wrong, "one mail each", max(collections.Counter(to for to, _ in taken).values()), 1)
        complain(wrong, "who got a mail", sorted(to for to, _ in taken),
                 sorted(f"{kind}@c{n:05}.test" for n in invoice_of
                        if (kind := kind_of(n)) in ("fine", "cut")))

        code, again, _ = job(billctl, folder, now="2026-11-02T07:00:00Z")
        complain(wrong, "exit of the second run", code, 3)
        made = [each["client"] for each in again["outcomes"] if each["outcome"] == "created"]
        complain(wrong, "made by the second run", made, [])
        judge_unsent(wrong, again, invoice_of)
        complain(wrong, "mails after the second run", server.taken(), taken)
        code, _, talk = books.run(billctl, folder, "verify")
        complain(wrong, "verify", code, 0)
        server.close()
    print("\n".join(wrong[:20]) or "every client has its one outcome, nothing was sent twice")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
