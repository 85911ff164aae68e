// SPDX-License-Identifier: Apache-2.0
#include "cli/hook_advice.h"

#include <doctest/doctest.h>

#include "support/git_fixture.h"

namespace keysift {
namespace {

Finding In(const std::string& commit, const std::string& path) {
  Finding finding;
  Location location;
  location.commit = commit;
  location.path = path;
  finding.locations.push_back(location);
  return finding;
}

}  // namespace

TEST_CASE("the oldest commit is named first, and as where to rebase from") {
  GitFixture git;
  git.Write("a", "a");
  const std::string root = git.Commit("root");
  git.Write("b", "b");
  const std::string second = git.Commit("second");
  git.Write("c", "c");
  const std::string third = git.Commit("third");
  const Result<Repository> repository = Repository::OpenExact(git.path());
  REQUIRE(repository);
  ScanReport report;
  report.findings = {In(third, "c\x1b.txt"), In(second, "")};
  const std::string advice = RewriteAdvice(*repository, report);
  CHECK(advice.find("2 commits to rewrite") != std::string::npos);
  CHECK(advice.find(second.substr(0, 12)) < advice.find(third.substr(0, 12)));
  CHECK(advice.find("git rebase -i " + second.substr(0, 12) + "^") !=
        std::string::npos);
  CHECK(advice.find("its message") != std::string::npos);
  CHECK(advice.find('\x1b') == std::string::npos);
  report.findings.push_back(In(root, "a"));
  CHECK(RewriteAdvice(*repository, report).find("git rebase -i --root") !=
        std::string::npos);
}

TEST_CASE("without findings there is nothing to advise") {
  GitFixture git;
  const Result<Repository> repository = Repository::OpenExact(git.path());
  REQUIRE(repository);
  CHECK(RewriteAdvice(*repository, ScanReport()).empty());
  CHECK(CommitAdvice(ScanReport()).empty());
}

}  // namespace keysift
