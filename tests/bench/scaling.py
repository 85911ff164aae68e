#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""scaling.py KEYSIFT REPOSITORY... [--rounds N] [--keep FOLDER]

How a whole history's scan grows with the packs' size, and what a second thread
gives. Prints a table; with --keep also files it and a plot, as history.py does.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import time

import history

WIDTH, HEIGHT, MARGIN = 640, 400, 56


def packed_megabytes(repository):
    folder = os.path.join(repository, "objects", "pack")
    return sum(os.path.getsize(os.path.join(folder, name))
               for name in os.listdir(folder)
               if name.endswith(".pack")) / 1e6


def seconds(keysift, repository, threads):
    begin = time.monotonic()
    subprocess.run([keysift, "scan", repository, "-f", "json", "-q",
                    "--no-worktree", "-j", str(threads)],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                   check=False)
    return time.monotonic() - begin


def measure(keysift, repository, rounds):
    """Median seconds on one thread and on two, interleaved."""
    took = {1: [], 2: []}
    for _ in range(rounds):
        for threads, times in took.items():
            times.append(seconds(keysift, repository, threads))
    return statistics.median(took[1]), statistics.median(took[2])


def plot(rows):
    """An SVG of seconds over packed size, two series."""
    most = max(size for _, size, _, _ in rows) * 1.1
    longest = max(one for _, _, one, _ in rows) * 1.1

    def place(size, time_taken):
        return (MARGIN + size / most * (WIDTH - 2 * MARGIN),
                HEIGHT - MARGIN - time_taken / longest * (HEIGHT - 2 * MARGIN))

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" '
             f'height="{HEIGHT}" font-family="sans-serif" font-size="12">',
             f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
             f'<path d="M{MARGIN} {MARGIN}V{HEIGHT - MARGIN}H{WIDTH - MARGIN}" '
             'fill="none" stroke="black"/>',
             f'<text x="{WIDTH / 2}" y="{HEIGHT - 12}">packed MB</text>',
             f'<text x="8" y="{MARGIN - 16}">seconds; grey: one thread, '
             'black: two</text>']
    for name, size, one, two in rows:
        for value, colour in ((one, "grey"), (two, "black")):
            x, y = place(size, value)
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" '
                         f'fill="{colour}"/>')
            parts.append(f'<text x="{x + 7:.1f}" y="{y + 4:.1f}">'
                         f'{value:.2f}</text>')
        x, _ = place(size, 0)
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - MARGIN + 16}" '
                     f'text-anchor="middle">{name} {size:.0f}</text>')
    return "\n".join(parts + ["</svg>", ""])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("keysift")
    parser.add_argument("repositories", nargs="+")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keep", metavar="FOLDER")
    options = parser.parse_args()
    keysift = os.path.abspath(options.keysift)
    rows = []
    for repository in options.repositories:
        name = re.sub(r"\.git$", "", os.path.basename(
            os.path.abspath(repository)))
        one, two = measure(keysift, repository, options.rounds)
        rows.append((name, packed_megabytes(repository), one, two))
    rows.sort(key=lambda row: row[1])
    lines = ["| history | packed MB | one thread, s | two, s | gain | "
             "MB/s on two |", "|---|---|---|---|---|---|"]
    lines += [f"| {name} | {size:.0f} | {one:.2f} | {two:.2f} | "
              f"{one / two:.2f} × | {size / two:.0f} |"
              for name, size, one, two in rows]
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    if options.keep:
        folder = history.run_folder(options.keep)
        for name, content in (("scaling.md", text),
                              ("scaling.svg", plot(rows))):
            with open(os.path.join(folder, name), "w",
                      encoding="utf-8") as file:
                file.write(content)


if __name__ == "__main__":
    main()
