// SPDX-License-Identifier: Apache-2.0
#include "scan/note_bytes.h"

#include <doctest/doctest.h>

namespace keysift {

TEST_CASE("parts of notes come back in the order they were written") {
  const ObjectId id = *ObjectId::FromHex(std::string(40, 'a'));
  const std::vector<bool> bits = {true,  false, false, true, true,
                                  false, true,  false, true};
  NoteWriter writer;
  writer.Number(0);
  writer.Number(UINT64_MAX);
  writer.Text("a text");
  writer.Bits(bits);
  writer.Marks({3, 1, 0, 2}, 2);
  writer.Bytes({7, 255});
  writer.Ids({id});
  writer.Rows({4, 2});
  const std::string bytes = writer.Finish();
  const std::optional<std::string_view> body = NoteReader::BodyOf(bytes);
  REQUIRE(body);
  NoteReader reader(*body);
  CHECK(reader.Number() == 0);
  CHECK(reader.Number() == UINT64_MAX);
  CHECK(reader.Text() == "a text");
  CHECK(reader.Bits(9) == bits);
  std::vector<uint8_t> marks = {4, 4, 4, 4};
  reader.Marks(2, &marks);
  CHECK(marks == std::vector<uint8_t>{6, 4, 4, 6});
  CHECK(reader.Bytes(2) == std::vector<uint8_t>{7, 255});
  CHECK(reader.Ids() == std::vector<ObjectId>{id});
  CHECK(reader.Rows(5) == std::vector<uint32_t>{4, 2});
  CHECK(reader.sound());
  CHECK(reader.AtEnd());
  CHECK(reader.Number() == 0);  // behind the end
  CHECK_FALSE(reader.sound());
}

TEST_CASE("after a failure all is empty") {
  NoteWriter writer;
  writer.Number(9);
  writer.Text("text");
  const std::string bytes = writer.Finish();
  CHECK_FALSE(NoteReader::BodyOf(bytes.substr(1)));
  NoteReader reader(*NoteReader::BodyOf(bytes));
  CHECK(reader.Below(9) == 0);
  CHECK_FALSE(reader.sound());
  CHECK(reader.Text().empty());
  CHECK(reader.Bits(8).empty());
  CHECK(reader.Ids().empty());
  CHECK(reader.Rows(9).empty());
}

}  // namespace keysift
