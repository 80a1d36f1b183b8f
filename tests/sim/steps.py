"""The next step of a play, by chance: a command with its words, and what happens beside it: time, faults, settings."""
import datetime

import option_values
import values
import verbs
from world import MEMBERS, toml

RARE = 0.25  # the chance of options beside the usual ones


def command_name(words, commands):
    """The longest beginning of the words that is a command."""
    plain = []
    for word in words[:3]:
        plain.append(word)
    for length in (3, 2, 1):
        if " ".join(plain[:length]) in commands:
            return " ".join(plain[:length])
    return None


def spelt(name):
    return name.split(",")[-1]


def make(play):
    move_clock(play)
    chance = play.chance
    beside = chance.random()
    if play.restored and beside < 0.5:
        return composed(play, "restore confirm")
    if beside < 0.04:
        return changed_config(play)
    if beside < 0.06:
        return fault(play)
    if beside < 0.065:
        return step(play, ["init"])
    if beside < 0.07:
        return step(play, ["import", "all", "tables"])
    names, weights = zip(*((name, verb.weight) for name, verb in verbs.VERBS.items()))
    for _ in range(200):
        name = chance.choices(names, weights)[0]
        made = composed(play, name)
        if made:
            return made
    raise RuntimeError("nothing can be done")


def opening(play, chance):
    """As a rule there are invoices from the beginning, so that all verbs have something to do."""
    if chance.random() < 0.15:
        return []
    actors = MEMBERS if play.world.approvals else MEMBERS[:1]
    words = [["compile"], ["generate", "--all-periods"]]
    words += [["approve", "--all-waiting", "--as", each] for each in actors] + [["issue", "--all-ready"]]
    return [step(play, each) for each in words]


def step(play, words, **more):
    return {"now": play.stamp(), "words": words, **more}


def move_clock(play):
    chance = play.chance
    by = chance.random()
    if by < 0.5:
        play.now += datetime.timedelta(minutes=chance.choice([1, 5, 47]))
    elif by < 0.93:
        play.now += datetime.timedelta(hours=chance.choice([1, 5, 9, 20]))
    elif by < 0.98:
        play.now += datetime.timedelta(days=chance.choice([2, 6, 13]))
    elif by < 0.99:  # over a border
        ahead = [datetime.datetime(2026, 10, 24, 23, 30), datetime.datetime(2026, 10, 31, 21, 30),
                 datetime.datetime(2026, 12, 31, 21, 50), datetime.datetime(2027, 3, 28, 0, 30)]
        ahead = [at.replace(tzinfo=datetime.timezone.utc) for at in ahead]
        play.now = next((at for at in ahead if at > play.now), play.now)
    else:
        play.now -= datetime.timedelta(hours=chance.choice([1, 30]))


def composed(play, name):
    """`billctl NAME …` with arguments and options, or None where there is nothing to name."""
    verb, command, chance = verbs.VERBS[name], play.commands[name], play.chance
    play.command, play.subject, play.task, play.start, play.files = name, None, None, None, {}
    options = {option["name"]: option for option in command["options"]}
    arguments = []
    for argument in verb.arguments:
        found = argument(play)
        if found is None:
            return None
        arguments += found if isinstance(found, list) else [found]
    needs = verb.needs(play) if callable(verb.needs) else verb.needs
    named = list(chance.choice(needs))
    named += [each for each in verb.often if chance.random() < 0.33]
    if chance.random() < RARE:
        named += chance.choices(sorted(options), k=1) if options else []
    words = name.split()
    for each in dict.fromkeys(named):
        option = options.get(each) or {"name": each, "value": "FILTER", "words": []}
        words += option_words(play, name, option)
    words += ([] if arguments else filters(play, command)) + everywhere(play, verb)
    made = step(play, with_arguments(name, words, arguments), files=dict(play.files))
    if command["writes"]:
        made["rehearse"] = verb.inside and chance.random() < 0.2
        if chance.random() < 0.03 and verb.inside:
            made["once"] = f"key-{chance.randint(1, 10 ** 6)}"
        twice = name in ("compile", "generate") and "--into" not in words and "--edit" not in words
        made["twice"] = twice and not made.get("once") and chance.random() < 0.2
    return made


def with_options(words, *options):
    """The words with more options, which end where a `--` stands."""
    place = words.index("--") if "--" in words else len(words)
    return [*words[:place], *options, *words[place:]]


def with_arguments(name, words, arguments):
    """Arguments first, as people write; but behind a `--` where one of them begins with a dash."""
    count = len(name.split())
    if "--" in arguments:
        return [*words, "--", *[each for each in arguments if each != "--"]]
    return [*words[:count], *arguments, *words[count:]]


