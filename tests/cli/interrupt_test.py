#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Signals, running out of time and of memory: never a false "clean"."""

import json
import resource
import signal
import subprocess
import unittest

import harness


class Interrupt(harness.Case):
    def start(self, *words, **options):
        """A scan that waits for standard input."""
        process = subprocess.Popen(
            [harness.PROGRAM, "scan", "-f", "json", *words, "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.folder,
            env=harness.ENVIRONMENT,
            **options,
        )
        self.addCleanup(process.kill)
        # More than a pipe holds: when it is written, the scan is reading.
        process.stdin.write(b"\n" * (1 << 20))
        process.stdin.flush()
        return process

    def wait_for_answer(self, process):
        for line in process.stderr:
            if b"stopping" in line:
                return
        self.fail("it does not say that it stops")

    def test_the_first_interrupt_still_writes_the_report(self):
        process = self.start()
        process.send_signal(signal.SIGINT)
        self.wait_for_answer(process)
        out, _ = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)
        gaps = [gap["kind"] for gap in json.loads(out)["gaps"]]
        self.assertIn("interrupted", gaps)

    def test_the_second_interrupt_ends_at_once(self):
        process = self.start()
        process.send_signal(signal.SIGINT)
        self.wait_for_answer(process)
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(timeout=60), 130)
        process.stdin.close()
        process.stdout.close()
        process.stderr.close()

    def test_out_of_time_says_so(self):
        for words, code in (((), 3), (("--allow-gaps", "timeout"), 0)):
            with self.subTest(words):
                process = self.start("--timeout", "1s", *words)
                # Nobody closes its standard input.
                out = process.stdout.read()
                self.assertEqual(process.wait(timeout=60), code)
                gaps = [gap["kind"] for gap in json.loads(out)["gaps"]]
                self.assertEqual(gaps, ["timeout"])
                for pipe in (process.stdin, process.stdout, process.stderr):
                    pipe.close()

    @unittest.skipIf(harness.SANITIZED, "sanitizers reserve more than the limit")
    def test_out_of_memory_says_so(self):
        limit = 400 << 20
        run = subprocess.run(
            [harness.PROGRAM, "scan", "-"],
            input=b"x" * (300 << 20),
            capture_output=True,
            env=harness.ENVIRONMENT,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
            check=False,
        )
        self.assertEqual(run.returncode, 2, run.stderr)
        self.assertIn(b"out of memory", run.stderr)


if __name__ == "__main__":
    harness.main()
