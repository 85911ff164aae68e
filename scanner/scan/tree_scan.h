// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/copy_run.h"
#include "base/result.h"
#include "git/object_store.h"
#include "scan/object_marks.h"
#include "scan/pack_facts.h"

namespace keysift {

// That a name came into or went out of a tree, compared with the tree's delta
// base (a tree that was read in full: everything came in).
struct TreeEvent {
  uint32_t child = 0;  // what the name stands for
  uint32_t tree = 0;   // where it happened
  uint32_t name = 0;   // in the worker's NameTable
  int32_t change = 0;  // +1 or -1
};

// Strings by small numbers, each once. Not thread-safe.
class NameTable {
 public:
  uint32_t Number(std::string_view name);
  const std::string& name(uint32_t number) const { return *names_[number]; }
  size_t size() const { return names_.size(); }

 private:
  std::unordered_map<std::string, uint32_t> numbers_;
  std::vector<const std::string*> names_;
};

// What is known of a tree, for the trees that are deltas of it: where its
// entries begin, and what they stand for. Reused.
struct ReadTree {
  struct Entry {
    uint32_t offset = 0;
    uint32_t child = 0;  // object number; kGitlink for submodules
    uint32_t name = 0;   // only if the entry is recorded
    bool recorded = false;
  };
  static constexpr uint32_t kGitlink = UINT32_MAX;

  std::vector<Entry> entries;
  bool damaged = false;  // entries end where it stopped to parse
};

// Reads trees, what is new in each: marks every object that an entry names, and
// records what the provenance of targets needs. One per thread.
class TreeScan {
 public:
  // Records events of subdirectories and of targets if `record`.
  TreeScan(ObjectMarks* marks, bool record) : marks_(marks), record_(record) {}

  // From now on what trees name is added to `links` too, unless it is null.
  void set_links(PackLinks* links) { links_ = links; }

  // Reads tree number `tree` in full into `*out`. False if it is damaged.
  bool ReadWhole(std::string_view bytes, uint32_t tree, ReadTree* out);
  // The same for a tree that is `map` of a base that was read into `base`.
  bool ReadDelta(std::string_view bytes, const CopyMap& map,
                 const ReadTree& base, uint32_t tree, ReadTree* out);

  const std::vector<TreeEvent>& events() const { return events_; }
  const NameTable& names() const { return names_; }
  // The names that were new in some tree, each followed by a newline, since
  // the last ClearNames(); `starts` says where each begins, and in which tree.
  struct NewName {
    uint64_t begin = 0;
    uint32_t tree = 0;
  };
  std::string_view new_names() const { return new_names_; }
  const std::vector<NewName>& new_name_starts() const { return starts_; }
  void ClearNames();
  uint64_t entries_read() const { return entries_read_; }
  // Whether an entry was the commit of a submodule.
  bool saw_gitlink() const { return saw_gitlink_; }

 private:
  // A stretch of a base's entries that came over as it is.
  struct Carried {
    uint32_t begin = 0;
    uint32_t end = 0;
  };

  bool ParseEntry(std::string_view bytes, uint64_t* at, uint32_t tree,
                  ReadTree* out);
  bool ParseUpTo(std::string_view bytes, uint64_t limit, uint64_t* at,
                 uint32_t tree, ReadTree* out);
  void CarryFrom(uint32_t first, const CopyRun& run, const CopyMap& map,
                 const ReadTree& base, uint64_t* at, ReadTree* out);
  void ResolveNew(uint32_t tree, ReadTree* out);
  void RecordChanges(const ReadTree& base, uint32_t tree);
  void Record(const ReadTree::Entry& entry, uint32_t tree, int32_t change) {
    events_.push_back({entry.child, tree, entry.name, change});
  }

  // An entry that was just parsed: its id is looked up with those of the whole
  // tree, since single look-ups would wait for memory one by one.
  struct NewEntry {
    uint32_t index = 0;  // in ReadTree::entries
    bool is_tree = false;
    std::string_view raw_id;
    std::string_view name;
  };

  ObjectMarks* marks_;
  bool record_;
  PackLinks* links_ = nullptr;
  std::vector<NewEntry> new_entries_;
  std::vector<TreeEvent> events_;
  NameTable names_;
  std::string new_names_;
  std::vector<NewName> starts_;
  std::vector<Carried> carried_;
  uint64_t entries_read_ = 0;
  bool saw_gitlink_ = false;
};

}  // namespace keysift
