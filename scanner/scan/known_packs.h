// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "git/pack_file.h"
#include "git/same_entries.h"
#include "scan/pack_notes.h"
#include "store/bulk_store.h"

namespace keysift {

// Notes on packs that earlier scans left in a store, for one scan of one
// repository. A pack is known if it is a file that was read then (the same
// inode, size and time of change), or if its bytes and its index's are those of
// such a file, or if all objects of such a file are in it, packed the same way
// (git/same_entries.h): they are compared, since what a pack says of itself
// proves nothing. All threads of the scan may call it; the store is shared with
// other scans under `guard`, and both must outlive it.
class KnownPacks {
 public:
  // Objects over `max_object_size` are not read (ScanOptions::max_file_size).
  // A large pack is compared on up to `threads` threads.
  KnownPacks(const BulkStore* store, std::mutex* guard, std::string engine,
             uint64_t max_object_size = UINT64_MAX, unsigned threads = 1)
      : store_(store),
        guard_(guard),
        engine_(std::move(engine)),
        max_object_size_(max_object_size),
        threads_(threads) {}

  // What is known of a pack: notes, and which of its objects they leave out.
  struct Known {
    PackNotes notes;
    std::vector<SameEntries::Other> others;
  };
  // Whether there are notes on a pack: Take hands them out, once.
  bool Find(const PackFile& pack);
  std::optional<Known> Take(const PackFile& pack);
  // Bytes of the packs that are known: nothing of them is read for findings.
  uint64_t bytes() const { return bytes_; }
  // Notes for the next scan, to be put into the store with the report.
  void Keep(const PackFile& pack, const PackNotes& notes);
  const std::vector<ShelvedPack>& kept() const { return kept_; }

  // Whether a file is still as it was read.
  static bool IsThere(const ShelvedFile& file);

 private:
  std::string KeyOf(const PackFile& pack) const;
  std::optional<FoundNotes> Read(const std::string& key) const;
  std::optional<Known> FindExact(const PackFile& pack);
  std::optional<Known> FindAlike(const PackFile& pack) const;

  const BulkStore* store_;
  std::mutex* guard_;
  std::string engine_;
  uint64_t max_object_size_;
  unsigned threads_;
  std::mutex mutex_;                    // guards what follows
  std::map<std::string, Known> found_;  // by the pack's path
  std::vector<ShelvedPack> kept_;
  uint64_t bytes_ = 0;
};

}  // namespace keysift
