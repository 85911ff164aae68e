#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Rules as data: the built-in ones prove themselves; a user's own."""

import harness

RULE = """[[rules]]
id = "acme-key"
description = "Acme key"
regex = '''\\bacme_[a-z0-9]{20}\\b'''
examples = ["acme_k3j9x7q2m5n8b1v4c6z0", "key: acme_z9x8c7v6b5n4m3l2k1j0"]
negative_examples = ["acme_k3j9x7q2m5n8b1v4c6z", "acne_k3j9x7q2m5n8b1v4c6z0"]
"""
KEY = "k = acme_q1w2e3r4t5y6u7i8o9p0\n"


class Rules(harness.Case):
    def write(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return path

    def scan(self, *words):
        cache = {"XDG_CACHE_HOME": str(self.folder / "cache")}
        return self.keysift("scan", "-q", "-f", "json", *words, env=cache)

    def test_every_built_in_rule_finds_its_examples(self):
        run = self.keysift("rules", "test").expect(0)
        self.assertIn("all as they should be", run.out)

    def test_the_built_in_rules_have_no_mistakes(self):
        self.assertIn("0 errors", self.keysift("rules", "check").expect(0).out)

    def test_a_rule_file_is_checked_by_line(self):
        self.write("good.toml", RULE)
        self.keysift("rules", "check", "good.toml").expect(0)
        self.write("bad.toml", RULE + 'nonsense = 1\n[[rules]]\nid = "x"\n')
        run = self.keysift("rules", "check", "bad.toml").expect(2)
        self.assertRegex(run.out, r"bad\.toml:7:\d+: error: .*nonsense")

    def test_an_example_that_is_not_found_fails_with_the_reason(self):
        self.write("a.toml", RULE)
        self.keysift("rules", "test", "a.toml").expect(0)
        self.write("b.toml", RULE.replace('["acme_k', '["acne_k', 1))
        run = self.keysift("rules", "test", "b.toml").expect(2)
        self.assertIn('rule "acme-key": example 1 is not found', run.out)

    def test_a_near_miss_that_is_found_fails(self):
        self.write("a.toml", RULE.replace('["acme_k3j9x7q2m5n8b1v4c6z"', '["' + KEY[4:-1] + '"'))
        run = self.keysift("rules", "test", "a.toml").expect(2)
        self.assertIn("near miss 1 is found", run.out)

    def test_rules_of_ones_own_add_to_the_others(self):
        self.write("a.txt", KEY + harness.github_token(1) + "\n")
        self.write("acme.toml", RULE)
        run = self.scan("--rules", "acme.toml", "a.txt").expect(1)
        self.assertEqual(len(run.report["findings"]), 2)
        self.assertTrue(list((self.folder / "cache/keysift").iterdir()))

    def test_a_folder_of_rules_will_do(self):
        (self.folder / "own").mkdir()
        self.write("own/acme.toml", RULE)
        self.write("a.txt", KEY)
        self.scan("--rules", "own", "a.txt").expect(1)

    def test_a_configuration_counts_instead_of_the_built_in_rules(self):
        self.write("a.txt", KEY + harness.github_token(1) + "\n")
        config = self.write("c.toml", RULE)
        run = self.scan("--config", "c.toml", "a.txt").expect(1)
        self.assertEqual([f["rule_id"] for f in run.report["findings"]], ["acme-key"])
        config.write_text("[extend]\nuseDefault = true\n" + RULE)
        run = self.scan("--config", "c.toml", "a.txt").expect(1)
        self.assertEqual(len(run.report["findings"]), 2)

    def test_a_configuration_of_no_rules_is_an_error(self):
        self.write("a.txt", KEY)
        self.write(".gitleaks.toml", 'title = "nothing"\n')
        run = self.scan("--config", ".gitleaks.toml", "a.txt").expect(2)
        self.assertIn("no rules are left", run.err)
        self.assertEqual(run.out, "")

    def test_a_configuration_is_explained(self):
        self.write(".gitleaks.toml", "[extend]\nuseDefault = true\ndisabledRules = ['nope']\n")
        run = self.keysift("config", "check").expect(0)
        self.assertIn('no rule "nope"', run.out)
        self.keysift("config", "check", "missing.toml").expect(2)

    def test_a_missing_rule_file_is_an_error(self):
        self.assertIn("none.toml", self.scan("--rules", "none.toml").expect(2).err)


class Report(harness.Case):
    def test_an_earlier_report_becomes_any_other(self):
        (self.folder / "a.txt").write_text(harness.github_token(1) + "\n")
        self.keysift("scan", "-f", "json", "-o", "r.json", "a.txt").expect(1)
        for name in ("json", "csv", "sarif", "junit"):
            fresh = self.keysift("scan", "-q", "-f", name, "a.txt").expect(1)
            again = self.keysift("report", "r.json", "-f", name).expect(0)
            self.assertEqual(again.out, fresh.out, name)
        self.keysift("report", "r.json", "-f", "text", "-o", "r.txt").expect(0)
        self.assertIn("1 finding", (self.folder / "r.txt").read_text())

    def test_what_is_no_report_is_refused(self):
        (self.folder / "r.json").write_text("[1]")
        self.keysift("report", "r.json").expect(2)
        self.keysift("report").expect(2)
        self.keysift("report", "none.json").expect(2)


if __name__ == "__main__":
    harness.main()
