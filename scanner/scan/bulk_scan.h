// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "scan/scan.h"
#include "store/bulk_store.h"

namespace keysift {

struct BulkTarget {
  std::string name;  // as reports call it; each once
  std::string path;
};

struct BulkOptions {
  ScanOptions scan;  // of each repository; threads: of all together
  // Bytes for the process, however many repositories there are, with the packs
  // that it maps. A repository that needs more by itself is read alone, with as
  // few threads as it takes, and counted in BulkProgress::oversized.
  static constexpr uint64_t kLeastMemory = 192u << 20;
  uint64_t memory = uint64_t{2} << 30;  // kLeastMemory at least
  uint64_t shard = 0;                   // of `shards`: only its repositories
  uint64_t shards = 1;
  std::string note;  // what else tells one engine from another
};

// Written by the scan, read by anyone at any time.
struct BulkProgress {
  std::atomic<uint64_t> repositories = 0;  // of this shard
  std::atomic<uint64_t> done = 0;          // scanned, unchanged or failed
  std::atomic<uint64_t> unchanged = 0;
  std::atomic<uint64_t> failed = 0;
  std::atomic<uint64_t> oversized = 0;     // read over the memory budget
  std::atomic<uint64_t> largest_need = 0;  // of those; bytes
  std::atomic<uint64_t> objects = 0;
  std::atomic<uint64_t> bytes = 0;         // of content
  std::atomic<uint64_t> bytes_left = 0;    // of packs not begun yet
  std::atomic<uint64_t> bytes_packed = 0;  // of packs that are done
  // Set by a signal handler: what is under scan is dropped, what is in the
  // store stays.
  std::atomic<bool> cancelled = false;
};

// Scans repositories into a store, each as one transaction. Those whose state
// on disk is the one that the store knows, scanned with the same engine, are
// not opened. One that cannot be scanned is noted as failed and stops nothing.
// Fails only if the store cannot be written. May be cut off at any moment and
// run again.
Result<void> ScanIntoStore(const std::vector<BulkTarget>& targets,
                           const BulkOptions& options, const ScanEngine& engine,
                           BulkStore* store, BulkProgress* progress);

}  // namespace keysift
