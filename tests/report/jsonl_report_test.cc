// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "support/sample_report.h"
#include "support/written_report.h"

namespace keysift {

TEST_CASE("each line is a value of its own, the same as in the json report") {
  using Json = nlohmann::json;
  const Json whole = Json::parse(WrittenAs("json", SampleReport()));
  std::istringstream lines(WrittenAs("jsonl", SampleReport()));
  std::string line;
  REQUIRE(std::getline(lines, line));
  const Json head = Json::parse(line);
  CHECK(head["type"] == "scan");
  CHECK(head["coverage"] == whole["coverage"]);
  for (const char* kind : {"finding", "gap"}) {
    for (const Json& one : whole[std::string(kind) + "s"]) {
      REQUIRE(std::getline(lines, line));
      const Json value = Json::parse(line);
      CHECK(value["type"] == kind);
      CHECK(value[kind] == one);
    }
  }
  CHECK_FALSE(std::getline(lines, line));
}

}  // namespace keysift
