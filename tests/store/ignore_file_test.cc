// SPDX-License-Identifier: Apache-2.0
#include "store/ignore_file.h"

#include <doctest/doctest.h>

namespace keysift {
namespace {

std::string Print(char digit) { return "ks1-" + std::string(32, digit); }

IgnoreFile Parsed(const std::string& text) {
  const Result<IgnoreFile> file = IgnoreFile::Parse(text, "f");
  REQUIRE(file);
  return *file;
}

std::string ErrorOf(const std::string& text) {
  const Result<IgnoreFile> file = IgnoreFile::Parse(text, "f");
  return file ? "" : file.error().ToString();
}

}  // namespace

TEST_CASE("an entry has a fingerprint and fields, quoted or not") {
  const IgnoreFile file =
      Parsed("# head\r\n\r\n" + Print('a') +
             "  rule=aws reason=\"a \\\"test\\\" \\\\ key\"\towner=me "
             "until=2030-01-31\r\n");
  REQUIRE(file.Entries().size() == 1);
  const IgnoreEntry entry = file.Entries()[0];
  CHECK(entry.fingerprint == Print('a'));
  CHECK(entry.rule == "aws");
  CHECK(entry.reason == "a \"test\" \\ key");
  CHECK(entry.owner == "me");
  CHECK(entry.until == "2030-01-31");
  CHECK(entry.line == 3);
}

TEST_CASE("what is no entry is refused with its line, not repeated") {
  CHECK(ErrorOf("# ok\n<<<<<<< HEAD\n").starts_with("f:2: "));
  CHECK(ErrorOf("tok_s3cr3t").find("s3cr3t") == std::string::npos);
  CHECK(ErrorOf(Print('a') + " reason=\"open") == "f:1: a quote is not closed");
  CHECK(ErrorOf(Print('a') + " why=x").find("none of") != std::string::npos);
  CHECK(ErrorOf(Print('a') + " reason").find("none of") != std::string::npos);
  CHECK(ErrorOf(Print('a') + " until=2030-02-30").find("date") !=
        std::string::npos);
}

TEST_CASE("dates are days of the calendar") {
  CHECK(IsDate("2024-02-29"));
  CHECK(IsDate("2000-02-29"));
  for (const char* date :
       {"2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-04-31",
        "2024-4-3", "", "today", "2024-01-1x", "0000-01-01"}) {
    CHECK_FALSE_MESSAGE(IsDate(date), std::string(date));
  }
}

TEST_CASE("an entry holds to the end of its last day") {
  IgnoreEntry entry;
  CHECK_FALSE(IsExpired(entry, "2999-01-01"));
  entry.until = "2030-06-30";
  CHECK_FALSE(IsExpired(entry, "2030-06-30"));
  CHECK(IsExpired(entry, "2030-07-01"));
}

TEST_CASE("entries are added in order, and comments stay") {
  IgnoreFile file = Parsed("# our list\n" + Print('b') + "\n# about d\n" +
                           Print('d') + " rule=x\n\n# the end\n");
  REQUIRE(file.Add({Print('c'), "r", "a reason", "", "", 0}));
  REQUIRE(file.Add({Print('a'), "", "b\nc", "", "2031-01-01", 0}));
  REQUIRE(file.Add({Print('e'), "", "\"q\"", "o", "", 0}));
  CHECK(file.ToText() == "# our list\n" + Print('a') +
                             " reason=\"b c\" until=2031-01-01\n" + Print('b') +
                             "\n" + Print('c') +
                             " rule=r reason=\"a reason\"\n# about d\n" +
                             Print('d') + " rule=x\n\n# the end\n" +
                             Print('e') + " reason=\"\\\"q\\\"\" owner=o\n");
  CHECK(Parsed(file.ToText()).ToText() == file.ToText());
}

TEST_CASE("an entry of the same fingerprint is replaced") {
  IgnoreFile file = Parsed(Print('a') + " reason=\"old\"\n");
  REQUIRE(file.Add({Print('a'), "", "new", "", "", 0}));
  CHECK(file.ToText() == Print('a') + " reason=\"new\"\n");
}

TEST_CASE("what is malformed is not added") {
  IgnoreFile file;
  CHECK_FALSE(file.Add({"ks1-12", "", "why", "", "", 0}));
  CHECK_FALSE(file.Add({Print('a'), "", "", "", "", 0}));
  CHECK_FALSE(file.Add({Print('a'), "", "why", "", "soon", 0}));
  CHECK(file.ToText() == "");
}

TEST_CASE("pruning takes entries with their own comments") {
  IgnoreFile file = Parsed("# our list\n" + Print('a') + "\n# about b\n" +
                           Print('b') + "\n\n# about c\n" + Print('c') + "\n");
  CHECK(file.Prune([](const IgnoreEntry& entry) {
    return entry.fingerprint != Print('c');
  }) == 2);
  CHECK(file.ToText() == "# our list\n\n# about c\n" + Print('c') + "\n");
}

}  // namespace keysift
