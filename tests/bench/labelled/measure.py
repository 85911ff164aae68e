#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Scores keysift on a labelled set that lies outside of the project.

    measure.py KEYSIFT SET SCORER [--min-confidence LEVEL] [--repositories]
               [--show fn|fp|unlabelled [--category NAME]]

SET holds data/ and meta/, SCORER is the set's own score.py. OpenSSL's test
vectors and bare UUIDs are left out. --repositories adds a table for each
repository, with F1 over all others beside it: no single one may carry the
result. --show lists where it errs, to read and learn from; the lines are the
set's and go nowhere else.
"""
import argparse
import collections
import importlib.util
import json
import pathlib
import subprocess
import sys
import tempfile

SKIPPED_REPOSITORY = "2ba83c6a"
SKIPPED_CATEGORIES = {"UUID"}


def load(path):
    spec = importlib.util.spec_from_file_location("score", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scan(keysift, root, confidence):
    """(path, first line, last line) of every finding under data/."""
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder, "report.json")
        subprocess.run([keysift, "scan", "data", "-q", "-f", "json", "-o",
                        report, "--min-confidence", confidence],
                       cwd=root, check=False)
        findings = json.loads(report.read_text())["findings"]
    for finding in findings:
        for place in finding["locations"]:
            path = place["path"]
            path = path if path.startswith("data/") else f"data/{path}"
            yield path, place["line"], place.get("end_line", place["line"])


def f1(counts):
    tp, fp, fn = (counts[kind] for kind in ("tp", "fp", "fn"))
    return 2 * tp / (2 * tp + fp + fn) if tp else 0.0


def judge(score, findings, by_line):
    """The labels that were hit, and the findings that hit none."""
    hit, loose = set(), []
    for finding in findings:
        lines = by_line.get(finding.path, {})
        found = [lines[n] for n in range(finding.start, finding.end + 1)
                 if n in lines]
        for true in (True, False):
            chosen = next((here for here in found
                           if any(label.true == true for label in here)), None)
            if chosen:
                hit.update(label for label in chosen if label.true == true)
                break
        else:
            loose.append((finding.path, finding.start))
    return hit, sorted(set(loose))


def places(by_line):
    """{label: (path, first line)}."""
    where = {}
    for path, lines in by_line.items():
        for number, labels in sorted(lines.items()):
            for label in labels:
                where.setdefault(label, (path, number))
    return where


def print_repositories(labels, hit, where):
    table = collections.defaultdict(collections.Counter)
    for label in labels:
        kind = {(True, True): "tp", (True, False): "fn",
                (False, True): "fp"}.get((label.true, label in hit))
        if kind:
            table[where[label][0].split("/")[1]][kind] += 1
    total = sum(table.values(), collections.Counter())
    print("\n| repository | TP | FP | FN | F1 | F1 of all others |")
    print("|---|--:|--:|--:|--:|--:|")
    for name, row in sorted(table.items()):
        others = total.copy()
        others.subtract(row)
        print(f"| {name} | {row['tp']} | {row['fp']} | {row['fn']} "
              f"| {f1(row):.3f} | {f1(others):.3f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("keysift", type=pathlib.Path)
    parser.add_argument("set", type=pathlib.Path)
    parser.add_argument("scorer", type=pathlib.Path)
    parser.add_argument("--min-confidence", default="likely")
    parser.add_argument("--repositories", action="store_true")
    parser.add_argument("--show", choices=["fn", "fp", "unlabelled"])
    parser.add_argument("--category")
    args = parser.parse_args()

    score = load(args.scorer)
    by_line, labels = score.read_labels(args.set, "dev", {SKIPPED_REPOSITORY},
                                        SKIPPED_CATEGORIES)
    pairs = scan(args.keysift.resolve(), args.set, args.min_confidence)
    findings = score.read_findings(pairs, "dev", {SKIPPED_REPOSITORY})
    result = score.score(findings, by_line, labels)
    print({key: round(value, 3) for key, value in result.items()
           if key != "categories"})
    hit, loose = judge(score, findings, by_line)
    where = places(by_line)
    if args.repositories:
        print_repositories(labels, hit, where)
    wanted = {"unlabelled": loose,
              "fn": [where[x] for x in labels if x.true and x not in hit
                     and args.category in (None, *x.categories)],
              "fp": [where[x] for x in labels if not x.true and x in hit
                     and args.category in (None, *x.categories)]}
    for path, number in sorted(wanted.get(args.show, [])):
        lines = (args.set / path).read_text(errors="replace").split("\n")
        print(f"{path}:{number}: {lines[number - 1].strip()[:160]}")


if __name__ == "__main__":
    sys.exit(main())
