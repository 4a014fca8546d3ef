#!/usr/bin/python3
"""A real SMTP server on loopback for tests (python3-aiosmtpd).

    smtp_server.py FOLDER [--starttls] [--smtps] [--auth USER:PASSWORD] [--port N]

Prints its port, then serves until its standard input ends. Certificates lie in FOLDER (cert.pem, key.pem). Each letter that it takes over
becomes FOLDER/NNN.eml, each thing that happens a line of FOLDER/talk.log. What the server answers is said by the recipient:

    pozde2.*@    451 to the first two attempts       neznamy.*@   550 5.1.1 nobody lives here
    pravidla.*@  550 5.7.1 rule of the server        obsah.*@     554 after the text
    mrtvy.*@     takes the text and hangs up without an answer
    ceka.*@      answers the text after FOLDER/pust exists
"""
import argparse
import asyncio
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Letters:
    def __init__(self, folder):
        self.folder, self.count, self.tried = folder, 0, {}

    def log(self, *words):
        with open(os.path.join(self.folder, "talk.log"), "a", encoding="utf-8") as f:
            print(*words, file=f)

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.tried[address] = self.tried.get(address, 0) + 1
        self.log("RCPT", address, "tls" if session.ssl else "plain", "auth" if session.authenticated else "nobody")
        if address.startswith("pozde") and self.tried[address] <= int(address[5]):
            return "451 4.7.1 Greylisted, come again"
        if address.startswith("neznamy."):
            return "550 5.1.1 No such user here"
        if address.startswith("pravidla."):
            return "550 5.7.1 Not with us"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        address = envelope.rcpt_tos[0]
        if address.startswith("obsah."):
            return "554 5.6.0 The text is not welcome"
        self.count += 1
        with open(os.path.join(self.folder, "%03d.eml" % self.count), "wb") as f:
            f.write(envelope.content)
        self.log("DATA", address, len(envelope.content), "from", envelope.mail_from)
        if address.startswith("mrtvy."):
            server.transport.abort()
            return "250 OK"
        while address.startswith("ceka.") and not os.path.exists(os.path.join(self.folder, "pust")):
            await asyncio.sleep(0.05)
        return "250 OK, taken over"


async def main():
    p = argparse.ArgumentParser()
    p.add_argument("folder")
    p.add_argument("--starttls", action="store_true")
    p.add_argument("--smtps", action="store_true")
    p.add_argument("--auth")
    p.add_argument("--port", type=int, default=0)
    o = p.parse_args()
    tls = None
    if o.starttls or o.smtps:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(os.path.join(o.folder, "cert.pem"), os.path.join(o.folder, "key.pem"))
    letters = Letters(o.folder)

    def authenticate(server, session, envelope, mechanism, data):
        login, password = getattr(data, "login", b""), getattr(data, "password", b"")
        fine = (login + b":" + password).decode() == o.auth
        letters.log("AUTH", mechanism, login.decode(), "fine" if fine else "refused")
        return AuthResult(success=fine, handled=fine, auth_data=login if fine else None)

    def make():
        return SMTP(letters, hostname="posta.test", tls_context=tls if o.starttls else None, require_starttls=o.starttls,
                    auth_required=bool(o.auth), auth_require_tls=o.starttls, authenticator=authenticate if o.auth else None, timeout=120)

    loop = asyncio.get_running_loop()
    server = await loop.create_server(make, "127.0.0.1", o.port, ssl=tls if o.smtps else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.buffer.read)
    os._exit(0)


asyncio.run(main())
