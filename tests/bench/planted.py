#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""planted.py KEYSIFT REPOSITORY [COUNT [SEED]]: what we plant is found.

Copies a history, writes random AWS pairs and tokens in ten formats into random
files of random commits, repacks it five ways, and asks keysift for each secret:
its rule, the pair as a pair with the right account, path, line, first commit.
The secrets are random; none was ever issued.
"""

import base64
import json
import os
import random
import subprocess
import sys
import tempfile
import zlib

BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BASE64 = BASE62 + "+/"

# {i}: access key id, {s}: its secret, or the token.
FORMATS = [
    ("ini", "[profile]\naws_access_key_id = {i}\naws_secret_access_key = {s}\n"),
    ("env", "export AWS_ACCESS_KEY_ID={i}\nexport AWS_SECRET_ACCESS_KEY={s}\n"),
    ("json", '{{\n  "AccessKeyId": "{i}",\n  "SecretAccessKey": "{s}"\n}}\n'),
    ("yaml", "aws:\n  aws_access_key_id: {i}\n  aws_secret_access_key: {s}\n"),
    ("terraform", 'provider "aws" {{\n  access_key = "{i}"\n'
                  '  secret_key = "{s}"\n}}\n'),
    ("shell", "aws configure set aws_secret_access_key {s}\n"
              "aws configure set aws_access_key_id {i}\n"),
    ("code", "client = boto3.client('s3',\n    aws_access_key_id='{i}',\n"
             "    aws_secret_access_key='{s}')\n"),
    ("csv", "Access key ID,Secret access key\n{i},{s}\n"),
    ("github", 'token: "{s}"\n'),
    ("npm", "//registry.example.com/:_authToken={s}\n"),
]

PACKINGS = {
    "as git does": ["repack", "-a", "-d", "-f", "-q"],
    "deep": ["repack", "-a", "-d", "-f", "-q", "--depth=250", "--window=25"],
    "shallow": ["repack", "-a", "-d", "-f", "-q", "--depth=2", "--window=3"],
    "no deltas": ["repack", "-a", "-d", "-F", "-q", "--depth=0", "--window=0"],
    "bases by id": ["-c", "repack.useDeltaBaseOffset=false", "repack", "-a",
                    "-d", "-f", "-q", "--window=8"],
}


def git(repository, *arguments, data=None):
    return subprocess.run(
        ["git", "-C", repository, *arguments], input=data, check=True,
        stdout=subprocess.PIPE,
    ).stdout


def access_key(rng):
    account = rng.randrange(10**11, 10**12)
    bits = 1 << 79 | account << 39 | rng.getrandbits(39)
    body = base64.b32encode(bits.to_bytes(10, "big")).decode()
    return rng.choice(["AKIA", "ASIA"]) + body, f"{account:012}"


def with_checksum(prefix, rng):
    body = "".join(rng.choice(BASE62) for _ in range(30))
    number, digits = zlib.crc32(body.encode()), ""
    while number:
        number, digit = divmod(number, 62)
        digits = BASE62[digit] + digits
    return prefix + body + digits.rjust(6, "0")


class Plant:
    """One secret and where it went."""

    def __init__(self, number, rng):
        self.format, template = FORMATS[number % len(FORMATS)]
        self.key_id, self.account = access_key(rng)
        self.secret = "".join(rng.choice(BASE64) for _ in range(40))
        if self.format == "github":
            self.secret, self.account = with_checksum("ghp_", rng), None
        elif self.format == "npm":
            self.secret, self.account = with_checksum("npm_", rng), None
        self.text = template.format(i=self.key_id, s=self.secret)

    def put(self, repository, commit, rng, number):
        """The fast-import commands of a commit that plants it."""
        rows = git(repository, "ls-tree", "-r", "-l", "-z", commit)
        files = []
        for row in rows.split(b"\0")[:-1]:
            meta, path = row.split(b"\t", 1)
            mode, kind, blob, size = meta.split()
            if kind == b"blob" and mode != b"120000" and int(size) < 200000:
                files.append((blob.decode(), path))
        rng.shuffle(files)
        for blob, path in files:
            content = git(repository, "cat-file", "blob", blob)
            if b"\0" not in content and b'"' not in path:
                break
        lines = content.split(b"\n")
        at = rng.randrange(len(lines)) if rng.random() < 0.8 else (
            rng.choice([0, len(lines) - 1]))
        new = b"\n".join(lines[:at] + self.text.encode().split(b"\n")[:-1] +
                         lines[at:])
        self.path = path.decode(errors="surrogateescape")
        self.line = 1 + next(i for i, line in enumerate(new.split(b"\n"))
                             if self.secret.encode() in line)
        head = (f"commit refs/heads/planted-{number}\nmark :{number + 1}\n"
                f"committer A U Thor <author@example.com> "
                f"{1700000000 + number} +0000\ndata 7\nplanted\n"
                f"from {commit}\n").encode()
        return (head + b"M 100644 inline " + path +
                b"\ndata %d\n" % len(new) + new + b"\n")

    def problems(self, findings):
        """What is wrong with its finding, in words."""
        finding = findings.get(self.secret)
        if finding is None:
            return ["not found"]
        wrong = []
        if self.account:
            details = finding["details"]
            if "pair" not in finding["rule_id"]:
                wrong.append("not as a pair but " + finding["rule_id"])
            if details.get("aws_account_id") != self.account:
                wrong.append("account " + str(details.get("aws_account_id")))
            if details.get("access_key_id") != self.key_id:
                wrong.append("id " + str(details.get("access_key_id")))
        places = {(l["path"], l["line"]) for l in finding["locations"]}
        if (self.path, self.line) not in places:
            wrong.append(f"places {places}, not {self.path}:{self.line}")
        first = (finding["first_commit"] or {}).get("id")
        if first != self.commit:
            wrong.append(f"first commit {first}, not {self.commit}")
        return wrong


def plant_all(repository, count, rng):
    commits = git(repository, "rev-list", "--all").decode().split()
    plants = [Plant(number, rng) for number in range(count)]
    stream = b"".join(
        plant.put(repository, rng.choice(commits), rng, number)
        for number, plant in enumerate(plants))
    marks = os.path.join(repository, "planted-marks")
    git(repository, "fast-import", "--quiet", f"--export-marks={marks}",
        data=stream)
    with open(marks, encoding="ascii") as file:
        for line in file:
            mark, commit = line.split()
            plants[int(mark[1:]) - 1].commit = commit
    os.remove(marks)
    return plants


def check(keysift, repository, plants, name):
    process = subprocess.run(
        [keysift, "scan", repository, "-f", "json", "--show-secrets", "-q",
         "--progress", "never"], stdout=subprocess.PIPE, check=False)
    report = json.loads(process.stdout)
    findings = {f["secret"].get("value"): f for f in report["findings"]}
    bad = 0
    for plant in plants:
        problems = plant.problems(findings)
        bad += bool(problems)
        if problems and bad <= 10:
            print(f"  {plant.format} in {plant.path}: {'; '.join(problems)}")
    print(f"{name}: {len(plants) - bad} of {len(plants)} as planted, "
          f"exit {process.returncode}, gaps {len(report['gaps'])}")
    return bad == 0 and process.returncode == 1 and not report["gaps"]


def main():
    keysift, source = os.path.abspath(sys.argv[1]), sys.argv[2]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 200
    rng = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
    with tempfile.TemporaryDirectory() as folder:
        repository = os.path.join(folder, "copy.git")
        subprocess.run(["git", "clone", "-q", "--mirror", "--no-local",
                        source, repository], check=True)
        plants = plant_all(repository, count, rng)
        good = check(keysift, repository, plants, "as imported")
        for name, arguments in PACKINGS.items():
            git(repository, *arguments)
            good &= check(keysift, repository, plants, name)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
