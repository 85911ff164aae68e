// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <string>
#include <string_view>

#include "rule/rule.h"
#include "verify/lazy_regex.h"

namespace keysift {

// An Allowlist made ready. It has a content half (regexes, stopwords), decided
// at the bytes, and a place half (paths, commits), decided where path and
// commit are known. With "OR" each half drops alone; with "AND" every list that
// is not empty must hold. Immutable; shared by all threads.
class CompiledAllowlist {
 public:
  explicit CompiledAllowlist(const Allowlist* list);

  bool AppliesTo(const std::string& rule_id) const;
  bool has_content() const { return has_content_; }
  bool has_place() const { return has_place_; }
  bool require_all() const { return list_->require_all; }
  Allowlist::Target target() const { return list_->target; }

  // `target` is what regexes look at: the secret, the match or the line(s).
  bool ContentHolds(std::string_view target, std::string_view secret) const;
  bool PlaceHolds(std::string_view path, std::string_view commit) const;

  // For people: the description, or what kind of list it is.
  std::string Name() const;

 private:
  const Allowlist* list_;
  bool has_content_;
  bool has_place_;
  std::deque<LazyRegex> regexes_;
  std::deque<LazyRegex> paths_;
};

}  // namespace keysift
