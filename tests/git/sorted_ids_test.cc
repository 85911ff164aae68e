// SPDX-License-Identifier: Apache-2.0
#include "git/sorted_ids.h"

#include <doctest/doctest.h>

#include "support/zlib_stream.h"

namespace keysift {

// The pack indexes' tests cover what their tables share; here the borders.

TEST_CASE("the first and the last row of the table are found") {
  std::string fanout;
  for (int first = 0; first < 256; ++first) {
    fanout += Big32(first < 255 ? 1 : 2);
  }
  std::string ids = std::string(20, '\0') + std::string(20, '\xff');
  Result<SortedIds> table = SortedIds::FromFanout(fanout);
  REQUIRE(table);
  table->PlaceIds(ids.data(), 20);
  CHECK(table->count() == 2);
  CHECK(table->Validate());
  CHECK(table->Find(ObjectId{}) == 0u);
  CHECK(table->Find(ObjectId::FromRaw(ids.substr(20))) == 1u);
}

TEST_CASE("a table without rows finds nothing, placed or not") {
  CHECK_FALSE(SortedIds().Find(ObjectId{}));
  CHECK(SortedIds().Validate());
}

TEST_CASE("a truncated fan-out table is damage") {
  CHECK_FALSE(SortedIds::FromFanout(std::string(1023, '\0')));
}

}  // namespace keysift
