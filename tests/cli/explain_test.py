#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`keysift explain`: why a line is a finding, or is none."""

import harness

ONE = harness.github_token(1)


class Explain(harness.Case):
    def explain(self, text, *words, code=0):
        (self.folder / "a.env").write_text(text)
        run = self.keysift("explain", *words).expect(code)
        self.assertNotIn(ONE, run.out + run.err)
        return run.out + run.err

    def test_each_step_of_a_finding(self):
        said = self.explain(f"x\ntoken = {ONE}\n", "a.env:2")
        for words in ("github-personal-access-token (rules/github.toml:", "regex:",
                      "entropy:", "checksum ok", "confidence: certain", "ks1-",
                      "reported"):
            self.assertIn(words, said)
        self.assertIn("no candidate", self.explain(f"x\ntoken = {ONE}\n", "a.env:1"))

    def test_what_dropped_a_candidate(self):
        said = self.explain("token = gh" + "p_" + "a" * 36 + "\n", "a.env")
        self.assertIn("entropy", said)
        self.assertIn("dropped", said)

    def test_an_inline_comment(self):
        said = self.explain(f"token = {ONE} # gitleaks:allow\n", "a.env:1")
        self.assertIn("allowed by a comment: gitleaks:allow", said)

    def test_an_ignored_finding(self):
        repo = self.repo()
        repo.write("a.env", f"token = {ONE}\n")
        said = self.keysift("explain", "a.env:1", cwd=repo.path).expect(0).out
        name = said[said.index("ks1-") :][:36]
        self.keysift("ignore", "add", name, "--reason", "x", cwd=repo.path).expect(0)
        said = self.keysift("explain", "a.env:1", cwd=repo.path).expect(0).out
        self.assertIn("ignored by .keysiftignore:1", said)

    def test_wrong_words(self):
        self.explain("x\n", code=2)
        self.explain("x\n", "gone.env", code=2)
        self.explain("x\n", "a.env", "--rule", "no-such-rule", code=2)


if __name__ == "__main__":
    harness.main()
