// SPDX-License-Identifier: Apache-2.0
#include "cli/nearest.h"

#include <doctest/doctest.h>

namespace keysift {
namespace {

TEST_CASE("edits are counted, a swap of neighbours as one") {
  CHECK(EditDistance("", "") == 0);
  CHECK(EditDistance("scan", "scan") == 0);
  CHECK(EditDistance("", "scan") == 4);
  CHECK(EditDistance("scna", "scan") == 1);
  CHECK(EditDistance("kitten", "sitting") == 3);
}

TEST_CASE("the nearest word is near, or none") {
  const std::vector<std::string> words = {"--format", "--output", "--only"};
  CHECK(Nearest("--formt", words) == "--format");
  CHECK(Nearest("--out", words) == "--output");
  CHECK(Nearest("--colour-scheme", words).empty());
  CHECK(Nearest("x", {}).empty());
}

}  // namespace
}  // namespace keysift
