#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""staged.py KEYSIFT REPOSITORY [RUNS]: how long `scan --staged` takes beside
`git diff --cached`, for a small change in a small and in a large file.

Each is run in turn, so that a machine's other work bears on both; the ratio is
that of the medians. Exits with 1 if a ratio is over 1.5.
"""

import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

LIMIT = 1.5


def git(folder, *words):
    return subprocess.run(
        ["git", "-C", folder, *words], check=True, capture_output=True, text=True
    ).stdout


def seconds(words, folder):
    start = time.perf_counter()
    subprocess.run(
        words, cwd=folder, check=True, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
    )
    return time.perf_counter() - start


def sizes(folder):
    """The tracked text files, by size."""
    names = git(folder, "ls-files", "-z").split("\0")[:-1]
    paths = [pathlib.Path(folder, name) for name in names]
    files = [path for path in paths if path.is_file() and not path.is_symlink()]
    texts = [path for path in files if b"\0" not in path.read_bytes()[:8000]]
    return sorted(texts, key=lambda path: path.stat().st_size)


def measure(program, folder, runs):
    ours, theirs = [], []
    for run in range(runs + 2):
        pair = (
            seconds([program, "scan", "--staged"], folder),
            seconds(["git", "diff", "--cached"], folder),
        )
        if run >= 2:  # two to warm up
            ours.append(pair[0])
            theirs.append(pair[1])
    return statistics.median(ours), statistics.median(theirs)


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    program, repository = os.path.abspath(sys.argv[1]), sys.argv[2]
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 100
    worst = 0.0
    with tempfile.TemporaryDirectory(prefix="keysift-bench-") as parent:
        folder = os.path.join(parent, "work")
        subprocess.run(["git", "clone", "-q", repository, folder], check=True)
        files = sizes(folder)
        print(f"{len(files)} text files tracked; medians of {runs} runs each")
        for name, path in (
            ("small", files[len(files) // 2]), ("large", files[-1]),
        ):
            with open(path, "ab") as file:
                file.write(b"one more line\n")
            git(folder, "add", "-u")
            ours, theirs = measure(program, folder, runs)
            worst = max(worst, ours / theirs)
            size = path.stat().st_size / 1000
            print(
                f"{name} file ({size:.1f} kB): scan --staged {ours * 1e3:.2f} ms,"
                f" git diff --cached {theirs * 1e3:.2f} ms, {ours / theirs:.2f} x"
            )
            git(folder, "reset", "-q", "--hard")
    return 0 if worst <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
