#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What `scan --staged` looks at, and what it blames. README.md here maps rows of
conventions to cases."""

import os
import shutil
import subprocess

import harness

ONE = harness.github_token(1)
TWO = harness.github_token(2)


class Staged(harness.Case):
    def staged(self, repo, code, *words, cwd=None, **options):
        run = self.scan("--staged", *words, cwd=cwd or repo.path, **options)
        return run.expect(code).report

    def places(self, report):
        return sorted(
            (place["path"], place["line"])
            for finding in report["findings"]
            for place in finding["locations"]
        )

    def test_the_very_first_commit(self):
        repo = self.repo()
        repo.write("a.env", f"x\ntoken = {ONE}\n")
        repo.git("add", "a.env")
        report = self.staged(repo, 1)
        self.assertEqual(self.places(report), [("a.env", 2)])
        self.assertEqual(report["findings"][0]["locations"][0]["kind"], "index")

    def test_nothing_staged_is_clean_and_complete(self):
        repo = self.repo()
        self.staged(repo, 0)
        repo.commit(a_txt="x\n")
        self.assertEqual(self.staged(repo, 0)["coverage"]["objects_total"], 0)

    def test_from_a_subdirectory(self):
        repo = self.repo()
        repo.commit(a_txt="x\n")
        repo.write("sub/b.txt", "y\n")
        repo.write("a.env", f"token = {ONE}\n")
        repo.git("add", "-A")
        report = self.staged(repo, 1, cwd=repo.path / "sub")
        self.assertEqual(self.places(report), [("a.env", 1)])

    def test_lines_that_were_there_are_not_blamed(self):
        repo = self.repo()
        repo.commit(a_env=f"token = {ONE}\n")
        repo.write("a.env", f"# new\n    token = {ONE}\nother\n")
        repo.git("add", "a.env")
        report = self.staged(repo, 0)
        self.assertEqual(len(report["already_there"]), 1)
        run = self.keysift("scan", "--staged", "-v", cwd=repo.path).expect(0)
        self.assertIn("ALREADY THERE", run.out)
        self.assertNotIn("ALREADY THERE",
                         self.keysift("scan", "--staged", cwd=repo.path).out)

    def test_a_second_secret_beside_an_old_one_is_blamed(self):
        repo = self.repo()
        repo.commit(a_env=f"token = {ONE}\n")
        repo.write("a.env", f"token = {ONE}\ntoken = {TWO}\n")
        repo.git("add", "a.env")
        self.assertEqual(self.places(self.staged(repo, 1)), [("a.env", 2)])

    def test_a_renamed_file_is_not_blamed_and_a_copy_is(self):
        repo = self.repo()
        repo.commit(a_env=f"token = {ONE}\nmore\n")
        repo.git("mv", "a.env", "b.env")
        repo.write("b.env", f"token = {ONE}\nmore\nand more\n")
        repo.git("add", "b.env")
        self.staged(repo, 0)
        repo.git("reset", "-q", "--hard")
        shutil.copy(repo.path / "a.env", repo.path / "c.env")
        repo.git("add", "c.env")
        self.assertEqual(self.places(self.staged(repo, 1)), [("c.env", 1)])

    def test_only_the_staged_version_counts(self):
        repo = self.repo()
        repo.write("a.env", f"token = {ONE}\n")
        repo.git("add", "a.env")
        repo.write("a.env", "clean\n")
        self.staged(repo, 1)
        repo.git("add", "a.env")
        repo.write("a.env", f"token = {ONE}\n")
        self.staged(repo, 0)

    def test_another_index_file(self):
        repo = self.repo()
        repo.commit(a_txt="x\n")
        repo.write("a.env", f"token = {ONE}\n")
        index = str(self.folder / "index")
        shutil.copy(repo.path / ".git/index", index)
        env = harness.ENVIRONMENT | {"GIT_INDEX_FILE": index}
        subprocess.run(["git", "add", "a.env"], cwd=repo.path, env=env, check=True)
        self.staged(repo, 0)
        self.staged(repo, 1, env={"GIT_INDEX_FILE": index})
        self.staged(repo, 1, ".", env={"GIT_INDEX_FILE": index})

    def test_a_relative_index_file(self):
        repo = self.repo()
        repo.commit(a_txt="x\n")
        shutil.copy(repo.path / ".git/index", repo.path / "other.index")
        repo.write("sub/a.env", f"token = {ONE}\n")
        env = harness.ENVIRONMENT | {"GIT_INDEX_FILE": "other.index"}
        words = ["git", "add", "sub/a.env"]
        subprocess.run(words, cwd=repo.path, env=env, check=True)
        env = {"GIT_INDEX_FILE": "other.index"}
        self.assertEqual(self.places(self.staged(repo, 1, env=env)), [("sub/a.env", 1)])
        # git takes it as relative to the top of the work tree.
        self.staged(repo, 1, cwd=repo.path / "sub", env=env)

    def test_git_dir_and_work_tree_from_outside(self):
        repo = self.repo()
        repo.write("a.env", f"token = {ONE}\n")
        repo.git("add", "a.env")
        env = {
            "GIT_DIR": str(repo.path / ".git"),
            "GIT_WORK_TREE": str(repo.path),
        }
        self.staged(repo, 1, cwd=self.folder, env=env)

    def test_a_path_to_another_repository_is_that_one(self):
        leaky, clean = self.repo("leaky"), self.repo("clean")
        leaky.write("a.env", f"token = {ONE}\n")
        leaky.git("add", "a.env")
        env = {"GIT_DIR": str(clean.path / ".git")}
        self.staged(clean, 1, leaky.path, env=env)

    def test_a_linked_worktree_has_its_own_index(self):
        repo = self.repo()
        repo.commit(a_txt="x\n")
        repo.git("worktree", "add", "-q", self.folder / "linked")
        linked = self.folder / "linked"
        (linked / "a.env").write_text(f"token = {ONE}\n")
        subprocess.run(
            ["git", "add", "a.env"], cwd=linked, env=harness.ENVIRONMENT, check=True
        )
        self.staged(repo, 1, cwd=linked)
        self.staged(repo, 0)

    def test_intent_to_add_is_not_staged(self):
        repo = self.repo()
        repo.commit(a_txt="x\n")
        repo.write("a.env", f"token = {ONE}\n")
        repo.git("add", "-N", "a.env")
        self.staged(repo, 0)

    def test_a_mode_change_adds_nothing(self):
        repo = self.repo()
        repo.commit(a_env=f"token = {ONE}\n")
        repo.git("update-index", "--chmod=+x", "a.env")
        report = self.staged(repo, 0)
        self.assertEqual(report["coverage"]["objects_total"], 0)

    def test_symbolic_links_and_submodules(self):
        repo = self.repo()
        first = repo.commit(a_txt="x\n")
        repo.git("update-index", "--add", "--cacheinfo", f"160000,{first},module")
        self.staged(repo, 0)
        os.symlink(ONE, repo.path / "link")
        repo.git("add", "link")
        self.assertEqual(self.places(self.staged(repo, 1)), [("link", 1)])

    def test_sides_of_a_conflict(self):
        repo = self.repo()
        repo.commit(a_txt="start\n")
        repo.git("checkout", "-qb", "side")
        repo.commit(a_txt=f"token = {ONE}\n")
        repo.git("checkout", "-q", "main")
        repo.commit(a_txt="main\n")
        repo.git("merge", "side", check=False)
        self.assertEqual(self.places(self.staged(repo, 1)), [("a.txt", 1)])

    def test_split_and_sparse_indexes(self):
        repo = self.repo()
        for name in ("one", "two"):
            repo.write(f"{name}/x.txt", "x\n")
        repo.commit()
        repo.git("update-index", "--split-index")
        repo.write("two/a.env", f"token = {ONE}\n")
        repo.git("add", "two/a.env")
        self.assertEqual(self.places(self.staged(repo, 1)), [("two/a.env", 1)])
        repo.git("update-index", "--no-split-index")
        repo.commit()
        repo.git("sparse-checkout", "set", "--cone", "--sparse-index", "one")
        self.staged(repo, 0)
        repo.git("reset", "-q", "--soft", "HEAD~1")
        self.assertEqual(self.places(self.staged(repo, 1)), [("two/a.env", 1)])

    def test_ten_thousand_staged_files(self):
        repo = self.repo()
        repo.commit(a_txt="x\n")
        for i in range(10000):
            repo.write(f"d{i % 100}/f{i}.txt", f"file {i}\n")
        repo.write("d7/last.env", f"token = {ONE}\n")
        repo.git("add", "-A")
        report = self.staged(repo, 1)
        self.assertEqual(report["coverage"]["objects_scanned"], 10001)
        self.assertEqual(self.places(report), [("d7/last.env", 1)])

    def test_packed_objects_and_deltas(self):
        repo = self.repo()
        long = "".join(f"line {i}\n" for i in range(2000))
        repo.commit(a_txt=long)
        repo.write("a.txt", long + f"token = {ONE}\n")
        repo.git("add", "a.txt")
        repo.git("repack", "-adq")
        repo.git("repack", "-adqk")
        self.assertEqual(self.places(self.staged(repo, 1)), [("a.txt", 2001)])

    def test_a_missing_object_is_a_gap(self):
        repo = self.repo()
        repo.write("a.txt", "something\n")
        repo.git("add", "a.txt")
        blob = repo.git("rev-parse", ":a.txt")
        (repo.path / ".git/objects" / blob[:2] / blob[2:]).unlink()
        report = self.staged(repo, 3)
        self.assertEqual(report["gaps"][0]["kind"], "missing")

    def test_a_damaged_index_is_an_error(self):
        repo = self.repo()
        repo.commit(a_txt="x\n")
        (repo.path / ".git/index").write_bytes(b"DIRC no")
        run = self.keysift("scan", "--staged", cwd=repo.path).expect(2)
        self.assertIn("index", run.err)

    def test_a_named_index_that_is_not_there_is_an_error(self):
        repo = self.repo()
        env = {"GIT_INDEX_FILE": str(self.folder / "gone")}
        self.staged(repo, 0, env=env)
        repo.commit(a_txt="x\n")
        self.keysift("scan", "--staged", cwd=repo.path, env=env).expect(2)

    def test_nothing_of_the_repository_is_run(self):
        repo = self.repo()
        repo.commit(a_txt="x\n")
        mark = self.folder / "ran"
        script = repo.write("run.sh", f"#!/bin/sh\ntouch {mark}\ncat\n")
        script.chmod(0o755)
        repo.write(".gitattributes", "*.env -diff diff=evil filter=evil\n")
        repo.write("a.env", f"token = {ONE}\n")
        repo.git("add", ".gitattributes", "a.env")
        for key in ("core.fsmonitor", "diff.evil.textconv", "filter.evil.clean"):
            repo.git("config", key, str(script))
        self.staged(repo, 1)
        self.assertFalse(mark.exists())

    def test_not_a_repository(self):
        self.keysift("scan", "--staged").expect(2)

    def test_a_secret_in_a_new_files_name(self):
        repo = self.repo()
        repo.write(f"{ONE}.txt", "x\n")
        repo.git("add", "-A")
        report = self.staged(repo, 1)
        self.assertEqual(report["findings"][0]["locations"][0]["kind"], "file name")
        self.assertNotIn(ONE, str(report))


if __name__ == "__main__":
    harness.main()
