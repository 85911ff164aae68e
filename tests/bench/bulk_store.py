#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A bulk scan of many repositories: what it costs, and whether it may be killed.

    tests/bench/bulk_store.py make BARE_REPOSITORY COUNT FOLDER
        forks of one repository, each with a commit and a made-up token of its own
    tests/bench/bulk_store.py mix FOLDER COUNT BARE_REPOSITORY...
        COUNT repositories: those, forks of them with 10 commits of their own (one
        in four packed anew), and as many with a made-up history
    tests/bench/bulk_store.py cost KEYSIFT FOLDER [WORDS...]
        time and peak memory of the first scan, and of a second one
    tests/bench/bulk_store.py fork KEYSIFT BARE_REPOSITORY
        what ten new commits cost: fetched, and in forks that were made by git in
        four ways, in a process of its own and as one of several
    tests/bench/bulk_store.py kill KEYSIFT FOLDER [KILLS]
        kills scans of one store with gdb inside of the walk, a store commit,
        provenance and a report, in turn, and others at random moments; compares
        the final report with an undisturbed one
"""

import collections
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import threading
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


def watch_memory(pid, peak):
    """Keeps the most that a process held, in MB, without mapped files."""
    try:
        while True:
            status = pathlib.Path(f"/proc/{pid}/status").read_text()
            held = [line.split()[1] for line in status.splitlines() if line.startswith("RssAnon")]
            if not held and "\nState:\tZ" in status:
                return
            peak[0] = max([peak[0]] + [int(kilobytes) // 1024 for kilobytes in held])
            time.sleep(0.01)
    except OSError:
        return


def scan(keysift, store, folder, *words):
    """Seconds, those of CPU, and MB."""
    start = time.monotonic()
    process = subprocess.Popen(
        [keysift, "bulk", "scan", "--store", store, "--root", folder, "-q", *words])
    peak = [0]
    watch = threading.Thread(target=watch_memory, args=(process.pid, peak))
    watch.start()
    _, status, usage = os.wait4(process.pid, 0)
    watch.join()
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1, 3):
        raise SystemExit(f"scan ended with {code}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, peak[0]


def report(keysift, store, output):
    subprocess.run([keysift, "report", "--store", store, "-f", "json", "-o", output], check=True)
    return output.read_bytes()


def cost(keysift, folder, words):
    with tempfile.TemporaryDirectory() as place:
        store = pathlib.Path(place) / "all.db"
        first = scan(keysift, store, folder, *words)
        second = scan(keysift, store, folder, *words)
        print("first scan: %.2f s, %.2f s of CPU, %d MB at most" % first)
        print("unchanged:  %.2f s, %.2f s of CPU, %d MB at most" % second)
        print(f"ratio {second[0] / first[0]:.2%} of time, {second[1] / first[1]:.2%} of CPU")


# Where a scan is killed: at a call of one of these, some instructions on.
PLACES = {
    "walk": ("keysift::PackWalker::VisitEntry", "keysift::DeltaScan::ScanDelta",
             "keysift::Matcher::Scan", "keysift::TreeScan::ReadDelta"),
    "provenance": ("keysift::Containment::Build", "keysift::CommitGraph::Build",
                   "keysift::Provenance::Provenance",
                   "keysift::FindingHistory::FindingHistory",
                   "keysift::HistoryFacts::Fill", "keysift::DigestOf"),
    "store commit": ("keysift::BulkStore::WriteHolding", "keysift::Transaction::Commit",
                     "sqlite3WalFrames", "fdatasync"),
    "report": ("keysift::ReadBulkReport", "keysift::ReadPlaces", "keysift::ComesBefore"),
}


def kill_in(keysift, store, folder, source, place):
    """Kills one run inside of a place; False if it had ended before."""
    words = [keysift, "bulk", "scan", "--store", store, "--root", folder, "-q", "-j1"]
    if place == "report":
        words = [keysift, "report", "--store", store, "-f", "json", "-o", str(store) + ".json"]
    function = source.choice(PLACES[place])
    late = source.choice([0, 1, 3, 10, 40])
    steps = source.choice([0, 10, 1000])
    shown = subprocess.run(
        ["gdb", "-batch", "-ex", "set breakpoint pending off",
         "-ex", "handle SIGSTOP SIGCONT nostop noprint pass", "-ex", f"break {function}",
         "-ex", f"ignore 1 {late}", "-ex", "run", "-ex", f"stepi {steps}", "-ex", "bt 30",
         "-ex", "kill", "--args", *map(str, words)],
        capture_output=True, text=True, check=False).stdout
    return "Breakpoint 1, " in shown and "killed]" in shown


def kill_at_random(keysift, store, folder, source, longest):
    process = subprocess.Popen(
        [keysift, "bulk", "scan", "--store", store, "--root", folder, "-q", "-j1"],
        stderr=subprocess.DEVNULL)
    time.sleep(source.uniform(0, longest))
    alive = process.poll() is None
    process.kill()
    process.wait()
    return alive


def kill(keysift, folder, kills):
    source = random.Random(11)
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        calm, killed = place / "calm.db", place / "killed.db"
        took = scan(keysift, calm, folder, "-j1")
        print("undisturbed: %.1f s, %.1f s of CPU, %d MB" % took, flush=True)
        wanted = report(keysift, calm, place / "calm.json")
        counts = collections.Counter()
        aims = ["walk", "store commit", "provenance", "at random", "report"]
        whole = 0
        for i in range(kills * 3):
            if sum(counts.values()) >= kills:
                break
            aim = aims[i % len(aims)]
            if aim == "at random":
                hit = kill_at_random(keysift, killed, folder, source, took[0] / 20)
            else:
                hit = kill_in(keysift, killed, folder, source, aim)
            counts[aim] += hit
            if aim == "report":
                left = pathlib.Path(str(killed) + ".json")
                left.unlink(missing_ok=True)
            elif not hit:  # all was done: compare what it came to, and begin anew
                scan(keysift, killed, folder, "-j1")
                assert report(keysift, killed, place / "k.json") == wanted, "DIFFERENT"
                whole += 1
                print(f"whole after {dict(counts)}: the same", flush=True)
                for old in place.glob("killed.db*"):
                    old.unlink()
        scan(keysift, killed, folder, "-j1")
        same = report(keysift, killed, place / "killed.json") == wanted
        print(f"killed {sum(counts.values())} runs {dict(counts)}, {whole + 1} whole scans: "
              f"the reports are {'the same' if same else 'DIFFERENT'}")
        return 0 if same else 1


def invent(folder, seed):
    """A repository of some hundred commits over made-up texts."""
    source = random.Random(seed)
    vocabulary = ["".join(source.choices("abcdefghijklmnop_", k=source.randint(2, 9)))
                  for _ in range(900)]
    files = {f"d{i % 5}/f{i}.py": [] for i in range(24)}
    stream = []
    for commit in range(120):
        stream.append(f"commit refs/heads/main\ncommitter A <a@b> {1600000000 + commit * 3600} "
                      "+0000\ndata 1\nc\n")
        for name in source.sample(sorted(files), 4):
            lines = files[name]
            for _ in range(25):
                lines.insert(source.randint(0, len(lines)),
                             " ".join(source.choices(vocabulary, k=9)))
            if source.random() < 0.02:
                lines.append(f"key = {github_token(seed * 1000 + commit)}")
            text = "\n".join(lines)
            stream.append(f"M 100644 inline {name}\ndata {len(text)}\n{text}\n")
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", folder], check=True)
    git(folder, "fast-import", "--quiet", stdin="".join(stream).encode())
    git(folder, "repack", "-q", "-a", "-d")


def ten_commits(repository, seed):
    """On top of HEAD, as loose objects."""
    branch = git(repository, "symbolic-ref", "HEAD")
    stream = ""
    for i in range(10):
        text = f"key = {github_token(seed * 100 + i)}\n"
        stream += (f"commit {branch}\ncommitter A <a@b> {1700000000 + i} +0000\ndata 1\nc\n"
                   + (f"from {branch}^0\n" if i == 0 else "")
                   + f"M 100644 inline zz-{seed}-{i}.env\ndata {len(text)}\n{text}\n")
    git(repository, "fast-import", "--quiet", stdin=stream.encode())


def clone(source, fork, *words):
    subprocess.run(["git", "clone", "-q", "--bare", *words, source, fork], check=True)


def mix(folder, count, sources):
    folder.mkdir(parents=True, exist_ok=True)
    for source in sources:
        clone(source, folder / source.name, "--mirror")
    ways = [["--local"], ["--shared"], ["--local"], ["--no-local"]]
    for i in range((count - len(sources)) // 2):
        source = sources[i % len(sources)]
        # Large ones are not packed anew (it takes git longer than all else), nor
        # those that lack objects.
        small = sum(p.stat().st_size for p in source.glob("objects/pack/*.pack")) < 20 << 20
        small = small and subprocess.run(
            ["git", "-C", source, "fsck", "--connectivity-only"], capture_output=True,
            check=False).returncode == 0
        fork = folder / f"fork{i:03}.git"
        clone(source, fork, *(ways[i // len(sources) % 4] if small else ways[i % 3]))
        ten_commits(fork, i)
    for i in range(count - len(list(folder.iterdir()))):
        invent(folder / f"new{i:03}.git", i)


SEVERAL = 6


def fork(keysift, source):
    with tempfile.TemporaryDirectory(dir=".") as place:
        place = pathlib.Path(place).resolve()
        store = place / "all.db"
        mirror, newer = place / "mirror.git", place / "newer.git"
        clone(source, mirror, "--mirror", "--local")
        clone(source, newer, "--local")
        ten_commits(newer, 1)
        first = scan(keysift, store, mirror, "-j1")[1]
        print("first scan: %.3f s of CPU" % first)
        git(mirror, "-c", "fetch.unpackLimit=1", "fetch", "-q", newer, "+HEAD:refs/heads/newer")
        costs = {"10 commits fetched": scan(keysift, store, mirror, "-j1")[1]}
        for i, how in enumerate(["--local", "--shared", "--no-hardlinks", "--no-local"]):
            clone(newer if how == "--no-local" else source, place / f"fork{how}", how)
            if how != "--no-local":
                ten_commits(place / f"fork{how}", 2 + i)
            costs[f"clone {how}"] = scan(keysift, store, place / f"fork{how}", "-j1")[1]
        for name, seconds in costs.items():
            print(f"{name:20} {seconds:.3f} s of CPU, {seconds / first:.1%}")
        # What a process costs once, and regexes, are shared by many.
        before = place / "before.db"
        scan(keysift, before, mirror, "-j1")
        for how in ["--local", "--no-hardlinks", "--no-local"]:
            several = place / f"several{how}"
            several.mkdir()
            for i in range(SEVERAL):
                shutil.copytree(place / f"fork{how}", several / f"{i}.git",
                                copy_function=os.link if how == "--local" else shutil.copy2)
                ten_commits(several / f"{i}.git", 10 + i)
            shutil.copy2(before, store)
            seconds = scan(keysift, store, several, "-j1")[1] / SEVERAL
            print(f"clone {how}, each of {SEVERAL}: {seconds:.3f} s of CPU, {seconds / first:.1%}")


def main():
    command, *words = sys.argv[1:]
    if command == "make":
        return make(pathlib.Path(words[0]), int(words[1]), pathlib.Path(words[2]))
    if command == "mix":
        sources = [pathlib.Path(word).resolve() for word in words[2:]]
        return mix(pathlib.Path(words[0]), int(words[1]), sources)
    if command == "cost":
        return cost(words[0], pathlib.Path(words[1]), words[2:])
    if command == "fork":
        return fork(words[0], pathlib.Path(words[1]).resolve())
    return kill(words[0], pathlib.Path(words[1]), int(words[2]) if len(words) > 2 else 50)


if __name__ == "__main__":
    sys.exit(main())
