// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "finding/gap.h"

namespace keysift {

// The texts of a scan that are encrypted as a whole: they were read, and what
// they hold was not. Not thread-safe.
class EncryptedTexts {
 public:
  // `name` as reports show it; `how` from EncryptionOf(): empty does nothing.
  void Add(std::string name, std::string_view how) {
    if (!how.empty()) {
      texts_.emplace(std::move(name), how);
    }
  }
  void Merge(EncryptedTexts other) { texts_.merge(other.texts_); }

  // Adds the gap that stands for all of them, if there are any.
  void AddGap(std::vector<Gap>* gaps) const;

 private:
  std::map<std::string, std::string_view> texts_;  // and how each is encrypted
};

}  // namespace keysift
