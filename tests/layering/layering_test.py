#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The laws of scanner/README.md, checked over the sources.

Includes only go down the table of rooms; one dependency, one room; and the few
rules of style that a machine can check. Run by ctest; lists every breach.
"""

import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SCANNER = ROOT / "scanner"
TESTS = ROOT / "tests"

# Which rooms each may include, besides itself.
MAY_INCLUDE = {
    "base": "",
    "git": "base",
    "content": "base",
    "source": "git content base",
    "rule": "base",
    "match": "rule base",
    "verify": "match rule content base",
    "finding": "rule content base",
    "report": "finding rule base",
    "store": "finding base",
    "scan": "store finding verify match rule source content git base",
    "cli": "scan report store finding verify match rule source content git base",
}

# Which room each library's headers belong to.
LIBRARY_ROOM = {
    "libdeflate.h": "base",
    "nettle/": "base",
    "nlohmann/": "base report",  # base/json.h wraps it for the others
    "sqlite3.h": "base",
    "git2": "git",
    "archive": "content",
    "toml++/": "rule",
    "hs/": "match",
    "hs.h": "match",
    "re2/": "verify",
    "CLI/": "cli",
    "seccomp.h": "cli",
}

# Sources that no test names, and what runs them instead.
# Tested only together with others so far (a room's grouped tests, or the
# program from outside): each deserves a test of its own.
TESTED_WITH_OTHERS = """
content/decoder.cc
content/decoded_key.cc
content/decoder_base64.cc
content/decoder_entity.cc
content/decoder_escape.cc
content/decoder_hex.cc
content/decoder_join.cc
content/decoder_percent.cc
content/decoder_quoted_printable.cc
content/digit_block.cc
content/wide_text.cc
scan/coverage_digest.cc
scan/deadline.cc
scan/file_scan.cc
scan/history_facts.cc
scan/history_filter.cc
scan/history_gaps.cc
scan/history_known.cc
scan/object_scan.cc
scan/region_scan.cc
scan/report_builder.cc
scan/repository_objects.cc
scan/scan.cc
scan/snippet.cc
scan/staged_names.cc
scan/submodules.cc
scan/text_worker.cc
verify/allowlist.cc
verify/aws_alignment.cc
verify/aws_describe.cc
verify/aws_pairing.cc
verify/aws_part.cc
verify/composite.cc
verify/crc_tail.cc
verify/describe.cc
verify/generic_judge.cc
verify/generic_name.cc
verify/generic_place.cc
verify/generic_value.cc
verify/generic_words.cc
verify/judge.cc
verify/line_index.cc
verify/local.cc
verify/overlap.cc
verify/prepared_rules.cc
verify/service_list.cc
verify/text.cc
verify/verdict.cc
cli/rule_check.cc
cli/rule_sources.cc
cli/rule_trial.cc
match/trigger_masks.cc
match/trigger_masks_avx2.cc
match/trigger_masks_avx512.cc
""".split()

NO_TEST_OF_ITS_OWN = {
    "cli/main.cc": "tests/cli runs the program",
    "cli/commands.cc": "a list; tests/cli",
    "cli/fatal.cc": "tests/cli/interrupt_test.py",
    "cli/interrupt.cc": "tests/cli/interrupt_test.py",
    "cli/hook_run.cc": "tests/cli/hook_test.py",
    "scan/change_scan.cc": "tests/cli/staged_test.py, range_test.py",
    "scan/staged_scan.cc": "tests/cli/staged_test.py",
    "scan/range_scan.cc": "tests/cli/range_test.py",
    "scan/open_as_git.cc": "tests/cli/staged_test.py",
    "scan/suppression.cc": "tests/cli/ignore_test.py",
    "report/html_page.cc": "tests/cli/html_test.py",
    "scan/bulk_scan.cc": "tests/cli/bulk_scan_test.py",
    "match/compile_rules_main.cc": "the build runs it",
}
# Files that may be longer than 600 lines, because they are tables.
LONG_TABLES = {"verify/service_list.cc"}
LONGEST_FILE = 600

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def sources(folder):
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix in (".cc", ".h", ".c") and path.is_file()
    )


def room_of(path):
    return path.relative_to(SCANNER).parts[0]


def includes(path):
    return INCLUDE.findall(path.read_text(encoding="utf-8"))


class Layering(unittest.TestCase):
    maxDiff = None

    def assert_none(self, breaches):
        self.assertEqual([], sorted(breaches), "\n" + "\n".join(sorted(breaches)))

    def test_the_table_is_the_order_of_the_build(self):
        text = (ROOT / "CMakeLists.txt").read_text()
        rooms = re.findall(r"add_subdirectory\(scanner/(\w+)\)", text)
        self.assertEqual(list(MAY_INCLUDE), rooms)

    def test_includes_only_go_down_the_table(self):
        breaches = []
        for path in sources(SCANNER):
            room = room_of(path)
            allowed = {room, *MAY_INCLUDE[room].split()}
            for quote, name in includes(path):
                other = name.split("/")[0]
                if quote == '"' and other not in allowed:
                    breaches.append(f"{path.relative_to(ROOT)} includes {name}")
        self.assert_none(breaches)

    def test_one_dependency_one_room(self):
        breaches = []
        for path in sources(SCANNER):
            for quote, name in includes(path):
                for start, rooms in LIBRARY_ROOM.items():
                    if (
                        quote == "<"
                        and name.startswith(start)
                        and room_of(path) not in rooms.split()
                    ):
                        breaches.append(f"{path.relative_to(ROOT)} includes <{name}>")
        self.assert_none(breaches)

    def test_no_include_of_ours_lacks_its_room(self):
        breaches = [
            f"{path.relative_to(ROOT)} includes {name}"
            for path in sources(SCANNER)
            for quote, name in includes(path)
            if quote == '"' and not (SCANNER / name).is_file()
        ]
        self.assert_none(breaches)

    def test_the_tables_of_places_and_failures_name_tests_that_exist(self):
        tables = (TESTS / "README.md").read_text()
        named = set(re.findall(r"`(test_\w+)`", tables))
        defined = set()
        for path in TESTS.rglob("*_test.py"):
            defined.update(re.findall(r"def (test_\w+)\(", path.read_text()))
        self.assertGreater(len(named), 40)
        self.assert_none(named - defined)

    def test_every_source_is_tested(self):
        """By a test of its name, or one in its room that includes its header."""
        breaches = []
        for path in sources(SCANNER):
            name = str(path.relative_to(SCANNER))
            if path.suffix != ".cc" or name in NO_TEST_OF_ITS_OWN:
                continue
            if name in TESTED_WITH_OTHERS:
                continue
            if re.search(r"_(command|report)\.cc$", name):
                continue  # run from outside, by tests/cli and golden files
            if re.search(r"^verify/(check|filter)_", name):
                continue  # run over their rules' examples, all together
            if (TESTS / room_of(path) / f"{path.stem}_test.cc").is_file():
                continue
            header = name.removesuffix(".cc") + ".h"
            if not any(
                header in test.read_text()
                for test in (TESTS / room_of(path)).glob("*_test.cc")
            ):
                breaches.append(f"{name} has no test")
        self.assert_none(breaches)

    def test_every_file_says_its_licence_first(self):
        breaches = []
        for path in sources(SCANNER) + sources(TESTS):
            first = path.read_text(encoding="utf-8").split("\n", 1)[0]
            if first != "// SPDX-License-Identifier: Apache-2.0":
                breaches.append(str(path.relative_to(ROOT)))
        self.assert_none(breaches)

    def test_every_header_has_its_guard(self):
        breaches = [
            str(path.relative_to(ROOT))
            for path in sources(SCANNER)
            if path.suffix == ".h" and "#pragma once\n" not in path.read_text()
        ]
        self.assert_none(breaches)

    def test_no_file_is_longer_than_a_person_reads(self):
        breaches = []
        for path in sources(SCANNER):
            lines = path.read_text(encoding="utf-8").count("\n")
            name = str(path.relative_to(SCANNER))
            if lines > LONGEST_FILE and name not in LONG_TABLES:
                breaches.append(f"{name} has {lines} lines")
        self.assert_none(breaches)

    def test_bytes_are_reinterpreted_in_base_only(self):
        breaches = [
            f"{path.relative_to(ROOT)} has {word}"
            for path in sources(SCANNER)
            if room_of(path) != "base"
            for word in ("reinterpret_cast", "memcpy")
            if re.search(rf"\b{word}\b", strip_comments(path.read_text()))
        ]
        self.assert_none(breaches)

    def test_git_knows_nothing_of_secrets(self):
        breaches = []
        for path in sources(SCANNER / "git"):
            found = re.search(r"secret|finding|\brules?\b", path.read_text(), re.I)
            if found:
                breaches.append(f"{path.relative_to(ROOT)} says {found.group()}")
        self.assert_none(breaches)

    def test_only_the_command_line_prints_or_exits(self):
        word = re.compile(
            r"\b(?:std::cout|std::cerr|printf|puts|fputs|_?exit|perror)\s*[(<]"
        )
        breaches = []
        for path in sources(SCANNER):
            name = str(path.relative_to(SCANNER))
            if room_of(path) == "cli" or name.endswith("_main.cc"):
                continue
            found = word.search(strip_comments(path.read_text()))
            if found:
                breaches.append(f"{name} calls {found.group()}")
        self.assert_none(breaches)


def strip_comments(text):
    return re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.S)


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=1))
