#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""pem_check.py KEYSIFT REPOSITORY...: no real private key block goes missing.

An independent look at every object (`git cat-file --batch-all-objects`) for PEM
blocks whose body is base64 of a key: DER of the right length, or OpenSSH's own
format. Each object that holds one must be in keysift's report under a private
key rule. Prints what is missed; exit status 1 if anything is.
"""

import base64
import binascii
import json
import re
import subprocess
import sys

BLOCK = re.compile(
    rb"-----BEGIN ([A-Z0-9 ]{0,20}PRIVATE KEY)-----"
    rb"((?:(?!-----BEGIN).){1,20000}?)-----END \1-----",
    re.DOTALL,
)


def is_der(data):
    """One SEQUENCE that fills the bytes exactly."""
    if len(data) < 8 or data[0] != 0x30:
        return False
    size, at = data[1], 2
    if size & 0x80:
        count = size & 0x7F
        size, at = int.from_bytes(data[2 : 2 + count], "big"), 2 + count
    return size >= 32 and at + size == len(data)


def is_key(body):
    """Whether a block's body is a key, once headers and quotes are gone."""
    lines = [line.strip(b" \t\r\"'+,;#*/>|\\") for line in body.split(b"\n")]
    text = b"".join(line for line in lines if b":" not in line)
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error:
        return False
    return is_der(data) or data.startswith(b"openssh-key-v1\0")


def objects(repository):
    """(id, type, bytes) of every object."""
    process = subprocess.Popen(
        ["git", "-C", repository, "cat-file", "--batch-all-objects",
         "--unordered", "--batch"],
        stdout=subprocess.PIPE,
    )
    while header := process.stdout.readline():
        name, kind, size = header.split()
        content = process.stdout.read(int(size) + 1)[:-1]
        yield name.decode(), kind.decode(), content
    assert process.wait() == 0


def keys_in(repository):
    found = {}
    for name, kind, content in objects(repository):
        if kind == "tree" or b"PRIVATE KEY" not in content:
            continue
        escaped = content.replace(b"\\n", b"\n")
        for text in (content, escaped):
            count = sum(is_key(m.group(2)) for m in BLOCK.finditer(text))
            found[name] = max(count, found.get(name, 0))
    return {name for name, count in found.items() if count}


def keys_reported(keysift, repository):
    process = subprocess.run(
        [keysift, "scan", repository, "-f", "json", "--min-confidence",
         "possible", "--progress", "never", "-q"],
        stdout=subprocess.PIPE, check=False,
    )
    assert process.returncode in (0, 1), process.returncode
    report = json.loads(process.stdout)
    gaps = [gap for gap in report["gaps"] if gap["kind"] != "submodule"]
    assert not gaps, gaps
    return {
        location["blob"]
        for finding in report["findings"]
        if "private-key" in finding["rule_id"]
        for location in finding["locations"]
    }


def main():
    keysift, repositories = sys.argv[1], sys.argv[2:]
    missed_any = False
    for repository in repositories:
        expected = keys_in(repository)
        missed = expected - keys_reported(keysift, repository)
        name = repository.rstrip("/").split("/")[-1]
        print(f"{name}: {len(expected)} objects hold a key, "
              f"{len(missed)} of them are missed")
        for one in sorted(missed)[:20]:
            print(f"  missed: {one}")
        missed_any |= bool(missed)
    return 1 if missed_any else 0


if __name__ == "__main__":
    sys.exit(main())
