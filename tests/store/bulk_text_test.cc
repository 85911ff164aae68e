// SPDX-License-Identifier: Apache-2.0
#include "store/bulk_text.h"

#include <doctest/doctest.h>

namespace keysift {
namespace {

TEST_CASE("places come back exactly, raw bytes too") {
  Location place;
  place.path = "a/\xff.env";
  place.kind = "blob";
  place.line = 3;
  place.column = 7;
  place.end_line = 3;
  place.end_column = 47;
  place.commit = std::string(40, 'a');
  place.blob = std::string(40, 'b');
  place.member = "in\xfe";
  place.decoding = {"base64", "hex"};
  const Result<std::vector<Location>> read =
      ReadPlaces(PlacesJson({place, Location()}));
  REQUIRE(read);
  REQUIRE(read->size() == 2);
  const Location& back = read->front();
  CHECK(back.path == place.path);
  CHECK(back.member == place.member);
  CHECK(back.decoding == place.decoding);
  CHECK(back.end_column == 47);
  CHECK(PlacesJson(*read) == PlacesJson({place, Location()}));
}

TEST_CASE("a finding's text holds the secret only if the user asked") {
  Finding finding;
  finding.description = "Token";
  finding.secret = {"ab********", 40, std::nullopt, "0123"};
  finding.details = {{"aws_account_id", "123456789012"}};
  CHECK(FindingTextJson(finding).find("0123\"") == std::string::npos);
  CHECK(FindingTextJson(finding).find("value") == std::string::npos);
  finding.secret.value =
      "in\xff"
      "full";
  Finding back;
  REQUIRE(ReadFindingText(FindingTextJson(finding), &back));
  CHECK(back.secret.value == finding.secret.value);
  CHECK(back.secret.length == 40);
  CHECK(back.details == finding.details);
  CHECK_FALSE(ReadFindingText("{", &back));
}

TEST_CASE("gaps, coverage and commits come back") {
  const std::vector<Gap> gaps = {
      {GapKind::kShallow, "commit \xff", "here", 5, "cut"}};
  const std::vector<Gap> back = ReadGapsJson(GapsJson(gaps));
  REQUIRE(back.size() == 1);
  CHECK(back[0].kind == GapKind::kShallow);
  CHECK(back[0].what == gaps[0].what);
  Coverage coverage;
  coverage.bytes_scanned = 1u << 31;
  coverage.digest = "d";
  CHECK(ReadCoverageJson(CoverageJson(coverage)).bytes_scanned == 1u << 31);
  const CommitSummary commit{"id", "A <a@b>", "2024-01-01T00:00:00Z", "s"};
  CHECK(ReadCommitJson(CommitJson(commit))->author == commit.author);
  CHECK(ReadTextsJson(TextsJson({"a", "b"})) ==
        std::vector<std::string>{"a", "b"});
}

}  // namespace
}  // namespace keysift
