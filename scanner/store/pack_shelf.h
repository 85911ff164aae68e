// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/sqlite.h"

namespace keysift {

// A pack's file as some scan read it.
struct ShelvedFile {
  std::string path;
  std::string stamp;  // of pack and index; changes when they do
};

// Notes on a pack, under what tells packs and ways to scan apart.
struct ShelvedPack {
  std::string key;
  std::string engine;  // BulkEngine::hash, which is part of the key too
  std::string notes;   // empty: they are there already
  ShelvedFile file;
  // Some of what it holds: packs that share many of these share objects.
  std::vector<int64_t> sketch = {};
};

// The part of a bulk store that spares reading packs twice. Losing it loses
// time only. Tables `pack`, `pack_file` and `pack_sketch`, made where they are
// missing.
Result<void> CreatePackShelf(const Database& database);

// The notes under a key, and the files that they hold of. No notes if there are
// none.
struct FoundNotes {
  std::string notes;
  std::vector<ShelvedFile> files;
};
Result<std::optional<FoundNotes>> FindNotes(const Database& database,
                                            const std::string& key);

// The keys of the packs, at most `count`, that share most of a sketch.
Result<std::vector<std::string>> FindAlike(const Database& database,
                                           const std::string& engine,
                                           const std::vector<int64_t>& sketch,
                                           int64_t count);

// Within the caller's transaction.
Result<void> ShelvePack(const Database& database, const ShelvedPack& pack);

// Forgets notes of other engines, and those of which no file is left for which
// `is_there` holds. One transaction.
Result<void> TidyPackShelf(
    const Database& database, const std::string& engine,
    const std::function<bool(const ShelvedFile&)>& is_there);

}  // namespace keysift
