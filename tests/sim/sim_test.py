#!/usr/bin/env python3
"""The whole life of small firms, by chance: all commands on a clock that moves, everything judged after each step.

    sim_test.py --forker build/dev/tests/sim/billctl_forker [--worlds N] [--steps N] [--seed S] [--keep] [--no-shrink]

`--seed S --worlds 1` plays the world of a complaint again. A world that fails is cut down to the steps that are needed
for its complaint, and printed as a shell script.
"""
import argparse
import pathlib
import random
import shutil
import sys
import tempfile
import time

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "send"))

import mail_books  # noqa: E402
import play as plays  # noqa: E402
import script  # noqa: E402
import option_values  # noqa: E402
import verbs  # noqa: E402
from program import Program  # noqa: E402
from sight import Complaint  # noqa: E402
from world import World  # noqa: E402


def begun(program, listing, room, seed, mail):
    world = World(random.Random(f"world {seed}"), mail.port if mail else 0, f"w{seed}.test")
    return plays.Play(program, listing, plays.folder_of(room, seed), world, seed, mail)


def lived(program, listing, room, seed, steps, mail):
    """@returns the play and its Complaint, or None."""
    play = begun(program, listing, room, seed, mail)
    try:
        play.begin()
        play.live(steps, random.Random(f"steps {seed}"))
    except Complaint as complaint:
        return play, complaint
    return play, None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--forker", required=True, type=pathlib.Path)
    parser.add_argument("--worlds", type=int, default=10)
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="the folders stay")
    parser.add_argument("--no-shrink", action="store_true")
    parser.add_argument("--counts", action="store_true", help="the exit codes of each command")
    parser.add_argument("--refusals", action="store_true", help="what commands were refused with")
    parser.add_argument("--go-on", action="store_true", help="after a complaint too")
    options = parser.parse_args()
    program = Program(options.forker.resolve())
    listing = program.listing()
    lacking = [*verbs.lacking(listing), *option_values.lacking(listing)]
    if lacking:
        sys.exit("\n".join(lacking))
    room = tempfile.mkdtemp(prefix="billctl-worlds-")
    mail = mail_books.Server(pathlib.Path(room) / "mail-server")
    begin, counts, failed, done = time.time(), {}, 0, 0
    for seed in range(options.seed, options.seed + options.worlds):
        play, complaint = lived(program, listing, room, seed, options.steps, mail)
        done += len(play.done)
        for name, seen in play.counts.items():
            for code, count in seen.items():
                counts.setdefault(name, {})[code] = counts.get(name, {}).get(code, 0) + count
        if options.refusals:
            print("\n".join(play.refusals))
        if complaint:
            failed += 1
            print(f"seed {seed}, step {len(play.done)}: {complaint.kind}: {complaint}\n  at {plays.told(play.done[-1])}",
                  flush=True)
            if not options.no_shrink:
                again = lambda: begun(program, listing, room, seed, mail)
                print(script.shrunk(again, play.done, complaint.kind, play.ended), flush=True)
            if not options.go_on:
                break
        if not options.keep:
            shutil.rmtree(play.folder, ignore_errors=True)
    spent = time.time() - begin
    print(f"{done} steps of worlds {options.seed} to {seed}, {program.commands_run} commands, {spent:.0f} s, {failed} failed")
    if options.counts:
        for name in sorted(verbs.VERBS):
            print(f"{name}: {dict(sorted(counts.get(name, {}).items(), key=str))}")
    program.close()
    mail.close()
    if not options.keep:
        shutil.rmtree(room, ignore_errors=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
