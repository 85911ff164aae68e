// SPDX-License-Identifier: Apache-2.0
#include "rule/lint.h"

#include <algorithm>
#include <string>
#include <vector>

#include "rule/regex_match.h"
#include "rule/regex_sample.h"
#include "rule/regex_syntax.h"

namespace keysift {
namespace {

constexpr size_t kLeastExamples = 2;
// A match of every start is tried at every place: samples are few and longer
// ones left out, since this is part of every build.
constexpr int kSamples = 8;
constexpr size_t kLongestSample = 300;

void AddError(const WrittenRule& written, std::string_view key,
              std::string message, Problems* problems) {
  problems->errors.push_back(Error{ErrorKind::kUsage,
                                   "`" + std::string(key) + "`: rule \"" +
                                       written.rule.id + "\": " + message,
                                   written.Where(key)});
}

// A text for a message: one line, printable, not too long.
std::string Excerpt(std::string_view text) {
  constexpr size_t kLongest = 160;
  std::string excerpt;
  for (char byte : text.substr(0, kLongest)) {
    excerpt.push_back(' ' <= byte && byte <= '~' ? byte : '?');
  }
  return "'" + excerpt + (text.size() > kLongest ? "…'" : "'");
}

void CheckExamples(const WrittenRule& written, Problems* problems) {
  const Rule& rule = written.rule;
  if (rule.report && rule.examples.size() < kLeastExamples) {
    AddError(written, "examples",
             "needs at least 2 texts in which it finds a secret", problems);
  }
  if (rule.report && rule.negative_examples.size() < kLeastExamples) {
    AddError(written, "negative_examples",
             "needs at least 2 near misses, each breaking one element of the "
             "format",
             problems);
  }
  for (const std::string& example : rule.examples) {
    if (std::count(rule.negative_examples.begin(), rule.negative_examples.end(),
                   example) > 0) {
      AddError(written, "negative_examples",
               "holds one of the examples; break one element of the format",
               problems);
    }
    if (std::count(rule.examples.begin(), rule.examples.end(), example) > 1) {
      AddError(written, "examples",
               "the same text twice; write another with random bytes",
               problems);
      break;
    }
  }
}

// One match of `full` from `start` that lacks a hit within reach, if any.
bool HasMissedMatch(const Rule& rule, const RegexNode& full,
                    std::string_view text, size_t start,
                    const Positions& hits) {
  Positions ends = MatchEndsFrom(full, text, start);
  size_t first = text.size() + 1;
  for (size_t e = start + 1; e <= text.size() && e <= start + rule.reach_before;
       ++e) {
    if (hits[e]) {
      first = e;
      break;
    }
  }
  // The earliest hit serves every longer match, but for a stated reach_after.
  for (size_t t = start; t <= text.size(); ++t) {
    if (ends[t] && t < first) {
      return true;
    }
  }
  return false;
}

// Whether each match in `text` that starts at one of `starts` holds a hit.
bool Misses(const Rule& rule, const RegexNode& full,
            const std::vector<RegexNode>& forms, std::string_view text) {
  Positions hits(text.size() + 1);
  for (const RegexNode& form : forms) {
    Positions ends = AllMatchEnds(form, text);
    for (size_t i = 0; i < ends.size(); ++i) {
      hits[i] = hits[i] || ends[i];
    }
  }
  for (size_t start = 0; start < text.size(); ++start) {
    if (HasMissedMatch(rule, full, text, start, hits)) {
      return true;
    }
  }
  return false;
}

// Tries a `hit` that the author wrote.
void CheckHit(const WrittenRule& written, Problems* problems) {
  const Rule& rule = written.rule;
  Result<Regex> full = ParseRegex(rule.regex);
  std::vector<RegexNode> forms;
  for (const std::string& hit : rule.hits) {
    Result<Regex> form = ParseRegex(hit);
    if (form) {
      forms.push_back(std::move(form->root));
    }
  }
  if (!full) {
    return;
  }
  for (const std::string& example : rule.examples) {
    if (example.size() <= kLongestSample &&
        Misses(rule, full->root, forms, example)) {
      AddError(written, "hit",
               "does not hit in example " + Excerpt(example) +
                   "; write one that every match of `regex` holds",
               problems);
      return;
    }
  }
  RegexSampler sampler(1);
  for (int i = 0; i < kSamples; ++i) {
    std::string sample = sampler.Sample(full->root);
    if (sample.size() <= kLongestSample &&
        Misses(rule, full->root, forms, " " + sample + "\n")) {
      AddError(written, "hit",
               "does not hit in " + Excerpt(sample) +
                   ", which `regex` matches; write one that every match holds",
               problems);
      return;
    }
  }
}

void CheckNames(const WrittenRule& written, const IsCheckName& is_check,
                Problems* problems) {
  if (is_check == nullptr) {
    return;
  }
  for (const std::string& check : written.rule.checks) {
    if (!is_check(check)) {
      AddError(
          written, "checks",
          "no check \"" + check + "\"; scanner/verify/checks.cc lists them",
          problems);
    }
  }
}

}  // namespace

Problems LintRuleFile(const RuleFile& file, const IsCheckName& is_check) {
  Problems problems = file.problems;
  if (problems.errors.empty() && file.rules.empty() &&
      file.allowlists.empty() && file.extend.where.empty()) {
    problems.errors.push_back(Error{ErrorKind::kUsage,
                                    "no rules at all; write [[rules]]",
                                    file.name + ":1:1"});
  }
  for (const WrittenRule& written : file.rules) {
    if (file.dialect == RuleDialect::kKeysift) {
      CheckExamples(written, &problems);
    }
    if (written.Wrote("hit")) {
      CheckHit(written, &problems);
    }
    CheckNames(written, is_check, &problems);
  }
  return problems;
}

}  // namespace keysift
