#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What `scan --range` looks at, what it blames, and when it refuses to answer."""

import harness

ONE = harness.github_token(1)
TWO = harness.github_token(2)


class Range(harness.Case):
    def range(self, repo, code, *words, **options):
        run = self.scan(*words, cwd=repo.path, **options)
        return run.expect(code).report

    def places(self, report):
        return sorted(
            (place["path"], place["line"], place["commit"])
            for finding in report["findings"]
            for place in finding["locations"]
        )

    def test_added_and_removed_inside_of_the_range(self):
        repo = self.repo()
        base = repo.commit(a_txt="x\n")
        leak = repo.commit(a_env=f"token = {ONE}\n")
        repo.commit(a_env="clean\n")
        report = self.range(repo, 1, "--range", f"{base}..HEAD")
        self.assertEqual(self.places(report), [("a.env", 1, leak)])
        self.range(repo, 0, "--range", "HEAD~1..HEAD")

    def test_every_spelling_of_a_range(self):
        repo = self.repo()
        repo.commit(a_txt="x\n")
        repo.git("tag", "-am", "note", "v1")
        repo.git("checkout", "-qb", "side")
        leak = repo.commit(a_env=f"token = {ONE}\n")
        repo.git("checkout", "-q", "main")
        repo.commit(b_txt="y\n")
        for words in (
            ["--range", "main..side"],
            ["--range", "main...side"],
            ["--range", "side", "--not", "main"],
            ["--range", "v1..side"],
            ["--range", "side~1..side"],
            ["--range", f"{leak}~1..{leak}"],
        ):
            report = self.range(repo, 1, *words)
            self.assertEqual(self.places(report), [("a.env", 1, leak)], words)
        self.range(repo, 0, "--range", "side..main")

    def test_an_end_that_is_not_there_is_an_error(self):
        repo = self.repo()
        repo.commit(a_txt="x\n")
        for words in ("nowhere..HEAD", "HEAD..nowhere", "1" * 40 + "..HEAD"):
            run = self.keysift("scan", "--range", words, cwd=repo.path).expect(2)
            self.assertIn("cannot be resolved", run.err)

    def test_only_in_a_merge(self):
        repo = self.repo()
        base = repo.commit(a_txt="start\n")
        repo.git("checkout", "-qb", "side")
        repo.commit(a_txt="side\n")
        repo.git("checkout", "-q", "main")
        repo.commit(a_txt="main\n")
        repo.git("merge", "side", check=False)
        merge = repo.commit(a_txt=f"token = {ONE}\n")
        report = self.range(repo, 1, "--range", f"{base}..HEAD")
        self.assertEqual(self.places(report), [("a.txt", 1, merge)])

    def test_what_a_merge_brings_from_the_excluded_side_is_not_blamed(self):
        repo = self.repo()
        repo.commit(a_txt="start\n")
        repo.git("checkout", "-qb", "side")
        repo.commit(b_txt="side\n")
        repo.git("checkout", "-q", "main")
        repo.commit(a_env=f"token = {ONE}\n")
        repo.git("checkout", "-q", "side")
        repo.git("merge", "-q", "-m", "Merge", "main")
        self.range(repo, 0, "--range", "main..side")

    def test_lines_of_the_start_are_not_blamed(self):
        repo = self.repo()
        repo.commit(a_env=f"token = {ONE}\n")
        repo.commit(a_env=f"# moved\ntoken = {ONE}\n")
        repo.git("mv", "a.env", "b.env")
        repo.commit()
        report = self.range(repo, 0, "--range", "HEAD~2..HEAD")
        self.assertEqual(len(report["already_there"]), 1)

    def test_messages_of_commits(self):
        repo = self.repo()
        repo.commit(a_txt="x\n")
        commit = repo.commit(f"Use {ONE}", a_txt="y\n")
        report = self.range(repo, 1, "--range", "HEAD~1..HEAD")
        place = report["findings"][0]["locations"][0]
        self.assertEqual(place["kind"], "commit message")
        self.assertEqual(place["commit"], commit)
        self.assertNotIn(ONE, str(report))

    def test_ignore_files_count_as_they_were_at_the_start(self):
        repo = self.repo()
        repo.commit(a_txt="x\n")
        leak = repo.commit(a_env=f"token = {ONE}\n")
        report = self.range(repo, 1, "--range", f"{leak}~1..HEAD")
        name = report["findings"][0]["fingerprint"]
        self.keysift("ignore", "add", name, "--reason", "x", cwd=repo.path).expect(0)
        repo.commit("Ignore it")
        self.range(repo, 1, "--range", f"{leak}~1..HEAD")
        repo.commit(b_env=f"token = {ONE}\n")
        report = self.range(repo, 0, "--range", "HEAD~1..HEAD")
        self.assertEqual(report["coverage"]["suppressed"]["ignore"], 1)
        self.assertIn(".keysiftignore", report["suppressed"][0]["by"])
        self.range(repo, 1, "--range", "HEAD~1..HEAD", "--no-repo-config")

    def test_a_shallow_clone_is_a_gap_where_the_range_reaches_its_end(self):
        repo = self.repo()
        repo.commit(a_env=f"token = {ONE}\n")
        repo.commit(a_env="clean\n")
        repo.commit(a_txt="more\n")
        clone = self.folder / "clone"
        repo.git("clone", "-q", "--depth", "1", f"file://{repo.path}", clone)
        report = self.scan("--range", "HEAD", cwd=clone).expect(3).report
        self.assertEqual(report["gaps"][0]["kind"], "shallow")

    def test_a_replaced_commit_is_still_read(self):
        repo = self.repo()
        base = repo.commit(a_txt="x\n")
        leak = repo.commit(a_env=f"token = {ONE}\n")
        repo.git("replace", leak, base)
        self.range(repo, 1, "--range", f"{base}..{leak}")

    def test_more_than_one_path(self):
        repo = self.repo()
        repo.commit(a_txt="x\n")
        repo.commit(a_env=f"token = {ONE}\n", b_env=f"token = {ONE}\n", c_env=TWO)
        report = self.range(repo, 1, "--range", "HEAD~1..HEAD")
        self.assertEqual(
            [place[:2] for place in self.places(report)],
            [("a.env", 1), ("b.env", 1), ("c.env", 1)],
        )


if __name__ == "__main__":
    harness.main()
