#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A bulk scan of many repositories: what it costs, and whether it may be killed.

    tests/bench/bulk_store.py make BARE_REPOSITORY COUNT FOLDER
        forks of one repository, each with a commit and a made-up token of its own
    tests/bench/bulk_store.py cost KEYSIFT FOLDER
        time and peak memory of the first scan, and of a second one
    tests/bench/bulk_store.py kill KEYSIFT FOLDER [KILLS]
        kills scans of one store, and reports, at random moments, says with gdb
        where each was, and compares the final report with an undisturbed one
"""

import collections
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cli"))
from harness import ENVIRONMENT, github_token  # noqa: E402

DATES = {"GIT_AUTHOR_DATE": "1700000000 +0000", "GIT_COMMITTER_DATE": "1700000000 +0000"}


def git(repository, *words, stdin=b""):
    return subprocess.run(
        ["git", "-C", repository, *words], input=stdin, capture_output=True, check=True,
        env=ENVIRONMENT | DATES,
    ).stdout.decode().strip()


def add_commit(repository, name, content):
    """One file on top of HEAD, without a work tree."""
    blob = git(repository, "hash-object", "-w", "--stdin", stdin=content)
    listing = git(repository, "ls-tree", "HEAD") + f"\n100644 blob {blob}\t{name}\n"
    tree = git(repository, "mktree", stdin=listing.encode())
    commit = git(repository, "commit-tree", tree, "-p", "HEAD", "-m", f"Add {name}")
    git(repository, "update-ref", git(repository, "symbolic-ref", "HEAD"), commit)


def make(source, count, folder):
    folder.mkdir(parents=True, exist_ok=True)
    for i in range(count):
        fork = folder / f"fork{i:03}.git"
        shutil.copytree(source, fork, copy_function=os.link)
        for name in ("HEAD", "packed-refs", "config"):  # git writes these anew
            if (fork / name).exists():
                os.remove(fork / name)
                shutil.copy2(source / name, fork / name)
        add_commit(fork, f"zz-{i}.env", f"key = {github_token(i)}\n".encode())


def scan(keysift, store, folder, *words):
    start = time.monotonic()
    process = subprocess.Popen(
        [keysift, "bulk", "scan", "--store", store, "--root", folder, "-q", *words])
    _, status, usage = os.wait4(process.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1, 3):
        raise SystemExit(f"scan ended with {code}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def report(keysift, store, output):
    subprocess.run([keysift, "report", "--store", store, "-f", "json", "-o", output], check=True)
    return output.read_bytes()


def cost(keysift, folder):
    with tempfile.TemporaryDirectory() as place:
        store = pathlib.Path(place) / "all.db"
        first = scan(keysift, store, folder)
        second = scan(keysift, store, folder)
        print("first scan: %.2f s, %.2f s of CPU, %d MB at most" % first)
        print("unchanged:  %.2f s, %.2f s of CPU, %d MB at most" % second)
        print(f"ratio {second[0] / first[0]:.2%} of time, {second[1] / first[1]:.2%} of CPU")


PLACES = (
    ("store commit", r"BulkStore::|sqlite3VdbeExec|sqlite3_step"),
    ("report", r"ReadBulkReport|WriteJson|WriteOutput|ReportBuilder::Finish"),
    ("provenance", r"BuildHistory|HistoryFacts|Provenance|Containment|ScanTrees|ReadTrees|FindGaps"),
    ("walk", r"ScanTexts|PackWalker|RepositoryObjects"),
)


def where(process):
    """Stops the process and names the step that its threads are in."""
    os.kill(process.pid, signal.SIGSTOP)
    shown = subprocess.run(
        ["gdb", "-p", str(process.pid), "-batch", "-ex", "thread apply all bt 40"],
        capture_output=True, text=True, check=False).stdout
    for name, pattern in PLACES:
        if re.search(pattern, shown):
            return name
    return "elsewhere"


def kill_one(keysift, store, folder, source, aim):
    """Kills one run; None if it had ended by itself."""
    words = [keysift, "bulk", "scan", "--store", store, "--root", folder, "-q", "-j1"]
    if aim == "report":
        words = [keysift, "report", "--store", store, "-f", "json", "-o", str(store) + ".json"]
    process = subprocess.Popen(words, stderr=subprocess.DEVNULL)
    if aim == "store commit":
        log = pathlib.Path(str(store) + "-wal")
        size = log.stat().st_size if log.exists() else 0
        end = time.monotonic() + source.uniform(0.3, 3)
        while process.poll() is None:
            now = log.stat().st_mtime_ns if log.exists() else 0
            if now != size and time.monotonic() > end:
                break
            size = now
    else:
        time.sleep(source.uniform(0.0, 0.15 if aim == "report" else 3))
    if process.poll() is not None:
        return None
    place = where(process)
    process.kill()
    process.wait()
    return place


def kill(keysift, folder, kills):
    source = random.Random(11)
    with tempfile.TemporaryDirectory() as place:
        calm, killed = pathlib.Path(place) / "calm.db", pathlib.Path(place) / "killed.db"
        print("undisturbed: %.1f s, %.1f s of CPU, %d MB" % scan(keysift, calm, folder, "-j1"))
        wanted = report(keysift, calm, pathlib.Path(place) / "calm.json")
        counts = collections.Counter()
        aims = ["walk", "store commit", "provenance", "walk"]
        for i in range(kills * 3):
            if sum(counts.values()) >= kills:
                break
            got = kill_one(keysift, killed, folder, source, aims[i % len(aims)])
            if got is None:  # all was done: begin anew, and compare what it came to
                assert report(keysift, killed, pathlib.Path(place) / "k.json") == wanted
                for old in pathlib.Path(place).glob("killed.db*"):
                    old.unlink()
                continue
            counts[got] += 1
        scan(keysift, killed, folder, "-j1")
        reports = 0
        for _ in range(15):
            reports += kill_one(keysift, killed, folder, source, "report") is not None
            left = pathlib.Path(str(killed) + ".json")
            assert not left.exists() or left.read_bytes() == wanted, "half a report"
        same = report(keysift, killed, pathlib.Path(place) / "killed.json") == wanted
        print(f"killed {sum(counts.values())} scans {dict(counts)} and {reports} reports: "
              f"the reports are {'the same' if same else 'DIFFERENT'}")
        return 0 if same else 1


def main():
    command, *words = sys.argv[1:]
    if command == "make":
        return make(pathlib.Path(words[0]), int(words[1]), pathlib.Path(words[2]))
    if command == "cost":
        return cost(words[0], pathlib.Path(words[1]))
    return kill(words[0], pathlib.Path(words[1]), int(words[2]) if len(words) > 2 else 50)


if __name__ == "__main__":
    sys.exit(main())
