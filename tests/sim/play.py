"""One world played: steps are made of what is seen, done, and judged. A step is a dict and can be done again without
the chance that made it: {"now", "words", "files": {name: text}, "shell", "rehearse", "once"}."""
import datetime
import json
import pathlib
import random
import re
import shutil
import subprocess

import checks
import deliveries
import steps
from memory import Memory, series_of
from sight import Complaint, Sight, fingerprint, rows

BEGIN = datetime.datetime(2026, 9, 28, 7, 0, tzinfo=datetime.timezone.utc)
FINE = (0, 2, 3, 4, 5, 6, 9, 10)
RAW = ("render", "completion", "export journal", "export ledger")  # their answer is a document
WRITING_WORDS = ("--save-as",)
DEFECTS = re.compile(r"internal error|terminate called|assert|bad_alloc|std::|basic_string|SQLITE|sqlite", re.I)


class Play:
    def __init__(self, program, listing, folder, world, seed, mail):
        self.program, self.folder, self.world, self.mail = program, folder, world, mail
        self.commands = {command["name"]: command for command in listing["commands"]}
        self.reasons = {reason["code"]: reason["exit"] for reason in listing["reasons"]}
        self.chance = random.Random(f"judge {seed}")  # replays judge the same things as long as they can
        self.config = {section: dict(values) for section, values in world.config.items()}
        self.now, self.number, self.done, self.ended = BEGIN, 0, [], False
        self.backups, self.snapshots, self.closed, self.merged, self.imported = {}, {}, set(), set(), {}
        self.again = {kind: list(table) for kind, table in world.tables.items()}
        self.subject = self.task = self.master = self.start = self.command = None
        self.restored = False
        self.files, self.counts, self.refusals = {}, {}, []
        self.sight = Sight(self.look)
        self.memory = Memory(lambda name, to: self.run(["render", name, "--to", to]))
        self.deliveries = deliveries.Deliveries(self)

    # ---- talk with the program

    def actor(self):
        return ["--as", "ann"] if self.world.roles else []

    def run(self, words):
        return self.program.run(self.folder, words if "--as" in words else steps.with_options(words, *self.actor()),
                                self.stamp())

    def look(self, *words):
        answer = self.run([*words, "--json"])
        if answer.code != 0:
            raise Complaint("look", *words, "exit", answer.code, answer.out[:600], answer.talk[:600])
        return answer.json

    def stamp(self):
        return self.now.strftime("%Y-%m-%dT%H:%M:%SZ")

    # ---- what words are made of

    def client(self):
        return self.chance.choice(self.world.clients)

    def tasks(self):
        return [row["code"] for row in self.world.tables["tasks"]]

    def projects(self):
        return [row["code"] for row in self.world.tables["projects"]]

    # ---- a life

    def begin(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.do({"now": self.stamp(), "words": ["init"], "files": self.world.files()})
        self.do({"now": self.stamp(), "words": ["import", "all", "tables"]})

    def live(self, count, chance):
        """Steps until there were `count`, by chance."""
        own, self.chance = self.chance, chance
        for step in steps.opening(self, chance):
            self.do(step)
        for _ in range(count):
            self.chance = chance
            step = steps.make(self)
            self.chance = own
            self.do(step)
        self.end()

    def again_with(self, made, to_the_end=True):
        for step in made:
            self.do(step)
        if to_the_end:
            self.end()

    def do(self, step):
        """Does a step and judges what came of it. @throws Complaint"""
        self.done.append(step)
        self.now = datetime.datetime.strptime(step["now"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=datetime.timezone.utc)
        for name, text in step.get("files", {}).items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        if step.get("shell"):
            subprocess.run(["/bin/sh", "-c", step["shell"]], cwd=self.folder, check=False, capture_output=True)
        if "config" in step:
            self.config = step["config"]
        if step.get("words"):
            self.command_of(step)

    def command_of(self, step):
        words, before = list(step["words"]), fingerprint(self.folder)
        name = steps.command_name(words, self.commands)
        raw = name in RAW or {"--json", "--template"} & set(words)
        asked = words if raw else steps.with_options(words, "--json")
        rehearsal = self.rehearse(asked, before) if step.get("rehearse") else None
        if step.get("once"):
            asked = steps.with_options(asked, "--once", step["once"])
        held = self.rows_before(name, words)
        answer = self.run(asked)
        self.count(name, answer)
        self.judge(name, asked, answer, raw)
        if rehearsal is not None and not raw and answer.error != "needs_yes":  # a rehearsal does not ask
            self.compare_rehearsal(asked, rehearsal, answer)
        if step.get("once") and answer.code in (0, 3):
            self.repeat(asked, answer)
        if step.get("twice") and answer.code == 0:
            self.nothing_more(asked)
        if held is not None and fingerprint(self.folder) != before and rows(self.folder) != held:
            raise Complaint("reading writes", *words)
        self.learn(name, words, answer)
        if fingerprint(self.folder) != before:
            self.look_around()

    def rows_before(self, name, words):
        reads = name in self.commands and not self.commands[name]["writes"] and not set(words) & set(WRITING_WORDS)
        return rows(self.folder) if reads and (self.folder / "ledger.db").exists() else None

    def count(self, name, answer):
        seen = self.counts.setdefault(name, {})
        why = answer.code if answer.code in (0, 3) else f"{answer.code} {answer.error}"
        seen[why] = seen.get(why, 0) + 1
        if answer.code in (2, 4, 5):
            self.refusals.append(f"{name}: {answer.talk.strip()[:200]}")

    def judge(self, name, asked, answer, raw):
        if answer.code not in FINE and not (answer.code == 7 and answer.error == "io" and {"-o", "--html"} & set(asked)):
            raise Complaint(f"exit {answer.code}", answer.out[:1500], answer.talk[:1500])
        if answer.code != 0 and DEFECTS.search(answer.talk):
            raise Complaint("talk", answer.talk[:800])
        if answer.code in (9, 10) and not (answer.code == 9 and "--fail-if-empty" in asked):
            raise Complaint(f"exit {answer.code}", answer.talk[:800])
        if raw or not answer.out and name is None:
            return
        try:
            said = answer.json
        except ValueError:
            raise Complaint("json", "no JSON on stdout:", answer.out[:300], answer.talk[:300]) from None
        if "error" in said:
            code = said["error"]["code"]
            if code not in self.reasons or said["error"]["exit"] != answer.code:
                raise Complaint("error code", said["error"], "with exit", answer.code)

    def rehearse(self, asked, before):
        held = rows(self.folder)
        answer = self.run(steps.with_options(asked, "--dry-run"))
        if answer.code not in FINE:
            raise Complaint(f"exit {answer.code}", "--dry-run", answer.out[:900], answer.talk[:900])
        if fingerprint(self.folder) != before and rows(self.folder) != held:
            now = rows(self.folder)
            raise Complaint("dry-run writes", [table for table in held if held[table] != now.get(table)])
        return answer

    def compare_rehearsal(self, asked, rehearsal, answer):
        if rehearsal.code != answer.code:
            raise Complaint("dry-run differs", "exit", rehearsal.code, "and then", answer.code, rehearsal.out[:600],
                            rehearsal.talk[:300], answer.out[:600], answer.talk[:300])
        left, right = rehearsal.json, answer.json
        # An import tells its changes in a rehearsal only; a rehearsed backup is not noted in the ledger.
        for key in ("dry_run", "changes", "changes_total", "recorded"):
            left.pop(key, None), right.pop(key, None)
        if left != right:
            keys = [key for key in left.keys() | right.keys() if left.get(key) != right.get(key)]
            raise Complaint("dry-run differs", *[(key, left.get(key), right.get(key)) for key in keys])

    def repeat(self, asked, answer):
        held = rows(self.folder)
        second = self.run(asked)
        said = second.json
        if said.pop("repeated", None) is not True:
            raise Complaint("once", "not repeated:", second.out[:500], second.talk[:300])
        first = answer.json
        first.pop("repeated", None)
        if said != first or rows(self.folder) != held:
            keys = [key for key in first.keys() | said.keys() if first.get(key) != said.get(key)]
            now = rows(self.folder)
            raise Complaint("once", "repeated differently", [(key, first.get(key), said.get(key)) for key in keys],
                            [table for table in held if held[table] != now[table]])

    def nothing_more(self, asked):
        """The same again finds nothing to do."""
        second = self.run(asked)
        said = second.json
        more = [key for key in ("items", "remade", "invoices", "issued", "approved") if said.get(key)]
        if "error" in said or more:
            raise Complaint("twice", "the second run does", more, second.out[:800], second.talk[:300])

    def learn(self, name, words, answer):
        """What a person would remember of it."""
        if answer.code not in (0, 3):
            return
        if name == "backup" and "--once" not in words:
            self.backups[words[1]] = self.memory.snapshot()
        if name == "restore" and words[1] in self.backups:
            self.memory.go_back(self.backups[words[1]])
            self.deliveries.went_back()
            self.sight, self.restored = Sight(self.look), True
        if name == "numbering set":
            self.memory.skip(words[2], int(words[words.index("--next") + 1]), self.now.year)
        if name == "restore confirm":
            self.restored = False
            for word in words:
                at = series_of(word.partition("=")[2])
                if at:
                    self.memory.skip(word.partition("=")[0], at[1] + 1, at[0][1:] or self.now.year)
        if name == "period close":
            self.closed.add(words[2])
        if name == "entry merge" and "error" not in answer.json:
            self.merged |= set(words[2:])
        self.deliveries.learn(name, words, answer)

    def look_around(self):
        changed = self.sight.renew(self.chance)
        verify = self.run(["verify", "--json"])
        if verify.code not in (0, 12):
            raise Complaint("verify fails", verify.code, verify.out[:800], verify.talk[:500])
        checks.verified(verify.json)
        checks.all_of(self.sight, changed, self.config["money"]["rounding"].strip('"'))
        self.memory.learn(self.sight, changed, self.config["invoice"]["void"] == '"reopen"')
        self.deliveries.check()
        if self.chance.random() < 0.15:
            checks.reports_agree(self.sight, self.look)
            self.look_at_a_paper()

    def look_at_a_paper(self):
        if self.memory.documents:
            self.memory.compare_papers(self.chance.choice(sorted(self.memory.documents)), self.sight)

    def end(self):
        """The whole once more."""
        self.ended = True
        self.look_around()
        checks.reports_agree(self.sight, self.look)
        for key in self.memory.documents:
            self.memory.compare_papers(key, self.sight)
        checks.verified(self.look("verify", "--deep"))


def folder_of(room, seed):
    return pathlib.Path(room) / f"world-{seed}"


def told(step):
    return json.dumps({key: value for key, value in step.items() if key not in ("files", "config")}, ensure_ascii=False)
