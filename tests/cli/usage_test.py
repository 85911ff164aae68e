#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the program says of itself, and of words that it does not know."""

import harness


class Usage(harness.Case):
    def test_version_is_one_line(self):
        run = self.keysift("version").expect(0)
        self.assertRegex(run.out, r"^keysift \d+\.\d+\.\d+\n$")
        self.assertEqual(run.out, self.keysift("--version").expect(0).out)

    def test_help_lists_commands_and_exit_codes(self):
        run = self.keysift("--help").expect(0)
        for word in ("scan", "rules", "completion", "Exit codes:"):
            self.assertIn(word, run.out)
        self.assertEqual(run.out, self.keysift("help").expect(0).out)

    def test_help_of_a_command_begins_with_examples(self):
        for words in (("scan", "--help"), ("scan", "-h"), ("help", "scan")):
            run = self.keysift(*words).expect(0)
            self.assertLess(run.out.index("Examples:"), run.out.index("--staged"))

    def test_help_fits_80_columns(self):
        for words in (("--help",), ("scan", "--help"), ("rules", "--help")):
            for line in self.keysift(*words).expect(0).out.split("\n"):
                self.assertLess(len(line), 80, line)

    def test_no_words_is_an_error_that_shows_help(self):
        run = self.keysift().expect(2)
        self.assertEqual(run.out, "")
        self.assertIn("Usage:", run.err)

    def test_an_unknown_command_names_the_nearest(self):
        self.assertIn("did you mean scan?", self.keysift("scna").expect(2).err)

    def test_an_unknown_option_names_the_nearest(self):
        run = self.keysift("scan", "--formt", "json").expect(2)
        self.assertIn("unknown option --formt; did you mean --format?", run.err)

    def test_an_unknown_format_lists_those_there_are(self):
        run = self.keysift("scan", "-f", "yaml").expect(2)
        self.assertIn("json", run.err)

    def test_an_unknown_rule_names_the_nearest(self):
        run = self.keysift("scan", "--only", "githbu", self.folder).expect(2)
        self.assertIn("did you mean github", run.err)

    def test_a_missing_value_is_said(self):
        run = self.keysift("scan", "--threads").expect(2)
        self.assertIn("--threads needs a N", run.err)

    def test_scopes_exclude_each_other(self):
        run = self.keysift("scan", "--staged", "--worktree").expect(2)
        self.assertIn("exclude each other", run.err)

    def test_escapes_in_a_word_do_not_reach_the_terminal(self):
        run = self.keysift("scan", "/no\x1b[2Jwhere").expect(2)
        self.assertNotIn("\x1b", run.err)

    def test_rules_are_timed(self):
        (self.folder / "one.txt").write_text("AKIA is not enough\n" * 100)
        run = self.keysift("rules", "profile", ".", "--only",
                           "aws-access-key-id").expect(0)
        self.assertIn("aws-access-key-id", run.out)
        self.assertIn("measured on 1 text", run.out)
        run = self.keysift("rules", "profile", "nowhere").expect(2)
        self.assertIn("nowhere", run.err)
        self.keysift("rules", "list", "--only", "aws").expect(2)

    def test_rules_are_listed_and_shown(self):
        run = self.keysift("rules", "list").expect(0)
        first = run.out.split()[0]
        self.assertIn(first, self.keysift("rules", "show", first).expect(0).out)

    def test_completions_are_scripts(self):
        for shell in ("bash", "zsh", "fish"):
            self.assertIn("--staged" if shell != "fish" else "-l staged",
                          self.keysift("completion", shell).expect(0).out)


if __name__ == "__main__":
    harness.main()
