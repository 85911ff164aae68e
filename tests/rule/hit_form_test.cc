// SPDX-License-Identifier: Apache-2.0
#include "rule/hit_form.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "rule/regex_match.h"
#include "rule/regex_sample.h"
#include "rule/regex_syntax.h"

namespace keysift {
namespace {

Result<HitForm> Derive(const std::string& regex, bool strict = true) {
  Result<Regex> parsed = ParseRegex(regex);
  REQUIRE_MESSAGE(parsed, regex);
  HitFormOptions options;
  options.strict = strict;
  return DeriveHitForm(parsed->root, options);
}

void CheckForm(const std::string& regex, const std::string& hit,
               uint32_t before, uint32_t after) {
  Result<HitForm> form = Derive(regex);
  REQUIRE_MESSAGE(form, regex);
  CHECK(form->expressions == std::vector<std::string>{hit});
  CHECK(form->reach_before == before);
  CHECK(form->reach_after == after);
}

std::string RefusalOf(const std::string& regex) {
  Result<HitForm> form = Derive(regex);
  return form ? "accepted: " + form->expressions[0] : form.error().message;
}

bool Contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// Whether [1, 1 + size) of `text`, a full match, holds a hit within reach.
bool HoldsHit(const HitForm& form, const std::string& text, size_t size) {
  for (const std::string& expression : form.expressions) {
    Result<Regex> hit = ParseRegex(expression);
    REQUIRE_MESSAGE(hit, expression);
    Positions ends = AllMatchEnds(hit->root, text);
    for (size_t e = 2; e <= 1 + size && e <= 1 + form.reach_before; ++e) {
      if (ends[e] && 1 + size <= e + form.reach_after) {
        return true;
      }
    }
  }
  return false;
}

// A random regex with enough literals that most have a hit form.
class RegexMaker {
 public:
  explicit RegexMaker(unsigned seed) : random_(seed) {}

  std::string Row(int depth) {
    std::string row;
    for (size_t i = 1 + Below(4); i > 0; --i) {
      row += Atom(depth) + Count();
    }
    return row;
  }

 private:
  size_t Below(size_t end) { return random_() % end; }
  std::string Atom(int depth) {
    const std::vector<std::string> atoms = {
        "(?:Zq)", "(?:k_X9)", "[a-f]", "\\w", "[^\\n]", "(?i:zKq)", "\\d", "7"};
    size_t kind = Below(depth > 0 ? 11 : 8);
    if (kind < atoms.size()) {
      return atoms[kind];
    }
    return "(" + Row(depth - 1) + (kind == 10 ? "" : "|" + Row(depth - 1)) +
           ")";
  }
  std::string Count() {
    const std::vector<std::string> counts = {"",  "",    "",      "?",    "+",
                                             "*", "{3}", "{2,5}", "{9,}", "??"};
    return counts[Below(counts.size())];
  }

