// SPDX-License-Identifier: Apache-2.0
#include "verify/checks.h"

#include "verify/check_list.h"

namespace keysift {

const std::vector<Check>& AllChecks() {
  using Reach = Check::Reach;
  using Weight = Check::Weight;
  static const std::vector<Check> checks = {
      {"crc32-github", Weight::kProof, Reach::kLocal, CheckCrc32Github},
  };
  return checks;
}

const Check* FindCheck(std::string_view name) {
  for (const Check& check : AllChecks()) {
    if (name == check.name) {
      return &check;
    }
  }
  return nullptr;
}

}  // namespace keysift
