"""Debian's python3-dkim as an independent judge of our signatures, and as an independent signer.

usage: dkim_by_others.py FOLDER
FOLDER holds record.txt (the TXT record), key.pem (an RSA private key), verify-*.eml and sign-*.eml.
Prints "NAME True|False" for each verify-*.eml, and signs each sign-*.eml in place in all four canonicalizations.
"""
import pathlib
import sys

import dkim

folder = pathlib.Path(sys.argv[1])
record = folder.joinpath("record.txt").read_bytes()
names = set()


def dns(name, timeout=5):
    names.add(name)
    return record


for path in sorted(folder.glob("verify-*.eml")):
    try:
        verdict = dkim.verify(path.read_bytes(), dnsfunc=dns)
    except dkim.DKIMException as refused:
        verdict = False
    print(path.name, verdict)

for path in sorted(folder.glob("sign-*.eml")):
    message = path.read_bytes()
    for header in (b"simple", b"relaxed"):
        for body in (b"simple", b"relaxed"):
            signature = dkim.sign(message, b"s1", b"mail.example.com",
                                  folder.joinpath("key.pem").read_bytes(), canonicalize=(header, body))
            out = "signed-%s-%s-%s" % (header.decode(), body.decode(), path.name)
            folder.joinpath(out).write_bytes(signature + message)

print("asked", *sorted(name.decode() for name in names))
