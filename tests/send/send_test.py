#!/usr/bin/env python3
"""`send` against a mail server that fails on demand: send_test.py --billctl PATH [--only WORD]"""
import argparse
import email
import email.policy
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

import mail_books as books

CASES = []


def case(name):
    return lambda function: CASES.append((name, function)) or function


class Desk:
    """Fresh books and a server for one case."""

    def __init__(self, billctl, top, *server_options):
        self.billctl, self.top = billctl, pathlib.Path(top)
        self.server = books.Server(self.top / "server", *server_options)
        self.folder = self.top / "books"

    def make(self, *receivers, config=books.CONFIG, now=books.NOW):
        books.make(self.billctl, self.folder, self.server.port, receivers, config, now)

    def run(self, *words, **more):
        return books.run(self.billctl, self.folder, *words, **more)

    def states(self):
        return list(books.states(self.billctl, self.folder).values())

    def verified(self):
        code, said, talk = self.run("verify", "mail-once", "outbox-once", "outbox-states", "outbox-total")
        assert code == 0, said + talk

    def edit(self, *pairs):
        path = self.folder / "billctl.toml"
        text = path.read_text()
        for before, after in pairs:
            assert before in text, before
            text = text.replace(before, after)
        path.write_text(text)

    def move(self, client, to):
        (self.folder / "moved.csv").write_text(f"code,name,emails\n{client},Client,{to}\n")
        code, _, talk = self.run("import", "clients", "moved.csv", "-q")
        assert code == 0, talk


def same(seen, wanted):
    assert seen == wanted, f"seen {seen!r}, wanted {wanted!r}"


@case("S3-9 S3-24 each fault has its state and the next run does only what may be repeated")
def faults(desk):
    locals_ = ["ok", "temporary", "permanent", "full", "later", "cut", "gone", "ok2"]
    desk.make(*[name + "@example.test" for name in locals_], "")
    code, answer, talk = desk.run("send", "--all-unsent", "--json")
    wanted = ["sent", "deferred", "rejected", "rejected", "deferred", "unknown", "deferred", "sent", "none"]
    same([each["state"] for each in answer["invoices"]], wanted)
    same(code, 3)
    same([each["code"] for each in answer["invoices"]],
         [None, "deferred", "rejected", "rejected", "deferred", "unknown", "deferred", None, "no_email"])
    same([answer[key] for key in ("queued", "sent", "deferred", "unknown", "rejected", "no_email")], [0, 2, 3, 1, 2, 1])
    messages = [each["message"] or "" for each in answer["invoices"]]
    assert "450 4.2.0" in messages[1] and "550 5.1.1" in messages[2] and "552 5.2.2" in messages[3], messages
    same(answer["invoices"][1]["next_try"], "2026-11-02T06:01:00Z")
    same([to for to, _ in desk.server.taken()], ["ok@example.test", "cut@example.test", "ok2@example.test"])
    desk.verified()

    _, answer, _ = desk.run("send", "--all-unsent", "--json")  # nobody's time has come
    same([each["attempts"] for each in answer["invoices"]], [1, 1, 1, 1, 1, 1, 0])
    same(len(desk.server.taken()), 3)
    code, answer, _ = desk.run("send", "--all-unsent", "--json", now="2026-11-02T06:01:00Z")
    attempts = {each["invoice"]: each["attempts"] for each in answer["invoices"]}
    same(attempts, {"INV00002": 2, "INV00003": 1, "INV00004": 1, "INV00005": 2, "INV00006": 1, "INV00007": 2,
                    "INV00009": 0})
    same(answer["invoices"][0]["next_try"], "2026-11-02T06:03:00Z")
    same(len(desk.server.taken()), 3)
    desk.verified()


@case("only deferred is exit 6 and a deferred mail goes under its own Message-ID")
def deferred(desk):
    desk.make("temporary@example.test")
    code, answer, _ = desk.run("send", "--all-unsent", "--json")
    same((code, answer["deferred"]), (6, 1))
    before = desk.run("send", "status", "--json")[1]["mails"][0]["message_id"]
    desk.move("c00001", "better@example.test")  # what was never taken follows the client
    code, answer, _ = desk.run("send", "--all-unsent", "--json")
    same((code, answer["invoices"][0]["to"], answer["sent"]), (0, "better@example.test", 1))
    same(len(desk.server.taken()), 1)
    assert desk.server.taken()[0][1] != before
    desk.verified()


