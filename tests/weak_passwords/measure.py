#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures keysift on cases.txt: weak passwords that must be found, and near
misses that must not.

    measure.py KEYSIFT [--min-confidence LEVEL] [--verbose] [--gate R P]

Each case becomes a file of its own, all are scanned at once, and a case counts
as found if a finding in its file holds the secret. With --gate the exit code
is 1 if recall or precision fall under R and P.
"""
import argparse
import base64
import binascii
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

CASES = pathlib.Path(__file__).with_name("cases.txt")
Case = collections.namedtuple("Case", "format file secret text")


def read_cases():
    cases, where = [], ("", "")
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line.startswith("@ "):
            where = tuple(line[2:].split(" ", 1))
        elif line[:1] in "+-" and line:
            secret, text = line[1:].split(":: ", 1)
            cases.append(Case(*where, secret.strip(), text.replace("⏎", "\n")))
    return cases


def scan(keysift, cases, confidence):
    """The values found in each case, by its number."""
    found = collections.defaultdict(set)
    with tempfile.TemporaryDirectory() as folder:
        for number, case in enumerate(cases):
            place = pathlib.Path(folder, "c", str(number))
            place.mkdir(parents=True)
            (place / case.file).write_text(case.text + "\n", encoding="utf-8")
        report = pathlib.Path(folder, "report.json")
        subprocess.run([keysift, "scan", "c", "-q", "--show-secrets", "-f",
                        "json", "-o", report, "--min-confidence", confidence],
                       cwd=folder, check=False, stdout=subprocess.DEVNULL)
        for finding in json.loads(report.read_text())["findings"]:
            for place in finding["locations"]:
                number = int(pathlib.PurePath(place["path"]).parts[-2])
                found[number].add(finding["secret"]["value"])
    return found


def holds(value, secret):
    """Whether a found value is the secret, as it stands or in base64."""
    try:
        decoded = base64.b64decode(value, validate=True).decode("latin-1")
    except (binascii.Error, ValueError):
        decoded = ""
    return secret in value or secret in decoded


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("keysift")
    parser.add_argument("--min-confidence", default="possible")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--gate", nargs=2, type=float, default=(0, 0))
    args = parser.parse_args()
    cases = read_cases()
    found = scan(args.keysift, cases, args.min_confidence)
    table = collections.defaultdict(collections.Counter)
    for number, case in enumerate(cases):
        hit = (any(holds(value, case.secret) for value in found[number])
               if case.secret else bool(found[number]))
        kind = ("T" if hit else "missed") if case.secret else \
            ("false" if hit else "quiet")
        table[case.format][kind] += 1
        table["all"][kind] += 1
        if args.verbose and kind in ("missed", "false"):
            print(f"{kind:7}{case.format:16}{case.text!r}")
    print("| format | cases | found | near misses | reported |")
    print("|---|--:|--:|--:|--:|")
    for name, row in table.items():
        print(f"| {name} | {row['T'] + row['missed']} | {row['T']} "
              f"| {row['quiet'] + row['false']} | {row['false']} |")
    total = table["all"]
    recall = total["T"] / (total["T"] + total["missed"])
    precision = total["T"] / max(1, total["T"] + total["false"])
    print(f"\nrecall {recall:.3f}, precision {precision:.3f}")
    sys.exit(recall < args.gate[0] or precision < args.gate[1])


if __name__ == "__main__":
    main()
