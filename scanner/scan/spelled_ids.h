// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "git/object_id.h"

namespace keysift {

// Ids that texts spelled out and that were looked up: what was found depends on
// whether they are objects of the repository. Shared by all threads.
class SpelledIds {
 public:
  void Add(std::string_view hex) {
    const std::optional<ObjectId> id = ObjectId::FromHex(hex);
    if (id) {
      std::lock_guard<std::mutex> lock(mutex_);
      ids_.insert(*id);
    }
  }
  // Once all have been added; sorted.
  const std::set<ObjectId>& ids() const { return ids_; }

 private:
  std::mutex mutex_;  // guards ids_
  std::set<ObjectId> ids_;
};

}  // namespace keysift
