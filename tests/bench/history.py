#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""history.py KEYSIFT REPOSITORY... [--rounds N] [--threads N] [--keep FOLDER]

Runs keysift and its references side by side, interleaved, and prints medians
and ratios: `git rev-list --objects --all`, `git cat-file --batch-all-objects
--unordered --batch`, and the scanners among kingfisher, detect-secrets that
are on PATH. With --keep the summary goes to FOLDER/<date>-<cpu>/summary.md.
"""

import argparse
import datetime
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

REV_LIST = "git rev-list --objects --all"
CAT_FILE = "git cat-file, all objects"


def commands(keysift, threads, repository):
    """Name -> arguments of everything that is run."""
    found = {
        "keysift": [keysift, "scan", repository, "-f", "json", "-q",
                    "--no-worktree", "--progress", "never", "-j",
                    str(threads)],
        REV_LIST: ["git", "-C", repository, "rev-list", "--objects", "--all"],
        CAT_FILE: ["git", "-C", repository, "cat-file", "--batch-all-objects",
                   "--unordered", "--batch"],
    }
    if shutil.which("kingfisher"):
        found["kingfisher"] = ["kingfisher", "scan", "--no-validate",
                               "--no-update-check", "--git-history", "full",
                               repository]
    return found


def anonymous_memory(pid):
    """MB of a process that are no mapped file; 0 once it is gone."""
    try:
        with open(f"/proc/{pid}/status", encoding="utf-8") as file:
            for line in file:
                if line.startswith("RssAnon"):
                    return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0


def run(arguments):
    """Seconds, peak memory in MB (looked at every 5 ms) and the output."""
    with tempfile.TemporaryFile() as out:
        begin = time.monotonic()
        # Only a report is kept: gigabytes of objects written to a disk would
        # be the disk's time.
        is_report = arguments[1] == "scan"
        process = subprocess.Popen(
            arguments, stdout=out if is_report else subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        peak = 0
        while process.poll() is None:
            peak = max(peak, anonymous_memory(process.pid))
            time.sleep(0.005)
        seconds = time.monotonic() - begin
        out.seek(0)
        text = out.read() if is_report else b""
    return seconds, peak, text


def measure(keysift, repository, rounds, threads):
    """Name -> (median seconds, greatest peak memory); and keysift's report."""
    programs = commands(keysift, threads, repository)
    seconds = {name: [] for name in programs}
    memory = {name: 0 for name in programs}
    report = {}
    for _ in range(rounds):
        for name, arguments in programs.items():
            took, peak, text = run(arguments)
            seconds[name].append(took)
            memory[name] = max(memory[name], peak)
            if name == "keysift":
                report = json.loads(text)
    return {n: (statistics.median(seconds[n]), memory[n])
            for n in programs}, report


def cpu_name():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        for line in file:
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return "unknown CPU"


def first_line(arguments, folder=None):
    try:
        text = subprocess.run(arguments, cwd=folder, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, check=True).stdout
        return text.decode().split("\n")[0]
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def run_folder(kept):
    """Where today's runs on this CPU are filed; made if it is not there."""
    cpu = re.sub(r"[^A-Za-z0-9]+", "-", cpu_name()).strip("-")
    folder = os.path.join(kept, f"{datetime.date.today()}-{cpu}")
    os.makedirs(folder, exist_ok=True)
    return folder


def table(name, results, report):
    base = results["keysift"][0]
    coverage = report["coverage"]
    lines = [f"## {name}", "",
             f"{coverage['objects_scanned']:,} objects, "
             f"{coverage['bytes_scanned'] / 1e9:.2f} GB of content, "
             f"{len(report['findings'])} findings, {len(report['gaps'])} gaps",
             "", "| program | seconds | keysift takes | peak memory |",
             "|---|---|---|---|"]
    for program, (seconds, peak) in results.items():
        lines.append(f"| {program} | {seconds:.2f} | {base / seconds:.2f} × | "
                     f"{peak:.0f} MB |")
    return lines + [""]


def summary(options):
    here = os.path.dirname(os.path.abspath(__file__))
    lines = ["# Side by side", "",
             f"Date {datetime.date.today()}, commit "
             f"{first_line(['git', 'rev-parse', '--short', 'HEAD'], here)}, "
             f"{cpu_name()}, {os.cpu_count()} CPUs, {options.threads} threads, "
             f"median of {options.rounds} interleaved rounds. Peak memory "
             "is without mapped files.", "",
             f"{first_line(['git', '--version'])}; "
             f"{first_line([options.keysift, 'version'])}", ""]
    totals = {}
    for repository in options.repositories:
        results, report = measure(options.keysift, repository, options.rounds,
                                  options.threads)
        name = re.sub(r"\.git$", "", os.path.basename(
            os.path.abspath(repository)))
        lines += table(name, results, report)
        for program, (seconds, _) in results.items():
            totals[program] = totals.get(program, 0) + seconds
    if len(options.repositories) > 1:
        lines += ["## All together", "", "| program | seconds | keysift takes |",
                  "|---|---|---|"]
        lines += [f"| {program} | {seconds:.2f} | "
                  f"{totals['keysift'] / seconds:.2f} × |"
                  for program, seconds in totals.items()]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("keysift")
    parser.add_argument("repositories", nargs="+")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--keep", metavar="FOLDER")
    options = parser.parse_args()
    options.keysift = os.path.abspath(options.keysift)
    text = summary(options)
    sys.stdout.write(text)
    if options.keep:
        with open(os.path.join(run_folder(options.keep), "summary.md"), "w",
                  encoding="utf-8") as file:
            file.write(text)


if __name__ == "__main__":
    main()
