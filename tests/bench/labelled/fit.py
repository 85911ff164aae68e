#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fits the weights of scanner/verify/generic_judge.cc to a labelled set.

    fit.py KEYSIFT SET SCORER [--pull NUMBER] [--likely SUM] [--possible SUM]

`keysift explain` tells, for each candidate of a generic rule, which features
held. What no veto drops is a row: its features, and whether its line is
labelled as a credential. Logistic regression, each weight pulled back to the
hand-set one (--pull is how strongly), because the set's credentials were
replaced by random ones: without the pull, letters at random would be
everything, and the passwords that people choose would be lost.

Prints each feature with its weight now and fitted, how often it held and was
right; what the verdicts are worth at both; and, leaving out one repository at a
time, what weights fitted to all the others make of it.
"""
import argparse
import collections
import concurrent.futures
import importlib.util
import math
import pathlib
import re
import subprocess

SKIPPED_REPOSITORY = "2ba83c6a"
SKIPPED_CATEGORIES = {"UUID"}
PLACE = re.compile(r"^(\S.*):(\d+)  (generic-\S+) \(")
FEATURE = re.compile(r"([a-z].*?) ([+-]\d+\.\d)(?:, |$)")

Row = collections.namedtuple("Row", "repository path line features right")


def load(path):
    spec = importlib.util.spec_from_file_location("score", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def explain(keysift, root, path):
    """(line, {feature: weight}) of each candidate that no veto dropped."""
    text = subprocess.run([keysift, "explain", path], cwd=root, check=False,
                          capture_output=True).stdout.decode(errors="replace")
    line = None
    for row in text.splitlines():
        place = PLACE.match(row)
        if place:
            line = int(place[2])
        elif line and row.startswith("  check generic-"):
            found = dict((name, float(weight)) for name, weight
                         in FEATURE.findall(row.split(": ", 1)[-1]))
            if found:
                yield line, found
        elif not row.startswith("  "):
            line = None


def read_rows(keysift, root, score):
    by_line, _ = score.read_labels(root, "dev", {SKIPPED_REPOSITORY},
                                   SKIPPED_CATEGORIES)
    rows, weights, seen = [], {}, set()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        paths = sorted(by_line)
        jobs = pool.map(lambda p: list(explain(keysift, root, p)), paths)
        for path, found in zip(paths, jobs):
            for line, features in found:
                labels = by_line[path].get(line, [])
                key = (path, line, tuple(features))
                if not labels or key in seen:
                    continue
                seen.add(key)
                weights.update(features)
                rows.append(Row(path.split("/")[1], path, line,
                                frozenset(features),
                                any(label.true for label in labels)))
    return rows, weights


def total(weights, row):
    return weights[""] + sum(weights[name] for name in row.features)


def fit(rows, prior, pull, steps=400, rate=2.0):
    """Weights that minimise the mean log-loss plus pull * |w - prior|²."""
    weights = dict(prior)
    for _ in range(steps):
        slope = collections.Counter()
        for row in rows:
            error = 1 / (1 + math.exp(-total(weights, row))) - row.right
            slope[""] += error
            for name in row.features:
                slope[name] += error
        for name in weights:
            weights[name] -= rate * (slope[name] / len(rows) + 2 * pull
                                     * (weights[name] - prior[name]))
    return weights


def verdicts(rows, weights, shift, likely, possible):
    """Right and wrong at likely and at possible, and what was lost."""
    counts = collections.Counter()
    for row in rows:
        points = total(weights, row) - weights[""] * shift
        level = ("likely" if points >= likely else
                 "possible" if points >= possible else "dropped")
        counts[level, row.right] += 1
    return counts


def f1(counts):
    tp, fp = counts["likely", True], counts["likely", False]
    lost = counts["possible", True] + counts["dropped", True]
    return 2 * tp / (2 * tp + fp + lost) if tp else 0.0


def show(name, counts):
    share = [f"{counts[level, True]}/{counts[level, True] + counts[level, False]}"
             for level in ("likely", "possible", "dropped")]
    print(f"| {name} | " + " | ".join(share) + f" | {f1(counts):.3f} |")


def show_bands(rows, weights):
    """How often each sum was right: what the thresholds are chosen by."""
    bands = collections.Counter()
    for row in rows:
        band = max(-2.0, min(4.0, math.floor(total(weights, row) * 5) / 5))
        bands[band, row.right] += 1
    print("\n| sum from | right | wrong |\n|--:|--:|--:|")
    for band in sorted({band for band, _ in bands}):
        print(f"| {band:+.1f} | {bands[band, True]} | {bands[band, False]} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("keysift", type=pathlib.Path)
    parser.add_argument("set", type=pathlib.Path)
    parser.add_argument("scorer", type=pathlib.Path)
    parser.add_argument("--pull", type=float, default=0.001)
    parser.add_argument("--likely", type=float, default=1.0)
    parser.add_argument("--possible", type=float, default=-0.2)
    args = parser.parse_args()

    rows, prior = read_rows(args.keysift.resolve(), args.set,
                            load(args.scorer))
    prior[""] = 0.0
    fitted = fit(rows, prior, args.pull)
    print("| feature | hand-set | fitted | held | right |\n|---|--:|--:|--:|--:|")
    for name in sorted(prior):
        held = [row.right for row in rows if not name or name in row.features]
        print(f"| {name or '(all)'} | {prior[name]:+.1f} | {fitted[name]:+.1f} "
              f"| {len(held)} | {sum(held) / len(held):.2f} |")
    show_bands(rows, prior)
    cuts = (args.likely, args.possible)
    print("\n| right of all | likely | possible | dropped | F1 |\n"
          "|---|--:|--:|--:|--:|")
    show("hand-set", verdicts(rows, prior, 0, *cuts))
    show("fitted", verdicts(rows, fitted, 0, *cuts))
    print("\n| left out | likely | possible | dropped | F1 |\n"
          "|---|--:|--:|--:|--:|")
    names = sorted({row.repository for row in rows})
    unseen = collections.Counter()
    for name in names:
        others = fit([row for row in rows if row.repository != name], prior,
                     args.pull, steps=100)
        counts = verdicts([row for row in rows if row.repository == name],
                          others, 0, *cuts)
        unseen += counts
        show(name, counts)
    show("all, each unseen", unseen)


if __name__ == "__main__":
    main()
