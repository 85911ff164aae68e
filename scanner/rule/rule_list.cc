// SPDX-License-Identifier: Apache-2.0
#include "rule/rule_list.h"

namespace keysift {

RuleList::RuleList(std::vector<Encoded> encoded, Decode decode)
    : lazy_(new Lazy{{}, decode, LazyArray<Rule>(encoded.size())}) {
  lazy_->encoded = std::move(encoded);
}

RuleList::RuleList(const RuleList& other)
    : rules_(other.begin(), other.end()) {}

RuleList& RuleList::operator=(const RuleList& other) {
  return *this = RuleList(other);
}

RuleList::RuleList(RuleList&&) noexcept = default;
RuleList& RuleList::operator=(RuleList&&) noexcept = default;
RuleList::~RuleList() = default;

size_t RuleList::size() const {
  return lazy_ == nullptr ? rules_.size() : lazy_->encoded.size();
}

std::string_view RuleList::IdOf(size_t number) const {
  return lazy_ == nullptr ? std::string_view(rules_[number].id)
                          : lazy_->encoded[number].id;
}

const Rule& RuleList::DecodeOne(size_t number) const {
  return lazy_->decoded.Get(
      number, [&] { return lazy_->decode(lazy_->encoded[number]); });
}

std::vector<Rule>& RuleList::All() {
  if (lazy_ != nullptr) {
    *this = RuleList(std::as_const(*this));
  }
  return rules_;
}

int RuleSet::Find(std::string_view id) const {
  for (size_t i = 0; i < rules.size(); ++i) {
    if (rules.IdOf(i) == id) {
      return static_cast<int>(i);
    }
  }
  return -1;
}

}  // namespace keysift