@case("what was rejected goes to the next address of the client and not to the same")
def moved(desk):
    desk.make("permanent@example.test")
    same(desk.run("send", "--all-unsent", "--json")[0], 3)
    same(desk.run("send", "INV00001", "--json")[0], 3)
    same(desk.run("send", "status", "--json")[1]["mails"][0]["attempts"], 1)
    desk.move("c00001", "ok@example.test;permanent@example.test")
    code, answer, _ = desk.run("send", "--all-unsent", "--json")
    same((code, answer["invoices"][0]["to"], answer["sent"]), (0, "ok@example.test", 1))
    shown = desk.run("invoice", "show", "INV00001", "--json")[1]["sent"]
    same([(each["to"], each["state"]) for each in shown],
         [("permanent@example.test", "rejected"), ("ok@example.test", "sent")])
    desk.verified()


@case("what is unknown is sent again only by a person")
def unknown(desk):
    desk.make("cut@example.test", "cut@example.test", "cut@example.test")
    same(desk.run("send", "--all-unsent", "--json")[0], 3)
    same(desk.states(), ["unknown"] * 3)
    for words in (["--all-unsent"], ["INV00001"], ["INV00001", "INV00002"]):
        code, answer, _ = desk.run("send", *words, "--json", now="2026-12-02T06:00:00Z")
        same((code, answer["sent"], len(desk.server.taken())), (3, 0, 3))
    same(desk.run("send", "resolve", "INV00001", "--json")[0], 2)
    same(desk.run("send", "resolve", "INV00001", "--sent", "--json")[1]["invoices"][0]["state"], "sent")
    same(desk.run("send", "resolve", "INV00002", "--absent", "--json")[1]["invoices"][0]["state"], "queued")
    desk.verified()
    same(desk.run("send", "--all-unsent", "--json")[0], 3)
    ids = [message_id for _, message_id in desk.server.taken()]
    same((len(ids), ids[3]), (4, ids[1]))  # the same message, as a receiver can see
    same(desk.run("send", "INV00003", "--resend", "--json")[0], 3)
    same(len(set(message_id for _, message_id in desk.server.taken())), 4)
    desk.verified()


@case("an answer that takes too long after the content is unknown")
def slow(desk):
    desk.make("slow@example.test", "ok@example.test", config=books.CONFIG + 'timeout = "2s"\n')
    code, answer, _ = desk.run("send", "--all-unsent", "--json")
    same((code, [each["state"] for each in answer["invoices"]]), (3, ["unknown", "sent"]))


@case("a server that is not there defers all with one try")
def absent(desk):
    desk.server.close()
    desk.make("a@example.test", "b@example.test", "c@example.test")
    code, answer, talk = desk.run("send", "--all-unsent", "--json")
    same((code, answer["deferred"]), (6, 3))
    same([each["attempts"] for each in answer["invoices"]], [1, 0, 0])
    desk.verified()
    desk.server = books.Server(desk.top / "server")
    desk.edit((re.search(r"port = \d+", (desk.folder / "billctl.toml").read_text())[0], f"port = {desk.server.port}"))
    code, answer, _ = desk.run("send", "--all-unsent", "--json", now="2026-11-02T06:01:00Z")
    same((code, answer["sent"]), (0, 3))


@case("a password comes from a variable a file or a command and appears nowhere")
def password(desk):
    desk.server.close()
    desk.server = books.Server(desk.top / "server", "--password", "canary-7")
    desk.make("a@example.test", "b@example.test")
    code, answer, talk = desk.run("send", "--all-unsent", "--json")  # none is given
    same((code, answer["deferred"], [each["attempts"] for each in answer["invoices"]]), (6, 2, [1, 0]))
    desk.edit(('from = "billing@example.test"', 'from = "billing@example.test"\npassword_env = "SMTP_WORD"'))
    code, _, talk = desk.run("send", "--all-unsent", now="2026-11-03T06:00:00Z")
    same(code, 5)
    assert "there is no secret in the variable SMTP_WORD" in talk, talk
    code, answer, talk = desk.run("send", "INV00001", "--json", SMTP_WORD="wrong-1")
    same((code, answer["deferred"]), (6, 1))
    assert "wrong-1" not in talk + str(answer)
    code, answer, _ = desk.run("send", "INV00001", "--json", SMTP_WORD="canary-7")
    same((code, answer["sent"]), (0, 1))
    word = desk.folder / "word"
    word.write_text("canary-7\n")
    word.chmod(0o644)
    desk.edit(('password_env = "SMTP_WORD"', 'password_file = "word"'))
    code, _, talk = desk.run("send", "INV00002")
    same(code, 5)
    assert "can be read by others" in talk, talk
    word.chmod(0o600)
    desk.edit(('password_file = "word"', 'password_command = ["cat", "word"]'))
    same(desk.run("send", "INV00002", "--json")[1]["sent"], 1)
    for path in desk.folder.glob("ledger.db*"):
        assert b"canary-7" not in path.read_bytes(), path
    same("canary-7" in str(desk.run("log", "--json")[1]), False)


