#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Packs that are cut, objects that are damaged or gone: never clean, the rest
still found, and the report says what it is and what to do."""

import glob
import os
import shutil
import zlib

import harness


class Damage(harness.Case):
    def packed(self, *texts):
        """A repository with one pack and no work tree that holds the texts."""
        repo = self.repo()
        for number, text in enumerate(texts):
            repo.commit(f"Text {number}", **{f"f{number}": text})
        repo.git("repack", "-adq")
        bare = os.path.join(os.path.dirname(str(repo.path)), "bare.git")
        shutil.copytree(os.path.join(str(repo.path), ".git"), bare)
        # Not what is left of the work tree: only objects count here.
        os.remove(os.path.join(bare, "index"))
        with open(os.path.join(bare, "config"), "a") as config:
            config.write("[core]\n\tbare = true\n")
        return repo, bare

    def pack_of(self, bare):
        (pack,) = glob.glob(os.path.join(bare, "objects/pack/*.pack"))
        os.chmod(pack, 0o644)
        return pack

    def gaps(self, result):
        return {gap["kind"] for gap in result.report["gaps"]}

    def test_a_truncated_pack_is_incomplete(self):
        _, bare = self.packed("nothing here\n" * 50, "nor here\n" * 50)
        pack = self.pack_of(bare)
        os.truncate(pack, os.path.getsize(pack) - 60)
        self.assertIn("damaged", self.gaps(self.scan(bare).expect(3)))
        words = self.keysift("scan", bare).expect(3)
        said = words.out + words.err
        self.assertIn("INCOMPLETE", said)
        self.assertIn("damaged. Run `git fsck", said)
        self.assertNotIn("no leaks found", said)

    def test_a_damaged_object_hides_no_other_finding(self):
        token = harness.github_token(1)
        repo, bare = self.packed(f"key: {token}\n", "plain text\n" * 80)
        pack = self.pack_of(bare)
        with open(pack, "r+b") as file:
            bytes_ = bytearray(file.read())
            at = bytes_.find(zlib.compress(b"plain text\n" * 80)[:6])
            self.assertGreater(at, 0)
            bytes_[at + 8] ^= 0x55
            file.seek(0)
            file.write(bytes_)
        result = self.scan(bare).expect(1)
        self.assertIn("damaged", self.gaps(result))
        self.assertEqual(1, len(result.report["findings"]))

    def test_a_damaged_loose_object_is_named(self):
        repo = self.repo()
        repo.commit(a="first\n")
        blob = repo.git("rev-parse", "HEAD:a")
        path = os.path.join(str(repo.path), ".git/objects", blob[:2], blob[2:])
        os.chmod(path, 0o644)
        with open(path, "wb") as file:
            file.write(b"no zlib stream")
        result = self.scan(str(repo.path)).expect(3)
        self.assertTrue(
            any(blob in gap["what"] for gap in result.report["gaps"]))

    def test_a_missing_object_is_named(self):
        repo = self.repo()
        repo.commit(a="first\n")
        blob = repo.git("rev-parse", "HEAD:a")
        os.remove(
            os.path.join(str(repo.path), ".git/objects", blob[:2], blob[2:]))
        result = self.scan(str(repo.path)).expect(3)
        (gap,) = result.report["gaps"]
        self.assertEqual("missing", gap["kind"])
        self.assertIn(blob, gap["what"])


if __name__ == "__main__":
    harness.main()
