// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/buffer.h"
#include "base/inflate.h"
#include "base/mapped_file.h"
#include "base/result.h"
#include "git/object_id.h"
#include "git/pack_index.h"
#include "git/repository.h"

namespace keysift {

// Finds and reads a few objects of a repository by their ids, opening no more
// than these need: for a scan of what is staged, which must not pay for the
// table of all objects that an ObjectStore builds. One per thread.
class ObjectLookup {
 public:
  // Touches nothing before the first Read. Objects whose content is above
  // `max_object_size` bytes are kTooLarge.
  explicit ObjectLookup(const Repository& repository,
                        uint64_t max_object_size = UINT64_MAX);

  // The object into `content`, replaced; it was hashed and is the one asked
  // for. Fails with kNotFound if nothing holds it, kDamaged, kIo, kTooLarge or
  // kUnsupported.
  Result<ObjectType> Read(const ObjectId& id, Buffer* content);

  // Whether a loose file or a pack's index names it.
  bool Has(const ObjectId& id);

  // Object directories and packs that could not be opened, so far. If there
  // are any, an object that was not found may lie there.
  const std::vector<Error>& problems() const { return problems_; }

 private:
  struct Pack {
    std::string path;
    PackIndex index;
    MappedFile file;  // mapped when it is first read
  };
  // Where an entry of a pack is.
  struct Place {
    Pack* pack;
    uint64_t offset;
  };
  struct Entry;

  void AddDirectory(const std::string& path, const std::string& named_by,
                    int depth);
  void ListPacks(const std::string& directory);
  void OpenDirectories();
  void OpenPacks();
  std::string FindLoose(const ObjectId& id);
  std::optional<Place> FindPacked(const ObjectId& id);
  Result<ObjectType> ReadUnchecked(const ObjectId& id, Buffer* content);
  Result<ObjectType> ReadLoose(const std::string& path, Buffer* content);
  Result<ObjectType> ReadPacked(Place place, Buffer* content);
  Result<Entry> ReadEntry(Place place);
  Result<void> Inflate(const Entry& entry, Buffer* bytes);

  const std::string main_directory_;
  const std::vector<std::string> more_directories_;
  const uint64_t max_object_size_;
  bool directories_open_ = false;
  bool packs_open_ = false;
  std::vector<std::string> directories_;      // real paths, in git's order
  std::vector<std::unique_ptr<Pack>> packs_;  // the last hit first
  std::vector<Error> problems_;
  Inflater inflater_;
};

}  // namespace keysift
