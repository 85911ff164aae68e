// SPDX-License-Identifier: Apache-2.0
#include "source/ref_update.h"

#include <doctest/doctest.h>

namespace keysift {
namespace {

const std::string kOne(40, '1');
const std::string kTwo(40, '2');
const std::string kZero(40, '0');

}  // namespace

TEST_CASE("pre-receive's lines: new, moved and deleted refs") {
  const Result<std::vector<RefUpdate>> updates = ParseReceivedUpdates(
      kZero + " " + kOne + " refs/heads/new\n" + kOne + " " + kTwo +
      " refs/heads/moved\n" + kOne + " " + kZero + " refs/heads/gone\n");
  REQUIRE(updates);
  REQUIRE(updates->size() == 3);
  CHECK((*updates)[0].ref == "refs/heads/new");
  CHECK(!(*updates)[0].from);
  CHECK((*updates)[0].to->ToHex() == kOne);
  CHECK((*updates)[1].from->ToHex() == kOne);
  CHECK((*updates)[1].to->ToHex() == kTwo);
  CHECK(!(*updates)[2].to);
}

TEST_CASE("pre-push's lines name the remote's side") {
  const Result<std::vector<RefUpdate>> updates =
      ParsePushedUpdates("refs/heads/a " + kTwo + " refs/heads/b " + kOne +
                         "\n(delete) " + kZero + " refs/heads/c " + kOne);
  REQUIRE(updates);
  REQUIRE(updates->size() == 2);
  CHECK((*updates)[0].ref == "refs/heads/b");
  CHECK((*updates)[0].from->ToHex() == kOne);
  CHECK((*updates)[0].to->ToHex() == kTwo);
  CHECK((*updates)[1].ref == "refs/heads/c");
  CHECK(!(*updates)[1].to);
}

TEST_CASE("zeros are no id, in both lengths") {
  CHECK(!*ParseHookId(std::string(40, '0')));
  CHECK(!*ParseHookId(std::string(64, '0')));
  CHECK(!ParseHookId(std::string(41, '0')));
  CHECK(!ParseHookId(""));
  CHECK(ParseHookId(std::string(64, '1')).error().kind ==
        ErrorKind::kUnsupported);
  CHECK(ParseHookId("main").error().kind == ErrorKind::kUsage);
}

TEST_CASE("a line that is none fails: nothing unread may pass") {
  CHECK(ParseReceivedUpdates("")->empty());
  CHECK(!ParseReceivedUpdates("nonsense\n"));
  CHECK(!ParseReceivedUpdates(kOne + " " + kTwo + "\n"));
  CHECK(!ParseReceivedUpdates(kOne + " " + kTwo + " refs/heads/a b\n"));
  CHECK(!ParsePushedUpdates(kOne + " " + kTwo + " refs/heads/a\n"));
}

}  // namespace keysift
