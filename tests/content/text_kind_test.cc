// SPDX-License-Identifier: Apache-2.0
#include "content/text_kind.h"

#include <doctest/doctest.h>

#include <string>

namespace keysift {
namespace {

std::string Widen(std::string_view text, bool big) {
  std::string wide;
  for (char c : text) {
    wide += big ? std::string{'\0', c} : std::string{c, '\0'};
  }
  return wide;
}

TEST_CASE("text without zeros is text, whatever its bytes") {
  CHECK(ClassifyText("caf\xe9") == TextKind::kText);
  CHECK(ClassifyText("") == TextKind::kText);
}

TEST_CASE("a zero byte early means binary, a late one does not") {
  CHECK(ClassifyText(std::string("PK\0\3", 4)) == TextKind::kBinary);
  CHECK(ClassifyText(std::string(kLookedAt, 'a') + '\0') == TextKind::kText);
}

TEST_CASE("UTF-16 is recognised by its mark or its zeros") {
  CHECK(ClassifyText("\xff\xfe" + Widen("a", false)) == TextKind::kUtf16Little);
  CHECK(ClassifyText("\xfe\xff" + Widen("a", true)) == TextKind::kUtf16Big);
  const std::string line = "password = something";
  CHECK(ClassifyText(Widen(line, false)) == TextKind::kUtf16Little);
  CHECK(ClassifyText(Widen(line, true)) == TextKind::kUtf16Big);
}

}  // namespace
}  // namespace keysift
