#!/usr/bin/env python3
"""The benchmark: the product against the copy limit and against set-based SQL, interleaved.

    bench.py --billctl PATH --gen PATH [--entries N] [--reps R] [--work DIR] [--out FILE] [--smoke MB]

Every case is a process of its own on a fresh copy of the ledger: CPU seconds, wall seconds and peak
memory are the operating system's account of that process. The copy limit is INSERT ... SELECT of the
product's own result into the same schema with the same queue work; the set-based SQL (compile.sql,
generate.sql) must also give the same rows, quantities and amounts: it is an oracle. --smoke asserts
what does not hang on the machine's speed: sums, memory, commits, bytes written.
"""
import argparse
import json
import os
import platform
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PRAGMAS = "PRAGMA cache_size = -8192; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF;\n"
NOW = "2026-11-02T08:00:00Z"

COMPILE_COPY = """
ATTACH '{result}' AS r;
BEGIN;
INSERT OR IGNORE INTO product SELECT * FROM r.product;
INSERT INTO item SELECT * FROM r.item ORDER BY id;
INSERT INTO item_open SELECT * FROM r.item_open ORDER BY 1;
INSERT INTO entry_parked SELECT * FROM r.entry_parked ORDER BY 1;
DELETE FROM entry_open;
COMMIT;
"""
GENERATE_COPY = """
ATTACH '{result}' AS r;
BEGIN;
INSERT INTO invoice SELECT * FROM r.invoice ORDER BY id;
INSERT INTO invoice_name SELECT * FROM r.invoice_name ORDER BY tenant_id, name;
INSERT INTO line SELECT * FROM r.line ORDER BY invoice_id, line;
INSERT INTO placed SELECT * FROM r.placed ORDER BY invoice_id, line, item_id;
INSERT INTO item_placed SELECT * FROM r.item_placed ORDER BY item_id;
INSERT INTO tax_row SELECT * FROM r.tax_row ORDER BY invoice_id, position;
DELETE FROM item_open;
COMMIT;
"""
ISSUE_SQL = """
BEGIN;
UPDATE invoice SET state = 'issued', number = printf('INV%05d', n), series = 'issued', series_year = '', sequence = n,
       invoice_on = '2026-11-02', due_on = '2026-11-16', issued_at = 1, seal = draft_number, seller = '{}', buyer = '{}',
       terms_snapshot = '{}'
FROM (SELECT id AS of_id, row_number() OVER (ORDER BY draft_number) AS n FROM invoice) WHERE id = of_id;
COMMIT;
"""

# What a person waits for in a terminal: a page costs what is on it, not what is in the ledger.
PAGES = [("compiled", words) for words in (
    "version", "entry list --limit 50", "entry list --client c000002 --limit 50", "entry show e7", "item list --limit 50",
    "work list --client c000002", "work list --limit 10", "work unconfirmed --limit 50", "task list --limit 50",
    "client list --limit 50", "explain entry:e7")] + [("issued", words) for words in (
        "invoice list --limit 50", "invoice show INV00002", "invoice list --client c000002", "verify --quick")]
PAGE_TRIES = 7


def run(command, cwd, stdin=None):
    """Runs a process to its end: (exit, cpu seconds, wall seconds, peak MB, MB written)."""
    started = time.monotonic()
    source = open(stdin, "rb") if stdin else subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=cwd, stdin=source, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - started
    if process.returncode not in (0, 3):
        sys.exit(f"{' '.join(command)}: exit {process.returncode}\n{said.decode()[-2000:]}")
    return {"cpu": usage.ru_utime + usage.ru_stime, "wall": wall, "rss": usage.ru_maxrss / 1024,
            "written": usage.ru_oublock / 2048}


