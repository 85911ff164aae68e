#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The real pre-commit framework, where it is installed: its hook `keysift-system`
under commits, pushes and runs over all files."""

import os
import pathlib
import shutil
import subprocess
import unittest

import harness

ONE = harness.github_token(1)
FRAMEWORK = os.environ.get("PRE_COMMIT_PROGRAM") or shutil.which("pre-commit")


@unittest.skipUnless(FRAMEWORK, "pre-commit is not installed")
class Framework(harness.Case):
    def setUp(self):
        super().setUp()
        bin_folder = self.folder / "bin"
        bin_folder.mkdir()
        (bin_folder / "keysift").symlink_to(pathlib.Path(harness.PROGRAM).resolve())
        self.env = harness.ENVIRONMENT | {
            "PATH": f"{bin_folder}:{os.environ['PATH']}",
            "PRE_COMMIT_HOME": str(self.folder / "cache"),
            "HOME": str(self.folder),
        }
        hooks = self.repo("hooks")
        hooks.write(
            ".pre-commit-hooks.yaml",
            (harness.ROOT / ".pre-commit-hooks.yaml").read_text(),
        )
        revision = hooks.commit()
        self.work = self.repo("work")
        self.work.write(
            ".pre-commit-config.yaml",
            f"repos:\n- repo: {hooks.path}\n  rev: {revision}\n"
            "  hooks:\n  - id: keysift-system\n",
        )
        self.work.commit()
        self.run_words(
            0, FRAMEWORK, "install", "-t", "pre-commit", "-t", "pre-push",
            "-t", "pre-merge-commit",
        )

    def run_words(self, code, *words):
        run = subprocess.run(
            [*map(str, words)], cwd=self.work.path, env=self.env,
            capture_output=True, text=True, check=False,
        )
        self.assertEqual(run.returncode, code, run.stdout + run.stderr)
        return run.stdout + run.stderr

    def test_the_manifest_is_valid(self):
        self.run_words(
            0, FRAMEWORK, "validate-manifest", harness.ROOT / ".pre-commit-hooks.yaml"
        )

    def test_commits(self):
        self.work.write("a.env", f"token = {ONE}\n")
        self.work.git("add", "-A")
        said = self.run_words(1, "git", "commit", "-qm", "Leak")
        self.assertIn("a.env:1:9", said)
        self.work.write("a.env", "clean\n")
        self.work.git("add", "-A")
        self.run_words(0, "git", "commit", "-qm", "Clean")
        self.work.write("a.env", f"token = {ONE}\n")
        self.run_words(1, "git", "commit", "-qam", "Leak")

    def test_pushes(self):
        server = self.repo("server.git", "--bare")
        self.work.git("remote", "add", "origin", server.path)
        self.run_words(0, "git", "push", "-q", "origin", "main")
        self.work.write("a.env", f"token = {ONE}\n")
        self.work.git("add", "-A")
        self.work.git("commit", "-qnm", "Leak")
        self.work.git("rm", "-q", "a.env")
        self.work.git("commit", "-qnm", "Fix")
        self.assertIn("a.env:1:9", self.run_words(1, "git", "push", "origin", "main"))
        self.run_words(1, "git", "push", "-q", "origin", "main:new")

    def test_a_first_push_from_the_root(self):
        self.work.write("a.env", f"token = {ONE}\n")
        self.work.git("add", "-A")
        self.work.git("commit", "-qnm", "Leak")
        self.work.git("rm", "-q", "a.env")
        self.work.git("commit", "-qnm", "Fix")
        server = self.repo("server.git", "--bare")
        self.work.git("remote", "add", "origin", server.path)
        self.run_words(1, "git", "push", "-q", "origin", "main")

    def test_all_files(self):
        self.run_words(0, FRAMEWORK, "run", "--all-files")
        self.work.write("a.env", f"token = {ONE}\n")
        self.work.git("add", "-A")
        self.work.git("commit", "-qnm", "Leak")
        self.assertIn("a.env:1:9", self.run_words(1, FRAMEWORK, "run", "--all-files"))


if __name__ == "__main__":
    harness.main()
