#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a target is, and what is said when it is none."""

import json

import harness


class Target(harness.Case):
    def test_a_missing_target_is_an_error(self):
        self.assertIn("nowhere", self.scan("nowhere").expect(2).err)

    def test_a_range_as_a_target_is_told_its_flag(self):
        run = self.scan("main..HEAD").expect(2)
        self.assertIn("write --range main..HEAD", run.err)

    def test_a_missing_target_does_not_hide_the_others(self):
        (self.folder / "a.txt").write_text(harness.github_token(1))
        run = self.scan("nowhere", "a.txt").expect(2)
        self.assertEqual(len(run.report["findings"]), 1)

    def test_staged_outside_a_repository_is_an_error(self):
        self.assertIn("not a git repository", self.scan("--staged").expect(2).err)

    def test_a_range_outside_a_repository_is_an_error(self):
        self.scan("--range", "A..B").expect(2)

    def test_filters_of_a_history_need_one(self):
        repo = self.repo()
        repo.commit(a_txt="x\n")
        for words in (
            ["--since", "30d"], ["--until", "30d"], ["--refs", "main"],
            ["--no-unreachable"], ["--submodules"],
        ):
            for scope in (["--staged"], ["--range", "HEAD"], ["--worktree"]):
                run = self.scan(*words, *scope, cwd=repo.path).expect(2)
                self.assertIn(words[0], run.err)
            if words[0] != "--submodules":
                self.scan(*words, self.folder).expect(2)
                self.scan(*words, "-", stdin=b"x").expect(2)
        for words in (["--no-ignore"], ["--no-worktree"]):
            self.scan(*words, "--staged", cwd=repo.path).expect(2)

    def test_a_clean_directory_is_clean(self):
        (self.folder / "a.txt").write_text("hello\n")
        run = self.scan(self.folder).expect(0)
        self.assertEqual((run.report["findings"], run.report["gaps"]), ([], []))

    def test_paths_of_a_directory_are_relative_to_where_the_scan_runs(self):
        folder = self.folder / "data" / "x"
        folder.mkdir(parents=True)
        for name in ("a.txt", "b.txt"):
            (folder / name).write_text(harness.github_token(1))
        (folder / ".keysiftignore").write_text("")
        run = self.scan("data", "-f", "sarif", cwd=self.folder).expect(1)
        places = json.loads(run.out)["runs"][0]["results"][0]["locations"]
        self.assertEqual(
            [p["physicalLocation"]["artifactLocation"]["uri"] for p in places],
            ["data/x/a.txt", "data/x/b.txt"],
        )
        run = self.scan("data", cwd=self.folder.parent / self.folder.name)
        where = run.expect(1).report["findings"][0]["locations"][0]
        self.assertEqual(where["path"], "data/x/a.txt")

    def test_an_empty_directory_is_clean(self):
        self.scan(self.folder).expect(0)

    def test_a_file_is_scanned(self):
        path = self.folder / "a.txt"
        path.write_text("x\n  " + harness.github_token(1) + "\n")
        finding = self.scan(path).expect(1).report["findings"][0]
        place = finding["locations"][0]
        self.assertEqual((place["line"], place["column"]), (2, 3))

    def test_standard_input_is_scanned(self):
        token = harness.github_token(1).encode()
        self.scan("-", stdin=token).expect(1)
        self.scan("-", stdin=b"nothing").expect(0)

    def test_a_word_behind_two_dashes_is_a_target(self):
        (self.folder / "-q").write_text(harness.github_token(1))
        self.scan("--", "-q").expect(1)

    def test_an_empty_repository_is_clean(self):
        repo = self.repo()
        self.scan(repo.path).expect(0)
        self.scan("--staged", cwd=repo.path).expect(0)

    def test_an_unborn_head_with_staged_content_is_scanned(self):
        repo = self.repo()
        repo.write("a.env", harness.github_token(1))
        repo.git("add", "a.env")
        self.scan("--staged", cwd=repo.path).expect(1)

    def test_a_repository_is_its_history(self):
        repo = self.repo()
        first = repo.commit(a_env="token = " + harness.github_token(1) + "\n")
        repo.commit(a_env="nothing\n")
        finding = self.scan(repo.path).expect(1).report["findings"][0]
        self.assertEqual(finding["first_commit"]["id"], first)
        self.assertFalse(finding["in_head"])

    def test_no_target_is_the_repository_around_here(self):
        repo = self.repo()
        repo.commit(a_env=harness.github_token(1))
        repo.commit(a_env="nothing\n")
        below = repo.path / "below"
        below.mkdir()
        self.scan(cwd=below).expect(1)

    def test_ignored_files_are_left_out_unless_asked_for(self):
        repo = self.repo()
        repo.write(".gitignore", "*.env\n")
        repo.write("a.env", harness.github_token(1))
        self.scan("--worktree", repo.path).expect(0)
        self.scan("--worktree", "--no-ignore", repo.path).expect(1)

    def test_several_targets_make_one_report(self):
        for name in ("one", "two"):
            (self.folder / name).mkdir()
            (self.folder / name / "a.txt").write_text(harness.github_token(1))
        report = self.scan("one", "two").expect(1).report
        self.assertEqual(len(report["findings"]), 1)
        paths = [place["path"] for place in report["findings"][0]["locations"]]
        self.assertEqual(sorted(paths), ["one/a.txt", "two/a.txt"])


if __name__ == "__main__":
    harness.main()
