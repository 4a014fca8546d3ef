#!/usr/bin/env python3
"""scanner.py BASE FILE…: signs in as the administrator of the demo and uploads each file to the import of code lists (tests/proofs/scanner.sh runs it).
Prints one line for each: its status and what the page says."""
import html
import re
import sys
import urllib.parse
from http.client import HTTPConnection

base, files = sys.argv[1], sys.argv[2:]
line, cookie = HTTPConnection(urllib.parse.urlsplit(base).netloc, timeout=90), ""


def ask(method, path, body=None, kind=None):
    global cookie
    headers = {"Sec-Fetch-Site": "same-origin"}
    if cookie:
        headers["Cookie"] = cookie
    if kind:
        headers["Content-Type"] = kind
    line.request(method, path, body, headers)
    answer = line.getresponse()
    text = answer.read().decode()
    for name, value in answer.getheaders():
        if name.lower() == "set-cookie":
            cookie = value.split(";")[0]
    return answer.status, text


def token(path):
    page = ask("GET", path)[1]
    for form in re.findall(r"<form.*?</form>", page, re.S):
        if f'action="{path}"' in form:
            return html.unescape(re.search(r'name="csrf" value="([^"]*)"', form)[1])
    sys.exit(f"no form at {path}: {page[:300]}")


def upload(path, file):
    edge = "----sitovka-proof-0123456789"
    head = f'--{edge}\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{token(path)}\r\n--{edge}\r\n' \
           f'Content-Disposition: form-data; name="soubor"; filename="{file.split("/")[-1]}"\r\nContent-Type: text/csv\r\n\r\n'
    with open(file, "rb") as f:
        body = head.encode() + f.read() + f"\r\n--{edge}--\r\n".encode()
    return ask("POST", path, body, f"multipart/form-data; boundary={edge}")


signed, _ = ask("POST", "/prihlaseni", urllib.parse.urlencode({
    "csrf": token("/prihlaseni"), "login": "spravce@demo.invalid", "password": "ukazkova-sit-2026"}), "application/x-www-form-urlencoded")
if signed != 303:
    sys.exit(f"signing in: {signed}")
for file in files:
    status, text = upload("/app/sprava/ciselniky/import", file)
    said = re.search(r"<main.*?</main>", text, re.S)
    print(status, " ".join(html.unescape(re.sub(r"<[^>]*>", " ", said[0] if said else text)).replace("\u00a0", " ").split()))
