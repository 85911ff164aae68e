// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

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
  ObjectReader(const ObjectStore* store, uint64_t max_object_size)
      : store_(store), max_object_size_(max_object_size) {}

  // The object of that number into `content`, replaced. Its id is checked only
  // if it is loose.
  Result<ObjectType> Read(uint32_t number, Buffer* content);
  // kNotFound if there is none of that id.
  Result<ObjectType> Read(const ObjectId& id, Buffer* content);

 private:
  Result<ObjectType> ReadNumber(uint32_t number, int depth, Buffer* content);
  Result<ObjectType> ReadPacked(const PackFile& pack, uint32_t entry, int depth,
                                Buffer* content);
  Result<ObjectType> ReadClosed(const PackFile& pack, uint32_t row,
                                Buffer* content);
  Result<ObjectType> ReadLoose(const ObjectStore::Loose& loose,
                               Buffer* content);
  Result<void> Inflate(const PackFile& pack, uint32_t entry, Buffer* bytes);

  const ObjectStore* store_;
  uint64_t max_object_size_;
  Inflater inflater_;
};

}  // namespace keysift
