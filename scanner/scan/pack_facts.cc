// SPDX-License-Identifier: Apache-2.0
#include "scan/pack_facts.h"

#include <algorithm>
#include <iterator>

namespace keysift {
namespace {

void JoinBits(const std::vector<bool>& from, std::vector<bool>* to) {
  to->resize(std::max(from.size(), to->size()));
  for (size_t i = 0; i < from.size(); ++i) {
    (*to)[i] = (*to)[i] || from[i];
  }
}

template <class T>
void MoveTo(std::vector<T>* from, std::vector<T>* to) {
  std::move(from->begin(), from->end(), std::back_inserter(*to));
  from->clear();
}

}  // namespace

void PackLinks::Merge(const PackLinks& other) {
  inside_.resize(std::max(inside_.size(), other.inside_.size()));
  for (size_t i = 0; i < other.inside_.size(); ++i) {
    inside_[i] |= other.inside_[i];
  }
  for (const auto& [number, marks] : other.outside_) {
    outside_[number] |= marks;
  }
  submodules_ |= other.submodules_;
}

void PackFacts::Merge(PackFacts&& other) {
  texts.Merge(std::move(other.texts));
  names.Merge(std::move(other.names));
  named_by_texts.Merge(other.named_by_texts);
  named_by_trees.Merge(other.named_by_trees);
  MoveTo(&other.commits, &commits);
  MoveTo(&other.tags, &tags);
  MoveTo(&other.pointers, &pointers);
  MoveTo(&other.limits, &limits);
  MoveTo(&other.encrypted, &encrypted);
  MoveTo(&other.hashed, &hashed);
  JoinBits(other.is_tree, &is_tree);
  text_count += other.text_count;
  text_bytes += other.text_bytes;
  tree_count += other.tree_count;
  tree_bytes += other.tree_bytes;
  sound = sound && other.sound;
}

}  // namespace keysift
