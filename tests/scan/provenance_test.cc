// SPDX-License-Identifier: Apache-2.0
//
// What a report says of a secret's history, against a model of random
// histories, which real git wrote and packed.
#include "scan/provenance.h"

#include <doctest/doctest.h>

#include <set>

#include "support/fake_engine.h"
#include "support/random_history.h"

namespace keysift {
namespace {

// What the history holds of one token.
struct Expected {
  std::set<std::string> paths;  // in any commit
  std::string first;            // commit
  bool reachable = false;
  bool in_head = false;
  std::string removed;         // commit, or ""
  std::set<std::string> refs;  // that reach an introduction
};

bool Holds(const RandomHistory::Commit& commit, const std::string& token) {
  return std::any_of(
      commit.tree.begin(), commit.tree.end(), [&token](const auto& file) {
        return file.second.find("tok_" + token) != std::string::npos;
      });
}

Expected Expect(const RandomHistory& history, const std::string& token) {
  Expected expected;
  const std::vector<RandomHistory::Commit>& commits = history.commits();
  std::set<size_t> reachable;
  for (const auto& [name, commit] : history.heads()) {
    reachable.merge(history.Ancestors(commit));
  }
  std::vector<size_t> introductions;
  for (size_t i = 0; i < commits.size(); ++i) {
    for (const auto& [path, content] : commits[i].tree) {
      if (content.find("tok_" + token) != std::string::npos) {
        expected.paths.insert(path);
      }
    }
    if (Holds(commits[i], token) &&
        std::none_of(commits[i].parents.begin(), commits[i].parents.end(),
                     [&](size_t p) { return Holds(commits[p], token); })) {
      introductions.push_back(i);
    }
  }
  // Commits that a ref reaches first, each kind in order of time.
  for (const bool wanted : {true, false}) {
    for (size_t i : introductions) {
      if (expected.first.empty() && (reachable.count(i) != 0) == wanted) {
        expected.first = commits[i].id;
        expected.reachable = wanted;
      }
    }
  }
  for (const auto& [name, commit] : history.heads()) {
    const std::set<size_t> reached = history.Ancestors(commit);
    if (std::any_of(introductions.begin(), introductions.end(),
                    [&](size_t i) { return reached.count(i) != 0; })) {
      expected.refs.insert("refs/heads/" + name);
    }
  }
  expected.in_head = Holds(commits[history.head()], token);
  for (size_t at = history.head(); !expected.in_head;
       at = commits[at].parents[0]) {
    if (commits[at].parents.empty()) {
      break;
    }
    if (!Holds(commits[at], token) &&
        Holds(commits[commits[at].parents[0]], token)) {
      expected.removed = commits[at].id;
      break;
    }
  }
  return expected;
}

void CheckFinding(const Finding& finding, const Expected& expected) {
  std::set<std::string> paths;
  for (const Location& location : finding.locations) {
    paths.insert(location.path);
  }
  std::string ours;
  for (const std::string& path : paths) {
    ours += path + " ";
  }
  std::string models;
  for (const std::string& path : expected.paths) {
    models += path + " ";
  }
  CHECK(ours == models);
  REQUIRE(finding.first_commit);
  CHECK(finding.first_commit->id == expected.first);
  CHECK(finding.reachable == expected.reachable);
  CHECK(finding.in_head == expected.in_head);
  CHECK((finding.removed_commit ? finding.removed_commit->id : "") ==
        expected.removed);
  CHECK(finding.refs_total == expected.refs.size());
  for (const std::string& ref : finding.refs) {
    CHECK(expected.refs.count(ref) == 1);
  }
}

void CheckHistory(const FakeEngine& engine, const GitFixture& fixture,
                  const RandomHistory& history) {
  ScanOptions options;
  options.show_secrets = true;
  const ScanReport report = engine.ScanPath(fixture.path(), options);
  CHECK(report.gaps.empty());
  std::map<std::string, const Finding*> found;
  for (const Finding& finding : report.findings) {
    if (finding.rule_id == "token") {
      found[*finding.secret.value] = &finding;
    }
  }
  for (size_t i = 0; i < RandomHistory::kTokens; ++i) {
    const std::string token = RandomHistory::Token(i);
    const Expected expected = Expect(history, token);
    CAPTURE(token);
    REQUIRE((found.count(token) == 1) == !expected.paths.empty());
    if (found.count(token) == 1) {
      CheckFinding(*found[token], expected);
    }
  }
}

}  // namespace

TEST_CASE("random histories: first and last commit, paths and refs") {
  FakeEngine engine;
  for (uint32_t seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    GitFixture fixture({"--bare"});
    const RandomHistory history(fixture, seed, 60);
    if (seed % 2 == 0) {
      fixture.Git({"repack", "-q", "-a", "-d", "-f", "-k",
                   "--depth=" + std::to_string(1 + seed * 4), "--window=20"});
    }
    CheckHistory(engine, fixture, history);
  }
}

}  // namespace keysift
