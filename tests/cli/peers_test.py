#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Where other scanners say "clean", run code, or show what they should hide: the
cases of README.md's table that stand in no other file."""

import base64
import gzip
import io
import sqlite3
import zipfile

import harness

ONE = harness.github_token(1)
LINE = f"token = {ONE}\n"
ESCAPES = ("\x1b", "\x07", "\u202e", "\u2066")


class Peers(harness.Case):
    def found(self, repo, path="a.env", line=1):
        report = self.scan("--no-worktree", cwd=repo.path).expect(1).report
        self.assertEqual(len(report["findings"]), 1)
        place = report["findings"][0]["locations"][0]
        self.assertEqual((place["path"], place["line"]), (path, line))
        return place

    def test_utf16_with_a_mark(self):
        repo = self.repo()
        repo.commit(a_env=("\ufeff" + LINE).encode("utf-16-le"))
        self.found(repo)

    def test_base64_and_base64_twice(self):
        once = base64.b64encode(LINE.encode())
        for text in (once, base64.b64encode(once)):
            repo = self.repo(f"repo{len(text)}")
            repo.commit(a_env=b"x: " + text + b"\n")
            self.assertEqual(self.found(repo)["decoding"][0], "base64")

    def test_a_notebook(self):
        repo = self.repo()
        repo.write("a.ipynb", '{"cells": [{"source": ["' + LINE.strip() + '"]}]}\n')
        repo.commit()
        self.found(repo, "a.ipynb")

    def test_archives_and_databases(self):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("inner/a.env", LINE)
        repo = self.repo()
        repo.write("a.zip", packed.getvalue())
        repo.commit()
        run = self.scan("--no-worktree", cwd=repo.path)
        if run.code == 0:
            self.skipTest("archives are the archive issue's")
        self.assertEqual(self.found(repo, "a.zip")["member"], "inner/a.env")

        repo = self.repo("gz")
        repo.write("a.txt.gz", gzip.compress(LINE.encode()))
        repo.commit()
        self.found(repo, "a.txt.gz")

    def test_a_database(self):
        repo = self.repo("sqlite")
        database = sqlite3.connect(repo.path / "a.db")
        database.execute("create table t (v)")
        database.execute("insert into t values (?)", (LINE,))
        database.commit()
        database.close()
        repo.commit()
        report = self.scan("--no-worktree", cwd=repo.path).expect(1).report
        self.assertEqual(report["findings"][0]["locations"][0]["path"], "a.db")

    def test_nothing_of_the_repository_is_run_by_any_scan(self):
        repo = self.repo()
        mark = self.folder / "ran"
        script = repo.write("run.sh", f"#!/bin/sh\ntouch {mark}\ncat\n")
        script.chmod(0o755)
        repo.write(".gitattributes", "*.env diff=evil filter=evil\n")
        repo.commit(a_env=LINE)
        for key in (
            "core.fsmonitor", "core.pager", "core.editor", "diff.external",
            "diff.evil.textconv", "filter.evil.clean", "filter.evil.smudge",
            "gpg.program", "credential.helper", "core.sshCommand", "alias.log",
        ):
            repo.git("config", key, str(script))
        repo.git("config", "log.showSignature", "true")
        for words in ([], ["--staged"], ["--range", "HEAD"], ["--worktree"]):
            self.scan(*words, cwd=repo.path)
        self.keysift("hook", "run", "pre-commit", cwd=repo.path)
        self.assertFalse(mark.exists())

    def test_a_configuration_of_the_repository_does_not_silence_it(self):
        repo = self.repo()
        repo.write(".gitleaks.toml", "[allowlist]\npaths = ['''.*''']\n")
        repo.write(".betterleaks.toml", "title = 'none'\n")
        repo.write(".keysift.toml", "[allowlist]\npaths = ['''.*''']\n")
        repo.commit(a_env=LINE)
        base = repo.commit(b_txt="x\n")
        repo.commit(c_env=LINE)
        self.scan("--range", f"{base}..HEAD", cwd=repo.path).expect(1)
        self.scan("--no-repo-config", cwd=repo.path).expect(1)

    def test_escapes_in_a_file_name_reach_no_report(self):
        repo = self.repo()
        name = "a\x1b[2J\x1b]0;x\x07\u202e::error::%0A.env"
        repo.write(name, LINE)
        repo.commit()
        for form in ("text", "csv", "junit", "gitlab", "github", "sarif", "html"):
            run = self.keysift(
                "scan", "--no-worktree", "-f", form, cwd=repo.path
            )
            if "no format" in run.err:
                continue
            run.expect(1)
            for escape in ESCAPES[:2] + (ESCAPES[2:] if form == "text" else ()):
                self.assertNotIn(escape, run.out + run.err, form)
            if form == "github":
                # One command, whose properties hold no end of them.
                self.assertEqual(len(run.out.splitlines()), 1)
                self.assertIn("%3A%3Aerror%3A%3A%250A.env", run.out)

    def test_redaction_reaches_messages_paths_and_snippets(self):
        repo = self.repo()
        repo.write(f"dir-{ONE}/a.env", LINE + f"other = {harness.github_token(2)}\n")
        repo.commit(f"Use {ONE} here")
        repo.git("tag", "-am", f"tag {ONE}", "v1")
        for form in ("text", "json", "jsonl", "sarif", "csv", "junit", "gitlab",
                     "github", "gitleaks"):
            run = self.keysift("scan", "-f", form, cwd=repo.path).expect(1)
            self.assertNotIn(ONE, run.out + run.err, form)
            self.assertNotIn(harness.github_token(2), run.out + run.err, form)
        shown = self.keysift("scan", "--show-secrets", cwd=repo.path).expect(1)
        self.assertIn(ONE, shown.out)

    def test_output_that_is_no_terminal_is_plain(self):
        repo = self.repo()
        repo.commit(a_env=LINE)
        run = self.keysift("scan", cwd=repo.path).expect(1)
        self.assertNotIn("\x1b", run.out + run.err)

    def test_every_inline_comment_counts_and_is_counted(self):
        repo = self.repo()
        comments = (
            "gitleaks:allow", "betterleaks:allow", "trufflehog:ignore",
            "kingfisher:ignore", "pragma: allowlist secret",
        )
        lines = "".join(
            f"token = {harness.github_token(i)} # {comment}\n"
            for i, comment in enumerate(comments)
        )
        lines += "# pragma: allowlist nextline secret\n"
        repo.commit(a_env=lines + f"token = {harness.github_token(9)}\n")
        report = self.scan("--no-worktree", cwd=repo.path).expect(0).report
        self.assertEqual(report["coverage"]["suppressed"]["inline"], 6)


if __name__ == "__main__":
    harness.main()
