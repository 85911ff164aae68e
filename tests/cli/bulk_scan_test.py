#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Many repositories in one store: scanned, rescanned, sharded, merged."""

import json
import os
import re
import shutil
import sqlite3
import unittest

from harness import ROOT, Case, github_token, main


class Bulk(Case):
    def bulk(self, *words, store="all.db", **options):
        return self.keysift("bulk", *words, "--store", store, **options)

    def report(self, store="all.db", form="json"):
        return self.keysift("report", "--store", store, "-f", form).expect(0).out

    def make(self, count):
        """Repositories r0, r1, … below root/, each with its own token."""
        for i in range(count):
            repo = self.repo(f"root/r{i}")
            repo.commit("First", a_env=f"key = {github_token(i)}\n")
            repo.commit("Second", b_txt="nothing\n")

    def query(self, sql, store="all.db"):
        with sqlite3.connect(f"file:{self.folder / store}?mode=ro", uri=True) as db:
            return db.execute(sql).fetchall()

    def test_one_secret_in_two_repositories_is_one_finding(self):
        self.make(2)
        self.repo("root/r2").commit("Copy", c_env=f"key = {github_token(0)}\n")
        self.bulk("scan", "--root", "root").expect(1)
        report = json.loads(self.report())
        self.assertEqual(2, len(report["findings"]))
        shared = [f for f in report["findings"] if len(f["repositories"]) == 2]
        self.assertEqual(
            ["r0", "r2"], [r["repository"] for r in shared[0]["repositories"]]
        )
        self.assertIn("r2/c.env", [p["path"] for p in shared[0]["locations"]])
        self.assertTrue(report["complete"])

    def test_what_scan_finds_bulk_finds(self):
        self.make(1)
        one = self.scan("--no-worktree", "root/r0").expect(1).report["findings"][0]
        self.bulk("scan", "--root", "root").expect(1)
        many = json.loads(self.report())["findings"][0]
        for field in ("fingerprint", "secret", "first_commit", "in_head", "snippet"):
            self.assertEqual(one[field], many[field])

    def test_no_secret_is_in_the_store(self):
        self.make(3)
        self.bulk("scan", "--root", "root").expect(1)
        for path in self.folder.glob("all.db*"):
            content = path.read_bytes()
            for i in range(3):
                self.assertNotIn(github_token(i).encode(), content)

    def test_threads_do_not_change_the_report(self):
        self.make(6)
        self.bulk("scan", "--root", "root", "-j1").expect(1)
        self.bulk("scan", "--root", "root", "-j4", store="four.db").expect(1)
        self.assertEqual(self.report(), self.report("four.db"))

    def test_unchanged_repositories_are_not_read_again(self):
        self.make(3)
        self.bulk("scan", "--root", "root").expect(1)
        before = self.query("SELECT name, revision FROM repository ORDER BY name")
        first = self.report()
        self.bulk("scan", "--root", "root").expect(1)
        self.assertEqual(
            before, self.query("SELECT name, revision FROM repository ORDER BY name")
        )
        self.assertEqual(first, self.report())
        self.assertEqual("0 new, 0 gone, 3 unchanged\n", self.bulk("diff", 1, 2).out)

    def test_a_new_commit_is_seen_and_told_as_new(self):
        self.make(2)
        self.bulk("scan", "--root", "root").expect(1)
        from harness import Repo

        repo = Repo.__new__(Repo)
        repo.path, repo.day = self.folder / "root/r1", 9
        repo.commit("More", d_env=f"key = {github_token(77)}\n")
        self.bulk("scan", "--root", "root").expect(1)
        diff = json.loads(self.bulk("diff", 1, 2, "--json").out)
        self.assertEqual(2, diff["unchanged"])
        self.assertEqual(
            [("new", "r1")], [(c["change"], c["repository"]) for c in diff["changes"]]
        )

    def test_other_rules_scan_anew(self):
        self.make(1)
        self.bulk("scan", "--root", "root").expect(1)
        self.bulk("scan", "--root", "root", "--only", "aws").expect(0)
        self.assertEqual([], json.loads(self.report())["findings"])

    def test_shards_merge_to_the_whole(self):
        self.make(8)
        shutil.copytree(self.folder / "root/r3", self.folder / "root/fork-of-r3")
        self.bulk("scan", "--root", "root").expect(1)
        parts = []
        shards = {}
        for i in range(3):
            part = f"part{i}.db"
            parts.append(part)
            self.bulk("scan", "--root", "root", "--shard", f"{i}/3", store=part)
            for (name,) in self.query("SELECT name FROM repository", part):
                self.assertNotIn(name, shards)
                shards[name] = i
        self.assertEqual(9, len(shards))
        self.assertEqual(shards["r3"], shards["fork-of-r3"])
        self.bulk("merge", *parts, store="merged.db").expect(0)
        self.assertEqual(self.report(), self.report("merged.db"))
        self.bulk("merge", *reversed(parts), store="merged.db").expect(0)
        self.assertEqual(self.report(), self.report("merged.db"))

    def test_what_needs_more_than_the_memory_budget_is_told(self):
        self.make(2)
        words = ("scan", "--root", "root", "--memory")
        self.assertIn("takes 192M or more", self.bulk(*words, "191M").expect(2).err)
        self.assertNotIn("over --memory", self.bulk(*words, "192M").expect(1).err)
        # (No pack, but it is looked at only when its turn comes.)
        with open(self.folder / "root/r0/.git/objects/pack/pack-0.pack", "wb") as file:
            file.truncate(300 << 20)
        told = self.bulk(*words, "192M").expect(1).err
        self.assertIn("over --memory 201 MB, one at a time: 1 repository", told)

    def test_lists_name_repositories(self):
        self.make(2)
        text = f"# two\nfirst={self.folder}/root/r0\n{self.folder}/root/r1\n"
        self.bulk("scan", "--list", "-", stdin=text.encode()).expect(1)
        names = [name for (name,) in self.query("SELECT name FROM repositories")]
        self.assertEqual({"first", f"{self.folder}/root/r1"}, set(names))

    def test_a_path_with_an_equals_sign_is_a_path(self):
        self.make(1)
        os.rename(self.folder / "root", self.folder / "a=b")
        self.bulk("scan", "--list", "-", stdin=b"a=b/r0\n").expect(1)
        self.assertEqual([("a=b/r0", "a=b/r0")],
                         self.query("SELECT name, path FROM repositories"))

    def test_two_repositories_of_one_name_are_refused(self):
        self.make(1)
        shutil.copytree(self.folder / "root", self.folder / "other")
        told = self.bulk("scan", "--root", "root", "--root", "other").expect(2).err
        self.assertIn("r0: two repositories have this name: root/r0 and other/r0", told)
        self.bulk("scan", "--root", "root", "--root", f"{self.folder}/root").expect(1)
        lines = b"x=root/r0\nx=other/r0\n"
        self.bulk("scan", "--list", "-", stdin=lines).expect(2)

    def test_a_folder_that_was_not_looked_into_is_no_clean_end(self):
        self.repo("root/r").commit("First", a_txt="nothing\n")
        (self.folder / "elsewhere").mkdir()
        os.symlink(self.folder / "elsewhere", self.folder / "root/link")
        told = self.bulk("scan", "--root", "root").expect(3).err
        self.assertIn("not looked into: root/link: links to folders", told)

    def test_a_root_that_is_a_repository_has_its_own_name(self):
        self.make(2)
        for name in ("r0", "r1"):
            self.bulk("scan", "--root", f"root/{name}/").expect(1)
        self.assertEqual([("root/r0",), ("root/r1",)],
                         self.query("SELECT name FROM repositories ORDER BY name"))

    def test_a_store_of_an_older_keysift_says_what_it_lacks(self):
        self.make(1)
        self.bulk("scan", "--root", "root").expect(1)
        with sqlite3.connect(self.folder / "all.db") as db:
            db.execute("DROP VIEW timeline")
        self.assertIn("`keysift bulk scan`", self.bulk("timeline").expect(2).err)
        self.bulk("scan", "--root", "root").expect(1)
        self.bulk("timeline").expect(0)

    def test_a_decision_is_kept_over_rescans(self):
        self.make(1)
        self.bulk("scan", "--root", "root").expect(1)
        fingerprint = json.loads(self.report())["findings"][0]["fingerprint"]
        words = ("triage", fingerprint, "--state", "revoked", "--author", "me")
        self.bulk(*words).expect(2)
        self.bulk(*words, "--reason", "rotated").expect(0)
        self.bulk("scan", "--root", "root", "--min-confidence", "possible").expect(0)
        triage = json.loads(self.report())["findings"][0]["triage"]
        self.assertEqual(("revoked", "me"), (triage["state"], triage["author"]))
        status = json.loads(self.bulk("status", "--json").out)
        self.assertEqual((1, 0), (status["findings"], status["open"]))
        self.assertEqual({"revoked": 1}, status["decided"])
        self.assertIn("open 0, revoked 1", self.bulk("status").out)

    def test_views_are_there_for_sql(self):
        self.make(2)
        self.bulk("scan", "--root", "root").expect(1)
        self.assertEqual([(2,)], self.query("SELECT count(*) FROM findings"))
        self.assertEqual(
            [("r0", "a.env", 1), ("r1", "a.env", 1)],
            self.query("SELECT repository, path, line FROM places ORDER BY 1"),
        )
        self.assertEqual(
            [("r0", 1, "Test Author <author@test.example>", None)],
            self.query("SELECT repository, in_head, author, removed FROM holdings "
                       "WHERE repository = 'r0'"),
        )
        self.assertEqual([(0,)], self.query("SELECT count(*) FROM timeline"))
        self.assertEqual([("done",)] * 2, self.query("SELECT state FROM repositories"))
        self.assertEqual(2, len(self.query("SELECT objects_total FROM coverage")))

    def test_each_view_has_the_columns_that_the_readme_says(self):
        self.make(1)
        self.bulk("scan", "--root", "root").expect(1)
        text = (ROOT / "scanner/store/README.md").read_text().split("## Views")[1]
        told = dict(re.findall(r"^\| `(\w+)` \|[^|]*\| (.*) \|$", text, re.M))
        views = self.query("SELECT name FROM sqlite_schema WHERE type = 'view'")
        self.assertEqual({name for (name,) in views}, set(told))
        for name, columns in told.items():
            there = [row[1] for row in self.query(f"PRAGMA table_info({name})")]
            words = re.sub(r" \([^)]*\)", "", columns).split(", ")
            self.assertEqual(there, words, name)

    def test_a_store_is_written_in_every_format(self):
        self.make(1)
        self.bulk("scan", "--root", "root").expect(1)
        for form in ("text", "json", "jsonl", "csv", "sarif", "gitlab"):
            self.assertIn("a.env", self.report(form=form), form)
        (self.folder / "r.json").write_text(self.report())
        self.assertEqual(
            self.report(), self.keysift("report", "r.json", "-f", "json").out
        )


if __name__ == "__main__":
    main()
