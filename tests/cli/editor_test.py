#!/usr/bin/env python3
"""`invoice edit` on a terminal: a pseudo-terminal with an editor that is a script.

    editor_test.py --billctl build/dev/cmd/billctl
"""
import argparse
import json
import os
import pathlib
import pty
import re
import subprocess
import sys
import tempfile
import unittest

NOW = "2026-11-02T06:00:00Z"
TABLES = {
    "clients": "code,name,street,city,country\nacme,Acme Oy,Katu 1,Helsinki,FI\n",
    "projects": "code,name,client\nweb,Website,acme\n",
    "tasks": "code,name,project,unit_price\nbuild,Building,web,50\n",
    "entries": "id,kind,task,date,seconds,confirmed_at\ne1,time,build,2026-10-05,3600,2026-10-31T12:00:00Z\n",
}


class Editor(unittest.TestCase):
    billctl = None

    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="billctl-editor-")
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        (self.folder / "texts").mkdir()
        (self.folder / "tables").mkdir()
        for name, text in TABLES.items():
            (self.folder / "tables" / f"{name}.csv").write_text(text)
        for words in (["init", "--test"], ["import", "all", "tables"], ["compile"], ["generate", "--period", "2026-10"]):
            self.run_billctl(*words)

    def environment(self, editor="false"):
        return {"PATH": f"{self.billctl.parent}:{os.environ['PATH']}", "LANG": "C.UTF-8", "BILLCTL_NOW": NOW,
                "EDITOR": editor, "TMPDIR": str(self.folder / "texts")}

    def run_billctl(self, *words):
        done = subprocess.run([self.billctl, *words], cwd=self.folder, env=self.environment(), check=True,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)
        return done.stdout

    def edit(self, script, *options):
        """(exit code, stdout, what the terminal showed) of `invoice edit` with that script as the editor."""
        editor = self.folder / "editor.sh"
        editor.write_text("#!/bin/sh\n" + script)
        editor.chmod(0o755)
        ours, theirs = pty.openpty()
        process = subprocess.Popen([self.billctl, "invoice", "edit", "DRAFT00001", *options], cwd=self.folder,
                                   env=self.environment(str(editor)), stdin=theirs, stderr=theirs,
                                   stdout=subprocess.PIPE, text=True)
        os.close(theirs)
        out = process.stdout.read()
        process.stdout.close()
        code = process.wait(timeout=60)
        seen = b""
        try:
            while piece := os.read(ours, 4096):
                seen += piece
        except OSError:  # the terminal is closed
            pass
        os.close(ours)
        return code, out, seen.decode()

    def shown(self):
        return json.loads(self.run_billctl("invoice", "show", "DRAFT00001", "--json"))

    def events(self):
        return len(json.loads(self.run_billctl("log", "--json"))["events"])

    def texts(self):
        return list((self.folder / "texts").iterdir())

    def test_what_was_saved_is_applied(self):
        code, out, _ = self.edit("sed -i 's/^po:.*/po: PO-7/; s/^date:.*/date: 2026-10-31/' \"$1\"; echo 'call first' >> \"$1\"")
        self.assertEqual(code, 0)
        self.assertIn("po: none -> PO-7", out)
        shown = self.shown()
        self.assertEqual((shown["po_number"], shown["date"], shown["notes"]), ("PO-7", "2026-10-31", "call first"))
        self.assertEqual(self.texts(), [])

    def test_an_unchanged_text_does_nothing(self):
        before = self.events()
        code, out, seen = self.edit("true")
        self.assertEqual((code, out, seen), (0, "DRAFT00001: nothing to change\n", ""))
        self.assertEqual(self.events(), before)
        self.assertEqual(self.texts(), [])

    def test_a_text_that_is_stale_is_refused_and_kept(self):
        code, out, seen = self.edit("billctl invoice edit DRAFT00001 --title Meanwhile </dev/null >/dev/null 2>&1\n"
                                    "sed -i 's/^po:.*/po: PO-7/' \"$1\"")
        self.assertEqual((code, out), (4, ""))
        self.assertIn("it has changed since it was opened", seen)
        self.keeps_the_text(seen, "po: PO-7")
        self.assertEqual((self.shown()["po_number"], self.shown()["title"]), (None, "Meanwhile"))

    def test_another_revision_is_refused_and_the_text_kept(self):
        code, _, seen = self.edit("sed -i 's/^po:.*/po: PO-7/' \"$1\"", "--revision", "7")
        self.assertEqual(code, 4)
        self.assertIn("it is at revision 1, not 7", seen)
        self.keeps_the_text(seen, "po: PO-7")
        self.assertIsNone(self.shown()["po_number"])

    def test_lines_changed_meanwhile_refuse_the_text(self):
        code, _, seen = self.edit("billctl invoice line add DRAFT00001 --description x --unit-price 5 "
                                  "</dev/null >/dev/null 2>&1\nsed -i 's/^po:.*/po: PO-7/' \"$1\"")
        self.assertEqual(code, 4)
        self.keeps_the_text(seen, "po: PO-7")

    def test_a_text_that_can_not_be_read_is_kept(self):
        for script, message in (("sed -i 's/^terms:.*/terms: soon/' \"$1\"", "no [terms.soon]"),
                                ("sed -i 's/^date:.*/date: 2026-02-30/' \"$1\"", "2026-02-30"),
                                ("sed -i '/^po:/d' \"$1\"", "the line `po:` is missing"),
                                ("echo > \"$1\"", "no line `notes:`")):
            code, _, seen = self.edit(script)
            self.assertIn(code, (2, 4), seen)
            self.assertIn(message, seen)
            self.keeps_the_text(seen, "")

    def test_an_editor_that_fails_changes_nothing(self):
        code, _, seen = self.edit("sed -i 's/^po:.*/po: PO-7/' \"$1\"; exit 3")
        self.assertEqual(code, 130)
        self.assertIn("nothing was changed", seen)
        self.assertIsNone(self.shown()["po_number"])

    def test_a_dry_run_changes_nothing(self):
        code, out, _ = self.edit("sed -i 's/^po:.*/po: PO-7/' \"$1\"", "--dry-run")
        self.assertEqual(code, 0)
        self.assertIn("po: none -> PO-7", out)
        self.assertIsNone(self.shown()["po_number"])

    def keeps_the_text(self, seen, line):
        path = re.search(r"your text is in (\S+)", seen)
        self.assertIsNotNone(path, seen)
        self.assertIn(line, pathlib.Path(path[1]).read_text())


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--billctl", required=True, type=pathlib.Path)
    options, rest = parser.parse_known_args()
    Editor.billctl = options.billctl.resolve()
    unittest.main(argv=[sys.argv[0], *rest])
