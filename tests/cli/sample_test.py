#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The sample repository that the README's first command scans."""

import subprocess

import harness


class Sample(harness.Case):
    def test_all_that_was_planted_is_found(self):
        sample = self.folder / "sample"
        subprocess.run([harness.ROOT / "fixtures/sample/build.sh", sample], check=True)
        report = self.scan(sample).expect(1).report
        found = {finding["rule_id"]: finding for finding in report["findings"]}
        self.assertEqual(
            {"aws-access-key-pair", "github-personal-access-token", "private-key-ec"},
            set(found),
        )
        pair = found["aws-access-key-pair"]
        self.assertEqual(pair["details"]["aws_account_id"], "111122223333")
        self.assertFalse(pair["in_head"])
        self.assertEqual(pair["first_commit"]["summary"], "Deploy to the cloud")
        self.assertEqual(report["gaps"], [])


if __name__ == "__main__":
    harness.main()