class Bench:
    def __init__(self, options):
        self.options = options
        self.work = os.path.abspath(options.work)
        shutil.rmtree(self.work, ignore_errors=True)
        os.makedirs(self.work)
        self.cases = {}
        self.sums = {}
        self.page_ms = {}

    def path(self, name):
        return os.path.join(self.work, name)

    def product(self, folder, *words):
        return run([self.options.billctl, "--now", NOW, "-q", *words], self.path(folder))

    def sql(self, folder, script, name):
        file = self.path(name + ".sql")
        with open(file, "w") as out:
            out.write(PRAGMAS + script)
        return run(["sqlite3", "-bail", "ledger.db"], self.path(folder), file)

    def copy(self, source, target):
        shutil.rmtree(self.path(target), ignore_errors=True)
        shutil.copytree(self.path(source), self.path(target))
        os.sync()

    def note(self, stage, variant, figures, ledger=None):
        if ledger:
            figures["db_mb"] = os.path.getsize(self.path(ledger + "/ledger.db")) / 2**20
        self.cases.setdefault((stage, variant), []).append(figures)

    def query(self, folder, sql):
        connection = sqlite3.connect(self.path(folder + "/ledger.db"))
        try:
            return connection.execute(sql).fetchone()
        finally:
            connection.close()

    def checkpoint(self, folder):
        """A copy is of one file: what stands in the WAL goes into it first."""
        connection = sqlite3.connect(self.path(folder + "/ledger.db"))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()

    def prepare(self):
        data = self.path("data")
        subprocess.run([self.options.gen, "--entries", str(self.options.entries), "--out", data], check=True,
                       stdout=subprocess.DEVNULL)
        os.makedirs(self.path("empty"))
        shutil.copy(data + "/billctl.toml", self.path("empty"))
        self.product("empty", "init")
        os.makedirs(self.path("master"))
        for name in os.listdir(data):
            if name != "entries.csv" and name.endswith(".csv"):
                shutil.copy(os.path.join(data, name), self.path("master"))
        self.product("empty", "import", "all", self.path("master"))
        self.checkpoint("empty")

    def rep(self, turn):
        order = ["product", "copy", "sql"]
        order = order[turn % 3:] + order[:turn % 3]
        entries = self.path("data/entries.csv")
        self.copy("empty", "imported")
        self.note("import", "product", self.product("imported", "import", "entries", entries), "imported")
        shutil.rmtree(self.path("shell"), ignore_errors=True)
        os.makedirs(self.path("shell"))
        self.note("import", "shell", self.sql("shell", f".mode csv\n.import {entries} e\n", "import"))
        self.checkpoint("imported")

        self.copy("imported", "compiled")
        self.note("compile", "product", self.product("compiled", "compile"), "compiled")
        self.checkpoint("compiled")
        for variant in order:
            if variant == "product":
                continue
            self.copy("imported", "other")
            script = COMPILE_COPY.format(result=self.path("compiled/ledger.db")) if variant == "copy" else \
                "BEGIN;\n" + open(HERE + "/compile.sql").read() + "COMMIT;\n"
            self.note("compile", variant, self.sql("other", script, "compile-" + variant), "other")
            if variant == "sql":
                self.compare("items", "other", "compiled",
                             "SELECT count(*), sum(quantity_micro), sum(amount_minor) FROM item")
        self.copy("compiled", "generated")
        self.note("generate", "product", self.product("generated", "generate", "--all-periods"), "generated")
        self.checkpoint("generated")
        for variant in order:
            if variant == "product":
                continue
            self.copy("compiled", "other")
            script = GENERATE_COPY.format(result=self.path("generated/ledger.db")) if variant == "copy" else \
                "BEGIN;\n" + open(HERE + "/generate.sql").read() + "COMMIT;\n"
            self.note("generate", variant, self.sql("other", script, "generate-" + variant), "other")
            if variant == "sql":
                self.compare("lines", "other", "generated",
                             "SELECT (SELECT count(*) FROM invoice), count(*), sum(quantity_micro), sum(amount_minor) FROM line")
        self.copy("generated", "issued")
        self.note("issue", "product", self.product("issued", "issue", "--all-ready"), "issued")
        self.copy("generated", "other")
        self.note("issue", "sql", self.sql("other", ISSUE_SQL, "issue"), "other")
        self.incremental()

    def compare(self, what, left, right, sql):
        ours, theirs = self.query(right, sql), self.query(left, sql)
        self.sums[what] = {"product": ours, "sql": theirs, "equal": ours == theirs}

    def incremental(self):
        """A thousand new entries on the whole ledger, and on one that has nothing else."""
        more = self.path("more.csv")
        with open(self.path("data/entries.csv")) as source, open(more, "w") as out:
            out.write(source.readline())
            for _ in range(1000):
                out.write("x" + source.readline())
        for variant, base in (("on_all", "issued"), ("on_empty", "empty")):
            self.copy(base, "more")
            self.product("more", "import", "entries", more)
            self.note("incremental", variant, self.product("more", "compile"))

    def pages(self):
        """The least CPU that each page took, in milliseconds: of a short command the rest is noise."""
        for folder, words in PAGES:
            tries = [self.product(folder, *words.split())["cpu"] for _ in range(PAGE_TRIES)]
            self.page_ms[words] = round(1000 * min(tries), 1)

    def table(self):
        rows = []
        for (stage, variant), figures in self.cases.items():
            row = {"stage": stage, "variant": variant, "entries": self.options.entries, "reps": len(figures)}
            for key in ("cpu", "wall", "rss", "written", "db_mb"):
                values = [each[key] for each in figures if key in each]
                if values:
                    row[key] = round(statistics.median(values), 3)
            rows.append(row)
        return rows

    def ratios(self):
        def ratio(stage, variant, against, key="cpu"):
            ours, theirs = self.cases[(stage, variant)], self.cases[(stage, against)]
            return round(statistics.median(a[key] / max(b[key], 0.001) for a, b in zip(ours, theirs)), 3)
        return {"import / .import": ratio("import", "product", "shell"),
                "compile / copy limit": ratio("compile", "product", "copy"),
                "compile / pure SQL": ratio("compile", "product", "sql"),
                "generate / copy limit": ratio("generate", "product", "copy"),
                "generate / pure SQL": ratio("generate", "product", "sql"),
                "issue / pure SQL": ratio("issue", "product", "sql"),
                "1k on all / 1k on empty": ratio("incremental", "on_all", "on_empty")}


