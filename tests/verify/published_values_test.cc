// SPDX-License-Identifier: Apache-2.0
#include "verify/published_values.h"

#include <doctest/doctest.h>

#include <string>

namespace keysift {
namespace {

// Each in two parts, for other scanners.
TEST_CASE("what documentation prints is known, one byte off it is not") {
  const std::string telegram =
      std::string("110201543:AAHdqTcvCH1v") + "GWJxfSe1ofSAs0K5PALDsaw";
  const std::string hardhat = std::string("ac0974bec39a17e36ba4a6b4d238ff94") +
                              "4bacb478cbed5efcae784d7bf4f2ff80";
  for (const std::string& value : {telegram, hardhat, "0x" + hardhat}) {
    CAPTURE(value);
    CHECK(IsPublishedValue(value));
    CHECK_FALSE(IsPublishedValue(value + "0"));
    CHECK_FALSE(IsPublishedValue(value.substr(1) + "x"));
  }
  CHECK_FALSE(IsPublishedValue(""));
}

}  // namespace
}  // namespace keysift
