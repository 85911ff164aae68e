#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every encoding, alone, around and inside of base64, and both, in a history,
the index, a file and on standard input. What is scanned was written by other
programs: python3, base64, openssl, iconv, xxd. Each finding must tell the chain
of encodings, and stand where the secret's first and last byte were written.

| encoding | written by | chain |
|---|---|---|
| UTF-8 with its mark, Latin-1 | iconv, python3 | none: rules read bytes |
| UTF-16, UTF-32: either order, with and without a mark | iconv | utf-16le, utf-16be, utf-32le, utf-32be |
| base64: one line, wrapped at 76 and 64, URL without padding, of UTF-16 | base64, openssl, python3, iconv | base64 (utf-16le) |
| hex: one line, wrapped | python3, xxd | hex |
| percent; \\u0041; \\x41; \\101; &#65; and &#x41; | python3 | percent; unicode-, hex-, octal-escape; html-entity |
| quoted-printable, all bytes escaped, over soft line ends | python3 | quoted-printable |
| literals joined by +, by . and by nothing | python3 | concatenation |
"""

import base64
import html
import json
import os
import quopri
import re
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


def quoted_printable(text):
    """Each byte escaped, as mail programs do with what might be broken."""
    lines, line = [], ""
    for byte in text:
        if len(line) >= 72:
            lines.append(line + "=")
            line = ""
        line += "=%02X" % byte
    return "\n".join([*lines, line]).encode()


# Where, in an encoded piece, each byte of the text begins; one entry more is
# where the last one ends. Told by the encodings' definitions, not by a decoder.
def units(pattern):
    """An encoding that writes each byte as a match of `pattern`."""

    def starts(encoded, _):
        return [match.start() for match in re.finditer(pattern, encoded)] + [
            len(encoded)
        ]

    return starts


def sextets(size):
    """Base64, where each byte of the text is `size` bytes of what is encoded."""

    def starts(encoded, length):
        digits = [i for i, byte in enumerate(encoded) if byte not in b"\n"]
        places = [k * size // 3 * 4 + k * size % 3 for k in range(length)]
        return [digits[place] for place in places] + [len(encoded)]

    return starts


def literals(encoded, length):
    cut = (len(encoded) - 2 - length) // max((length - 1) // 24, 1)
    return [1 + k + k // 24 * cut for k in range(length)] + [len(encoded)]


# Encodings of a piece of a text: name, encoder, places, chain, the tool it needs.
ESCAPE = units(rb"\\[^\\]+")
PIECES = [
    ("base64", tool("base64", "-w0"), sextets(1), ["base64"], "base64"),
    ("base64, wrapped at 76", tool("base64"), sextets(1), ["base64"], "base64"),
    (
        "base64, wrapped at 64",
        tool("openssl", "base64"),
        sextets(1),
        ["base64"],
        "openssl",
    ),
    (
        "base64url without padding",
        lambda text: base64.urlsafe_b64encode(text).rstrip(b"="),
        sextets(1),
        ["base64"],
        None,
    ),
    ("base64 of UTF-16", utf16_base64, sextets(2), ["base64", "utf-16le"], "iconv"),
    ("hex", lambda text: text.hex().encode(), units(rb"\w\w"), ["hex"], None),
    ("hex, wrapped", tool("xxd", "-p"), units(rb"\w\w"), ["hex"], "xxd"),
    ("percent, every byte", each("%%%02X"), units(rb"%.."), ["percent"], None),
    ("\\u", each("\\u%04x"), ESCAPE, ["unicode-escape"], None),
    ("\\x", each("\\x%02x"), ESCAPE, ["hex-escape"], None),
    ("octal", each("\\%03o"), ESCAPE, ["octal-escape"], None),
    ("&#…;", each("&#%d;"), units(rb"&[^;]+;"), ["html-entity"], None),
    ("&#x…;", each("&#x%x;"), units(rb"&[^;]+;"), ["html-entity"], None),
    (
        "quoted-printable",
        quoted_printable,
        units(rb"=\w\w"),
        ["quoted-printable"],
        None,
    ),
    ("joined by +", joined('"', " +", ""), literals, ["concatenation"], None),
    ("joined by .", joined("'", "", ". "), literals, ["concatenation"], None),
    ("joined by nothing", joined('"', "", ""), literals, ["concatenation"], None),
]


def with_mark(name):
    return lambda text: tool("iconv", "-t", name)("\ufeff".encode() + text)


# Encodings of a whole text; "" is no entry in the chain.
WHOLES = [
    ("UTF-8 with its mark", with_mark("UTF-8"), ""),
    ("Latin-1", tool("iconv", "-f", "UTF-8", "-t", "LATIN1"), ""),
    ("UTF-16 as iconv marks it", tool("iconv", "-t", "UTF-16"), "utf-16le"),
    ("UTF-16LE with its mark", with_mark("UTF-16LE"), "utf-16le"),
    ("UTF-16BE with its mark", with_mark("UTF-16BE"), "utf-16be"),
    ("UTF-16LE", tool("iconv", "-t", "UTF-16LE"), "utf-16le"),
    ("UTF-16BE", tool("iconv", "-t", "UTF-16BE"), "utf-16be"),
    ("UTF-32 as iconv marks it", tool("iconv", "-t", "UTF-32"), "utf-32le"),
    ("UTF-32LE with its mark", with_mark("UTF-32LE"), "utf-32le"),
    ("UTF-32BE with its mark", with_mark("UTF-32BE"), "utf-32be"),
    ("UTF-32LE", tool("iconv", "-t", "UTF-32LE"), "utf-32le"),
    ("UTF-32BE", tool("iconv", "-t", "UTF-32BE"), "utf-32be"),
]


class Text:
    """A text that holds a secret at [begin, end), and how it came about."""

    def __init__(self, content, begin, end, chain=()):
        self.content = content
        self.begin = begin
        self.end = end
        self.chain = list(chain)

    def within(self, before, after):
        return Text(
            before + self.content + after,
            self.begin + len(before),
            self.end + len(before),
            self.chain,
        )

    def encoded(self, encode, starts, chain):
        content = encode(self.content).rstrip(b"\n")
        places = starts(content, len(self.content))
        return Text(
            content, places[self.begin], places[self.end], [*chain, *self.chain]
        )

    def position(self, offset):
        """Line and column, as reports count them."""
        before = self.content[:offset]
        return before.count(b"\n") + 1, offset - before.rfind(b"\n")


class Planted:
    """One file of the matrix: its content, and what must be said of it."""

    def __init__(self, name, number, content, text):
        self.name = name
        self.path = f"case{number}.txt"
        self.content = content
        self.chain = text.chain
        self.place = (*text.position(text.begin), *text.position(text.end))


def in_base64(text):
    return text.encoded(base64.b64encode, sextets(1), ["base64"])


def matrix():
    """All cases, each with a token of its own (that of its number)."""
    cases = []

    def token(before=b"", after=b""):
        secret = harness.github_token(1000 + len(cases)).encode()
        return Text(secret, 0, len(secret)).within(before, after)

    def add(name, text):
        text = text.within(b"first line\nsecond line\nvalue: ", b"\nlast line\n")
        cases.append(Planted(name, len(cases), text.content, text))

    for name, encode, starts, chain, needs in PIECES:
        if needs and not shutil.which(needs):
            continue
        way = encode, starts, chain
        plain = name.startswith("joined")
        words = (b"", b"") if plain else (b"token: ", b" of the bot")
        add(name, token(*words).encoded(*way))
        quoted = token().encoded(*way).within(b'say "', b'" twice')
        add(f"{name} in base64", in_base64(quoted))
        inner = in_base64(token(b"this is the one: "))
        add(f"base64 in {name}", inner.encoded(*way))
        inner = inner.encoded(*way).within(b'say "', b'" twice')
        add(f"base64 in {name} in base64", in_base64(inner))
    for name, encode, chain in WHOLES:
        for inner in (token(), in_base64(token(b"this is the one: "))):
            head = "first line\nsecond line, déjà vu\ntoken: ".encode()
            text = inner.within(head, b"\n")
            told = text.within(b"\xef\xbb\xbf" if "UTF-8" in name else b"", b"")
            told.chain = [chain, *inner.chain] if chain else inner.chain
            what = f"{'base64 in ' if inner.chain else ''}{name}"
            cases.append(Planted(what, len(cases), encode(text.content), told))
            cases[-1].place = (*text.position(text.begin), *text.position(text.end))
    return cases


class Decode(harness.Case):
    def setUp(self):
        super().setUp()
        self.cases = matrix()

    def check(self, case, locations):
        self.assertEqual(len(locations), 1)
        location = locations[0]
        self.assertEqual(location["decoding"], case.chain)
        names = ("line", "column", "end_line", "end_column")
        self.assertEqual(tuple(location[name] for name in names), case.place)

    def check_all(self, report):
        found = {}
        for finding in report["findings"]:
            self.assertEqual(finding["rule_id"], "github-personal-access-token")
            for location in finding["locations"]:
                found.setdefault(location["path"], []).append(location)
        for case in self.cases:
            with self.subTest(case.name):
                self.check(case, found.get(case.path, []))
        self.assertEqual(report["gaps"], [])

    def write(self, folder):
        for case in self.cases:
            (folder / case.path).write_bytes(case.content)

    def test_in_files(self):
        self.write(self.folder)
        self.check_all(self.scan(self.folder).expect(1).report)

    def test_in_a_history(self):
        repo = self.repo()
        self.write(repo.path)
        repo.commit()
        # Another version of each, so that packs hold deltas.
        for case in self.cases:
            if "UTF" not in case.name:
                longer = b"one more\n" * 20 + case.content
                (repo.path / case.path).write_bytes(longer)
        repo.commit()
        for case in self.cases:
            (repo.path / case.path).write_bytes(case.content)
        repo.commit()
        repo.git("gc", "-q")
        run = self.scan(repo.path, "--no-worktree").expect(1)
        found = {
            place["path"]
            for finding in run.report["findings"]
            for place in finding["locations"]
        }
        self.assertEqual(found, {case.path for case in self.cases})
        whole = self.scan(repo.path, "--no-worktree", "--exhaustive").expect(1)
        self.assertEqual(run.report["findings"], whole.report["findings"])

    def test_in_a_history_of_one_commit(self):
        repo = self.repo()
        self.write(repo.path)
        repo.commit()
        repo.git("gc", "-q")
        self.check_all(self.scan(repo.path, "--no-worktree").expect(1).report)

    def test_staged(self):
        repo = self.repo()
        self.write(repo.path)
        repo.git("add", "-A")
        self.check_all(self.scan("--staged", cwd=repo.path).expect(1).report)

    def test_on_standard_input(self):
        for case in self.cases:
            run = self.scan("-", stdin=case.content)
            with self.subTest(case.name):
                report = run.expect(1).report
                self.assertEqual(len(report["findings"]), 1)
                self.check(case, report["findings"][0]["locations"])


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

    def measured(self, text, *words):
        """A run on standard input; its report, seconds of CPU and MB in use."""
        path = self.folder / "bomb"
        path.write_bytes(text)
        out = self.folder / "report.json"
        with open(path, "rb") as source, open(out, "wb") as report:
            child = subprocess.Popen(
                [harness.PROGRAM, "scan", "-", "-f", "json", *words],
                stdin=source,
                stdout=report,
                stderr=subprocess.DEVNULL,
                env=harness.ENVIRONMENT,
            )
            _, _, used = os.wait4(child.pid, 0)
            child.returncode = 0
        report = json.loads(out.read_bytes())
        return report, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024

    # Sanitizers need several times as much of both.
    SECONDS = 20
    MEGABYTES = 400

    def expect_gap(self, text, *words):
        report, seconds, megabytes = self.measured(text, *words)
        self.assertEqual([gap["kind"] for gap in report["gaps"]], ["budget"])
        if "ASAN_OPTIONS" not in os.environ:
            self.assertLess(seconds, self.SECONDS)
            self.assertLess(megabytes, self.MEGABYTES)

    def test_a_bomb_of_depth(self):
        text = b"A" * 1000
        for _ in range(20):
            text = base64.b64encode(b"more and more \\x41 %41 &#65; " + text)
        self.assertGreater(len(text), 300000)
        self.expect_gap(text * 3)
        self.scan("-", "--max-decode-depth", "16", stdin=text[: 1 << 20])

    def test_a_bomb_of_size(self):
        # Wrapped, so that each line points at the piece.
        self.expect_gap(base64.encodebytes(b"plain text that goes on " * 400000))

    def test_bombs_without_end(self):
        word = b"abcdefghijklmnopqrst"
        for unit in (b"\\x41", b"%41", b"&#65;", b'\\":', b"=3D"):
            with self.subTest(unit):
                self.expect_gap((word + unit) * 200000)

    def test_lines_that_go_on_and_on(self):
        for line in (b'"aBcdefghijklmnop9" +\n', b"aBcdefghijklmnop9\\\n"):
            with self.subTest(line):
                self.expect_gap(line * 200000)

    def test_a_bomb_of_many_pieces(self):
        piece = base64.b64encode(b"plain text that goes on and on " * 400)
        self.expect_gap(b"\n\n".join([piece] * 6000))
        self.scan("-", "--max-decoded-size", "1G", stdin=piece).expect(0)


if __name__ == "__main__":
    harness.main()