@case("what is encrypted goes only to a server whose certificate is trusted")
def certificate(desk):
    if not shutil.which("openssl"):
        print("    no openssl here: not looked at")
        return
    pem, key = desk.top / "cert.pem", desk.top / "key.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", pem], check=True,
                   capture_output=True)
    both = desk.top / "both.pem"
    both.write_text(key.read_text() + pem.read_text())
    plain = desk.server
    desk.server = books.Server(desk.top / "tls", "--certificate", str(both))
    desk.make("a@example.test", config=books.CONFIG.replace("127.0.0.1", "localhost") + "starttls = true\n")
    code, answer, _ = desk.run("send", "INV00001", "--json")
    same((code, answer["deferred"], desk.server.taken()), (6, 1, []))
    assert "certificate" in answer["invoices"][0]["message"], answer
    desk.edit(("starttls = true", f'starttls = true\nca_file = "{pem}"'))
    code, answer, _ = desk.run("send", "INV00001", "--json")
    same((code, answer["sent"], len(desk.server.taken())), (0, 1, 1))
    desk.edit(("host = \"localhost\"", "host = \"127.0.0.1\""))  # a name that the certificate does not have
    same(desk.run("send", "INV00001", "--resend", "--json")[1]["deferred"], 1)
    desk.edit((f"port = {desk.server.port}", f"port = {plain.port}"))  # a server that offers no encryption
    same(desk.run("send", "INV00001", "--resend", "--json")[1]["deferred"], 1)
    same(plain.taken(), [])
    plain.close()


@case("a message is read back as it was written by a reader of somebody else's")
def message(desk):
    desk.make("a@example.test")
    desk.run("send", "--all-unsent", "-q")
    raw = (desk.server.folder / "1.eml").read_bytes()
    assert all(len(line) <= 78 for line in raw.split(b"\r\n")), "a line is too long"
    assert raw.isascii() and b"\n" not in raw.replace(b"\r\n", b""), "not in lines of ASCII"
    seen = email.message_from_bytes(raw, policy=email.policy.default)
    same(seen["Subject"], "TEST Invoice INV00001, Example Oy")
    same(seen["From"], "Example Oy <billing@example.test>")
    same([part.get_filename() for part in seen.iter_attachments()], ["INV00001.pdf", "INV00001.xml"])
    assert "Invoice INV00001 is attached" in seen.get_body(("plain",)).get_content()
    assert "<p>Invoice INV00001 is attached" in seen.get_body(("html",)).get_content()
    same(seen.defects, [])
    for format_, name in (("pdf", "INV00001.pdf"), ("ubl", "INV00001.xml")):
        out = desk.top / name
        desk.run("render", "INV00001", "--to", format_, "-o", str(out), "-q")
        part = next(part for part in seen.iter_attachments() if part.get_filename() == name)
        same(part.get_payload(decode=True) == out.read_bytes(), True)


@case("X12 four at once are one effect")
def at_once(desk):
    desk.make(*[f"wait+{n}@example.test" for n in range(6)])
    processes = [books.start(desk.billctl, desk.folder, "send", "--all-unsent", "--json") for _ in range(4)]
    ended = [(process.communicate(timeout=120), process.returncode) for process in processes]
    same([code for _, code in ended], [0] * 4)
    same(len(desk.server.taken()), 6)
    same(desk.states(), ["sent"] * 6)
    desk.verified()


@case("an interruption waits for the mail in hand and leaves nothing unknown")
def interrupted(desk):
    desk.make(*[f"wait+{n}@example.test" for n in range(8)])
    process = books.start(desk.billctl, desk.folder, "send", "--all-unsent")
    while len(desk.server.taken()) < 2:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    same(process.returncode, 130)
    states = desk.states()
    same((set(states), states.count("sent")), ({"sent", "queued"}, len(desk.server.taken())))
    code, answer, _ = desk.run("send", "--all-unsent", "--json")
    same((code, answer["sent"], len(desk.server.taken())), (0, 8 - states.count("sent"), 8))
    desk.verified()


