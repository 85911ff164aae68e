#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Draws findings of generic rules from histories at random, to be read.

    draw.py KEYSIFT REPOSITORY... [--seed N] [--count N] [--most N]

Scans each repository's history at the default confidence, draws at most --most
findings from each and --count from all, and prints rule, path and the place in
its line. The same seed over the same histories draws the same findings. Values
are shown in full: what it prints is for the terminal only.
"""
import argparse
import json
import pathlib
import random
import subprocess
import tempfile

BEFORE, AFTER = 90, 110


def scan(keysift, repository):
    """Generic findings, in the order of their fingerprints."""
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder, "report.json")
        subprocess.run([keysift, "scan", repository, "-q", "--no-worktree",
                        "--show-secrets", "-f", "json", "-o", report],
                       check=False)
        findings = json.loads(report.read_text())["findings"]
    return sorted((finding for finding in findings
                   if finding["rule_id"].startswith("generic-")),
                  key=lambda finding: finding["fingerprint"])


def context(repository, place, value):
    """What stands around the value on its line; "" if it is in no blob."""
    blob = subprocess.run(["git", "-C", repository, "cat-file", "blob",
                           place["blob"]], check=False, capture_output=True)
    lines = blob.stdout.decode(errors="replace").split("\n")
    line = lines[place["line"] - 1] if place["line"] <= len(lines) else ""
    at = max(line.find(value.split("\n")[0][:60]), 0)
    return line[max(at - BEFORE, 0):at + AFTER].strip()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("keysift", type=pathlib.Path)
    parser.add_argument("repositories", nargs="+", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--most", type=int, default=80)
    args = parser.parse_args()

    chance = random.Random(args.seed)
    drawn = []
    for repository in args.repositories:
        found = scan(args.keysift.resolve(), repository)
        drawn += [(repository, finding) for finding
                  in chance.sample(found, min(args.most, len(found)))]
        print(f"# {repository}: {len(found)} generic findings")
    chance.shuffle(drawn)
    drawn = sorted(drawn[:args.count],
                   key=lambda pair: (pair[0], pair[1]["fingerprint"]))
    for number, (repository, finding) in enumerate(drawn):
        place = finding["locations"][0]
        value = finding["secret"]["value"]
        print(f"{number} {repository} {finding['rule_id']} {place['path']} | "
              f"{context(repository, place, value)} | {value[:70]!r}")


if __name__ == "__main__":
    main()
