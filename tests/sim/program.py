"""billctl as the simulator runs it: words in; exit code, output and talk out."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


class Answer:
    def __init__(self, code, out, talk):
        self.code, self.out, self.talk = code, out, talk

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def error(self):
        """The code of a refusal of the whole, None where there is none."""
        try:
            return self.json["error"]["code"]
        except (ValueError, KeyError, TypeError):
            return None


class Program:
    """A billctl_forker that lives as long as this object."""

    def __init__(self, forker):
        self.room = pathlib.Path(tempfile.mkdtemp(prefix="billctl-sim-"))
        self.process = subprocess.Popen([str(forker)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.commands_run = 0

    def run(self, folder, words, now=None):
        """@returns an Answer; a code below 0 is the signal that ended it."""
        out, err = str(self.room / "out"), str(self.room / "err")
        env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TZ": "Pacific/Apia", "HOME": str(folder)}
        if now:
            env["BILLCTL_NOW"] = now
        asked = {"cwd": str(folder), "env": env, "words": words, "out": out, "err": err}
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        code = int(self.process.stdout.readline())
        self.commands_run += 1
        read = lambda path: pathlib.Path(path).read_bytes().decode("utf-8", "backslashreplace")
        return Answer(code, read(out), read(err))

    def listing(self):
        return self.run("/", ["__commands"]).json

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=60)
        self.process.stdout.close()
        shutil.rmtree(self.room, ignore_errors=True)
