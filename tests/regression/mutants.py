#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""mutants.py [SOURCE [NAME...]]: does each test of README.md fail when the
behaviour that it guards is switched off?

A copy of the sources gets a switch for each row below: the text `old` becomes
`new`, in which MUTANT is true while the environment names that row. One build
(CMake, Ninja) then serves all rows. First every test runs with no switch on, and has to pass;
then each row's tests run with its switch on, and each has to fail. Exits with 1
if one does not do what it has to.

Without words it prints the table of rows, tests and switches for README.md.

Takes a build and some minutes: run it by hand after work on what the
table names. Rows whose behaviour is that something is *not* done (attributes
are not consulted, nothing is run) have a switch that does it.
"""

import collections
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

Row = collections.namedtuple("Row", "name what file old new tests")

KEEP = ("scan/report_builder.cc", "!verdict.keep")
REFS = ("git/refs.cc", "    list_->refs_.push_back(std::move(found.ref));")
GAP = ("finding/exit_code.cc", "    incomplete = incomplete ||")


def drop_place(condition):
    """A place that a report leaves out."""
    return KEEP + (f"(MUTANT && {condition}) || !verdict.keep",)


def forgive(kind):
    """A kind of gap that does not count."""
    return GAP + (
        f"    if (MUTANT && gap.kind == GapKind::{kind}) {{\n      continue;\n    }}\n"
        + GAP[1],
    )


ROWS = [
    # Where a secret may be.
    Row("normal-commit", "normal commit", "scan/object_scan.cc",
        "  if (scanned_.size() <= object.slot) {",
        "  if (MUTANT && object.type == ObjectType::kBlob) {\n    return;\n  }\n"
        "  if (scanned_.size() <= object.slot) {",
        ["places Places.test_a_normal_commit"]),
    Row("removed", "added, then removed", "scan/scan.cc",
        "    if (request_.scope == ScanRequest::Scope::kAuto) {",
        "    if (!MUTANT && request_.scope == ScanRequest::Scope::kAuto) {",
        ["places Places.test_added_then_removed"]),
    Row("removed-in-range", "added, then removed, in a range or a push",
        "scan/range_scan.cc",
        "      AddCommit(commit);",
        "      if (!MUTANT || commit.id == ends.include[0]) {\n"
        "        AddCommit(commit);\n      }",
        ["range Range.test_added_and_removed_inside_of_the_range",
         "hook Hooks.test_a_push_is_refused",
         "hook Hooks.test_a_push_is_refused_in_quarantine"]),
    Row("merge", "only in a merge commit", "scan/object_scan.cc",
        "  CommitNode node;",
        "  if (MUTANT && commit->parents.size() > 1) {\n    return;\n  }\n"
        "  CommitNode node;",
        ["places Places.test_only_in_a_merge"]),
    Row("merge-in-range", "only in a merge commit of a range",
        "scan/range_scan.cc",
        "      if (found == by_path.end()) {",
        "      if (MUTANT || found == by_path.end()) {",
        ["range Range.test_only_in_a_merge"]),
    Row("merge-hook", "a merge that git makes itself", "cli/hook_command.cc",
        '    names = {"pre-commit", "pre-merge-commit"};',
        '    names = MUTANT ? std::vector<std::string>{"pre-commit"}\n'
        '                   : std::vector<std::string>{"pre-commit", '
        '"pre-merge-commit"};',
        ["hook Hooks.test_a_merge_is_refused"]),
    Row("attributes", "file marked `-diff` or binary",
        *drop_place('location.path.ends_with(".env")'),
        ["places Places.test_a_file_that_attributes_call_binary",
         "staged Staged.test_nothing_of_the_repository_is_run",
         "hook Hooks.test_what_is_pushed_cannot_hide_what_it_brings"]),
    Row("utf16", "UTF-16 with a mark", "scan/text_scanner.cc",
        "  if (kind == WideKind::kNone ||",
        "  if (MUTANT || kind == WideKind::kNone ||",
        ["peers Peers.test_utf16_with_a_mark"]),
    Row("commit-message", "commit message",
        *drop_place("place.kind() == PlaceKind::kCommitMessage"),
        ["places Places.test_a_commit_message",
         "range Range.test_messages_of_commits"]),
    Row("tag-message", "annotated tag's message",
        *drop_place("place.kind() == PlaceKind::kTagMessage"),
        ["places Places.test_a_tag_message",
         "hook Hooks.test_an_annotated_tags_message"]),
    Row("note", "git note", *REFS,
        "    if (MUTANT && found.ref.name.starts_with(\"refs/notes/\")) {\n"
        "      continue;\n    }\n" + REFS[1],
        ["places Places.test_a_note"]),
    Row("dangling", "dangling commit; blob once staged", "scan/history_filter.cc",
        "  } else if (!request.with_unreachable) {",
        "  } else if (MUTANT || !request.with_unreachable) {",
        ["places Places.test_a_dangling_commit",
         "places Places.test_a_dangling_commit_in_a_pack",
         "places Places.test_staged_and_staged_over"]),
    Row("stash", "stash", *REFS,
        "    if (MUTANT && found.ref.name == \"refs/stash\") {\n"
        "      continue;\n    }\n" + REFS[1],
        ["places Places.test_a_stash"]),
    Row("staged", "staged, never committed",
        *drop_place('location.kind == "index"'),
        ["places Places.test_staged_and_never_committed"]),
    Row("binary", "binary file with NULs", "scan/text_scanner.cc",
        "  Result<void> scanned = scan_.ScanWhole(text, &out->hits);",
        "  if (MUTANT && text.find('\\0') != std::string_view::npos) {\n"
        "    text = {};\n  }\n"
        "  Result<void> scanned = scan_.ScanWhole(text, &out->hits);",
        ["places Places.test_a_binary_with_nuls",
         "peers Peers.test_a_database"]),
    Row("base64", "base64, base64 twice", "scan/text_scanner.cc",
        "  matcher_.set_triggers(",
        "  matcher_.set_triggers(!MUTANT && ",
        ["peers Peers.test_base64_and_base64_twice"]),
    Row("notebook", "notebook", *drop_place('location.path.ends_with(".ipynb")'),
        ["peers Peers.test_a_notebook"]),
    # What others get wrong.
    Row("runs-code", "code of the repository runs", "scan/staged_scan.cc",
        "  ObjectLookup objects(repository, options.max_file_size);\n  Result<std::opt",
        "  if (MUTANT && std::system(\"./run.sh </dev/null >/dev/null 2>&1\") < 0) {\n"
        "    return {};\n  }\n"
        "  ObjectLookup objects(repository, options.max_file_size);\n  Result<std::opt",
        ["staged Staged.test_nothing_of_the_repository_is_run",
         "peers Peers.test_nothing_of_the_repository_is_run_by_any_scan"]),
    Row("sub-directory", "a staged scan from a sub-directory",
        "scan/staged_scan.cc",
        "    if (!file.now) {",
        "    if (MUTANT && !file.path.starts_with(\"sub/\")) {\n      continue;\n"
        "    }\n    if (!file.now) {",
        ["staged Staged.test_from_a_subdirectory"]),
    Row("first-commit", "the very first commit, staged", "scan/staged_scan.cc",
        "  if (whole_index) {",
        "  if (MUTANT && !head->has_value()) {\n    return {};\n  }\n"
        "  if (whole_index) {",
        ["staged Staged.test_the_very_first_commit",
         "hook Hooks.test_a_commit_is_refused"]),
    Row("linked-worktree", "staged in a linked work tree",
        "git/repository.cc",
        '  index_path_ = JoinPath(git_dir_, "index");',
        '  index_path_ = JoinPath(MUTANT ? common_dir_ : git_dir_, "index");',
        ["staged Staged.test_a_linked_worktree_has_its_own_index"]),
    Row("index-file", "`commit -a` and `commit PATH` use another index",
        "git/repository.cc",
        '                        GetEnvironment("GIT_INDEX_FILE"),',
        '                        MUTANT ? decltype(GetEnvironment(""))()\n'
        '                               : GetEnvironment("GIT_INDEX_FILE"),',
        ["staged Staged.test_another_index_file",
         "staged Staged.test_a_relative_index_file"]),
    Row("quarantine", "pre-receive in quarantine", "git/repository.cc",
        '                        GetEnvironment("GIT_OBJECT_DIRECTORY"),',
        '                        MUTANT ? decltype(GetEnvironment(""))()\n'
        '                               : GetEnvironment("GIT_OBJECT_DIRECTORY"),',
        ["hook Hooks.test_a_push_is_refused_in_quarantine",
         "hook Hooks.test_a_clean_push_is_accepted"]),
    Row("no-repository", "not a repository", "scan/scan.cc",
        "    if (error.kind == ErrorKind::kNotFound || error.kind == ErrorKind::kIo) {",
        "    if (MUTANT) {\n      return {};\n    }\n"
        "    if (error.kind == ErrorKind::kNotFound || error.kind == ErrorKind::kIo) {",
        ["staged Staged.test_not_a_repository",
         "target Target.test_staged_outside_a_repository_is_an_error"]),
    Row("bad-range", "a range that cannot be resolved", "scan/scan.cc",
        "    if (!ends) {",
        "    if (!ends && MUTANT) {\n      return {};\n    }\n    if (!ends) {",
        ["range Range.test_an_end_that_is_not_there_is_an_error"]),
    Row("shallow", "a shallow clone", *forgive("kShallow"),
        ["places Borders.test_a_shallow_clone",
         "range Range.test_a_shallow_clone_is_a_gap_where_the_range_reaches_its_end"]),
    Row("submodule", "a submodule", *forgive("kSubmodule"),
        ["places Borders.test_a_submodule"]),
    Row("sha256", "SHA-256 repository", *forgive("kUnsupported"),
        ["places Borders.test_an_unsupported_repository"]),
    Row("missing", "a missing object", *forgive("kMissing"),
        ["staged Staged.test_a_missing_object_is_a_gap"]),
    Row("replace", "`git replace` hides a commit", "scan/range_scan.cc",
        "    std::optional<ObjectId> first;\n",
        "    if (MUTANT && access(JoinPath(repository_.common_dir(),\n"
        "                                  \"refs/replace/\" + hex).c_str(),\n"
        "                         F_OK) == 0) {\n      added_.pop_back();\n"
        "      return;\n    }\n    std::optional<ObjectId> first;\n",
        ["range Range.test_a_replaced_commit_is_still_read"]),
    Row("no-rules", "a configuration without rules", "rule/rule_set.cc",
        "    if (errors.empty() && loaded_.rules.rules.empty()) {",
        "    if (!MUTANT && errors.empty() && loaded_.rules.rules.empty()) {",
        ["rules Rules.test_a_configuration_of_no_rules_is_an_error"]),
    Row("pushed-ignores", "a pushed ignore file hides what comes with it",
        "scan/range_scan.cc",
        "      scanned = Suppress(",
        "      scanned = Suppress(MUTANT ? std::optional<ObjectId>(\n"
        "                                     Peel(ends.include[0]))\n"
        "                         : ",
        ["hook Hooks.test_what_is_pushed_cannot_hide_what_it_brings",
         "range Range.test_ignore_files_count_as_they_were_at_the_start"]),
    Row("pushed-comments", "an allow comment in what is pushed",
        "cli/hook_run.cc",
        "settings_.inline_comments.value_or(false)",
        "settings_.inline_comments.value_or(MUTANT)",
        ["hook Hooks.test_an_allow_comment_in_what_is_pushed_has_no_effect"]),
    Row("ignored-place", "an ignored place hides another secret on its line",
        "store/suppressor.cc",
        "      if (place > 0 && place_uses_[use] > 1) {",
        "      if (!MUTANT && place > 0 && place_uses_[use] > 1) {",
        ["ignore Ignore.test_gitleaksignore_never_hides_a_different_secret_on_its_line"]),
    Row("same-line", "an ignored secret hides another on its line",
        "scan/report_builder.cc",
        "secrets_[i]);\n",
        "MUTANT ? std::string(\"x\") : secrets_[i]);\n",
        ["ignore Ignore.test_never_hides_another_secret_on_the_same_line"]),
    Row("ignores-die", "ignores die by amend, rebase, squash, rename, reindent",
        "scan/report_builder.cc",
        "secrets_[i]);\n",
        "MUTANT ? secrets_[i] + finding.locations.back().commit +\n"
        "   finding.locations.back().path +\n"
        "   std::to_string(finding.locations.back().column) : secrets_[i]);\n",
        [f"ignore Ignore.test_survives_{way}" for way in
         ("amend", "rebase", "squash", "rename", "reindentation_and_moved_lines")]),
    Row("redaction", "redaction forgets messages and paths",
        "scan/report_builder.cc",
        "  if (!options_->show_secrets) {",
        "  if (!MUTANT && !options_->show_secrets) {",
        ["peers Peers.test_redaction_reaches_messages_paths_and_snippets"]),
    Row("escapes", "escape sequences of a file name", "finding/escape.cc",
        "std::string EscapeForTerminal(std::string_view text) {",
        "std::string EscapeForTerminal(std::string_view text) {\n"
        "  if (MUTANT) {\n    return std::string(text);\n  }",
        ["peers Peers.test_escapes_in_a_file_name_reach_no_report",
         "places Places.test_a_file_name"]),
    Row("ci-commands", "CI commands of a file name", "report/github_report.cc",
        "    } else if (property && c == ':') {",
        "    } else if (!MUTANT && property && c == ':') {",
        ["peers Peers.test_escapes_in_a_file_name_reach_no_report"]),
    Row("colours", "colours in a pipe", "cli/terminal.cc",
        "  return IsTerminal(descriptor);",
        "  return MUTANT || IsTerminal(descriptor);",
        ["peers Peers.test_output_that_is_no_terminal_is_plain",
         "output Output.test_colour_follows_the_conventions"]),
    Row("no-color", "NO_COLOR", "cli/terminal.cc",
        '  if (IsSet("NO_COLOR")) {',
        '  if (!MUTANT && IsSet("NO_COLOR")) {',
        ["output Output.test_colour_follows_the_conventions"]),
    Row("comments", "allow comments of other tools, counted",
        "verify/conclude.cc",
        "  if (!options.allow_comments) {",
        "  if (MUTANT || !options.allow_comments) {",
        ["peers Peers.test_every_inline_comment_counts_and_is_counted",
         "ignore Ignore.test_inline_comments_are_counted"]),
    Row("absent-remote", "the remote's value is not here", "cli/hook_run.cc",
        "    if (update.from && !objects.Has(*update.from)) {",
        "    if (MUTANT && update.from && !objects.Has(*update.from)) {\n"
        "      update.to.reset();\n      continue;\n    }\n"
        "    if (update.from && !objects.Has(*update.from)) {",
        ["hook Hooks.test_a_remote_value_that_is_not_here"]),
    Row("zero-ids", "zero ids of 64 digits", "source/ref_update.cc",
        "text.size() == kSha256Digits);",
        "(!MUTANT && text.size() == kSha256Digits));",
        ["hook Hooks.test_zero_ids_of_64_digits"]),
    Row("skip", "a push option skips without leave", "cli/hook_run.cc",
        "  if (reason && settings_.allow_skip &&",
        "  if (reason && (MUTANT || settings_.allow_skip) &&",
        ["hook Hooks.test_skipping_needs_the_servers_leave_and_is_logged"]),
    Row("deadline", "the deadline's policy", "cli/hook_run.cc",
        "    if (settings_.accept_on_timeout &&",
        "    if ((MUTANT || settings_.accept_on_timeout) &&",
        ["hook Hooks.test_a_deadline_says_its_policy"]),
    Row("program-gone", "a hook whose program is gone", "cli/hook_install.cc",
        "  return text;\n}\n\nenum class Present",
        "  if (MUTANT) {\n    text.replace(text.find(\"exit 2\"), 6, \"exit 0\");\n"
        "  }\n  return text;\n}\n\nenum class Present",
        ["hook Hooks.test_a_hook_without_its_program_refuses"]),
    Row("hook-kept", "an existing hook is overwritten", "cli/hook_install.cc",
        "  if (done && present == Present::kOther) {",
        "  if (!MUTANT && done && present == Present::kOther) {",
        ["hook Hooks.test_an_existing_hook_is_kept_and_called"]),
    Row("all-files", "`pre-commit run --all-files`", "cli/hook_run.cc",
        "  if (report && no_commit &&",
        "  if (!MUTANT && report && no_commit &&",
        ["hook Framework.test_all_files_of_a_clean_checkout"]),
    Row("report-link", "a link at the report's path", "cli/output.cc",
        "  if (S_ISLNK(status.st_mode)) {",
        "  if (MUTANT) {\n    return true;\n  }\n  if (S_ISLNK(status.st_mode)) {",
        ["output Output.test_a_link_is_not_written_through"]),
    Row("report-mode", "others may read the report", "cli/output.cc",
        "  if (!WriteAll(file.get(), bytes) ||\n",
        "  if (MUTANT) {\n    fchmod(file.get(), 0644);\n  }\n"
        "  if (!WriteAll(file.get(), bytes) ||\n",
        ["output Output.test_a_report_file_is_the_owners_only"]),
    Row("bomb", "little that decodes to much", "scan/text_scanner.cc",
        "  if (out->decoded_bytes <=",
        "  if (MUTANT || out->decoded_bytes <=",
        ["decode Limits.test_much_decoded_in_all_is_a_gap"]),
    Row("old-lines", "lines that were there are blamed", "scan/change_scan.cc",
        "  if (place.line == 0 ||",
        "  if (MUTANT || place.line == 0 ||",
        ["staged Staged.test_lines_that_were_there_are_not_blamed",
         "range Range.test_lines_of_the_start_are_not_blamed"]),
    Row("filters", "filters of the history are passed over", "cli/scan_flags.cc",
        "  if (!history &&",
        "  if (!MUTANT && !history &&",
        ["target Target.test_filters_of_a_history_need_one"]),
]

SWITCH = """
// Written by mutants.py.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cstdlib>
#include <string>
#include <string_view>
#include "base/file.h"
inline bool KeysiftMutant(const char* name) {
  const char* on = std::getenv("KEYSIFT_MUTANT");
  return on != nullptr && std::string_view(on) == name;
}
"""


def table():
    print("| row | test (tests/cli) | what the switch does |\n|---|---|---|")
    for row in ROWS:
        tests = ", ".join(
            "{}: `{}`".format(
                test.split()[0], test.split(".")[1].removeprefix("test_")
            )
            for test in row.tests
        )
        print(f"| {row.what} | {tests} | `{row.name}` in {row.file} |")


def mutate(source, rows):
    """Puts the switches in; the sources that have one."""
    files = {}
    for row in rows:
        path = source / "scanner" / row.file
        text = files.get(path) or path.read_text()
        if text.count(row.old) != 1:
            sys.exit(f"{row.name}: {text.count(row.old)} × in {row.file}: {row.old}")
        new = row.new.replace("MUTANT", f'KeysiftMutant("{row.name}")')
        files[path] = text.replace(row.old, new)
    for path, text in files.items():
        path.write_text(SWITCH + text)
    return files


def run(source, program, tests, mutant=""):
    """The tests that fail, of (file, case)."""
    failed = set()
    for test in tests:
        name, case = test.split()
        finished = subprocess.run(
            [sys.executable, source / f"tests/cli/{name}_test.py", case],
            env=os.environ | {"KEYSIFT": str(program), "KEYSIFT_MUTANT": mutant},
            capture_output=True, text=True, check=False,
        )
        if "Ran 1 test" not in finished.stderr or "skipped" in finished.stderr:
            sys.exit(f"{test} did not run:\n{finished.stderr}")
        if finished.returncode != 0:
            failed.add(test)
    return failed


def main():
    if len(sys.argv) < 2:
        return table()
    origin = pathlib.Path(sys.argv[1]).resolve()
    rows = [row for row in ROWS if not sys.argv[2:] or row.name in sys.argv[2:]]
    with tempfile.TemporaryDirectory(prefix="keysift-mutants-") as name:
        parent = pathlib.Path(name)
        source = parent / "source"
        shutil.copytree(
            origin, source, symlinks=True,
            ignore=shutil.ignore_patterns("build", ".git"),
        )
        mutate(source, rows)
        folder = source / "build/mutants"
        words = ["cmake", "-S", source, "-B", folder, "-G", "Ninja",
                 "-DCMAKE_BUILD_TYPE=Release"]
        if shutil.which("ccache"):
            words.append("-DCMAKE_CXX_COMPILER_LAUNCHER=ccache")
        environment = os.environ | {
            "CCACHE_BASEDIR": str(source), "CCACHE_NOHASHDIR": "1",
        }
        make = ["cmake", "--build", folder, "--target", "keysift"]
        for command in (words, make):
            subprocess.run(command, check=True, env=environment,
                           stdout=subprocess.DEVNULL)
        program = folder / "keysift"
        tests = sorted({test for row in rows for test in row.tests})
        broken = run(source, program, tests)
        bad = [f"{test} fails without any switch" for test in sorted(broken)]
        for row in rows:
            failed = run(source, program, row.tests, row.name)
            passed = [test for test in row.tests if test not in failed]
            bad += [f"{row.name}: {test} passes all the same" for test in passed]
            print(f"{row.name:18} {'survives' if passed else 'caught'}", flush=True)
    print("\n".join(bad + [f"{len(rows)} switches, {len(bad)} that should not be"]))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
