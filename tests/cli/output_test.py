#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Where reports go, and what happens if they cannot."""

import json
import os
import stat
import subprocess

import harness


class Output(harness.Case):
    def leak(self):
        (self.folder / "leak").mkdir()
        (self.folder / "leak" / "a.txt").write_text(harness.github_token(1) + "\n")
        return "leak"

    def test_a_report_file_is_the_owners_only(self):
        path = self.folder / "out.json"
        self.scan("-o", path, self.leak()).expect(1)
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        self.assertEqual(len(json.loads(path.read_text())["findings"]), 1)

    def test_one_scan_writes_several_reports(self):
        run = self.keysift(
            "scan", "--report", "json=a.json", "--report", "sarif=a.sarif", self.leak()
        ).expect(1)
        self.assertNotEqual(run.out, "")
        json.loads((self.folder / "a.json").read_text())
        json.loads((self.folder / "a.sarif").read_text())

    def test_the_report_is_on_stdout_and_the_summary_on_stderr(self):
        run = self.scan(self.leak()).expect(1)
        self.assertEqual(len(run.report["findings"]), 1)
        self.assertIn("1 finding", run.err)
        self.assertEqual(self.scan("-q", "leak").expect(1).err, "")

    def test_a_link_is_not_written_through(self):
        (self.folder / "victim").write_text("precious")
        os.symlink("victim", self.folder / "out.json")
        run = self.scan("-o", "out.json", self.leak()).expect(2)
        self.assertIn("symbolic link", run.err)
        self.assertEqual((self.folder / "victim").read_text(), "precious")

    def test_a_missing_folder_is_said_before_the_scan(self):
        run = self.scan("-o", "no/such/out.json", self.leak()).expect(2)
        self.assertIn("no/such/out.json", run.err)

    def test_a_full_disk_is_an_error(self):
        with open("/dev/full", "wb") as full:
            run = self.keysift("scan", self.leak(), stdout=full).expect(2)
        self.assertIn("No space left", run.err)

    def test_a_closed_pipe_is_no_error(self):
        words = [harness.PROGRAM, "scan", "-f", "json", self.leak()]
        reader, writer = os.pipe()
        os.close(reader)
        finished = subprocess.run(
            words, cwd=self.folder, stdout=writer, stderr=subprocess.PIPE,
            env=harness.ENVIRONMENT, check=False,
        )
        os.close(writer)
        self.assertEqual(finished.returncode, 1)
        self.assertNotIn(b"cannot", finished.stderr)

    def test_a_pipe_named_by_the_shell_is_written_in_place(self):
        reader, writer = os.pipe()
        with os.fdopen(reader) as pipe:
            finished = subprocess.run(
                [harness.PROGRAM, "scan", "--report", f"json=/dev/fd/{writer}",
                 self.leak()],
                cwd=self.folder, pass_fds=[writer], capture_output=True,
                env=harness.ENVIRONMENT, check=False,
            )
            os.close(writer)
            self.assertEqual(len(json.loads(pipe.read())["findings"]), 1)
        self.assertEqual(finished.returncode, 1)

    def test_colour_follows_the_conventions(self):
        leak = self.leak()
        colour = "\x1b["
        self.assertNotIn(colour, self.keysift("scan", leak).out)
        self.assertIn(colour, self.keysift("scan", "--color", "always", leak).out)
        forced = {"CLICOLOR_FORCE": "1"}
        self.assertIn(colour, self.keysift("scan", leak, env=forced).out)
        both = forced | {"NO_COLOR": "1"}
        self.assertNotIn(colour, self.keysift("scan", leak, env=both).out)

    def test_a_secret_is_shown_only_when_asked_for(self):
        token = harness.github_token(1)
        leak = self.leak()
        for report in ("text", "json", "sarif", "csv", "gitleaks"):
            run = self.keysift("scan", "-f", report, "-v", leak).expect(1)
            self.assertNotIn(token, run.out + run.err, report)
        self.assertIn(token, self.scan("--show-secrets", leak).expect(1).out)

    def test_findings_exit_with_the_code_asked_for(self):
        leak = self.leak()
        self.keysift("scan", "--exit-code", "0", leak).expect(0)
        self.keysift("scan", "--exit-code", "77", leak).expect(77)
        self.keysift("scan", "--exit-code", "2", leak).expect(2)
        self.keysift("scan", "--exit-code", "126", leak).expect(2)

    def test_progress_is_drawn_only_where_asked_for(self):
        self.assertNotIn("\r", self.keysift("scan", self.leak()).err)


if __name__ == "__main__":
    harness.main()
