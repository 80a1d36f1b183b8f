#!/usr/bin/env python3
"""parts.py FILE [TYPE|NAME]: what a stored message is made of, as Python's own reader sees it; or one part of it."""
import email
import email.policy
import sys

with open(sys.argv[1], "rb") as file:
    message = email.message_from_binary_file(file, policy=email.policy.default)
for part in message.walk():
    name = part.get_filename() or ""
    if len(sys.argv) == 2:
        print(part.get_content_type(), name, sep=" " if name else "")
    elif sys.argv[2] in (part.get_content_type(), name):
        sys.stdout.buffer.write(part.get_payload(decode=True).replace(b"\r\n", b"\n") if not name
                                else part.get_payload(decode=True))
