// SPDX-License-Identifier: Apache-2.0
#include "report/paragraph.h"

#include <doctest/doctest.h>

namespace keysift {

TEST_CASE("paragraphs break at spaces, indented below their head") {
  const std::string word(30, 'x');
  const std::string text = Concat({word, " ", word, " ", word});
  CHECK(Paragraph("  - ", text) ==
        Concat({"  - ", word, " ", word, "\n    ", word, "\n"}));
  CHECK(Paragraph("", "") == "\n");
  const std::string wide(100, 'y');
  CHECK(Paragraph("ab", Concat({"c ", wide, " d"})) ==
        Concat({"abc\n  ", wide, "\n  d\n"}));
}

TEST_CASE("width is counted in characters") {
  std::string text;
  for (int i = 0; i < 78; ++i) {
    text += "\xc3\xa9";
  }
  CHECK(Paragraph("", Concat({text, " x"})) == Concat({text, " x\n"}));
}

TEST_CASE("numbers are written for people") {
  CHECK(WithCommas(0) == "0");
  CHECK(WithCommas(999) == "999");
  CHECK(WithCommas(1234567) == "1,234,567");
  CHECK(Count(1, "ref", "refs") == "1 ref");
  CHECK(Count(1000, "ref", "refs") == "1,000 refs");
  CHECK(Size(999) == "999 bytes");
  CHECK(Size(1500) == "1.5 kB");
  CHECK(Size(999999) == "1.0 MB");
  CHECK(Size(UINT64_MAX) == "18446.7 PB");
}

TEST_CASE("a remediation falls into steps") {
  using Texts = std::vector<std::string>;
  CHECK(Steps("") == Texts{});
  CHECK(Steps("Just do it.") == Texts{"Just do it."});
  CHECK(Steps("1. One. 2. Two 2.5. 3. Three.") ==
        Texts{"One.", "Two 2.5.", "Three."});
  CHECK(Steps("Do\n\n- this\n* that\n   and more\n10. ten\n") ==
        Texts{"Do", "this", "that and more", "ten"});
}

TEST_CASE("clipping keeps characters whole") {
  CHECK(Clipped("ab\xc3\xa9", 4) == "ab\xc3\xa9");
  CHECK(Clipped("ab\xc3\xa9", 3) == "ab");
  CHECK(Clipped("abc", 0) == "");
}

}  // namespace keysift
