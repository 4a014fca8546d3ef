#!/usr/bin/env python3
"""seats.py BASE DB PID: a thousand people confirm for fifty seats at once, over HTTP (tests/proofs/seats.sh runs it).

Prepares a hearing with 50 seats as the coordinator of the plan, signs up 1,000 people through the public form, reads the links of their letters from the
store, opens each, and sends all confirmations at the same time, each on a connection of its own; who gets 503 tries again, later each time. Prints one line of
figures (PID is the server, whose processor time counts), then what is wrong, if anything. The exit status is 0 when nothing is."""
import asyncio
import html
import os
import random
import re
import sqlite3
import subprocess
import sys
import time
import urllib.parse
from http.client import HTTPConnection

PEOPLE, SEATS = 1000, 50
base, db, pid = sys.argv[1], sys.argv[2], sys.argv[3]
host = urllib.parse.urlsplit(base).netloc
wrong = []


def rows(sql):
    if db.startswith("postgresql:"):
        out = subprocess.run(["psql", db, "-At", "-F", "\t", "-c", sql], check=True, capture_output=True, text=True).stdout
        return [line.split("\t") for line in out.splitlines()]
    with sqlite3.connect(f"file:{db}?mode=ro", uri=True) as store:
        return [[str(value) for value in row] for row in store.execute(sql)]


class Person:
    """A browser with a cookie."""

    def __init__(self):
        self.line, self.cookie = HTTPConnection(host), ""

    def ask(self, method, path, fields=None):
        headers = {"Sec-Fetch-Site": "same-origin", "Cookie": self.cookie} if self.cookie else {"Sec-Fetch-Site": "same-origin"}
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.line.request(method, path, body, headers)
        answer = self.line.getresponse()
        text = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self.cookie = value.split(";")[0]
        return answer.status, answer.getheader("Location") or "", text

    def send(self, page, path, fields, want):
        csrf = token(self.ask("GET", page)[2], path)
        status, location, text = self.ask("POST", path, {"csrf": csrf, **fields})
        if status != want:
            sys.exit(f"{path}: {status} instead of {want}: {re.sub(r'<[^>]*>', ' ', text)[:600]}")
        return location


def token(page, action):
    for form in re.findall(r"<form.*?</form>", page, re.S):
        if f'action="{action}"' in form:
            return html.unescape(re.search(r'name="csrf" value="([^"]*)"', form)[1])
    sys.exit(f"no form for {action}")


def prepare():
    clerk = Person()
    clerk.send("/prihlaseni", "/prihlaseni", {"login": "planovac@demo.invalid", "password": "ukazkova-sit-2026"}, 303)
    new = "/app/projednani/novy"
    place = clerk.send(new, new, {"title": "Tisíc lidí na padesát míst", "day": "1. 6. 2099", "starts": "9:00", "ends": "11:00", "building": "Úřad", "room": "sál",
                                  "capacity": SEATS, "policy": "first_come", "signup_day": "30. 5. 2099", "contact": "Koordinátor"}, 303)
    page = clerk.ask("GET", place)[2]
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    clerk.send(place, place, {"krok": "publish", "version": version}, 303)
    return int(place.rsplit("/", 1)[1])


def sign_up(hearing):
    path = f"/projednani/{hearing}"
    visitor = Person()
    csrf = token(visitor.ask("GET", path)[2], path)
    for i in range(PEOPLE):
        status = visitor.ask("POST", path, {"csrf": csrf, "name": f"Člověk Číslo {i}", "email": f"clovek{i}@example.org", "consent": "1"})[0]
        if status != 303:
            sys.exit(f"sign-up {i}: {status}")


def confirmations():
    """Address and body of each confirmation, ready to be sent."""
    visitor, ready = Person(), []
    for (body,) in rows("SELECT replace(body, chr(10), ' ') FROM mail_letter WHERE kind = 'hearing.confirm' ORDER BY id" if db.startswith("postgresql:")
                        else "SELECT body FROM mail_letter WHERE kind = 'hearing.confirm' ORDER BY id"):
        link = re.search(r"/projednani/potvrzeni/[A-Za-z0-9_-]+", body)
        if link:
            ready.append((link[0], urllib.parse.urlencode({"csrf": token(visitor.ask("GET", link[0])[2], link[0])})))
    return ready[-PEOPLE:]


async def confirm(path, body, start, tally):
    name, port = host.split(":")
    request = (f"POST {path} HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n"
               f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}").encode()
    await start.wait()
    pause = 0.1
    while True:
        try:
            reader, writer = await asyncio.open_connection(name, int(port))
            writer.write(request)
            answer = await reader.read()
            writer.close()
        except OSError:
            answer = b""
        status = answer[9:12].decode() or "000"
        tally[status] = tally.get(status, 0) + 1
        if status not in ("503", "000"):
            return status
        await asyncio.sleep(pause * random.uniform(0.5, 1.5))
        pause = min(pause * 2, 1.6)


def processor_seconds():
    """Of the server until now, in user and system mode."""
    with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def all_at_once(ready):
    start, tally = asyncio.Event(), {}
    tasks = [asyncio.create_task(confirm(path, body, start, tally)) for path, body in ready]
    await asyncio.sleep(0.1)
    began, used = time.monotonic(), processor_seconds()
    start.set()
    await asyncio.gather(*tasks)
    return time.monotonic() - began, processor_seconds() - used, tally


def judge(hearing):
    found = rows(f"SELECT state, position, confirmed_at FROM signup WHERE hearing = {hearing} ORDER BY position")
    found = [row for row in found if row[1] not in ("None", "")]
    if len(found) != PEOPLE:
        wrong.append(f"{len(found)} were placed instead of {PEOPLE}")
    if [int(row[1]) for row in found] != list(range(1, PEOPLE + 1)):
        wrong.append("places in the order are not 1 to 1,000")
    states = [row[0] for row in found]
    if states != ["confirmed"] * SEATS + ["waitlisted"] * (PEOPLE - SEATS):
        wrong.append(f"{states.count('confirmed')} have a seat, {states.count('waitlisted')} wait, or seats are not the first {SEATS}")
    moments = [row[2] for row in found]
    if moments != sorted(moments):
        wrong.append("the order is not that of confirmation")
    balances = dict((name, int(n)) for name, n in rows(
        "SELECT a.name, SUM(p.amount) FROM ledger_account a JOIN ledger_posting p ON p.account = a.id "
        f"WHERE a.book = 'seats' AND a.object = 'hearing' AND a.object_id = {hearing} GROUP BY a.name"))
    if balances != {"capacity": -SEATS, "free": 0, "taken": SEATS}:
        wrong.append(f"the ledger says {balances}")


def main():
    hearing = prepare()
    sign_up(hearing)
    ready = confirmations()
    if len(ready) != PEOPLE:
        sys.exit(f"{len(ready)} letters instead of {PEOPLE}")
    seconds, used, tally = asyncio.run(all_at_once(ready))
    judge(hearing)
    if tally.get("303") != PEOPLE:
        wrong.append(f"answers: {tally}")
    print(f"{PEOPLE} confirmations for {SEATS} seats took {used:.2f} s of the server's processor, {seconds:.2f} s by the clock; asked again after 503: {tally.get('503', 0)}, broken connections: {tally.get('000', 0)}")
    for line in wrong:
        print(f"wrong: {line}")
    return 1 if wrong else 0


sys.exit(main())
