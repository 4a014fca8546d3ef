#!/usr/bin/python3
"""Reads a letter with Python's own parser and says what people would see: read_letter.py FILE PART, PART = a header's name or "text"."""
import email
import email.policy
import sys

with open(sys.argv[1], "rb") as f:
    letter = email.message_from_binary_file(f, policy=email.policy.default)
sys.stdout.reconfigure(encoding="utf-8", newline="")
if letter.defects:
    sys.exit("defects: %s" % letter.defects)
print(letter.get_content() if sys.argv[2] == "text" else str(letter[sys.argv[2]]), end="")