@case("once under a key is sent once")
def once(desk):
    desk.make("a@example.test")
    for repeated in (None, True):
        code, answer, _ = desk.run("send", "INV00001", "--resend", "--once", "K1", "--json")
        same((code, answer["sent"], answer.get("repeated")), (0, 1, repeated))
    same(len(desk.server.taken()), 1)


@case("who has come to get paper is not unsent; but what may have arrived is still told")
def delivery(desk):
    desk.make("temporary@example.test", "cut@example.test")
    code, answer, _ = desk.run("send", "--all-unsent", "--json")
    same([each["state"] for each in answer["invoices"]], ["deferred", "unknown"])
    for each in answer["invoices"]:
        code, _, talk = desk.run("client", "edit", each["client"], "--delivery", "post")
        same(code, 0)
    code, answer, _ = desk.run("send", "--all-unsent", "--json")
    same([each["invoice"] for each in answer["not_by_mail"]], ["INV00001"])
    same((code, [each["code"] for each in answer["invoices"]]), (3, ["unknown"]))
    desk.run("send", "resolve", "INV00002", "--absent")
    code, answer, _ = desk.run("send", "--all-unsent", "--json")
    same((code, answer["invoices"], len(answer["not_by_mail"])), (0, [], 2))
    same([each["what"] for each in desk.run("status", "--json")[1]["waiting"] if "send" in each["what"]], [])
    desk.verified()


@case("what the mail program says is told, and what it leaves behind is not waited for")
def sendmail_says(desk):
    program = desk.top / "mta"
    program.write_text('#!/bin/sh\ncat >/dev/null\nyes | head -c 200000\nsleep 20 &\nprintf "first\\n\\033[1mno such user\\n" >&2\n'
                       'exit $(cat "$0.code")\n')
    program.chmod(0o755)
    config = books.CONFIG.replace("test = true", "test = false").replace('transport = "smtp"', 'transport = "sendmail"')
    desk.make("a1@example.test", "a2@example.test", config=config + f'command = ["{program}"]\ntimeout = "10s"\n', now="")
    (desk.top / "mta.code").write_text("67")
    began = time.monotonic()
    _, answer, talk = desk.run("send", "INV00001", "--json", now="")
    same(answer["invoices"][0]["message"], "the mail program ended with code 67: ?[1mno such user")
    assert "\033" not in talk, talk
    (desk.top / "mta.code").write_text("0")
    same(desk.run("send", "INV00002", "--json", now="")[1]["invoices"][0]["state"], "sent")
    assert time.monotonic() - began < 10


@case("sendmail is called without a shell and its exit code is the answer")
def sendmail(desk):
    program = desk.top / "mta"
    program.write_text("#!/bin/sh\ncat >\"$0.in\"\necho \"$@\" >\"$0.args\"\nexit $(cat \"$0.code\")\n")
    program.chmod(0o755)
    config = books.CONFIG.replace("test = true", "test = false").replace('transport = "smtp"', 'transport = "sendmail"')
    config += f'command = ["{program}", "-t", "$(touch x)"]\n'
    desk.make(*[f"a{n}@example.test" for n in range(6)], config=config, now="")
    wanted = {0: "sent", 75: "deferred", 67: "rejected", 1: "unknown", 78: "deferred"}
    for n, (exit_code, state) in enumerate(wanted.items(), 1):
        (desk.top / "mta.code").write_text(str(exit_code))
        _, answer, talk = desk.run("send", f"INV{n:05}", "--json", now="")
        same(answer["invoices"][0]["state"], state)
    same((desk.top / "mta.args").read_text(), "-t $(touch x)\n")
    seen = (desk.top / "mta.in").read_bytes()
    assert b"\r" not in seen and b"\nTo: a4@example.test\n" in seen, seen[:500]
    assert b"\nSubject: Invoice INV00005, Example Oy\n" in seen
    program.unlink()
    _, answer, _ = desk.run("send", "INV00006", "--json", now="")
    same((answer["invoices"][0]["state"], answer["invoices"][0]["attempts"]), ("deferred", 1))
    desk.verified()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--billctl", required=True, type=pathlib.Path)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    billctl = options.billctl.resolve()
    failed = 0
    for name, function in CASES:
        if options.only not in name:
            continue
        with tempfile.TemporaryDirectory() as top:
            desk = Desk(billctl, top)
            try:
                function(desk)
                print("ok    ", name, flush=True)
            except Exception:
                failed += 1
                print("FAILED", name, flush=True)
                traceback.print_exc()
            finally:
                if desk.server.process.poll() is None:
                    desk.server.close()
    print(f"{len(CASES)} cases, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
