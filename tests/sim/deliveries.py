"""What arrived outside, against what was wished: each mail once, each document once."""
import collections
import email
import json

from sight import Complaint


def heads_of(text):
    return email.message_from_bytes(text.split(b"\n\n")[0].split(b"\r\n\r\n")[0])


class Deliveries:
    def __init__(self, play):
        self.play, self.mail = play, play.mail
        self.begin = len(self.mail.taken()) if self.mail else 0
        self.more = collections.Counter()  # wishes of an invoice beside the first: sent again by a person's word
        self.told = set()  # invoices of which a person said what became of them
        self.forgot = set()  # Message-IDs and numbers that a restored ledger does not know of
        self.looks = False

    def arrived(self):
        """How often each Message-ID arrived."""
        if "smtp" in self.play.config["mail"]["transport"]:
            mine = [each for to, each in self.mail.taken()[self.begin:] if to.endswith(self.play.world.domain)]
            return collections.Counter(mine)
        folders = [self.play.folder / name / "new" for name in ("mail", "mail.away")]
        found = [path for folder in folders if folder.is_dir() for path in sorted(folder.iterdir())]
        return collections.Counter(heads_of(path.read_bytes())["Message-ID"] for path in found)

    def went_back(self):
        self.forgot |= set(self.arrived()) | set(self.documents())

    def learn(self, name, words, answer):
        """Called after each command that did something."""
        self.looks = self.looks or name in ("send", "sync", "rebill-job run", "rebill-job run-due", "rebill-job submit",
                                            "send resolve", "sync resolve")
        if name == "send" and "--resend" in words:
            for row in answer.json["invoices"]:
                self.more[row["invoice"]] += 1
        if name in ("send resolve", "sync resolve"):
            self.told.add(answer.json.get("invoice") or words[2])

    def check(self):
        if not self.looks:
            return
        self.looks = False
        self.check_mails()
        self.check_documents()

    def check_mails(self):
        arrived, of_invoice = self.arrived(), collections.Counter()
        for row in self.play.look("send", "status")["mails"]:
            if row["trial"] or row["message_id"] is None or row["message_id"] in self.forgot:
                continue
            name, count = row["invoice"], arrived[row["message_id"]]
            of_invoice[name] += count
            said = name in self.told or row["via"] != "mail"
            if row["state"] == "sent" and count == 0 and not said:
                raise Complaint("mail lost", name, row, "is sent and did not arrive")
            if row["state"] in ("queued", "rejected") and count and not said and row["attempts"] <= 1:
                raise Complaint("mail state", name, row, "has arrived")
            if count > 1 and not said and not self.more[name]:
                raise Complaint("mail twice", name, row["message_id"], "arrived", count, "times")
        for name, count in of_invoice.items():
            if count > 1 + self.more[name] and name not in self.told:
                raise Complaint("mail twice", name, "arrived", count, "times, wished", 1 + self.more[name])

    def documents(self):
        """The documents that lie at the provider: (what it is, its number) of each key."""
        folders = [self.play.folder / name for name in ("outbox", "outbox.away")]
        found = {}
        for path in [path for folder in folders if folder.is_dir() for path in sorted(folder.glob("*.json"))]:
            document = json.loads(path.read_text(encoding="utf-8"))
            if document["key"] != path.stem:
                raise Complaint("document", path.name, "says it is", document["key"])
            refused = path.with_suffix(".err").exists()  # a document made anew stands in its place
            found[path.stem] = (document["kind"], None if refused else document.get("number"))
        return found

    def check_documents(self):
        found = self.documents()
        numbered = collections.Counter(each for key, each in found.items() if each[1] and key not in self.forgot)
        for each, count in numbered.items():
            if count > 1:
                raise Complaint("document twice", each, "lies there", count, "times")
        for row in self.play.look("sync", "status")["invoices"]:
            if row["state"] == "accepted" and row["key"] not in found and row["invoice"] not in self.told:
                raise Complaint("document lost", row, "is accepted and is not there")
