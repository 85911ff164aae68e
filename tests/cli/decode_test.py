#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every encoding, alone and around or inside of base64, in a history, the
index, a file and on standard input. What is scanned was written by other
programs: python3, base64, openssl, iconv, xxd."""

import base64
import html
import json
import quopri
import shutil
import subprocess
import urllib.parse

import harness


def tool(*words):
    """A program as a function of its standard input."""
    return lambda text: subprocess.run(
        words, input=text, capture_output=True, check=True
    ).stdout


def each(form):
    return lambda text: "".join(form % byte for byte in text).encode()


def joined(quote, before, after):
    """The text as string literals of 24 bytes that code joins over lines."""

    def encode(text):
        parts = [text[i : i + 24].decode() for i in range(0, len(text), 24)]
        cut = f"{quote}{before}\n    {after}{quote}"
        return (quote + cut.join(parts) + quote).encode()

    return encode


def utf16_base64(text):
    return base64.b64encode(tool("iconv", "-t", "UTF-16LE")(text))


# Encodings of a piece of a text: name, encoder, chain, the tool it needs.
PIECES = [
    ("base64", tool("base64", "-w0"), ["base64"], "base64"),
    ("base64, wrapped at 76", tool("base64"), ["base64"], "base64"),
    ("base64, wrapped at 64", tool("openssl", "base64"), ["base64"], "openssl"),
    (
        "base64url without padding",
        lambda text: base64.urlsafe_b64encode(text).rstrip(b"="),
        ["base64"],
        None,
    ),
    ("base64 of UTF-16", utf16_base64, ["base64", "utf-16le"], "iconv"),
    ("hex", lambda text: text.hex().encode(), ["hex"], None),
    ("hex, wrapped", tool("xxd", "-p"), ["hex"], "xxd"),
    ("percent, every byte", each("%%%02X"), ["percent"], None),
    ("\\u", each("\\u%04x"), ["unicode-escape"], None),
    ("\\x", each("\\x%02x"), ["hex-escape"], None),
    ("octal", each("\\%03o"), ["octal-escape"], None),
    ("&#…;", each("&#%d;"), ["html-entity"], None),
    ("&#x…;", each("&#x%x;"), ["html-entity"], None),
    ("joined by +", joined('"', " +", ""), ["concatenation"], None),
    ("joined by .", joined("'", "", ". "), ["concatenation"], None),
    ("joined by nothing", joined('"', "", ""), ["concatenation"], None),
]
# Encodings of a whole text.
WHOLES = [
    ("UTF-16 with its mark", tool("iconv", "-t", "UTF-16"), "utf-16le"),
    ("UTF-16LE", tool("iconv", "-t", "UTF-16LE"), "utf-16le"),
    ("UTF-16BE", tool("iconv", "-t", "UTF-16BE"), "utf-16be"),
    ("UTF-32 with its mark", tool("iconv", "-t", "UTF-32"), "utf-32le"),
    ("UTF-32LE", tool("iconv", "-t", "UTF-32LE"), "utf-32le"),
    ("UTF-32BE", tool("iconv", "-t", "UTF-32BE"), "utf-32be"),
]


class Planted:
    """One file of the matrix: its content, and what must be said of it."""

    def __init__(self, name, number, content, line, last_line, chain):
        self.name = name
        self.path = f"case{number}.txt"
        self.content = content
        self.lines = range(line, last_line + 1)
        self.chain = chain


def place(name, number, encoded, chain):
    head = b"first line\nsecond line\nvalue = "
    content = head + encoded.rstrip(b"\n") + b"\nlast line\n"
    last = 3 + encoded.rstrip(b"\n").count(b"\n")
    return Planted(name, number, content, 3, last, chain)


def matrix():
    """All cases, each with a token of its own (that of its number)."""
    cases = []

    def token():
        return harness.github_token(1000 + len(cases)).encode()

    def add(name, encoded, chain):
        cases.append(place(name, len(cases), encoded, chain))

    for name, encode, chain, needs in PIECES:
        if needs and not shutil.which(needs):
            continue
        single = name.startswith("joined")
        secret = token() if single else b"token: " + token() + b" of the bot"
        add(name, encode(secret), chain)
        text = b"say \"" + encode(token()) + b"\" twice"
        add(f"{name} in base64", base64.b64encode(text), ["base64", *chain])
        inner = base64.b64encode(b"this is the one: " + token())
        add(f"base64 in {name}", encode(inner), [*chain, "base64"])
    for name, encode, chain in WHOLES:
        text = b"first line\nsecond line\ntoken: " + token() + b"\n"
        cases.append(Planted(name, len(cases), encode(text), 3, 3, [chain]))
        inner = base64.b64encode(b"this is the one: " + token())
        text = b"first line\nsecond line\ntoken: " + inner + b"\n"
        cases.append(
            Planted(
                f"base64 in {name}", len(cases), encode(text), 3, 3, [chain, "base64"]
            )
        )
    return cases


class Decode(harness.Case):
    def setUp(self):
        super().setUp()
        self.cases = matrix()

    def check(self, report, path_of=lambda case: case.path):
        found = {}
        for finding in report["findings"]:
            self.assertEqual(finding["rule_id"], "github-personal-access-token")
            for location in finding["locations"]:
                found.setdefault(location["path"], []).append(location)
        for case in self.cases:
            with self.subTest(case.name):
                locations = found.get(path_of(case), [])
                self.assertEqual(len(locations), 1)
                self.assertEqual(locations[0]["decoding"], case.chain)
                self.assertIn(locations[0]["line"], case.lines)
                self.assertIn(locations[0]["end_line"], case.lines)
        self.assertEqual(report["gaps"], [])

    def write(self, folder):
        for case in self.cases:
            (folder / case.path).write_bytes(case.content)

    def test_in_files(self):
        self.write(self.folder)
        self.check(self.scan(self.folder).expect(1).report)

    def test_in_a_history(self):
        repo = self.repo()
        self.write(repo.path)
        repo.commit()
        repo.git("gc", "-q")
        run = self.scan(repo.path, "--no-worktree").expect(1)
        self.check(run.report)
        whole = self.scan(repo.path, "--no-worktree", "--exhaustive").expect(1)
        self.assertEqual(run.report["findings"], whole.report["findings"])

    def test_staged(self):
        repo = self.repo()
        self.write(repo.path)
        repo.git("add", "-A")
        self.check(self.scan("--staged", cwd=repo.path).expect(1).report)

    def test_on_standard_input(self):
        for case in self.cases:
            run = self.scan("-", stdin=case.content)
            with self.subTest(case.name):
                locations = run.expect(1).report["findings"][0]["locations"]
                self.assertEqual(locations[0]["decoding"], case.chain)
                self.assertIn(locations[0]["line"], case.lines)


class Places(harness.Case):
    def test_a_place_is_the_encoded_secret(self):
        token = harness.github_token(7).encode()
        for lead in range(3):  # base64 at each offset in its groups
            start = b"x" * lead + b": padding "
            encoded = base64.b64encode(start + token + b" more of it")
            report = self.scan("-", stdin=b"a\nb c " + encoded + b"\n").report
            where = report["findings"][0]["locations"][0]
            piece = (b"b c " + encoded)[where["column"] - 1 : where["end_column"] - 1]
            first = len(start) // 3 * 4 + len(start) % 3
            self.assertEqual(piece[:8], encoded[first : first + 8])
            self.assertEqual(where["line"], 2)
            self.assertAlmostEqual(len(piece), len(token) * 4 / 3, delta=2)

    def test_a_secret_plain_and_encoded_is_one_finding(self):
        token = harness.github_token(8)
        text = f"{token}\n" + base64.b64encode(f"is {token}".encode()).decode()
        findings = self.scan("-", stdin=text.encode()).expect(1).report["findings"]
        self.assertEqual(len(findings), 1)
        self.assertEqual(
            [place["decoding"] for place in findings[0]["locations"]], [[], ["base64"]]
        )

    def test_quoted_printable_over_a_soft_line_break(self):
        token = harness.github_token(9)
        text = quopri.encodestring(f"{'word ' * 9}the token is {token}!\n".encode())
        self.assertIn(b"=\n", text)
        self.assertNotIn(token.encode(), text)
        where = self.scan("-", stdin=text).expect(1).report["findings"][0]["locations"]
        self.assertEqual(where[0]["decoding"], ["quoted-printable"])
        self.assertEqual((where[0]["line"], where[0]["end_line"]), (1, 2))

    def test_a_word_that_a_backslash_continues(self):
        token = harness.github_token(10)
        text = f"export A=1 TOKEN={token[:20]}\\\n{token[20:]}\n"
        where = self.scan("-", stdin=text.encode()).expect(1).report["findings"][0]
        self.assertEqual(where["locations"][0]["decoding"], ["concatenation"])

    def test_percent_of_what_must_be_escaped_only(self):
        token = urllib.parse.quote(harness.github_token(13)).replace("_", "%5F")
        text = f"https://example.org/?a=1&b={token}&c=d"
        where = self.scan("-", stdin=text.encode()).expect(1).report["findings"][0]
        self.assertEqual(where["locations"][0]["decoding"], ["percent"])

    def test_a_line_end_in_a_string_of_json(self):
        token = harness.github_token(14)
        text = json.dumps({"x": f"first line\n{token}\n"})
        where = self.scan("-", stdin=text.encode()).expect(1).report["findings"][0]
        self.assertEqual(where["locations"][0]["decoding"], ["string-escape"])
        text = json.dumps({"y": text})
        where = self.scan("-", stdin=text.encode()).expect(1).report["findings"][0]
        self.assertEqual(where["locations"][0]["decoding"], ["string-escape"] * 2)

    def test_an_allow_comment_by_the_encoded_secret_counts(self):
        encoded = base64.b64encode(b"token " + harness.github_token(11).encode())
        self.scan("-", stdin=encoded + b"\n").expect(1)
        self.scan("-", stdin=encoded + b"  # gitleaks:allow\n").expect(0)

    def test_html_that_names_characters(self):
        token = harness.github_token(12)
        text = "<a b=\"" + html.escape(f'"token": "{token}"') + '">'
        self.assertEqual(len(self.scan("-", stdin=text.encode()).report["findings"]), 1)


class Limits(harness.Case):
    def nested(self, depth):
        text = b"token: " + harness.github_token(20).encode()
        for _ in range(depth):
            text = base64.b64encode(b"once more: " + text)
        return text + b"\n"

    def test_depth_is_bounded_and_passing_it_is_a_gap(self):
        chain = self.scan("-", stdin=self.nested(3)).expect(1).report
        self.assertEqual(
            chain["findings"][0]["locations"][0]["decoding"], ["base64"] * 3
        )
        report = self.scan("-", stdin=self.nested(4)).expect(3).report
        self.assertEqual([gap["kind"] for gap in report["gaps"]], ["budget"])
        self.scan("-", "--max-decode-depth", "4", stdin=self.nested(4)).expect(1)

    def test_depth_zero_decodes_nothing(self):
        self.scan("-", "--max-decode-depth", "0", stdin=self.nested(1)).expect(0)

    def test_a_long_piece_is_a_gap(self):
        text = base64.b64encode(b"plain text that goes on " * 1000)
        self.scan("-", stdin=text).expect(0)
        run = self.scan("-", "--max-decode-region", "10k", stdin=text).expect(3)
        self.assertEqual([gap["kind"] for gap in run.report["gaps"]], ["budget"])

    def test_much_decoded_in_all_is_a_gap(self):
        piece = base64.b64encode(b"plain text that goes on " * 100)
        text = b"\n\n".join([piece] * 100)
        run = self.scan("-", "--max-decoded-size", "100k", stdin=text).expect(3)
        self.assertEqual([gap["kind"] for gap in run.report["gaps"]], ["budget"])

    def test_hostile_nesting_ends_soon(self):
        text = b"A" * 1000
        for _ in range(12):
            text = base64.b64encode(b"more and more \\x41 %41 &#65; " + text)
        self.scan("-", "--max-decode-depth", "16", stdin=text * 3)


if __name__ == "__main__":
    harness.main()
