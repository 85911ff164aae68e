// SPDX-License-Identifier: Apache-2.0
#include "verify/allowlist.h"

#include <algorithm>

#include "verify/text.h"

namespace keysift {
namespace {

bool AnyMatches(const std::deque<LazyRegex>& regexes, std::string_view bytes) {
  return std::any_of(
      regexes.begin(), regexes.end(),
      [bytes](const LazyRegex& regex) { return regex.Search(bytes); });
}

bool HoldsStopword(const std::vector<std::string>& words,
                   std::string_view secret) {
  if (words.empty()) {
    return false;
  }
  const std::string lower = ToLower(secret);
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return lower.find(word) != std::string::npos;
  });
}

}  // namespace

CompiledAllowlist::CompiledAllowlist(const Allowlist* list)
    : list_(list),
      has_content_(!list->regexes.empty() || !list->stopwords.empty()),
      has_place_(!list->paths.empty() || !list->commits.empty()) {
  for (const std::string& regex : list->regexes) {
    regexes_.emplace_back(regex);
  }
  for (const std::string& path : list->paths) {
    paths_.emplace_back(path);
  }
}

bool CompiledAllowlist::AppliesTo(const std::string& rule_id) const {
  const std::vector<std::string>& targets = list_->target_rules;
  return targets.empty() ||
         std::find(targets.begin(), targets.end(), rule_id) != targets.end();
}

bool CompiledAllowlist::ContentHolds(std::string_view target,
                                     std::string_view secret) const {
  const bool by_regex = AnyMatches(regexes_, target);
  const bool by_word = HoldsStopword(list_->stopwords, secret);
  if (!list_->require_all) {
    return by_regex || by_word;
  }
  return has_content_ && (regexes_.empty() || by_regex) &&
         (list_->stopwords.empty() || by_word);
}

bool CompiledAllowlist::PlaceHolds(std::string_view path,
                                   std::string_view commit) const {
  const bool by_path = AnyMatches(paths_, path);
  const bool by_commit =
      !commit.empty() &&
      std::any_of(list_->commits.begin(), list_->commits.end(),
                  [commit](const std::string& id) {
                    return ToLower(id) == ToLower(commit);
                  });
  if (!list_->require_all) {
    return by_path || by_commit;
  }
  return has_place_ && (paths_.empty() || by_path) &&
         (list_->commits.empty() || by_commit);
}

std::string CompiledAllowlist::Name() const {
  if (!list_->description.empty()) {
    return "allowlist \"" + list_->description + "\"";
  }
  return "allowlist";
}

}  // namespace keysift