def option_words(play, name, option):
    word = spelt(option["name"])
    if not option["value"]:
        return [word]
    if option["name"] == "--last":
        return [each for number in values.last_numbers(play) for each in ("--last", number)]
    given = option_values.value(play, name, option)
    return [f"{word}={given}"] if word.startswith("--") and given.startswith("-") else [word, given]


def filters(play, command):
    if not command["filters"] or play.chance.random() > 0.15:
        return []
    found = play.chance.choice(["--client", "--not-client", "--selection", "--project", "--task", "--member", "--kind",
                                "--period", "--since", "--until", "--state", "--limit", "--save-as", "--saved"])
    return option_words(play, "*", {"name": found, "value": "WORD", "words": []})


def everywhere(play, verb):
    """Options of every command."""
    chance, words = play.chance, []
    if verb.yes and chance.random() < 0.95:
        words.append("--yes")
    if chance.random() < 0.01:
        words.append("--fail-if-empty")
    if play.world.roles:
        words += ["--as", "ann" if chance.random() < 0.9 and play.command != "approve" else chance.choice(MEMBERS)]
    elif play.command == "approve":
        words += ["--as", chance.choice(MEMBERS)]
    return words


CHANGES = {
    ("compile", "require_confirmed"): ["true", "false"], ("compile", "done_tasks_only"): ["true", "false"],
    ("compile", "negotiated_prices"): ["true", "false"], ("compile", "time_rule"): ['""', '"six"'],
    ("compile", "transport_km_price"): ['"0.5"', '"5.0"'], ("compile", "go_live"): ['"2026-09-10"'],
    ("money", "mode"): ['"line"', '"entry"'], ("money", "hours_per_day"): ['"8"', '"7"'],
    ("invoice", "scope"): ['"client"', '"po"', '"engagement"', '"project"'],
    ("invoice", "group_hours"): ['"jobtype"', '"entry"', '"lump-sum"', '"total-hours"'],
    ("invoice", "contractual"): ['"show"', '"archive"'], ("invoice", "late"): ['"report"', '"include"'],
    ("invoice", "bill_by"): ['"hour"', '"day"'], ("invoice", "allow"): ["[]", '["unpriced", "default_price"]'],
    ("invoice", "terms"): ['"net14"', '"now"'], ("tax.vat", "rate"): ['"25.5"', '"24"'],
    ("approvals", "required"): ["[]", '["finance"]', '["pm", "finance"]'], ("approvals", "distinct"): ["true", "false"],
    ("tenant", "name"): ['"Example & Co Oy"', '"Renamed Oy"'], ("rebill", "enabled"): ["true", "false"],
    ("bounds", "lines_max"): ["3", "5000"], ("time_rules.six", "step"): ['"6m"', '"10m"'],
}


def changed_config(play):
    """One setting is another from now on."""
    section, key = play.chance.choice(sorted(CHANGES))
    config = {name: dict(held) for name, held in play.config.items()}
    config.setdefault(section, {})[key] = play.chance.choice(CHANGES[section, key])
    return step(play, ["config", "check"], files={"billctl.toml": toml(config)}, config=config)


def fault(play):
    """Something outside is broken, or answers."""
    keys = [f"outbox/{path.name[:-5]}" for path in sorted((play.folder / "outbox").glob("*.json"))]
    found = play.chance.choice(["folder", "mend", "ack", "err", "err", "mail", "mend"])
    if found == "folder":
        return step(play, ["sync"], shell="test -d outbox && mv outbox outbox.away && : > outbox")
    if found == "mail":
        return step(play, ["send", "--all-unsent"], shell="test -d mail && mv mail mail.away && : > mail")
    if found == "mend" or not keys:
        return step(play, ["sync"], shell="for d in outbox mail; do test -d $d.away && rm -f $d && mv $d.away $d; done")
    key = play.chance.choice(keys)
    if found == "ack":
        whole = '{"key": "%s", "remote_id": "B-%s", "at": "2026-11-02T00:00:00Z"}' % (key[7:], key[7:12])
        text = play.chance.choice(["", whole, "{"])
        return step(play, ["sync"], files={key + ".ack": text})
    text = play.chance.choice(['{"key": "%s", "code": "x", "message": "no", "retry": true}',
                               '{"key": "%s", "code": "x", "message": "never", "retry": false}'])
    return step(play, ["sync"], files={key + ".err": text % key[7:]})

