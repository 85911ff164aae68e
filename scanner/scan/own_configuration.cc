// SPDX-License-Identifier: Apache-2.0
#include "scan/own_configuration.h"

#include <algorithm>
#include <utility>

namespace keysift {
namespace {

// A list that holds at all of these holds everywhere.
constexpr std::string_view kAnyPaths[] = {"a", "Makefile", "src/main.c",
                                          "docs/x-1/Y 2.md", ".env"};

bool TakesEveryPath(const CompiledAllowlist& list) {
  return std::all_of(
      std::begin(kAnyPaths), std::end(kAnyPaths),
      [&list](std::string_view path) { return list.PlaceHolds(path, ""); });
}

bool HoldsEverywhere(const CompiledAllowlist& list, const Finding& finding) {
  return std::all_of(finding.locations.begin(), finding.locations.end(),
                     [&list](const Location& place) {
                       return list.PlaceHolds(place.path, place.commit);
                     });
}

}  // namespace

Result<OwnConfiguration> OwnConfiguration::Parse(std::string_view text,
                                                 const std::string& name) {
  auto file =
      std::make_unique<RuleFile>(ParseRuleFile(text, name, DialectOf(name)));
  if (!file->problems.errors.empty()) {
    return tl::unexpected<Error>(file->problems.errors.front());
  }
  OwnConfiguration own;
  own.where_ = name;
  own.file_ = std::move(file);
  own.Take("", own.file_->allowlists);
  for (const WrittenRule& written : own.file_->rules) {
    own.Take(written.rule.id, written.rule.allowlists);
  }
  if (own.by_content_ > 0) {
    own.notes_.push_back(
        std::to_string(own.by_content_) +
        (own.by_content_ == 1 ? " allowlist of " : " allowlists of ") + name +
        " look at what a secret or its line holds: they count with --config "
        "only");
  }
  return own;
}

void OwnConfiguration::Take(const std::string& rule_id,
                            const std::vector<Allowlist>& lists) {
  for (const Allowlist& list : lists) {
    CompiledAllowlist compiled(&list);
    if (compiled.has_content()) {
      ++by_content_;
    }
    // Of an "AND" all halves must hold, and the secret is not at hand here.
    if (!compiled.has_place() || (list.require_all && compiled.has_content())) {
      continue;
    }
    if (TakesEveryPath(compiled)) {
      notes_.push_back("an allowlist of " + where_ +
                       " takes every path: it is left out");
      continue;
    }
    entries_.push_back(Entry{rule_id, CompiledAllowlist(&list)});
  }
}

bool OwnConfiguration::Accepts(const Finding& finding,
                               std::string* reason) const {
  const std::vector<std::string>& disabled = file_->extend.disabled_rules;
  if (std::find(disabled.begin(), disabled.end(), finding.rule_id) !=
      disabled.end()) {
    *reason = "disabledRules";
    return true;
  }
  for (const Entry& entry : entries_) {
    const bool applies = entry.rule_id.empty()
                             ? entry.list.AppliesTo(finding.rule_id)
                             : entry.rule_id == finding.rule_id;
    if (applies && HoldsEverywhere(entry.list, finding)) {
      *reason = entry.list.Name();
      return true;
    }
  }
  return false;
}

}  // namespace keysift
