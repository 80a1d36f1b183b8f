#!/usr/bin/env python3
"""A mail server on loopback that fails where it is told to, by the local part of the receiver's address.

    mail_server.py FOLDER [--password WORD] [--certificate PEM]

    temporary@  450 to the receiver       permanent@  550 to the receiver
    full@       552 to the content        later@      451 to the content
    cut@        the connection is cut once the content is there, without an answer
    gone@       the connection is cut at the receiver
    slow@       the answer to the content takes longer than anybody waits
    wait@       it takes 0.2 s
    What follows a `+` in a local part only tells receivers apart: temporary+7@.

Prints its port, keeps each message that it took as FOLDER/NUMBER.eml and a line `TO MESSAGE-ID` in
FOLDER/taken; a message whose answer was never given is kept too: it has arrived. Ends with its stdin.
"""
import argparse
import asyncio
import email
import logging
import pathlib
import ssl
import sys
import warnings

from aiosmtpd.smtp import SMTP, AuthResult


def fault_of(address):
    return address.split("@")[0].split("+")[0]


class Handler:
    def __init__(self, folder):
        self.folder = folder
        self.number = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        fault = fault_of(address)
        if fault == "gone":
            server.transport.abort()
            return "421 gone"
        if fault == "temporary":
            return "450 4.2.0 try again later"
        if fault == "permanent":
            return "550 5.1.1 no such user here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        to = envelope.rcpt_tos[0]
        fault = fault_of(to)
        if fault == "full":
            return "552 5.2.2 mailbox full"
        if fault == "later":
            return "451 4.3.0 later, please"
        self.keep(envelope, to)
        if fault == "cut":
            server.transport.abort()
        if fault == "wait":
            await asyncio.sleep(0.2)
        if fault == "slow":
            await asyncio.sleep(30)
        return f"250 2.0.0 taken as {self.number}"

    def keep(self, envelope, to):
        self.number += 1
        (self.folder / f"{self.number}.eml").write_bytes(envelope.original_content)
        head = email.message_from_bytes(envelope.original_content.split(b"\r\n\r\n")[0])
        with open(self.folder / "taken", "a") as taken:
            taken.write(f"{to} {head['Message-ID']}\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--password")
    parser.add_argument("--certificate", help="PEM file with key and certificate: STARTTLS is offered, and needed")
    options = parser.parse_args()
    options.folder.mkdir(exist_ok=True)
    handler = Handler(options.folder)
    settings = {"enable_SMTPUTF8": False, "hostname": "mail.test"}
    if options.certificate:
        settings["tls_context"] = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        settings["tls_context"].load_cert_chain(options.certificate)
        settings["require_starttls"] = True
    if options.password:
        def check(server, session, envelope, mechanism, given):
            return AuthResult(success=given.password == options.password.encode(), handled=False)
        settings.update(authenticator=check, auth_required=True, auth_require_tls=False)

    async def serve():
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(handler, **settings), "127.0.0.1", 0)
        print(server.sockets[0].getsockname()[1], flush=True)
        await loop.run_in_executor(None, sys.stdin.read)
        server.close()

    logging.disable(logging.CRITICAL)  # faults are what this is for
    warnings.simplefilter("ignore")
    asyncio.run(serve())


if __name__ == "__main__":
    main()
