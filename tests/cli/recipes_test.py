#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""README's recipes: what they run finds a leak and writes the report that is
uploaded, and those that are YAML are."""

import os
import pathlib
import re
import subprocess

import harness

try:
    import yaml
except ImportError:
    yaml = None

README = (harness.ROOT / "README.md").read_text()


def blocks():
    """The indented blocks of README, without their indentation."""
    found = re.findall(r"(?:^    .*\n|^\n(?=    ))+", README, re.MULTILINE)
    return [
        re.sub(r"^    ", "", block, flags=re.MULTILINE).lstrip("\n")
        for block in found
    ]


class Recipes(harness.Case):
    def setUp(self):
        super().setUp()
        programs = self.folder / "bin"
        programs.mkdir()
        (programs / "keysift").symlink_to(pathlib.Path(harness.PROGRAM).resolve())
        self.repo_ = self.repo()
        base = self.repo_.commit(a_txt="x\n")
        self.repo_.git("update-ref", "refs/remotes/origin/main", base)
        self.repo_.commit(a_env=f"token = {harness.github_token(1)}\n")
        self.env = harness.ENVIRONMENT | {
            "PATH": f"{programs}:{os.environ['PATH']}",
            "BASE": base,
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": base,
            "CHANGE_TARGET": "main",
        }

    def run_line(self, line):
        return subprocess.run(
            ["sh", "-c", line], cwd=self.repo_.path, env=self.env,
            capture_output=True, text=True, check=False,
        )

    def test_each_command_finds_and_writes_its_report(self):
        section = README[README.index("## CI\n") : README.index("## Options of")]
        lines = re.findall(r"(?:run: |- |sh ')(keysift scan [^'\n]*)", section)
        self.assertEqual(len(lines), 4)
        for line in lines:
            run = self.run_line(line)
            self.assertEqual(run.returncode, 1, line + run.stderr)
            path = self.repo_.path / re.search(r"--report \w+=(\S+)", line)[1]
            self.assertGreater(path.stat().st_size, 0)
            path.unlink()

    def test_reports_that_are_uploaded_are_those_that_are_written(self):
        for name in ("keysift.sarif", "gl-secret-detection-report.json", "keysift.xml"):
            self.assertGreaterEqual(README.count(name), 2, name)

    def test_yaml_is_yaml(self):
        if yaml is None:
            self.skipTest("PyYAML is not installed")
        starts = ("repos:", "name: keysift", "keysift:\n")
        parsed = [yaml.safe_load(block) for block in blocks()
                  if block.startswith(starts)]
        self.assertEqual(len(parsed), 3)
        hook = parsed[0]["repos"][0]["hooks"][0]
        self.assertIs(hook["pass_filenames"], False)
        self.assertEqual(
            parsed[1]["jobs"]["secrets"]["steps"][0]["with"]["fetch-depth"], 0
        )
        self.assertIn("secret_detection", parsed[2]["keysift"]["artifacts"]["reports"])


if __name__ == "__main__":
    harness.main()
