#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What may go wrong under a bulk scan: clear words, and nothing lost."""

import fcntl
import json
import os
import random
import shutil
import signal
import subprocess
import time
import unittest

from harness import ENVIRONMENT, PROGRAM, Case, github_token, main


class Trouble(Case):
    def setUp(self):
        super().setUp()
        for i in range(4):
            repo = self.repo(f"root/r{i}")
            repo.commit("First", a_env=f"key = {github_token(i)}\n")

    def bulk(self, *words, store="all.db"):
        return self.keysift("bulk", *words, "--store", store)

    def report(self, store="all.db"):
        return self.keysift("report", "--store", store, "-f", "json")

    def findings(self, store="all.db"):
        return json.loads(self.report(store).expect(0).out)["findings"]

    def test_what_is_no_repository_fails_and_stops_nothing(self):
        run = self.bulk("scan", "root/r0", "nowhere", "root/r1").expect(1)
        self.assertIn("failed: nowhere: no git repository is there", run.err)
        self.assertEqual(2, len(self.findings()))
        report = json.loads(self.report().out)
        self.assertFalse(report["complete"])
        self.assertEqual("nowhere", report["gaps"][0]["where"])

    def test_only_failures_are_incomplete(self):
        self.bulk("scan", "nowhere").expect(3)

    def test_a_deleted_repository_keeps_what_was_found(self):
        self.bulk("scan", "--root", "root").expect(1)
        shutil.rmtree(self.folder / "root/r2")
        self.bulk("scan", "root/r0").expect(1)
        self.assertEqual(4, len(self.findings()))

    def test_two_processes_on_one_store_are_refused(self):
        with open(self.folder / "all.db.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            lock.write("process 77")
            lock.flush()
            run = self.bulk("scan", "--root", "root").expect(2)
            self.assertIn("another process works on it (process 77)", run.err)
        self.bulk("scan", "--root", "root").expect(1)

    def test_a_store_that_is_none_is_refused_and_left_alone(self):
        for content in (b"x" * 9000, b"SQLite format 3\0" + b"y" * 9000):
            (self.folder / "bad.db").write_bytes(content)
            run = self.bulk("scan", "--root", "root", store="bad.db").expect(2)
            self.assertRegex(run.err, "not a store of keysift|damaged")
            self.assertEqual(content, (self.folder / "bad.db").read_bytes())
            self.report("bad.db").expect(2)

    def test_a_damaged_page_is_told(self):
        self.bulk("scan", "--root", "root").expect(1)
        path = self.folder / "all.db"
        content = bytearray(path.read_bytes())
        for i in range(1, len(content) // 4096):
            content[i * 4096 : i * 4096 + 64] = b"\xee" * 64
        path.write_bytes(content)
        run = self.report().expect(2)
        self.assertIn("damaged", run.err)
        self.bulk("scan", "--root", "root").expect(2)

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_a_read_only_store_is_told(self):
        self.bulk("scan", "--root", "root").expect(1)
        os.chmod(self.folder / "all.db", 0o400)
        self.assertIn("read-only", self.bulk("scan", "--root", "root").expect(2).err)

    def test_a_report_needs_no_right_to_write(self):
        self.bulk("scan", "--root", "root").expect(1)
        folder = self.folder / "ro"
        folder.mkdir()
        shutil.copy(self.folder / "all.db", folder)
        os.chmod(folder, 0o500)
        self.addCleanup(os.chmod, folder, 0o700)
        self.assertEqual(4, len(self.findings("ro/all.db")))
        self.assertEqual(["all.db"], os.listdir(folder))

    def test_a_clock_set_back_loses_nothing(self):
        self.bulk("scan", "--root", "root").expect(1)
        for path in (self.folder / "root/r1").rglob("*"):
            os.utime(path, (1, 1))
        import sqlite3

        with sqlite3.connect(self.folder / "all.db") as db:
            db.execute("UPDATE repository SET last_seen = last_seen + 900000")
            db.execute("UPDATE scan SET started = started + 900000")
        db.close()
        self.bulk("scan", "--root", "root").expect(1)
        self.assertEqual(4, len(self.findings()))
        status = json.loads(self.bulk("status", "--json").expect(0).out)
        self.assertEqual((4, 0), (status["done"], status["failed"]))

    def large(self, name):
        """A repository that takes a while: a pack, and loose objects on top."""
        repo = self.repo(name)
        source = random.Random(5)
        words = ["".join(source.choices("abcdefgh ", k=9)) for _ in range(4000)]
        for i in range(10):
            repo.write(f"t{i}", " ".join(source.choices(words, k=90000)))
        repo.commit("Large", a_env=f"key = {github_token(50)}\n")
        repo.git("repack", "-q", "-a", "-d")
        repo.commit("Loose", b_env=f"key = {github_token(51)}\n")
        return repo

    def disturb(self, repo, disturbance):
        """Runs a scan, and the disturbance while it reads the repository's pack
        (it knows by then which loose objects there are)."""
        words = ["bulk", "scan", "--store", "all.db", "--root", "root", "-j1"]
        process = subprocess.Popen(
            [PROGRAM, *words],
            cwd=self.folder,
            env=ENVIRONMENT,
            stderr=subprocess.PIPE,
        )
        self.addCleanup(process.kill)
        mapped = f"{repo.path}/.git/objects/pack".encode()
        while process.poll() is None:
            with open(f"/proc/{process.pid}/maps", "rb") as maps:
                if mapped in maps.read():
                    break
        process.send_signal(signal.SIGSTOP)
        self.assertIsNone(process.poll(), "it was too fast")
        disturbance()
        process.send_signal(signal.SIGCONT)
        message = process.stderr.read().decode()
        process.stderr.close()
        return process.wait(), message

    def test_a_repack_under_the_scan_loses_nothing(self):
        repo = self.large("root/large")
        self.bulk("scan", "--root", "root", store="calm.db").expect(1)
        code, _ = self.disturb(
            repo, lambda: repo.git("repack", "-q", "-a", "-d", "-f", "--depth=2")
        )
        self.assertEqual(1, code)
        calm, report = self.report("calm.db").report, self.report().report
        self.assertTrue(report["complete"])
        self.assertEqual(calm["findings"], report["findings"])

    def test_a_repository_deleted_under_the_scan_is_told(self):
        repo = self.large("root/large")
        code, message = self.disturb(repo, lambda: shutil.rmtree(repo.path))
        self.assertEqual(1, code)
        self.assertIn("large: it was deleted while it was scanned", message)
        self.assertEqual(4, len(self.findings()))
        self.assertFalse(self.report().report["complete"])

    def test_a_full_disk_is_told_and_nothing_is_lost(self):
        # A small disk of its own, which grows between two scans.
        self.bulk("scan", "--root", "root", store="calm.db").expect(1)
        disk = self.folder / "disk"
        disk.mkdir()
        scan = f"'{PROGRAM}' bulk scan --store disk/all.db --root root"
        script = (
            f"mount -t tmpfs -o size=200k none disk || exit 77\n"
            f"{scan} 2>full.txt; echo $? >code.txt\n"
            f"mount -o remount,size=20m disk || exit 77\n{scan} 2>/dev/null\n"
            f"'{PROGRAM}' report --store disk/all.db -f json -o report.json\n"
        )
        words = ["unshare", "-m" if os.geteuid() == 0 else "-rm", "sh", "-c", script]
        done = subprocess.run(
            words, cwd=self.folder, env=ENVIRONMENT, capture_output=True, check=False
        )
        if done.returncode != 0:
            self.skipTest("no disk of its own can be had here")
        self.assertEqual("2", (self.folder / "code.txt").read_text().strip())
        self.assertRegex((self.folder / "full.txt").read_text(), "full|space")
        self.assertEqual(
            self.report("calm.db").out, (self.folder / "report.json").read_text()
        )

    def test_killed_at_any_moment_it_goes_on(self):
        for i in range(4, 12):
            repo = self.repo(f"root/r{i}")
            for j in range(3):
                repo.commit("More", a_env=f"key = {github_token(100 * i + j)}\n")
        self.bulk("scan", "--root", "root", store="calm.db").expect(1)
        source = random.Random(7)
        for _ in range(12):
            process = subprocess.Popen(
                [PROGRAM, "bulk", "scan", "--store", "killed.db", "--root", "root"],
                cwd=self.folder,
                env=ENVIRONMENT,
                stderr=subprocess.DEVNULL,
            )
            time.sleep(source.uniform(0.0, 0.12))
            process.send_signal(signal.SIGKILL)
            process.wait()
        self.bulk("scan", "--root", "root", store="killed.db").expect(1)
        self.assertEqual(self.report("calm.db").out, self.report("killed.db").out)


if __name__ == "__main__":
    main()