def check_smoke(bench):
    wrong = []
    for what, sums in bench.sums.items():
        if not sums["equal"]:
            wrong.append(f"{what}: product {sums['product']}, set-based SQL {sums['sql']}")
    for row in bench.table():
        if row["variant"] == "product" and row["rss"] > bench.options.smoke:
            wrong.append(f"{row['stage']}: {row['rss']:.0f} MB of memory, at most {bench.options.smoke}")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--billctl", required=True)
    parser.add_argument("--gen", required=True)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--reps", type=int, default=3)
    parser.add_argument("--work", default="bench-work")
    parser.add_argument("--out")
    parser.add_argument("--smoke", type=int, metavar="MB", help="the most memory a stage may take")
    bench = Bench(parser.parse_args())
    bench.prepare()
    for turn in range(bench.options.reps):
        bench.rep(turn)
    bench.pages()
    result = {"machine": platform.machine(), "cpus": os.cpu_count(), "load": os.getloadavg()[0],
              "sqlite": sqlite3.sqlite_version, "cases": bench.table(), "ratios": bench.ratios(), "page_ms": bench.page_ms,
              "sums": bench.sums}
    text = json.dumps(result, indent=2)
    if bench.options.out:
        with open(bench.options.out, "w") as out:
            out.write(text + "\n")
    for row in result["cases"]:
        print(f"{row['stage']:<12}{row['variant']:<10}cpu {row['cpu']:8.3f} s  wall {row['wall']:8.3f} s  "
              f"peak {row['rss']:6.1f} MB  written {row['written']:8.1f} MB")
    for name, value in result["ratios"].items():
        print(f"{name:<26}{value:8.3f}")
    for words, least in result["page_ms"].items():
        print(f"{words:<40}{least:8.1f} ms CPU")
    for what, sums in result["sums"].items():
        print(f"{what}: {'the same as the set-based SQL' if sums['equal'] else sums}")
    if bench.options.smoke:
        wrong = check_smoke(bench)
        for line in wrong:
            print("perf-smoke: " + line, file=sys.stderr)
        shutil.rmtree(bench.work, ignore_errors=True)
        sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
