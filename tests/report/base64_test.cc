// SPDX-License-Identifier: Apache-2.0
#include "report/base64.h"

#include <doctest/doctest.h>

namespace keysift {

TEST_CASE("the vectors of RFC 4648 hold both ways") {
  const std::pair<const char*, const char*> cases[] = {{"", ""},
                                                       {"f", "Zg=="},
                                                       {"fo", "Zm8="},
                                                       {"foo", "Zm9v"},
                                                       {"foob", "Zm9vYg=="},
                                                       {"fooba", "Zm9vYmE="},
                                                       {"foobar", "Zm9vYmFy"},
                                                       {"\xff\xfe", "//4="}};
  for (const auto& [bytes, text] : cases) {
    CHECK(Base64(bytes) == text);
    CHECK(FromBase64(text) == std::string(bytes));
  }
  CHECK_FALSE(FromBase64("Zg"));
  CHECK_FALSE(FromBase64("Zg=a"));
  CHECK_FALSE(FromBase64("Z\n=="));
}

}  // namespace keysift
