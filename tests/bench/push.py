#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""push.py KEYSIFT [COMMITS [RUNS]]: how long a push of 1,000 commits takes, one
of which leaks, into a bare repository with the hook pre-receive; and without.

The push has to be refused, and to name the leak. Exits with 1 if what the hook
adds is more than a second (the median).
"""

import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cli"))
import harness  # pylint: disable=wrong-import-position

TOKEN = harness.github_token(1)
LIMIT = 1.0


def history(commits):
    """For git fast-import: each commit changes one of 50 files a little."""
    chance = random.Random(1)
    files = [[f"line {i} of file {j}\n" for i in range(200)] for j in range(50)]
    stream = [b"reset refs/heads/big\nfrom refs/heads/main\n"]
    for number in range(commits):
        lines = files[number % 50]
        lines[chance.randrange(200)] = f"changed by {number}\n"
        leak = [f"token = {TOKEN}\n"] if number == commits // 2 else []
        text = "".join(lines + leak).encode()
        stream.append(
            b"commit refs/heads/big\ncommitter T <t@test.example> %d +0000\n"
            b"data 2\nc\nM 100644 inline d/f%d.txt\ndata %d\n%s\n"
            % (1700100000 + number, number % 50, len(text), text)
        )
    return b"".join(stream)


def push(work, remote, code):
    start = time.perf_counter()
    run = subprocess.run(
        ["git", "push", "-q", remote, "big:refs/heads/new"], cwd=work.path,
        env=harness.ENVIRONMENT, capture_output=True, text=True, check=False,
    )
    took = time.perf_counter() - start
    if run.returncode != code or (code and "d/f" not in run.stderr):
        sys.exit(f"the push ended with {run.returncode}:\n{run.stderr}")
    return took


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program = os.path.abspath(sys.argv[1])
    commits = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    with tempfile.TemporaryDirectory(prefix="keysift-bench-") as name:
        folder = pathlib.Path(name)
        hooked = harness.Repo(folder / "hooked.git", "--bare")
        subprocess.run(
            [program, "hook", "install"], cwd=hooked.path, check=True,
            env=harness.ENVIRONMENT, stdout=subprocess.DEVNULL,
        )
        plain = harness.Repo(folder / "plain.git", "--bare")
        work = harness.Repo(folder / "work")
        work.commit(a_txt="x\n")
        for server in (hooked, plain):
            work.git("push", "-q", server.path, "main")
        work.git("fast-import", "--quiet", stdin=history(commits))
        with_hook, without = [], []
        for _ in range(runs):
            with_hook.append(push(work, hooked.path, 1))
            without.append(push(work, plain.path, 0))
            work.git("push", "-q", plain.path, ":refs/heads/new")
    added = statistics.median(with_hook) - statistics.median(without)
    print(
        f"{commits} commits: refused after {statistics.median(with_hook):.2f} s;"
        f" accepted without the hook after {statistics.median(without):.2f} s"
    )
    return 0 if added <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
