// SPDX-License-Identifier: Apache-2.0
// Judging by place: computed per (text, path) when a report is made, never
// carried.
#include <algorithm>

#include "verify/aws_describe.h"
#include "verify/marks.h"
#include "verify/text.h"
#include "verify/verifier_impl.h"

namespace keysift {
namespace {

// Directories and names whose files are examples by convention. They lower
// severity only: three quarters of real leaked credentials stand in such
// places too.
constexpr std::string_view kFixtureWords[] = {
    "test",     "tests",     "testing", "testdata", "fixtures",
    "fixture",  "spec",      "specs",   "mock",     "mocks",
    "example",  "examples",  "sample",  "samples",  "t",
    "unittest", "unittests", "regress", "e2e",
};

bool IsFixtureWord(std::string_view word) {
  return std::any_of(std::begin(kFixtureWords), std::end(kFixtureWords),
                     [word](std::string_view known) { return word == known; });
}

// One directory of the path is such a word, or the file's name holds one as
// "test_x.py", "x.test.js", "x-spec.rb".
bool IsFixturePath(std::string_view path) {
  const std::string lower = ToLower(path);
  const size_t slash = lower.rfind('/');
  const size_t name = slash == std::string::npos ? 0 : slash + 1;
  size_t begin = 0;
  for (size_t i = 0; i <= lower.size(); ++i) {
    const bool in_name = i >= name;
    const char c = i < lower.size() ? lower[i] : '/';
    if (c != '/' && !(in_name && (c == '_' || c == '.' || c == '-'))) {
      continue;
    }
    const std::string_view word =
        std::string_view(lower).substr(begin, i - begin);
    const bool one_letter = word.size() == 1;
    if (IsFixtureWord(word) && !(one_letter && begin >= name)) {
      return true;
    }
    begin = i + 1;
  }
  return false;
}

bool IsAwsKey(const Rule& rule) {
  return rule.id == "aws-access-key-pair" || rule.id == "aws-access-key-id" ||
         rule.id == "aws-secret-access-key";
}

PlaceVerdict Dropped(std::string by) {
  PlaceVerdict verdict;
  verdict.keep = false;
  verdict.dropped_by = std::move(by);
  return verdict;
}

}  // namespace

PlaceVerdict Verifier::Judge(const Detection& detection,
                             std::string_view secret, std::string_view path,
                             std::string_view commit) const {
  const PreparedRule& rule = impl_->rules[detection.rule];
  if (!rule.path.empty() && !rule.path.Search(path)) {
    return Dropped("path of rule " + rule.rule->id);
  }
  int split = 0;
  for (const CompiledAllowlist* list : rule.allowlists) {
    if (!list->has_place()) {
      continue;
    }
    bool content = true;
    if (list->require_all() && list->has_content()) {
      const int number = split++;
      content = number < kMaxSplitAllowlists
                    ? (detection.marks & (kMarkAllowed << number)) != 0
                    : list->target() == Allowlist::Target::kSecret &&
                          list->ContentHolds(secret, secret);
    }
    if (content && list->PlaceHolds(path, commit)) {
      return Dropped(list->Name());
    }
  }
  PlaceVerdict verdict;
  verdict.severity = detection.severity;
  if (IsAwsKey(*rule.rule) && (detection.marks & kMarkSample) == 0 &&
      IsAwsRootKeyFile(path)) {
    verdict.severity = Severity::kCritical;
  } else if (IsFixturePath(path) && verdict.severity != Severity::kLow) {
    verdict.severity =
        static_cast<Severity>(static_cast<int>(verdict.severity) - 1);
  }
  return verdict;
}

}  // namespace keysift
