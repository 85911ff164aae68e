// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/lazy_array.h"
#include "rule/rule.h"

namespace keysift {

// Rules by number, like a vector of them. Those that are built in stay encoded,
// and each is decoded when it is first looked at: of 600, a scan of a few files
// looks at a handful, and decoding all took it a third of its time. A copy, and
// whatever may be changed, is decoded in full. Const methods are for all
// threads at once.
class RuleList {
 public:
  // A rule that is not decoded yet; the bytes outlive the list.
  struct Encoded {
    std::string_view id;
    std::string_view bytes;
  };
  using Decode = std::unique_ptr<const Rule> (*)(const Encoded&);

  class ConstIterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = Rule;
    using difference_type = std::ptrdiff_t;
    using pointer = const Rule*;
    using reference = const Rule&;

    ConstIterator() = default;
    ConstIterator(const RuleList* list, size_t at) : list_(list), at_(at) {}
    reference operator*() const { return (*list_)[at_]; }
    pointer operator->() const { return &(*list_)[at_]; }
    ConstIterator& operator++() {
      ++at_;
      return *this;
    }
    ConstIterator operator++(int) {
      const ConstIterator before = *this;
      ++at_;
      return before;
    }
    bool operator==(const ConstIterator& other) const {
      return at_ == other.at_;
    }

   private:
    const RuleList* list_ = nullptr;
    size_t at_ = 0;
  };
  using Iterator = std::vector<Rule>::iterator;

  RuleList() = default;
  RuleList(std::initializer_list<Rule> rules) : rules_(rules) {}
  RuleList(std::vector<Encoded> encoded, Decode decode);
  RuleList(const RuleList& other);
  RuleList& operator=(const RuleList& other);
  RuleList(RuleList&&) noexcept;
  RuleList& operator=(RuleList&&) noexcept;
  ~RuleList();

  size_t size() const;
  bool empty() const { return size() == 0; }
  const Rule& operator[](size_t number) const {
    return lazy_ == nullptr ? rules_[number] : DecodeOne(number);
  }
  const Rule& back() const { return (*this)[size() - 1]; }
  // The id alone, without decoding the rest.
  std::string_view IdOf(size_t number) const;
  ConstIterator begin() const { return {this, 0}; }
  ConstIterator end() const { return {this, size()}; }

  Rule& operator[](size_t number) { return All()[number]; }
  Rule& back() { return All().back(); }
  Iterator begin() { return All().begin(); }
  Iterator end() { return All().end(); }
  void push_back(Rule rule) { All().push_back(std::move(rule)); }
  void resize(size_t count) { All().resize(count); }
  void erase(Iterator rule) { rules_.erase(rule); }

 private:
  struct Lazy {
    std::vector<Encoded> encoded;
    Decode decode;
    LazyArray<Rule> decoded;
  };

  const Rule& DecodeOne(size_t number) const;
  std::vector<Rule>& All();

  std::vector<Rule> rules_;  // unless lazy_
  std::unique_ptr<Lazy> lazy_;
};

// All rules of a scan, in their order, with the allowlists that hold for each.
// A rule's number is its index here: Hit, Candidate and reports carry it.
// Immutable once built; shared by all threads.
struct RuleSet {
  RuleList rules;
  std::vector<Allowlist> allowlists;
  std::string hash;  // of everything that changes what is found; hex

  // The rule's number, or -1.
  int Find(std::string_view id) const;
};

}  // namespace keysift
