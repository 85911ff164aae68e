// SPDX-License-Identifier: Apache-2.0
#include "git/object_id.h"

#include <doctest/doctest.h>

namespace keysift {

TEST_CASE("an id goes to hex and back, of either case") {
  std::string hex = "0123456789abcdef0123456789abcdef01234567";
  std::optional<ObjectId> id = ObjectId::FromHex(hex);
  REQUIRE(id);
  CHECK(id->ToHex() == hex);
  CHECK(ObjectId::FromHex("0123456789ABCDEF0123456789ABCDEF01234567") == *id);
}

TEST_CASE("other lengths and other letters are no id") {
  std::string hex(40, 'a');
  CHECK(ObjectId::FromHex(hex));
  CHECK_FALSE(ObjectId::FromHex(hex + "a"));
  CHECK_FALSE(ObjectId::FromHex(hex.substr(1)));
  CHECK_FALSE(ObjectId::FromHex(""));
  hex[39] = 'g';
  CHECK_FALSE(ObjectId::FromHex(hex));
}

TEST_CASE("the names of types go both ways") {
  for (ObjectType type : {ObjectType::kCommit, ObjectType::kTree,
                          ObjectType::kBlob, ObjectType::kTag}) {
    CHECK(ParseObjectType(ObjectTypeName(type)) == type);
  }
  CHECK_FALSE(ParseObjectType("delta"));
  CHECK_FALSE(ParseObjectType(""));
}

}  // namespace keysift
