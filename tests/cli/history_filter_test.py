#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Which findings of a history --refs, --since, --until, --no-unreachable keep."""

import harness


class HistoryFilter(harness.Case):
    def setUp(self):
        super().setUp()
        self.repo_ = self.repo()
        # Days 1, 2, 3 after 2023-11-14; the last on a branch of its own.
        self.repo_.commit(a_env=harness.github_token(1) + "\n")
        self.repo_.commit(a_env=harness.github_token(2) + "\n")
        self.repo_.git("switch", "-q", "-c", "release/1")
        self.repo_.commit(a_env=harness.github_token(3) + "\n")
        self.repo_.git("switch", "-q", "-c", "gone")
        self.repo_.commit(a_env=harness.github_token(4) + "\n")
        self.repo_.git("switch", "-q", "main")
        self.repo_.git("branch", "-q", "-D", "gone")
        self.repo_.git("reflog", "expire", "--expire=now", "--all")

    def found(self, *words):
        words = ("scan", "-q", "-f", "json", "--no-worktree", *words, self.repo_.path)
        findings = self.keysift(*words).report["findings"]
        dates = [f["first_commit"]["date"][8:10] for f in findings]
        return sorted(int(day) - 14 for day in dates)

    def test_everything_by_default(self):
        self.assertEqual(self.found(), [1, 2, 3, 4])

    def test_what_no_ref_reaches_can_be_left_out(self):
        self.assertEqual(self.found("--no-unreachable"), [1, 2, 3])

    def test_refs_by_full_and_by_short_name(self):
        for glob in ("main", "refs/heads/main", "ma*"):
            self.assertEqual(self.found("--refs", glob), [1, 2])
        self.assertEqual(self.found("--refs", "release/*"), [1, 2, 3])

    def test_a_glob_that_no_ref_matches_is_an_error(self):
        run = self.keysift("scan", "--refs", "mian", self.repo_.path).expect(2)
        self.assertIn('no ref matches "mian"', run.err)

    def test_times(self):
        self.assertEqual(self.found("--since", "2023-11-16"), [2, 3, 4])
        self.assertEqual(self.found("--until", "2023-11-16"), [1])
        self.assertEqual(
            self.found("--since", "2023-11-16", "--until", "2023-11-17"), [2]
        )

    def test_a_tag_message_stays(self):
        self.repo_.git("tag", "-a", "v1", "-m", "key " + harness.github_token(5))
        words = ("scan", "-q", "-f", "json", "--no-worktree", "--since", "1d")
        run = self.keysift(*words, self.repo_.path).expect(1)
        self.assertEqual(len(run.report["findings"]), 1)


class GitRules(harness.Case):
    def test_what_git_tracks_is_not_ignored_and_info_exclude_counts(self):
        repo = self.repo()
        repo.write("tracked.env", "")
        repo.commit()
        repo.write(".gitignore", "tracked.env\n")
        repo.write("tracked.env", harness.github_token(1) + "\n")
        repo.write("own.env", harness.github_token(2) + "\n")
        repo.write(".git/info/exclude", "own.env\n")
        run = self.keysift("scan", "-q", "-f", "json", "--worktree", repo.path)
        findings = run.expect(1).report["findings"]
        self.assertEqual([f["locations"][0]["path"] for f in findings], ["tracked.env"])


if __name__ == "__main__":
    harness.main()
