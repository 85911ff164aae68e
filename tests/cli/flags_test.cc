// SPDX-License-Identifier: Apache-2.0
#include "cli/flags.h"

#include <doctest/doctest.h>

namespace keysift {
namespace {

// A command line with one flag of each kind.
struct Line {
  std::string format = "text";
  std::vector<std::string> rules;
  bool quiet = false;
  bool index = true;

  Result<ParsedWords> Parse(const std::vector<std::string>& words) {
    return ParseFlags({{"-f,--format", "FORMAT", "", "", SetText(&format)},
                       {"--rules", "FILE", "", "", AddText(&rules)},
                       {"-q,--quiet", "", "", "", SetTrue(&quiet)},
                       {"--no-index", "", "", "", SetFalse(&index)}},
                      words);
  }
};

TEST_CASE("flags and positionals may come in any order") {
  Line line;
  const Result<ParsedWords> parsed =
      line.Parse({"a", "-f", "json", "-q", "b", "--no-index"});
  REQUIRE(parsed);
  CHECK(parsed->positionals == std::vector<std::string>{"a", "b"});
  CHECK(line.format == "json");
  CHECK(line.quiet);
  CHECK_FALSE(line.index);
}

TEST_CASE("values may be joined to their flag") {
  Line line;
  REQUIRE(line.Parse({"-fjson", "--rules=a=b", "--rules", "c"}));
  CHECK(line.format == "json");
  CHECK(line.rules == std::vector<std::string>{"a=b", "c"});
}

TEST_CASE("of a flag given twice the last one holds") {
  Line line;
  REQUIRE(line.Parse({"-f", "a", "--format", "b"}));
  CHECK(line.format == "b");
}

TEST_CASE("a dash is a positional, and two dashes end the flags") {
  Line line;
  const Result<ParsedWords> parsed = line.Parse({"-", "--", "-q", "--", "x"});
  REQUIRE(parsed);
  CHECK(parsed->positionals == std::vector<std::string>{"-", "-q", "--", "x"});
  CHECK_FALSE(line.quiet);
}

TEST_CASE("help sets nothing") {
  Line line;
  const Result<ParsedWords> parsed = line.Parse({"-q", "--help"});
  REQUIRE(parsed);
  CHECK(parsed->help);
  CHECK_FALSE(line.quiet);
}

TEST_CASE("mistakes are usage errors that name the flag") {
  struct Case {
    std::vector<std::string> words;
    const char* message;
  };
  const Case cases[] = {
      {{"--formta", "x"}, "unknown option --formta; did you mean --format?"},
      {{"--formta=x"}, "unknown option --formta; did you mean --format?"},
      {{"-z"}, "unknown option -z"},
      {{"--format"}, "--format needs a FORMAT"},
      {{"--quiet=1"}, "--quiet takes no value"},
  };
  for (const Case& c : cases) {
    Line line;
    const Result<ParsedWords> parsed = line.Parse(c.words);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().kind == ErrorKind::kUsage);
    CHECK(parsed.error().message.starts_with(c.message));
  }
}

}  // namespace
}  // namespace keysift
