#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Ignored findings stay ignored, other secrets never are, and everything that
hides a finding is named."""

import hashlib
import json

import harness

ONE = harness.github_token(1)
TWO = harness.github_token(2)


class Ignore(harness.Case):
    def ignored(self):
        """A repository with a leak that is ignored; its last commit."""
        repo = self.repo()
        repo.commit(a_txt="x\n")
        repo.commit(a_env=f"token = {ONE}\n")
        report = self.scan(cwd=repo.path).expect(1).report
        self.name = report["findings"][0]["fingerprint"]
        self.add(repo)
        return repo

    def add(self, repo, *words):
        self.keysift(
            "ignore", "add", self.name, "--reason", "a test", *words, cwd=repo.path
        ).expect(0)
        repo.commit("Ignore")

    def clean(self, repo):
        report = self.scan(cwd=repo.path).expect(0).report
        self.assertEqual(report["coverage"]["suppressed"]["ignore"], 1)

    def test_ignored_and_named(self):
        repo = self.ignored()
        self.clean(repo)
        run = self.keysift("scan", cwd=repo.path).expect(0)
        self.assertIn(".keysiftignore:1", run.err)
        self.assertIn("a test", run.err)
        self.scan("--no-repo-config", cwd=repo.path).expect(1)

    def test_survives_amend(self):
        repo = self.ignored()
        repo.day += 1
        repo.git("commit", "-q", "--amend", "-m", "Another message")
        self.clean(repo)

    def test_survives_rebase(self):
        repo = self.ignored()
        repo.git("checkout", "-q", "-b", "other", "HEAD~2")
        repo.commit(c_txt="y\n")
        repo.git("rebase", "-q", "other", "main")
        self.clean(repo)

    def test_survives_squash(self):
        repo = self.ignored()
        repo.git("reset", "-q", "--soft", "HEAD~2")
        repo.commit("All in one")
        self.clean(repo)

    def test_survives_rename(self):
        repo = self.ignored()
        repo.git("mv", "a.env", "moved.env")
        repo.commit("Move")
        self.clean(repo)

    def test_survives_reindentation_and_moved_lines(self):
        repo = self.ignored()
        repo.commit(a_env=f"# a\n# b\n\t\ttoken = {ONE}\n")
        self.clean(repo)

    def test_never_hides_another_secret_on_the_same_line(self):
        repo = self.ignored()
        repo.commit(a_env=f"token = {ONE} or {TWO}\n")
        report = self.scan("--no-worktree", cwd=repo.path).expect(1).report
        self.assertEqual(len(report["findings"]), 1)
        self.assertNotEqual(report["findings"][0]["fingerprint"], self.name)
        repo.commit(a_env=f"token = {TWO}\n")
        self.scan("--no-worktree", cwd=repo.path).expect(1)

    def test_expired_entries_hold_no_longer_and_are_told(self):
        repo = self.ignored()
        self.add(repo, "--until", "2020-01-31")
        report = self.scan(cwd=repo.path).expect(1).report
        self.assertTrue(any("expired" in note for note in report["notes"]))

    def test_unused_entries_are_told_and_pruned(self):
        repo = self.ignored()
        self.name = "ks1-" + "0" * 32
        self.add(repo)
        report = self.scan(cwd=repo.path).expect(0).report
        self.assertTrue(any("matches nothing" in note for note in report["notes"]))
        run = self.keysift("ignore", "prune", cwd=repo.path).expect(0)
        self.assertIn("1 line", run.out)
        listed = self.keysift("ignore", "list", cwd=repo.path).expect(0).out
        self.assertNotIn(self.name, listed)
        self.assertEqual(listed.count("ks1-"), 1)

    def test_the_file_is_sorted_and_comments_stay(self):
        repo = self.repo()
        repo.write(".keysiftignore", "# ours\n")
        for digit in "372":
            self.keysift(
                "ignore", "add", "ks1-" + digit * 32, "--reason", "x y",
                cwd=repo.path,
            ).expect(0)
        lines = (repo.path / ".keysiftignore").read_text().splitlines()
        self.assertEqual(lines[0], "# ours")
        self.assertEqual([line[4] for line in lines[1:]], ["2", "3", "7"])

    def test_no_reason_no_entry(self):
        repo = self.repo()
        self.keysift("ignore", "add", "ks1-" + "1" * 32, cwd=repo.path).expect(2)
        self.keysift("ignore", "add", ONE, "--reason", "x", cwd=repo.path).expect(2)

    def test_a_broken_ignore_file_is_an_error(self):
        repo = self.ignored()
        repo.write(".keysiftignore", "<<<<<<< HEAD\n")
        run = self.keysift("scan", cwd=repo.path).expect(2)
        self.assertIn(".keysiftignore:1", run.err)

    def test_a_baseline_of_keysift(self):
        repo = self.repo()
        repo.commit(a_env=f"token = {ONE}\n")
        baseline = self.folder / "baseline.json"
        self.scan("-o", baseline, cwd=repo.path).expect(1)
        report = self.scan("--baseline", baseline, cwd=repo.path).expect(0).report
        self.assertEqual(report["coverage"]["suppressed"]["baseline"], 1)
        self.assertEqual(report["suppressed"][0]["by"], str(baseline))
        repo.commit(a_env=f"token = {TWO}\n")
        self.scan("--baseline", baseline, cwd=repo.path).expect(1)

    def test_lists_of_other_tools(self):
        repo = self.repo()
        repo.commit(a_env=f"token = {ONE}\n")
        secrets = {
            "version": "1.5.0",
            "plugins_used": [],
            "results": {
                "a.env": [
                    {
                        "type": "GitHub Token",
                        "filename": "a.env",
                        "hashed_secret": hashlib.sha1(ONE.encode()).hexdigest(),
                        "is_verified": False,
                        "line_number": 1,
                    }
                ]
            },
        }
        gitleaks = [
            {"RuleID": "github-pat", "File": "a.env", "StartLine": 1, "Secret": ONE}
        ]
        for content in (secrets, gitleaks):
            path = self.folder / "list.json"
            path.write_text(json.dumps(content))
            self.scan("--baseline", path, cwd=repo.path).expect(0)
        repo.write(".gitleaksignore", "a.env:github-pat:1\n")
        report = self.scan(cwd=repo.path).expect(0).report
        self.assertEqual(report["suppressed"][0]["by"], ".gitleaksignore")

    def test_gitleaksignore_never_hides_a_different_secret_on_its_line(self):
        repo = self.repo()
        repo.commit(a_env=f"token = {ONE}\n")
        repo.write(".gitleaksignore", "a.env:github-pat:1\n")
        repo.commit(a_env=f"token = {TWO}\n")
        report = self.scan(cwd=repo.path).expect(1).report
        self.assertEqual(len(report["findings"]), 2)
        self.assertTrue(any("several secrets" in note for note in report["notes"]))

    def test_inline_comments_are_counted(self):
        repo = self.repo()
        repo.write("a.env", f"token = {ONE} # gitleaks:allow\n")
        repo.git("add", "-A")
        report = self.scan("--staged", cwd=repo.path).expect(0).report
        self.assertEqual(report["coverage"]["suppressed"]["inline"], 1)

    def test_staged_takes_the_ignore_file_on_disk(self):
        repo = self.ignored()
        repo.write("b.env", f"token = {ONE}\n")
        repo.git("add", "-A")
        self.scan("--staged", cwd=repo.path).expect(0)

    def test_an_ignore_file_that_is_a_link_is_not_followed(self):
        repo = self.ignored()
        path = repo.path / ".keysiftignore"
        path.rename(self.folder / "elsewhere")
        path.symlink_to(self.folder / "elsewhere")
        self.scan("--no-worktree", cwd=repo.path).expect(1)


if __name__ == "__main__":
    harness.main()
