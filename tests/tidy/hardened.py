#!/usr/bin/env python3
"""What is linked defends itself: hardened.py FILE…

Each file is placed anywhere in memory, has no stack that can be run and no table of functions that
can be written after the start, and the compiler's guards of the stack are in it.
"""
import subprocess
import sys


def readelf(option, file):
    return subprocess.run(["readelf", "-W", option, file], check=True, capture_output=True, text=True).stdout


def lacks(file):
    headers, segments, dynamic = readelf("-h", file), readelf("-l", file), readelf("-d", file)
    if "DYN (" not in headers:
        yield "is tied to one address (no PIE)"
    stack = [line for line in segments.splitlines() if "GNU_STACK" in line]
    if not stack or "E" in stack[0].split()[-2]:
        yield "has a stack that can be run"
    if "GNU_RELRO" not in segments or "NOW" not in dynamic:
        yield "keeps its table of functions writable (no -z relro, -z now)"
    if "__stack_chk_fail" not in readelf("--dyn-syms", file):
        yield "has no guards on its stack"


def main():
    found = [f"{file}: {lack}" for file in sys.argv[1:] for lack in lacks(file)]
    print("\n".join(found))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
