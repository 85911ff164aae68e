// SPDX-License-Identifier: Apache-2.0
#include "scan/encrypted_texts.h"

#include <set>
#include <utility>

namespace keysift {

void EncryptedTexts::AddGap(std::vector<Gap>* gaps) const {
  if (texts_.empty()) {
    return;
  }
  std::set<std::string_view> ways;
  for (const auto& [name, how] : texts_) {
    ways.insert(how);
  }
  Gap gap;
  gap.kind = GapKind::kEncrypted;
  gap.what = std::to_string(texts_.size()) +
             (texts_.size() == 1 ? " encrypted file" : " encrypted files");
  gap.where = texts_.begin()->first + (texts_.size() == 1 ? "" : " and others");
  gap.detail = "what they hold can only be read with a key";
  for (const std::string_view way : ways) {
    gap.detail += way == *ways.begin() ? ": " : ", ";
    gap.detail += way;
  }
  gaps->push_back(std::move(gap));
}

}  // namespace keysift
