// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "base/buffer.h"
#include "base/inflate.h"
#include "base/result.h"
#include "git/object_id.h"
#include "git/object_store.h"

namespace keysift {

// Reads single objects of a store, wherever they lie. One per thread; the
// store must outlive it.
class ObjectReader {
 public:
  // Without a store (null) only ReadClosed works.
  ObjectReader(const ObjectStore* store, uint64_t max_object_size)
      : store_(store), max_object_size_(max_object_size) {}

  // The object of that number into `content`, replaced. Its id is checked only
  // if it is loose.
  Result<ObjectType> Read(uint32_t number, Buffer* content);
  // kNotFound if there is none of that id.
  Result<ObjectType> Read(const ObjectId& id, Buffer* content);
  // The object at a row of any pack, which may be closed, if all its bases are
  // in that pack.
  Result<ObjectType> ReadClosed(const PackFile& pack, uint32_t row,
                                Buffer* content);

 private:
  Result<ObjectType> ReadNumber(uint32_t number, int depth, Buffer* content);
  Result<ObjectType> ReadPacked(const PackFile& pack, uint32_t entry, int depth,
                                Buffer* content);
  // An entry of a pack whose entries are not listed.
  struct ClosedEntry {
    uint64_t begin = 0;  // of the zlib stream
    uint64_t size = 0;   // unpacked
  };
  template <class Entry>
  Result<void> ApplyChain(const PackFile& pack, const std::vector<Entry>& chain,
                          Buffer* content);
  static ObjectType ListChain(const PackFile& pack, uint32_t row,
                              std::vector<ClosedEntry>* chain);
  Result<void> Inflate(const PackFile& pack, const ClosedEntry& entry,
                       Buffer* bytes);
  Result<ObjectType> ReadLoose(const ObjectStore::Loose& loose,
                               Buffer* content);
  Result<void> Inflate(const PackFile& pack, uint32_t entry, Buffer* bytes);

  const ObjectStore* store_;
  uint64_t max_object_size_;
  Inflater inflater_;
};

}  // namespace keysift
