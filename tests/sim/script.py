"""A failing life, cut down to what is needed, as a shell script."""
import shlex

import steps
from sight import Complaint


def complains(again, made, kind, ended):
    play = again()
    try:
        play.begin()
        play.again_with(made, ended)
    except Complaint as complaint:
        return complaint if complaint.kind == kind else None
    return None


def smaller(again, made, kind, ended):
    """Without each part whose absence leaves the complaint: by halves, then one by one."""
    size = max(1, len(made) // 2)
    while size >= 1:
        place = 0
        while place < len(made):
            without = made[:place] + made[place + size:]
            if complains(again, without, kind, ended):
                made = without
            else:
                place += size
        size //= 2
    return made


def shrunk(again, done, kind, ended):
    made = done[2:]  # init and import begin each play
    if not complains(again, made, kind, ended):
        return "# the same steps do not complain again"
    made = smaller(again, made, kind, ended)
    simple = [{key: value for key, value in step.items() if key not in ("rehearse", "once")} for step in made]
    if complains(again, simple, kind, ended):
        made = simple
    complaint = complains(again, made, kind, ended)
    play = again()
    return as_script(play, done[:2] + made, complaint)


def here_file(name, text):
    end = "END_OF_FILE"
    body = text if text.endswith("\n") or not text else text + "\n"
    return f"mkdir -p \"$(dirname {shlex.quote(name)})\"; cat > {shlex.quote(name)} <<'{end}'\n{body}{end}"


def as_script(play, made, complaint):
    lines = ["#!/bin/sh", f"# {complaint.kind}: {str(complaint)[:1500]}".replace("\n", "\n# "), "cd \"$(mktemp -d)\""]
    clock = None
    for step in made:
        lines += [here_file(name, text) for name, text in step.get("files", {}).items()]
        if step.get("shell"):
            lines.append(step["shell"])
        if step["now"] != clock:
            clock = step["now"]
            lines.append(f"export BILLCTL_NOW={clock}")
        actor = [] if "--as" in step["words"] else play.actor()
        words = shlex.join(steps.with_options(step["words"], *actor))
        if step.get("rehearse"):
            lines.append(f"billctl {words} --dry-run")
        lines += [f"billctl {words}" + (f" --once {step['once']}" if step.get("once") else "")]
        lines += [f"billctl {words}"] if step.get("twice") else []
    return "\n".join([*lines, "billctl verify" + "".join(f" {word}" for word in play.actor())])
