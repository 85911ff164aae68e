// SPDX-License-Identifier: Apache-2.0
//
// The walk over a delta tree: a stack of the bases that still have children to
// come. An object's last child takes its place on the stack, so a plain chain
// needs two buffers however long it is (git/pack_forest.cc orders children so
// that few bases wait). If those that wait outgrow the budget, the lowest are
// given up, and built again from the nearest ancestor when their turn comes:
// slower, never wrong. Test: tests/git/pack_walker_test.cc.
#include "git/pack_walker.h"

#include <utility>

#include "git/delta.h"

namespace keysift {

PackWalker::PackWalker(Limits limits, FetchObject fetch_foreign_base)
    : limits_(limits), fetch_(std::move(fetch_foreign_base)) {}

void PackWalker::Walk(const PackFile& pack, const PackForest& forest,
                      const PackForest::Tree& tree, ObjectVisitor* visitor) {
  pack_ = &pack;
  type_ = tree.type;
  const std::vector<uint32_t>& order = forest.order();
  for (uint32_t i = tree.begin; i < tree.end; ++i) {
    const uint32_t entry = order[i];
    const uint32_t base = pack.entries()[entry].base;
    while (!stack_.empty() && stack_.back().entry != base) {
      Pop();
    }
    const bool has_children =
        i + 1 < tree.end && pack.entries()[order[i + 1]].base == entry;
    VisitEntry(entry, has_children, visitor);
  }
  while (!stack_.empty()) {
    Pop();
  }
}

void PackWalker::VisitEntry(uint32_t entry, bool has_children,
                            ObjectVisitor* visitor) {
  const bool base_lost = !stack_.empty() && stack_.back().lost;
  Frame frame;
  frame.entry = entry;
  frame.slot = AcquireSlot();
  CopyMap map;
  Result<void> built;
  unlisted_ = false;
  if (base_lost) {
    built = Fail(ErrorKind::kDamaged, "the base of its delta is damaged");
  } else {
    built = Build(entry, &contents_[frame.slot], &map);
  }
  if (built) {
    WalkedObject object;
    object.entry = entry;
    object.type = type_;
    object.content = contents_[frame.slot].view();
    object.slot = frame.slot;
    object.has_children = has_children;
    if (!stack_.empty()) {
      object.map = &map;
      object.base_slot = stack_.back().slot;
      object.base_content = contents_[object.base_slot].view();
    }
    visitor->Visit(object);
    if (unlisted_) {
      visitor->Unlisted(
          entry, Error{ErrorKind::kDamaged,
                       "the pack holds bytes after it that its index leaves "
                       "out; run git index-pack",
                       ""});
    }
  } else {
    frame.lost = true;
    visitor->Lost(entry, built.error());
  }
  if (!stack_.empty() && pack_->entries()[entry].last_child) {
    Pop();  // no longer needed: its last child takes its place
  }
  if (has_children) {
    stack_.push_back(frame);
    KeepToBudget();
  } else {
    free_slots_.push_back(frame.slot);
  }
}

Result<void> PackWalker::Build(uint32_t entry, Buffer* content, CopyMap* map) {
  if (stack_.empty()) {
    return pack_->entries()[entry].base == PackEntry::kForeignBase
               ? ReadForeign(entry, content)
               : ReadWhole(entry, content);
  }
  Result<std::string_view> base = ContentOf(stack_.size() - 1);
  if (!base) {
    return tl::unexpected(std::move(base.error()));
  }
  Result<void> read = ReadDelta(entry, *base, content, &runs_);
  map->base_size = base->size();
  map->size = content->size();
  map->runs = runs_.data();
  map->count = runs_.size();
  return read;
}

Result<void> PackWalker::Inflate(uint32_t entry, Buffer* bytes) {
  const PackEntry& header = pack_->entries()[entry];
  const std::string_view packed = pack_->Packed(entry);
  if (!pack_->CrcMatches(entry)) {
    return Fail(ErrorKind::kDamaged,
                "its packed bytes do not match the index's checksum");
  }
  if (header.size > limits_.max_object_size) {
    return Fail(ErrorKind::kTooLarge, "object over the size limit");
  }
  if (!Inflater::IsPossible(packed.size(), header.size)) {
    return Fail(ErrorKind::kDamaged,
                "it claims a size that its packed bytes cannot hold");
  }
  Result<uint64_t> used =
      inflater_.Inflate(packed, pack_->BytesAfter(entry), header.size, bytes);
  if (!used) {
    return tl::unexpected(std::move(used.error()));
  }
  unlisted_ = *used != packed.size();
  return {};
}

Result<void> PackWalker::ReadWhole(uint32_t entry, Buffer* content) {
  return Inflate(entry, content);
}

Result<void> PackWalker::ReadDelta(uint32_t entry, std::string_view base,
                                   Buffer* content,
                                   std::vector<CopyRun>* runs) {
  Result<void> inflated = Inflate(entry, &delta_);
  if (!inflated) {
    return inflated;
  }
  return ApplyDelta(base, delta_.view(), limits_.max_object_size, content,
                    runs);
}

Result<void> PackWalker::ReadForeign(uint32_t entry, Buffer* content) {
  Buffer base;
  Result<ObjectType> type = fetch_(pack_->ForeignBase(entry), &base);
  if (!type) {
    return tl::unexpected(std::move(type.error()));
  }
  type_ = *type;
  return ReadDelta(entry, base.view(), content, &rebuilt_runs_);
}

// The bytes of the base at that depth of the stack, built again if they were
// given up.
Result<std::string_view> PackWalker::ContentOf(size_t depth) {
  size_t have = depth;
  while (contents_[stack_[have].slot].capacity() == 0 && have > 0) {
    --have;
  }
  // Links between frames may be missing from the stack (a last child took its
  // base's place), so walk the entries' own chain down to what we have.
  std::vector<uint32_t> chain;
  uint32_t at = stack_[depth].entry;
  while (true) {
    if (at == stack_[have].entry &&
        contents_[stack_[have].slot].capacity() != 0) {
      break;
    }
    chain.push_back(at);
    if (pack_->entries()[at].base >= PackEntry::kBroken) {
      break;  // the tree's root
    }
    at = pack_->entries()[at].base;
  }
  if (chain.empty()) {
    return contents_[stack_[depth].slot].view();
  }
  Buffer built;
  bool has_base = contents_[stack_[have].slot].capacity() != 0;
  for (size_t i = chain.size(); i-- > 0;) {
    const uint32_t entry = chain[i];
    Buffer next;
    Result<void> read;
    if (has_base || i + 1 < chain.size()) {
      const std::string_view base = i + 1 < chain.size()
                                        ? built.view()
                                        : contents_[stack_[have].slot].view();
      read = ReadDelta(entry, base, &next, &rebuilt_runs_);
    } else {
      read = pack_->entries()[entry].base == PackEntry::kForeignBase
                 ? ReadForeign(entry, &next)
                 : ReadWhole(entry, &next);
    }
    if (!read) {
      return tl::unexpected(std::move(read.error()));
    }
    built = std::move(next);
  }
  contents_[stack_[depth].slot] = std::move(built);
  return contents_[stack_[depth].slot].view();
}

uint32_t PackWalker::AcquireSlot() {
  if (free_slots_.empty()) {
    contents_.emplace_back();
    return static_cast<uint32_t>(contents_.size() - 1);
  }
  const uint32_t slot = free_slots_.back();
  free_slots_.pop_back();
  return slot;
}

void PackWalker::Pop() {
  free_slots_.push_back(stack_.back().slot);
  stack_.pop_back();
}

void PackWalker::KeepToBudget() {
  uint64_t held = 0;
  for (const Buffer& content : contents_) {
    held += content.capacity();
  }
  if (held <= limits_.memory) {
    return;
  }
  for (uint32_t slot : free_slots_) {
    held -= contents_[slot].capacity();
    contents_[slot].Free();
  }
  for (size_t i = 0; held > limits_.memory && i + 1 < stack_.size(); ++i) {
    held -= contents_[stack_[i].slot].capacity();
    contents_[stack_[i].slot].Free();
  }
}

}  // namespace keysift
