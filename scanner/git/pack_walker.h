// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "base/buffer.h"
#include "base/copy_run.h"
#include "base/inflate.h"
#include "base/result.h"
#include "git/pack_file.h"
#include "git/pack_forest.h"

namespace keysift {

// One object on a walk. Views hold during the visit only.
struct WalkedObject {
  uint32_t entry = 0;
  ObjectType type = ObjectType::kNone;
  std::string_view content;
  // Where the visitor may keep what it knows of this object for its children:
  // a small number, this object's own until its last child has been visited.
  uint32_t slot = 0;
  bool has_children = false;
  // How it came from its base; null if it was stored whole (or the base is
  // foreign, and unknown to the visitor).
  const CopyMap* map = nullptr;
  std::string_view base_content;  // valid iff map
  uint32_t base_slot = 0;
};

// What a walk tells. Called on the walking thread.
class ObjectVisitor {
 public:
  virtual ~ObjectVisitor() = default;
  virtual void Visit(const WalkedObject& object) = 0;
  // An object that cannot be had: itself damaged, or something below it is.
  virtual void Lost(uint32_t entry, const Error& error) = 0;
  // Bytes between an entry, which was visited, and the next: the pack holds
  // what its index leaves out. Whoever does not tell the two apart takes it as
  // Lost.
  virtual void Unlisted(uint32_t entry, const Error& error) {
    Lost(entry, error);
  }
};

// Reads the object of an id into a buffer, from wherever it is.
using FetchObject = std::function<Result<ObjectType>(const ObjectId&, Buffer*)>;

// Rebuilds the objects of delta trees, one after the other, each once. One per
// thread; keeps its buffers from walk to walk. The pack and forest given to
// Walk must outlive the call.
class PackWalker {
 public:
  struct Limits {
    uint64_t max_object_size = UINT64_MAX;  // bytes; over it an object is lost
    // Bytes of rebuilt objects to hold; beyond it bases are given up and built
    // again when they are needed.
    uint64_t memory = 48u << 20;
  };

  PackWalker(Limits limits, FetchObject fetch_foreign_base);

  // Visits every object of the tree, bases before their deltas.
  void Walk(const PackFile& pack, const PackForest& forest,
            const PackForest::Tree& tree, ObjectVisitor* visitor);

 private:
  struct Frame {
    uint32_t entry = 0;
    uint32_t slot = 0;
    bool lost = false;
  };

  Result<void> ReadWhole(uint32_t entry, Buffer* content);
  Result<void> ReadDelta(uint32_t entry, std::string_view base, Buffer* content,
                         std::vector<CopyRun>* runs);
  Result<void> Inflate(uint32_t entry, Buffer* bytes);
  Result<void> ReadForeign(uint32_t entry, Buffer* content);
  Result<std::string_view> ContentOf(size_t depth);
  Result<void> Build(uint32_t entry, Buffer* content, CopyMap* map);
  uint32_t AcquireSlot();
  void Pop();
  void KeepToBudget();
  void VisitEntry(uint32_t entry, bool has_children, ObjectVisitor* visitor);

  Limits limits_;
  FetchObject fetch_;
  Inflater inflater_;
  const PackFile* pack_ = nullptr;
  ObjectType type_ = ObjectType::kNone;  // of all objects of the tree
  std::vector<Frame> stack_;
  std::vector<Buffer> contents_;  // by slot; capacity 0: given up
  std::vector<uint32_t> free_slots_;
  Buffer delta_;
  std::vector<CopyRun> runs_;
  std::vector<CopyRun> rebuilt_runs_;
  bool unlisted_ = false;  // bytes follow the entry that was read last
};

}  // namespace keysift
