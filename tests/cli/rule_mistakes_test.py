#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Each mistake that rules/README.md names, as `rules check` tells of it: where it
stands, and what to write instead. The page and these tables name the same
mistakes, word by word."""

import re

import harness

PAGE = harness.ROOT / "rules/README.md"
REGEX = r"\bacme_[a-z0-9]{20}\b"
# The regex is line 4 and begins in column 9; what a case adds is line 7.
RULE = """[[rules]]
id = "acme-key"
description = "Acme key"
regex = '''%s'''
examples = ["acme_k3j9x7q2m5n8b1v4c6z0", "key: acme_z9x8c7v6b5n4m3l2k1j0"]
negative_examples = ["acme_k3j9x7q2m5n8b1v4c6z", "acne_k3j9x7q2m5n8b1v4c6z0"]
"""


def rule(more="", regex=REGEX):
    return RULE % regex + more + "\n"


def without(line):
    return "".join(part + "\n" for part in rule().splitlines() if not part.startswith(line))


# What the page lists under "What `rules check` refuses": each with texts, the
# line and column told, and what the message must say.
MISTAKES = {
    "TOML that does not parse": [
        ("[[rules]\nid = 1\n", "1:9", "not valid TOML: .*expected ']'"),
        ('[[rules]]\nid = "é"\né = 1\n', "3:1", "only in strings and comments")],
    "an unknown key": [
        (rule("secretgroup = 1"), "7:15", "`secretgroup`: unknown key; rules/README.md lists them"),
        (rule("[[rules.allowlists]]\npaths = ['x']\npath = 'x'"), "9:8", "`path`: unknown key"),
        (rule() + "[rulez]\nid = 1\n", "8:1", "`rulez`: unknown key")],
    "a value of the wrong type": [
        (rule("entropy = '3'"), "7:11", "must be a number, without quotes"),
        (rule("tags = 'a'"), "7:8", r'a list of strings, as in \["a", "b"\]'),
        (rule("report = 'x'"), "7:10", "must be true or false"),
        (rule("secretGroup = 1.5"), "7:15", "must be a whole number from 0 to 1000"),
        (rule("reach_before = 300"), "7:16", "must be a whole number from 1 to 256"),
        (rule("reach_after = 9999"), "7:15", "must be a whole number from 1 to 4096"),
        ("rules = 1\n", "1:9", r"must be tables; write \[\[rules\]\]")],
    "no `id`, `description` or `regex`": [
        (without("id"), "1:1", '`id`: missing; write id = "provider-what"'),
        (without("description"), "1:1", "`description`: missing; say what it is in a few words"),
        (without("regex"), "1:1", "`regex`: missing; write it in '''…'''")],
    "an `id` of other letters, or one used twice": [
        (rule().replace("acme-key", "Acme_key"), "2:6", 'as in "acme-api-key"'),
        (rule().replace("acme-key", "acme--key"), "2:6", "single dashes"),
        (rule() + rule(), "9:6", r'"acme-key" is used twice, first at bad\.toml:1:1')],
    "a regex outside of the subset": [
        (rule(regex="acme_[a-z{20}"), "4:9", 'column 6: a class without its end; add "]"'),
        (rule(regex="acme_(a{20}"), "4:9", r'column 6: a group without its end; add "\)"'),
        (rule(regex="acme_[z-a]{20}"), "4:9", r"column 7: a range goes .* as in \[a-f\]"),
        (rule(regex="acme_[a-z]{1001}"), "4:9", "column 11: .*m at most 1000"),
        (rule(regex="acme_(?:[a-z]{100}){100}"), "4:9", "multiply to more than 1000; lower one"),
        (rule("path = '(?!x)'"), "7:8", "`path`: column 1: look-around"),
        (rule("hit = 'acme_(?=x)'"), "7:7", "`hit`: .*look-around"),
        (rule("[[rules.allowlists]]\nregexes = ['a', '(?=x)']"), "8:11", r"in '\(\?=x\)', column 1")],
    "an unbounded or too long part": [
        (rule(regex=r"acme_[\s\S]+?END_KEY"), "4:9", r"unbounded before its end: .*x\{1,1000\}"),
        (rule(regex="[a-z]{300}acme_key"), "4:9", r"because of `\[a-z\]\{300\}`: bound that part"),
        (rule(regex=".*acme_key"), "4:9", r"because of `\.\*`: bound that part, or leave it out")],
    "no selective part": [
        (rule(regex="[0-9a-f]{32}"), "4:9", r"no selective part: .*add a prefix, or a keyword"),
        (rule(regex="acme_key|[a-z]*"), "4:9", "may match nothing")],
    "a `hit` that misses a match, may be empty, is wider than 256 or needs the file's edge": [
        (rule("hit = 'acme_[a-f]{4}'"), "7:7", "does not hit in example 'acme_k3.*; write one"),
        (rule("hit = 'acme_[0-9j-z]{4}'"), "7:7", "which `regex` matches; write one"),
        (rule("hit = '(?:acme)?'"), "7:7", "may match nothing at all; require some bytes"),
        (rule("hit = 'acme_[a-z0-9]{300}'"), "7:7", "more than 256 bytes; bound its repetitions"),
        (rule(r"hit = '\Aacme_'"), "7:7", r"needs the file's start or end; write \(\?m\)"),
        (rule("hit = 'acme_$'"), "7:7", r"needs the file's start or end; write \(\?m\)")],
    "`secretGroup` above the number of groups": [
        (rule("secretGroup = 1"), "7:15", r'has 0 group\(s\); count its capturing "\("')],
    "an unknown `severity` or `confidence`": [
        (rule("severity = 'bad'"), "7:12", 'write "low", "medium", "high" or "critical"'),
        (rule("confidence = 'sure'"), "7:14", 'write "possible", "likely" or "certain"')],
    "`entropy` outside 0 to 8": [
        (rule("entropy = 9"), "7:11", "must be from 0 to 8 bits per byte"),
        (rule("entropy = -1"), "7:11", "must be from 0 to 8 bits per byte")],
    "a keyword with capitals": [
        (rule("keywords = ['ACME']"), "7:12", 'write "acme" in lower case; any case is found')],
    "an unknown check": [
        (rule("checks = ['crc']"), "7:10", 'no check "crc"; scanner/verify/checks.cc lists them')],
    "fewer than two `examples` or `negative_examples`, or one text in both": [
        (rule().replace('"acme_k3j9x7q2m5n8b1v4c6z0", ', ""), "5:12", "at least 2 texts"),
        (rule().replace('"acme_k3j9x7q2m5n8b1v4c6z", ', ""), "6:21", "at least 2 near misses"),
        (without("examples"), "1:1", "`examples`: .*at least 2 texts in which it finds a secret"),
        (without("negative"), "1:1", "`negative_examples`: .*each breaking one element"),
        (rule().replace('4c6z", ', '4c6z0", '), "6:21", "holds one of the examples; break one")],
    "an empty allowlist": [
        (rule("[[rules.allowlists]]\ndescription = 'x'"), "7:1", "give commits, paths, regexes"),
        (rule() + "[[allowlists]]\ndescription = 'x'\n", "8:1", "give commits, paths, regexes")],
    "an unknown `condition` or `regexTarget`": [
        (rule("[[rules.allowlists]]\npaths=['x']\ncondition='XOR'"), "9:11", 'write "OR" or "AND"'),
        (rule("[[rules.allowlists]]\npaths=['x']\nregexTarget='all'"), "9:13",
         'write "secret", "match" or "line"')],
    "`targetRules`, `required`, `partners` or `disabledRules` naming no rule": [
        (rule() + "[[allowlists]]\npaths=['x']\ntargetRules=['nope']\n", "10:13",
         '`targetRules`: no rule "nope"; `keysift rules list` shows all'),
        (rule("[[rules.required]]\nid='nope'"), "8:4", '`required`: no rule "nope"; .*list'),
        ("[extend]\nuseDefault = true\ndisabledRules = ['nope']\n", "3:17",
         '`disabledRules`: no rule "nope"; .*list'),
        (rule("[[rules.required]]\nid='acme-key'"), "8:4", "cannot require itself"),
        (rule("[[rules.required]]\nwithinLines=1"), "7:1", "name the rule that must match nearby"),
        (rule("[[rules.partners]]\nid='nope'\nwithinLines=1"), "8:4", '`partners`: no rule "nope"'),
        (rule("[[rules.partners]]\nid='acme-key'\nwithinLines=1"), "8:4", "its own partner"),
        (rule("[[rules.partners]]\nwithinLines=1"), "7:1", "the rule that finds the other part")],
    "a partner without `withinLines`": [
        (rule() + rule().replace("acme-key", "acme-id") + "[[rules.partners]]\nid='acme-key'\n",
         "15:1", "say how many lines away it may stand"),
        (rule("[[rules.partners]]\nid='x'\nwithinLines=101"), "9:13", "from 0 to 100")],
    "`revoke_url` without `https://`": [
        (rule("revoke_url = 'http://x.example'"), "7:14", "must begin with https://")],
    "no rules at all": [
        ("title = 'x'\n", "1:1", r"no rules at all; write \[\[rules\]\]"),
        ("", "1:1", r"no rules at all; write \[\[rules\]\]")],
}

# The table "NOT SUPPORTED", by its first column: what stands behind "acme_", the
# column in the regex, and what to write instead.
UNSUPPORTED = {
    "`(?=x)` `(?!x)` `(?<=x)` `(?<!x)`": [
        (head + "x)[a-z]{20}", 6, "match the neighbour itself and mark the secret with a group")
        for head in ("(?=", "(?!", "(?<=", "(?<!")],
    "`\\1` `(?P=name)`": [
        (r"([a-z])\1{20}", 14, "list the cases"),
        ("(?P<q>[a-z])[a-z]{20}(?P=q)", 27, "list the cases")],
    "`\\pL` `\\p{Greek}` `\\X`": [
        (r"\pL{20}", 6, r"a class such as \[A-Za-z\]"),
        (r"\p{Greek}{20}", 6, r"a class such as \[A-Za-z\]"),
        (r"\X{20}", 6, r"write \(\?s:\.\)")],
    "`é` in a class, `\\x{20ac}`": [
        ("[é]{20}", 7, r"write an alternation, or bytes as \\xHH"),
        (r"\x{20ac}[a-z]{20}", 14, r"write its UTF-8 bytes as \\xHH\\xHH")],
    "`\\h` `\\R` `\\N` `\\K` `\\G` `\\e` `\\C` `\\cX`": [
        (r"\h[a-z]{20}", 6, r"write \[\\t \]"), (r"\R[a-z]{20}", 6, r"write \\r\?\\n"),
        (r"\N[a-z]{20}", 6, r"write \[\^\\n\]"), (r"\K[a-z]{20}", 6, "with a group"),
        (r"\G[a-z]{20}", 6, "leave it out"), (r"\e[a-z]{20}", 6, r"write \\x1b"),
        (r"\C[a-z]{20}", 6, r"write \(\?s:\.\)"), (r"\cA[a-z]{20}", 6, r"the byte as \\xHH")],
    "`\\Z`": [(r"[a-z]{20}\Z", 15, r"write \\z, or \\n\?\\z")],
    "`x++` `x*+` `(?>x)`": [
        ("[a-z]++x", 12, 'leave the last "\\+" out'), ("[a-z]*+x", 12, 'leave the last "\\+" out'),
        ("(?>[a-z]{20})", 6, r"write \(\?:x\)")],
    "`x**` `x{2}{3}`": [
        ("[a-z]**", 12, r"write \(\?:x\{2\}\)\{3\}"), ("[a-z]{2}{3}", 14, r"write \(\?:x\{2\}\)")],
    "`{,5}`": [("[a-z]{,5}", 11, r"write \{0,n\}")],
    "`(?x)` `(?#…)` `(?(1)…)`": [
        (group, 6, r"there are \(x\) \(\?:x\) \(\?P<name>x\) and the flags")
        for group in ("(?x)[a-z]{20}", "(?#no)[a-z]{20}", "(?(1)b)")],
}


class RuleMistakes(harness.Case):
    def check(self, text, place, message):
        (self.folder / "bad.toml").write_text(text)
        run = self.keysift("rules", "check", "bad.toml").expect(2)
        first = run.out.splitlines()[0]
        self.assertTrue(first.startswith(f"bad.toml:{place}: error: "), f"{text}\n{run.out}")
        self.assertRegex(first, message)

    def test_each_mistake_is_told_of_with_what_to_write(self):
        for name, cases in MISTAKES.items():
            for text, place, message in cases:
                with self.subTest(mistake=name, text=text):
                    self.check(text, place, message)

    def test_what_the_subset_lacks_is_told_of_with_what_to_write(self):
        for name, cases in UNSUPPORTED.items():
            for tail, column, message in cases:
                with self.subTest(row=name, regex=tail):
                    self.check(rule(regex="acme_" + tail), "4:9", f"column {column}: .*{message}")

    def test_the_page_names_the_same_mistakes(self):
        page = PAGE.read_text()
        listed = page.split("## What `rules check` refuses\n")[1].split("\n## ")[0]
        listed = listed.replace("\n", " ").strip().rstrip(".")
        self.assertEqual(sorted(item.strip() for item in listed.split(" · ")), sorted(MISTAKES))
        table = page.split("NOT SUPPORTED")[1].split("\n## ")[0]
        rows = [re.split(r"(?<!\\)\|", line)[1].strip()
                for line in table.splitlines() if line.startswith("| `")]
        self.assertEqual(sorted(rows), sorted(UNSUPPORTED))

    def test_an_id_in_two_files_is_told_of(self):
        for name in ("a.toml", "b.toml"):
            (self.folder / name).write_text(rule())
        run = self.keysift("rules", "check", "a.toml", "b.toml").expect(2)
        self.assertIn('b.toml:1:1: error: `id`: "acme-key" is used twice, first at a.toml:1', run.out)

    def test_all_mistakes_are_listed(self):
        text = rule("severity = 'bad'\nentropy = 9\n[[rules.required]]\nwithinLines = 'x'")
        (self.folder / "bad.toml").write_text(text)
        run = self.keysift("rules", "check", "bad.toml").expect(2)
        self.assertIn("4 errors", run.out)
        (self.folder / "bad.toml").write_text(
            "[extend]\nuseDefault = true\ndisabledRules = ['nope', 'gone']\n" + rule())
        run = self.keysift("rules", "check", "bad.toml").expect(2)
        self.assertIn('no rule "nope"', run.out)
        self.assertIn('no rule "gone"', run.out)

    def test_a_configuration_for_gitleaks_is_only_warned_of(self):
        (self.folder / ".gitleaks.toml").write_text(
            "[extend]\nuseDefault = true\ndisabledRules = ['their-own']\n"
            "[[rules]]\nid = 'Their_Rule'\nregex = '[0-9a-f]{32}'\nprefilter = 'x'\n")
        run = self.keysift("rules", "check", ".gitleaks.toml").expect(0)
        self.assertIn('.gitleaks.toml:3:17: warning: `disabledRules`: no rule "their-own"', run.out)
        self.assertIn(".gitleaks.toml:7:13: warning: `prefilter`", run.out)
        self.assertIn("0 errors, 3 warnings", run.out)


if __name__ == "__main__":
    harness.main()
