#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a configuration in the scanned repository's root can do, and what not: it
accepts findings by rule and by place, each counted and named; it never takes the
rules away."""

import harness

ONE = harness.github_token(1)
TWO = harness.github_token(2)
ALLOW_TESTS = "[allowlist]\ndescription = 'tests'\npaths = ['''^test/''']\n"


class OwnConfiguration(harness.Case):
    def leaky(self, config, name=".gitleaks.toml"):
        """A repository with a token in test/a.env and one in b.env."""
        repo = self.repo()
        repo.write(name, config)
        repo.write("test/a.env", f"token = {ONE}\n")
        repo.commit(b_env=f"token = {TWO}\n")
        return repo

    def left(self, repo, *words, code=1):
        """The paths of what a scan reports, how many the configuration took, notes."""
        report = self.scan(*words, cwd=repo.path).expect(code).report
        places = sorted({place["path"] for f in report["findings"] for place in f["locations"]})
        return places, report["coverage"]["suppressed"]["config"], report.get("notes", [])

    def test_a_path_is_accepted_counted_and_named(self):
        repo = self.leaky(ALLOW_TESTS)
        self.assertEqual(self.left(repo), (["b.env"], 1, []))
        report = self.scan(cwd=repo.path).report
        self.assertEqual([(one["by"], one["reason"]) for one in report["suppressed"]],
                         [(".gitleaks.toml", 'allowlist "tests"')])
        run = self.keysift("scan", cwd=repo.path).expect(1)
        self.assertIn("1 by the repository's configuration", run.err)
        self.assertIn(".gitleaks.toml", run.err)

    def test_a_secret_that_is_elsewhere_too_stays(self):
        repo = self.leaky(ALLOW_TESTS)
        repo.commit(c_env=f"token = {ONE}\n")
        self.assertEqual(self.left(repo)[0], ["b.env", "c.env", "test/a.env"])

    def test_a_rule_is_disabled_counted_and_named(self):
        repo = self.leaky("[extend]\nuseDefault = true\ndisabledRules = ['github-personal-access-token']\n")
        self.assertEqual(self.left(repo, code=0), ([], 2, []))
        self.assertEqual(self.scan(cwd=repo.path).report["suppressed"][0]["reason"], "disabledRules")

    def test_ours_goes_before_gitleaks_own(self):
        repo = self.leaky(ALLOW_TESTS, ".keysift.toml")
        repo.commit(_gitleaks_toml="[allowlist]\npaths = ['''b.env''']\n")
        self.assertEqual(self.left(repo)[0], ["b.env"])

    def test_it_does_not_count_where_it_is_not_trusted(self):
        repo = self.leaky(ALLOW_TESTS)
        self.assertEqual(self.left(repo, "--no-repo-config"), (["b.env", "test/a.env"], 0, []))

    def test_another_configuration_counts_instead(self):
        repo = self.leaky(ALLOW_TESTS)
        other = self.folder / "other.toml"
        other.write_text("[extend]\nuseDefault = true\n")
        cache = {"XDG_CACHE_HOME": str(self.folder / "cache")}
        run = self.scan("--config", other, cwd=repo.path, env=cache).expect(1)
        self.assertEqual(len(run.report["findings"]), 2)

    def test_it_cannot_hide_everything(self):
        repo = self.leaky("[allowlist]\npaths = ['''.*''', '''x''']\n")
        places, taken, notes = self.left(repo)
        self.assertEqual((places, taken), (["b.env", "test/a.env"], 0))
        self.assertIn("takes every path: it is left out", notes[0])

    def test_its_rules_neither_replace_nor_add(self):
        repo = self.leaky("[[rules]]\nid = 'none'\nregex = '''zq_nothing_zq'''\n"
                          "[[rules.allowlists]]\npaths = ['''b.env''']\n")
        places, taken, notes = self.left(repo)
        self.assertEqual((places, taken), (["b.env", "test/a.env"], 0))
        self.assertIn("they run with --config only", notes[0])

    def test_an_allowlist_of_a_built_in_rule_counts_for_it(self):
        repo = self.leaky("[[rules]]\nid = 'github-personal-access-token'\n"
                          "[[rules.allowlists]]\npaths = ['''b\\.env''']\n")
        self.assertEqual(self.left(repo)[:2], (["test/a.env"], 1))

    def test_what_looks_at_contents_does_not_count_and_is_told_of(self):
        repo = self.leaky("[allowlist]\nregexes = ['''gh''']\n[[allowlists]]\n"
                          "condition = 'AND'\npaths = ['''env$''']\nstopwords = ['gh']\n")
        places, taken, notes = self.left(repo)
        self.assertEqual((places, taken), (["b.env", "test/a.env"], 0))
        self.assertIn("2 allowlists of .gitleaks.toml look at what a secret", notes[0])

    def test_one_that_does_not_parse_is_left_out_and_told_of(self):
        repo = self.leaky("[allowlist\n")
        places, taken, notes = self.left(repo)
        self.assertEqual((places, taken), (["b.env", "test/a.env"], 0))
        self.assertIn(".gitleaks.toml:1:", notes[0])
        self.assertIn("the whole file is left out", notes[0])

    def test_a_link_is_not_followed(self):
        repo = self.leaky("")
        (self.folder / "elsewhere.toml").write_text(ALLOW_TESTS)
        (repo.path / ".gitleaks.toml").unlink()
        (repo.path / ".gitleaks.toml").symlink_to(self.folder / "elsewhere.toml")
        self.assertEqual(self.left(repo)[:2], (["b.env", "test/a.env"], 0))

    def test_a_folder_has_one_as_well(self):
        folder = self.folder / "plain"
        (folder / "test").mkdir(parents=True)
        (folder / ".gitleaks.toml").write_text("[allowlist]\npaths = ['''test/''']\n")
        (folder / "test/a.env").write_text(f"token = {ONE}\n")
        report = self.scan("plain").expect(0).report
        self.assertEqual(report["coverage"]["suppressed"]["config"], 1)

    def test_of_a_range_it_counts_as_it_was_at_the_start(self):
        repo = self.repo()
        start = repo.commit(a_txt="x\n")
        repo.write("test/a.env", f"token = {ONE}\n")
        middle = repo.commit(_gitleaks_toml=ALLOW_TESTS)
        # The change brings the configuration and the leak: no effect.
        self.assertEqual(self.left(repo, "--range", f"{start}..HEAD")[:2], (["test/a.env"], 0))
        repo.write("test/b.env", f"token = {TWO}\n")
        repo.commit()
        self.assertEqual(self.left(repo, "--range", f"{middle}..HEAD", code=0)[:2], ([], 1))
        run = self.scan("--range", f"{middle}..HEAD", cwd=repo.path)
        self.assertEqual(run.report["suppressed"][0]["by"], f".gitleaks.toml of commit {middle[:12]}")

    def test_staged(self):
        repo = self.repo()
        repo.commit(_gitleaks_toml=ALLOW_TESTS)
        repo.write("test/a.env", f"token = {ONE}\n")
        repo.git("add", "-A")
        self.assertEqual(self.left(repo, "--staged", code=0)[:2], ([], 1))
        self.left(repo, "--staged", "--no-repo-config", code=1)


if __name__ == "__main__":
    harness.main()
