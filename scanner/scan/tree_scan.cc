// SPDX-License-Identifier: Apache-2.0
//
// Reading only what is new in each tree, exactly.
//
// Problem. To know that nothing is absent, every id that a tree names must be
// looked up; to know when a blob came and went, we must know which trees hold
// it. Most trees are deltas of another version of the same directory: git's own
// history has 81 MB of new tree bytes in gigabytes of trees.
//
// Idea. A tree's entries can only be told apart from the front: ids are any
// bytes. But parsing goes forward only and depends on nothing behind it. So if
// we arrive, inside a copied run, at a position where an entry of the base
// begins, all entries of that run that it holds whole are the base's, shifted.
// We parse inserts and the entry that each seam cuts, and carry the rest.
//
// Each tree keeps the list of where its entries begin and what they name (12
// bytes an entry, copied with the runs), so an object that a tree names was
// looked up when the entry was new and never again.
//
// For provenance we record changes against the delta base: which subdirectories
// and targets came in (+1) and went (-1). Summed over a tree and its bases they
// say how often it holds a name; scan/provenance.cc turns that around.
//
// Cost: new bytes plus 12 bytes a carried entry. Test:
// tests/scan/tree_scan_test.cc (random trees, deltas with cuts everywhere).
#include "scan/tree_scan.h"

#include <algorithm>

#include "git/tree.h"

