#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Bulk scans read each pack once, and report as if they had read everything."""

import json
import os
import shutil
import sqlite3
import subprocess
import unittest

from harness import Case, Repo, github_token, main


class Known(Case):
    def bulk(self, *words, store="all.db"):
        return self.keysift("bulk", "scan", *words, "--store", store)

    def report(self, store="all.db"):
        run = self.keysift("report", "--store", store, "-f", "json").expect(0)
        return run.out

    def compare(self, *words):
        """The store's report, once it is what a new store's is."""
        self.bulk("--root", "root", *words)
        for path in self.folder.glob("new.db*"):
            path.unlink()
        self.bulk("--root", "root", *words, store="new.db")
        self.assertEqual(self.report("new.db"), self.report())
        return json.loads(self.report())

    def packs(self, store="all.db"):
        with sqlite3.connect(self.folder / store) as db:
            return db.execute("SELECT id FROM pack ORDER BY id").fetchall()

    def change(self, sql):
        with sqlite3.connect(self.folder / "all.db") as db:
            db.execute(sql)
        db.close()

    def packed(self, name="root/one"):
        repo = self.repo(name)
        for i in range(4):
            repo.commit("More", **{f"f{i}_env": f"key = {github_token(i)}\n"})
        repo.git("rm", "-q", "f0.env")
        repo.commit("Less")
        repo.git("repack", "-q", "-a", "-d")
        return repo

    def test_after_a_fetch_new_packs_are_read(self):
        source = self.packed("source")
        self.folder.joinpath("root").mkdir()
        source.git("clone", "-q", "--mirror", source.path, self.folder / "root/m.git")
        self.compare()
        first = self.packs()
        for i in range(10):
            source.commit("New", **{f"new{i}_env": f"key = {github_token(20 + i)}\n"})
        mirror = Repo.__new__(Repo)
        mirror.path, mirror.day = self.folder / "root/m.git", 0
        mirror.git("-c", "fetch.unpackLimit=1", "fetch", "-q")
        self.assertEqual(14, len(self.compare()["findings"]))
        self.assertEqual((1, 2), (len(first), len(self.packs())))
        self.assertEqual(first[0], self.packs()[0])

    def test_a_fork_shares_what_is_known(self):
        upstream = self.packed()
        self.compare()
        for how in ("--local", "--shared", "--no-hardlinks"):
            fork = self.folder / f"root/fork{how}.git"
            upstream.git("clone", "-q", "--bare", how, upstream.path, fork)
        self.compare()
        self.assertEqual(1, len(self.packs()))

    def test_a_clone_over_a_transport_is_known_but_for_what_is_new(self):
        upstream = self.packed()
        self.compare()
        # (Commits in it would touch its pack.)
        fork = Repo.__new__(Repo)
        fork.path, fork.day = self.folder / "fork", 100
        upstream.git("clone", "-q", "--no-local", upstream.path, fork.path)
        for i in range(10):
            fork.commit("New", **{f"new{i}_env": f"key = {github_token(20 + i)}\n"})
        clone = self.folder / "root/clone.git"
        fork.git("clone", "-q", "--mirror", "--no-local", fork.path, clone)
        self.assertEqual(14, len(self.compare()["findings"]))
        self.assertEqual(1, len(self.packs()))
        # The pack that it was compared with goes.
        upstream.git("repack", "-q", "-a", "-d")
        mirror = Repo.__new__(Repo)
        mirror.path, mirror.day = clone, 0
        mirror.git("update-ref", "refs/heads/other", "HEAD~1")
        self.assertEqual(14, len(self.compare()["findings"]))

    def test_damaged_notes_are_passed_over(self):
        repo = self.packed()
        before = self.compare()
        for value in ("zeroblob(9)", "zeroblob(length(notes))", "'x' || notes", "''"):
            self.change(f"UPDATE pack SET notes = {value}")
            self.change("UPDATE repository SET fingerprint = 'other'")
            self.assertEqual(before["findings"], self.compare()["findings"])
        repo.git("gc", "-q")
        self.compare()

    def test_other_options_know_nothing(self):
        self.packed()
        self.compare()
        for words in (
            ("--max-decode-depth", "0"),
            ("--max-file-size", "10"),
            ("--min-confidence", "possible"),
            ("--only", "aws"),
            (),
        ):
            self.compare(*words)
            self.assertEqual(0 if "10" in words else 1, len(self.packs()))

    def test_a_repack_is_forgotten(self):
        repo = self.packed()
        self.compare()
        repo.commit("New", z_env=f"key = {github_token(9)}\n")
        repo.git("repack", "-q", "-a", "-d")
        self.compare()
        self.assertEqual(1, len(self.packs()))

    def test_what_is_an_object_here_is_no_secret(self):
        # The value of a key is an id; whether it is an object's is found out
        # anew.
        repo = self.repo("root/one")
        content = b"to come\n"
        name = subprocess.run(
            ["git", "hash-object", "--stdin"], input=content, capture_output=True,
            check=True).stdout.decode().strip()
        repo.commit("Spell", a_py=f'api_secret = "{name}"\n')
        repo.git("repack", "-q", "-a", "-d")
        words = ("--min-confidence", "possible")
        before = self.compare(*words)["findings"]
        repo.commit("Come", b_txt=content.decode())
        after = self.compare(*words)["findings"]
        self.assertEqual((1, 0), (len(before), len(after)))

    def test_no_secret_is_in_the_notes(self):
        self.packed()
        self.compare()
        for path in self.folder.glob("all.db*"):
            for i in range(4):
                self.assertNotIn(github_token(i).encode(), path.read_bytes())

    def test_a_store_without_notes_gets_them(self):
        self.packed()
        self.bulk("--root", "root").expect(1)
        self.change("DROP TABLE pack_file")
        self.change("DROP TABLE pack")
        self.keysift("report", "--store", "all.db").expect(0)
        self.compare()
        shutil.rmtree(self.folder / "root/one/.git/logs")
        self.compare()
        self.assertEqual(1, len(self.packs()))


if __name__ == "__main__":
    main()
