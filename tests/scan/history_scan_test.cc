// SPDX-License-Identifier: Apache-2.0
//
// Whole scans of generated repositories: the same report for any number of
// threads, any packing, any budget of memory, and with --exhaustive.
// KEYSIFT_REPOSITORIES=500 in the environment makes more of them.
#include "scan/history_scan.h"

#include <doctest/doctest.h>

#include <cstdlib>

#include "report/format.h"
#include "support/fake_engine.h"
#include "support/random_history.h"

namespace keysift {
namespace {

// A report as one text. Without the object counts of the coverage, since
// packings may hold copies.
std::string TextOf(const ScanReport& report) {
  std::string text;
  for (const Finding& finding : report.findings) {
    text += finding.fingerprint + " " + finding.rule_id + " " +
            finding.snippet + " " +
            (finding.first_commit ? finding.first_commit->id : "-") + " " +
            (finding.removed_commit ? finding.removed_commit->id : "-") +
            (finding.in_head ? " in head" : "") +
            (finding.reachable ? " reachable" : "") + "\n";
    for (const Location& at : finding.locations) {
      text += "  " + at.path + ":" + std::to_string(at.line) + ":" +
              std::to_string(at.column) + "-" + std::to_string(at.end_column) +
              " " + at.commit + " " + at.blob + " " + at.kind + "\n";
    }
    for (const std::string& ref : finding.refs) {
      text += "  " + ref + "\n";
    }
  }
  for (const Gap& gap : report.gaps) {
    text += GapKindName(gap.kind) + (" " + gap.what) + gap.detail + "\n";
  }
  return text;
}

std::string ScanText(const FakeEngine& engine, const GitFixture& fixture,
                     const ScanOptions& options) {
  return TextOf(engine.ScanPath(fixture.path(), options));
}

int Repositories(int usual) {
  const char* wanted = std::getenv("KEYSIFT_REPOSITORIES");
  return wanted == nullptr ? usual : std::atoi(wanted);
}

}  // namespace

TEST_CASE("generated repositories: one report, however it is come by") {
  FakeEngine engine;
  for (int seed = 100; seed < 100 + Repositories(10); ++seed) {
    CAPTURE(seed);
    GitFixture fixture({"--bare"});
    const RandomHistory history(fixture, static_cast<uint32_t>(seed), 50);
    ScanOptions exhaustive;
    exhaustive.exhaustive = true;
    exhaustive.threads = 1;
    const std::string expected = ScanText(engine, fixture, exhaustive);
    CHECK(expected.find("token") != std::string::npos);
    ScanOptions options;
    options.threads = 1;
    CHECK(ScanText(engine, fixture, options) == expected);
    options.threads = 4;
    CHECK(ScanText(engine, fixture, options) == expected);
    options.memory_budget = 0;
    CHECK(ScanText(engine, fixture, options) == expected);
    fixture.Git({"repack", "-q", "-a", "-d", "-f", "-k",
                 "--depth=" + std::to_string(1 + seed % 60),
                 "--window=" + std::to_string(2 + seed % 40)});
    CHECK(ScanText(engine, fixture, options) == expected);
    options.memory_budget = 100u << 20;
    CHECK(ScanText(engine, fixture, options) == expected);
  }
}

TEST_CASE("an object in two packs, or packed and loose, is one place") {
  FakeEngine engine;
  GitFixture fixture;
  fixture.Write("file", "tok_3fa81c90d7e2\n");
  fixture.Commit("one");
  fixture.Write("file", "tok_3fa81c90d7e2\nmore\n");
  fixture.Commit("tok_c41e7b02f9d6");
  const std::string loose = ScanText(engine, fixture, {});
  fixture.Git({"repack", "-q", "-a"});
  CHECK(ScanText(engine, fixture, {}) == loose);
  fixture.Git({"repack", "-q", "-a", "-d"});
  CHECK(ScanText(engine, fixture, {}) == loose);
}

TEST_CASE("messages of commits and tags are scanned") {
  FakeEngine engine;
  GitFixture fixture;
  fixture.Write("file", "clean\n");
  const std::string commit = fixture.Commit("oops tok_3fa81c90d7e2");
  fixture.Git({"tag", "-a", "-m", "tok_c41e7b02f9d6", "v1"});
  const ScanReport report = engine.ScanPath(fixture.path());
  REQUIRE(report.findings.size() == 2);
  for (const Finding& finding : report.findings) {
    REQUIRE(finding.locations.size() == 1);
    if (finding.locations[0].kind == "commit message") {
      CHECK(finding.locations[0].commit == commit);
      CHECK(finding.first_commit->id == commit);
    } else {
      CHECK(finding.locations[0].kind == "tag message");
    }
  }
}

TEST_CASE("names of files are scanned, and their history is told") {
  FakeEngine engine;
  GitFixture fixture;
  fixture.Write("a/clean", "1\n");
  fixture.Commit("before");
  fixture.Write("a/tok_3fa81c90d7e2", "x\n");
  const std::string first = fixture.Commit("named");
  for (int i = 0; i < 12; ++i) {
    fixture.Write("a/other" + std::to_string(i), "y\n");
    fixture.Commit("more");
  }
  fixture.Git({"repack", "-q", "-a", "-d", "-f"});
  const ScanReport report = engine.ScanPath(fixture.path());
  REQUIRE(report.findings.size() == 1);
  const Finding& finding = report.findings[0];
  CHECK(finding.locations[0].kind == "file name");
  CHECK(finding.in_head);
  REQUIRE(finding.first_commit);
  CHECK(finding.first_commit->id == first);
}

TEST_CASE("a missing and a damaged object are gaps, the rest is scanned") {
  FakeEngine engine;
  GitFixture fixture;
  fixture.Write("kept", "tok_3fa81c90d7e2\n");
  fixture.Write("gone", "this one goes\n");
  fixture.Write("hurt", "this one is hurt\n");
  fixture.Commit("all");
  const auto path_of = [&fixture](const char* name) {
    const std::string id =
        fixture.GitLine({"rev-parse", std::string("HEAD:") + name});
    return fixture.git_dir() + "/objects/" + id.substr(0, 2) + "/" +
           id.substr(2);
  };
  const std::string gone = path_of("gone");
  const std::string hurt = path_of("hurt");
  std::remove(gone.c_str());
  WriteWhole(hurt, "no zlib");
  const ScanReport report = engine.ScanPath(fixture.path());
  CHECK(report.findings.size() == 1);
  REQUIRE(report.gaps.size() == 2);
  CHECK(report.gaps[0].kind == GapKind::kMissing);
  CHECK(report.gaps[1].kind == GapKind::kDamaged);
}

}  // namespace keysift