namespace keysift {

uint32_t NameTable::Number(std::string_view name) {
  const auto [place, added] =
      numbers_.emplace(std::string(name), static_cast<uint32_t>(names_.size()));
  if (added) {
    names_.push_back(&place->first);
  }
  return place->second;
}

bool TreeScan::ReadWhole(std::string_view bytes, uint32_t tree, ReadTree* out) {
  out->entries.clear();
  uint64_t at = 0;
  out->damaged = !ParseUpTo(bytes, bytes.size(), &at, tree, out);
  ResolveNew(tree, out);
  return !out->damaged;
}

bool TreeScan::ReadDelta(std::string_view bytes, const CopyMap& map,
                         const ReadTree& base, uint32_t tree, ReadTree* out) {
  out->entries.clear();
  carried_.clear();
  uint64_t at = 0;
  bool sound = true;
  for (uint64_t i = 0; sound && i < map.count; ++i) {
    const CopyRun& run = map.runs[i];
    sound = ParseUpTo(bytes, run.begin, &at, tree, out);
    while (sound && at < run.end()) {
      const uint64_t base_at = at - run.begin + run.base_begin;
      const auto found =
          std::lower_bound(base.entries.begin(), base.entries.end(), base_at,
                           [](const ReadTree::Entry& entry, uint64_t offset) {
                             return entry.offset < offset;
                           });
      const bool in_step =
          found != base.entries.end() && found->offset == base_at;
      const uint64_t before = at;
      if (in_step) {
        CarryFrom(static_cast<uint32_t>(found - base.entries.begin()), run, map,
                  base, &at, out);
      }
      if (at == before) {
        sound = ParseEntry(bytes, &at, tree, out);
      }
    }
  }
  sound = sound && ParseUpTo(bytes, bytes.size(), &at, tree, out);
  ResolveNew(tree, out);
  if (record_) {
    RecordChanges(base, tree);
  }
  out->damaged = !sound;
  return sound;
}

bool TreeScan::ParseUpTo(std::string_view bytes, uint64_t limit, uint64_t* at,
                         uint32_t tree, ReadTree* out) {
  while (*at < limit) {
    if (!ParseEntry(bytes, at, tree, out)) {
      return false;
    }
  }
  return true;
}

bool TreeScan::ParseEntry(std::string_view bytes, uint64_t* at, uint32_t tree,
                          ReadTree* out) {
  TreeReader reader(bytes.substr(*at));
  TreeEntry parsed;
  Result<bool> next = reader.Next(&parsed);
  if (!next || !*next) {
    return false;
  }
  ReadTree::Entry entry;
  entry.offset = static_cast<uint32_t>(*at);
  entry.child = ReadTree::kGitlink;
  const EntryKind kind = parsed.kind();
  if (kind == EntryKind::kGitlink) {
    saw_gitlink_ = true;
    if (links_ != nullptr) {
      links_->AddSubmodule();
    }
  }
  if (kind != EntryKind::kGitlink) {
    marks_->store().PrefetchSlot(parsed.raw_id);
    new_entries_.push_back({static_cast<uint32_t>(out->entries.size()),
                            kind == EntryKind::kTree, parsed.raw_id,
                            parsed.name});
  }
  out->entries.push_back(entry);
  starts_.push_back({new_names_.size(), tree});
  new_names_.append(parsed.name);
  new_names_.push_back('\n');
  ++entries_read_;
  *at = static_cast<uint64_t>(parsed.raw_id.data() + parsed.raw_id.size() -
                              bytes.data());
  return true;
}

// Looks up what the new entries of a tree name, and records those that matter.
void TreeScan::ResolveNew(uint32_t tree, ReadTree* out) {
  for (const NewEntry& entry : new_entries_) {
    marks_->store().PrefetchId(entry.raw_id);
  }
  for (const NewEntry& added : new_entries_) {
    ReadTree::Entry& entry = out->entries[added.index];
    const uint8_t mark =
        added.is_tree ? ObjectMarks::kNamedTree : ObjectMarks::kNamedFile;
    entry.child = marks_->Name(added.raw_id, mark);
    if (links_ != nullptr) {
      links_->Add(entry.child, mark);
    }
    entry.recorded =
        record_ && (added.is_tree || marks_->IsTarget(entry.child));
    if (entry.recorded) {
      entry.name = names_.Number(added.name);
      Record(entry, tree, +1);
    }
  }
  new_entries_.clear();
}

// Takes over the base's entries from number `first` on that the run holds
// whole; `at` moves behind them.
void TreeScan::CarryFrom(uint32_t first, const CopyRun& run, const CopyMap& map,
                         const ReadTree& base, uint64_t* at, ReadTree* out) {
  const uint32_t count = static_cast<uint32_t>(base.entries.size());
  const uint32_t shift =
      static_cast<uint32_t>(run.begin) - static_cast<uint32_t>(run.base_begin);
  // Entry i is whole in the run if the next one begins no later than its end;
  // of the last one the end is only known in an undamaged base.
  const uint64_t limit = run.base_end();
  const auto past =
      std::upper_bound(base.entries.begin() + first, base.entries.end(), limit,
                       [](uint64_t offset, const ReadTree::Entry& entry) {
                         return offset < entry.offset;
                       });
  uint32_t end = static_cast<uint32_t>(past - base.entries.begin()) - 1;
  uint64_t end_offset = base.entries[end].offset;
  if (past == base.entries.end() && !base.damaged && limit == map.base_size) {
    end = count;
    end_offset = map.base_size;
  }
  if (end > first) {
    const size_t had = out->entries.size();
    out->entries.insert(out->entries.end(), base.entries.begin() + first,
                        base.entries.begin() + end);
    // Mostly an id gave way to another: then nothing moved.
    for (size_t i = had; shift != 0 && i < out->entries.size(); ++i) {
      out->entries[i].offset += shift;
    }
    carried_.push_back({first, end});
    *at = end_offset - run.base_begin + run.begin;
  }
}

// What became of the base's recorded entries: gone, or there more than once.
void TreeScan::RecordChanges(const ReadTree& base, uint32_t tree) {
  std::sort(
      carried_.begin(), carried_.end(),
      [](const Carried& a, const Carried& b) { return a.begin < b.begin; });
  uint32_t at = 0;
  auto record = [&](uint32_t begin, uint32_t end, int32_t change) {
    for (uint32_t i = begin; i < end; ++i) {
      if (base.entries[i].recorded) {
        Record(base.entries[i], tree, change);
      }
    }
  };
  for (const Carried& piece : carried_) {
    if (piece.begin > at) {
      record(at, piece.begin, -1);
    } else {
      record(piece.begin, std::min(at, piece.end), +1);
    }
    at = std::max(at, piece.end);
  }
  record(at, static_cast<uint32_t>(base.entries.size()), -1);
}

void TreeScan::ClearNames() {
  new_names_.clear();
  starts_.clear();
}

}  // namespace keysift
