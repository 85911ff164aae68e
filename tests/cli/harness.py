# SPDX-License-Identifier: Apache-2.0
"""What the cases in this folder share: repositories with fixed dates, runs of
the real program, and its JSON report.

    class Staged(harness.Case):
        def test_a_staged_secret_is_found(self):
            repo = self.repo()
            repo.write("a.env", harness.github_token(1))
            repo.git("add", "a.env")
            run = self.keysift("scan", "--staged", cwd=repo.path)
            run.expect(1)

A case has a folder of its own, `self.folder`, removed when it ends. The program
is the one that the environment variable KEYSIFT names.
"""

import json
import os
import pathlib
import random
import string
import subprocess
import tempfile
import unittest
import zlib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = os.environ.get("KEYSIFT", str(ROOT / "build/release/keysift"))
BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase

# Nothing of the person who runs the tests reaches git or keysift.
ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "HOME": "/nonexistent",
    "LANG": "C.UTF-8",
    "TERM": "xterm",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Test Author",
    "GIT_AUTHOR_EMAIL": "author@test.example",
    "GIT_COMMITTER_NAME": "Test Author",
    "GIT_COMMITTER_EMAIL": "author@test.example",
}
SANITIZERS = ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS")
# (The last one: tests/regression/mutants.py.)
for name in (*SANITIZERS, "KEYSIFT_MUTANT"):
    if name in os.environ:
        ENVIRONMENT[name] = os.environ[name]
# Whether the program is one that a sanitizer slows down.
SANITIZED = any(name in os.environ for name in SANITIZERS)
# Seconds after which a run hangs.
PATIENCE = 1200 if SANITIZED else 120


def github_token(seed):
    """A made-up classic token whose checksum is right; its own for each seed."""
    body = "".join(random.Random(seed).choices(BASE62, k=30))
    number, tail = zlib.crc32(body.encode()), ""
    while number:
        number, digit = divmod(number, 62)
        tail = BASE62[digit] + tail
    return "gh" + "p_" + body + tail.rjust(6, "0")


class Run:
    """One finished run of the program."""

    def __init__(self, words, finished):
        self.words = words
        self.code = finished.returncode
        self.out = finished.stdout.decode("utf-8", "surrogateescape")
        self.err = finished.stderr.decode("utf-8", "surrogateescape")

    def expect(self, code):
        """Fails with everything that was printed unless it ended with `code`."""
        if self.code != code:
            raise AssertionError(
                f"{' '.join(map(str, self.words))}: exit {self.code}, not {code}\n"
                f"--- stdout\n{self.out}\n--- stderr\n{self.err}"
            )
        return self

    @property
    def report(self):
        return json.loads(self.out)


class Repo:
    """A git repository made by git itself; each commit a day after the last."""

    def __init__(self, path, *init_words):
        self.path = pathlib.Path(path)
        self.day = 0
        self.path.mkdir(parents=True)
        self.git("init", "-q", "-b", "main", *init_words)

    def git(self, *words, stdin=b"", check=True):
        date = f"{1700000000 + 86400 * self.day} +0000"
        finished = subprocess.run(
            ["git", *map(str, words)],
            cwd=self.path,
            input=stdin,
            capture_output=True,
            env=ENVIRONMENT | {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date},
            check=False,
        )
        if check and finished.returncode != 0:
            raise AssertionError(f"git {words}: {finished.stderr.decode()}")
        return finished.stdout.decode("utf-8", "surrogateescape").strip()

    def write(self, name, content):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            content = content.encode()
        path.write_bytes(content)
        return path

    def commit(self, subject="Change", **files):
        """Writes files (`a_env="…"` is the file a.env), commits all; its id."""
        for name, content in files.items():
            self.write(name.replace("_", "."), content)
        self.day += 1
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", subject)
        return self.git("rev-parse", "HEAD")


class Case(unittest.TestCase):
    """A test case with a folder of its own."""

    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="keysift-test-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def repo(self, name="repo", *init_words):
        return Repo(self.folder / name, *init_words)

    def keysift(self, *words, cwd=None, stdin=b"", env=None, stdout=subprocess.PIPE):
        words = [PROGRAM, *map(str, words)]
        finished = subprocess.run(
            words,
            cwd=cwd or self.folder,
            input=stdin,
            stdout=stdout,
            stderr=subprocess.PIPE,
            env=ENVIRONMENT | (env or {}),
            timeout=PATIENCE,
            check=False,
        )
        finished.stdout = finished.stdout or b""
        return Run(words, finished)

    def scan(self, *words, **options):
        """`keysift scan -f json`: most cases look at the report."""
        return self.keysift("scan", "-f", "json", *words, **options)


def main():
    unittest.main(verbosity=1)