  std::mt19937 random_;
};

}  // namespace

TEST_CASE("the forms that rules/README.md shows come out") {
  CheckForm("\\bAKIA[A-Z2-7]{16}\\b", "AKIA[2-7A-Z]{4}", 8, 12);
  CheckForm("(?i)[\\w.-]{0,50}?datadog.{0,40}\\b([0-9a-f]{32})\\b",
            "(?i:datadog)", 57, 72);
  CheckForm("(?i)\\bexa[\\w .-]{0,20}(?:key|token)['\"= :]{1,8}([0-9a-f-]{36})",
            "(?i:exa)[\\w .-]{0,20}(?:(?i:key)|(?i:token))[ \"':=]", 29, 43);
  CheckForm("ya29\\.[\\w-]{20,}", "ya29\\.[\\w-]{4}", 9, 4096);
}

TEST_CASE("context grows to the left where the right has none") {
  CheckForm("[0-9a-f]{32}-us[0-9]{1,2}", "[0-9a-f]{16}-us\\d", 36, 1);
}

TEST_CASE("alternations of literals stay one form, others become several") {
  CheckForm("(?:AKIA|ASIA)[A-Z]{16}", "(?:AKIA|ASIA)[A-Z]{8}", 12, 8);
  CheckForm("api[_-]?acmekey=(\\w{8})", "api[_-]?acmekey=\\w{4}", 16, 4);
  Result<HitForm> form =
      Derive("(?:Zebra\\d+x{0,5}|Quokka\\w{2,40})(?:\"|;|$)");
  REQUIRE(form);
  CHECK(form->expressions ==
        std::vector<std::string>{"Zebra\\d", "Quokka\\w{2}"});
}

TEST_CASE("a long literal is cut, and the rare one of two is taken") {
  Result<HitForm> form =
      Derive("https://hooks\\.acme\\.example/services/[A-Z]{9}/[a-z]{24}");
  REQUIRE(form);
  CHECK(form->reach_before <= 40);
  CheckForm("(?:the )?[a-z]{0,20}XJQ_KEY_9[0-9a-f]{8}", "XJQ_KEY_9[0-9a-f]{4}",
            37, 4);
}

TEST_CASE("what cannot be bounded is refused with advice") {
  CHECK(Contains(RefusalOf("ACME_KEY_BEGIN[\\s\\S]+?END"),
                 "bound it, as in x{1,1000}"));
  CHECK(Contains(RefusalOf(".*ACME_KEY_BEGIN"), "bound that part"));
  CHECK(Contains(RefusalOf("[a-z]{300}ACME_KEY_BEGIN"), "bound that part"));
  CHECK(Contains(RefusalOf("[0-9a-f]{32}"), "no selective part"));
  CHECK(Contains(RefusalOf("\\b[\\w-]{24}\\.[\\w-]{6}\\.[\\w-]{27}\\b"),
                 "no selective part"));
  CHECK(Contains(RefusalOf("ACME_KEY|[a-z]*"), "may match nothing"));
  CHECK(Contains(RefusalOf("ACME_KEY|[a-z]{9}"), "no selective part"));
  CHECK(Contains(RefusalOf("(?:ACME_KEY)?"), "may match nothing"));
}

TEST_CASE("stated reaches allow what would be refused") {
  Result<Regex> regex = ParseRegex("eyJ[\\w-]+\\.eyJ[\\w-]+\\.[\\w-]+");
  REQUIRE(regex);
  HitFormOptions options;
  CHECK_FALSE(DeriveHitForm(regex->root, options));
  options.reach_after = 4096;
  Result<HitForm> form = DeriveHitForm(regex->root, options);
  REQUIRE(form);
  CHECK(form->reach_after == 4096);
}

TEST_CASE("lenient derivation cuts and tells") {
  Result<HitForm> form =
      Derive("-----BEGIN KEY-----[\\s\\S-]{64,}?-----END KEY", false);
  REQUIRE(form);
  CHECK(form->reach_after == 4096);
  REQUIRE(form->compromises.size() == 1);
  CHECK(Contains(form->compromises[0], "missed"));
  form = Derive("[0-9a-f]{32}", false);
  REQUIRE(form);
  CHECK(Contains(form->compromises[0], "slow"));
  CHECK_FALSE(Derive("[a-z]*", false));
}

TEST_CASE("a form that the author wrote is checked by itself") {
  Result<Regex> regex = ParseRegex("acme=[0-9a-f]{32}");
  REQUIRE(regex);
  auto refusal = [&regex](const std::string& hit) {
    Result<HitForm> form = UseHitForm({hit}, regex->root, HitFormOptions());
    return form ? "accepted" : form.error().message;
  };
  CHECK(Contains(refusal("^acme"), "(?m)"));
  CHECK(Contains(refusal("(?:acme)?"), "nothing at all"));
  CHECK(Contains(refusal("acme.*"), "256"));
  CHECK(Contains(refusal("acme(?=x)"), "look-around"));
  CHECK(refusal("(?m)^acme=") == "accepted");
  Result<HitForm> form =
      UseHitForm({"acme", "="}, regex->root, HitFormOptions());
  REQUIRE(form);
  CHECK(form->reach_before == 37);
  CHECK(form->reach_after == 37);
}

TEST_CASE("each random match of each random regex holds a hit within reach") {
  RegexMaker maker(20);
  RegexSampler sampler(21);
  int tried = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string text = maker.Row(2);
    Result<Regex> full = ParseRegex(text);
    if (!full) {
      continue;  // counts that multiply too far
    }
    Result<HitForm> form = Derive(text, false);
    if (!form) {
      continue;  // may match nothing
    }
    ++tried;
    for (int i = 0; i < 5; ++i) {
      std::string match = sampler.Sample(full->root);
      // Beyond the limits a compromise may miss it.
      if (match.size() < kMaxReachBefore) {
        CHECK_MESSAGE(HoldsHit(*form, "\"" + match + "\n", match.size()), text,
                      " hit ", form->expressions[0], " in ", match);
      }
    }
  }
  CHECK(tried > 1000);
}

}  // namespace keysift
