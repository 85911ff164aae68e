#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How much of each parser its fuzz target's corpus reaches, in lines.

    coverage.py BUILD      a clang build with KEYSIFT_TESTS, KEYSIFT_FUZZ off and
                           -fprofile-instr-generate -fcoverage-mapping

Prints a table, and fails if a parser is below the least share. A parser that
several targets read is counted over all of them; `alone` is its own target's.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

LEAST = 90.0
ROOT = pathlib.Path(__file__).resolve().parents[2]
CONTENT = "base64 entity escape hex join percent quoted_printable".split()
# target: its parsers below scanner/
PARSERS = {
    "commit": ["git/commit.cc", "git/header_lines.cc", "git/signature.cc"],
    "config_file": ["git/config_file.cc"],
    "delta": ["git/delta.cc"],
    "ewah": ["git/ewah.cc"],
    "generic_place": ["verify/generic_place.cc"],
    "index_file": ["git/index_file.cc", "git/cache_tree.cc"],
    "loose_object": ["git/loose_object.cc"],
    "multi_pack_index": ["git/multi_pack_index.cc", "git/sorted_ids.cc"],
    "pack": ["git/pack_indexer.cc", "git/entry_header.cc"],
    "pack_entries": [
        "git/pack_file.cc",
        "git/pack_walker.cc",
        "git/pack_forest.cc",
        "git/object_reader.cc",
        "git/object_store.cc",
    ],
    "pack_index": ["git/pack_index.cc"],
    "refs": ["git/refs.cc", "git/ref_file.cc", "git/reflog.cc"],
    "rule_file": ["rule/rule_file.cc", "rule/toml_table.cc"],
    "split_index": ["git/split_index.cc"],
    "tag": ["git/tag.cc"],
    "tree": ["git/tree.cc"],
    "wide_text": ["content/wide_text.cc", "content/decoder.cc"],
    "written_value": ["verify/written_value.cc"],
    **{f"decoder_{name}": [f"content/decoder_{name}.cc"] for name in CONTENT},
}
PARSERS["decoder_hex"].append("content/digit_block.cc")


def run(*words, **more):
    return subprocess.run(words, check=True, capture_output=True, **more).stdout


def shares(profile, programs):
    """The share of lines reached, by file below scanner/."""
    objects = [word for program in programs for word in ("-object", program)][1:]
    told = json.loads(
        run("llvm-cov-14", "export", "-summary-only", f"-instr-profile={profile}", *objects)
    )
    # (Names are relative where a compiler cache made them so.)
    return {
        file["filename"].rpartition("scanner/")[2]: file["summary"]["lines"]["percent"]
        for file in told["data"][0]["files"]
    }


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        raw, alone, programs = [], {}, []
        for target in PARSERS:
            program = str(build / f"tests/fuzz/fuzz_{target}")
            profile = f"{folder}/{target}.profraw"
            run(program, str(ROOT / "fixtures/corpus" / target), env={"LLVM_PROFILE_FILE": profile})
            run("llvm-profdata-14", "merge", "-o", f"{profile}.data", profile)
            alone[target] = shares(f"{profile}.data", [program])
            programs.append(program)
            raw.append(profile)
        run("llvm-profdata-14", "merge", "-o", f"{folder}/all", *raw)
        together = shares(f"{folder}/all", programs)
    print(f"{'target':26} {'parser':34} {'alone':>6} {'all':>6}")
    low = 0
    for target, files in PARSERS.items():
        for file in files:
            low += together[file] < LEAST
            mark = "  <" if together[file] < LEAST else ""
            print(f"{target:26} {file:34} {alone[target][file]:6.1f} {together[file]:6.1f}{mark}")
    sys.exit(1 if low else 0)


if __name__ == "__main__":
    main()
