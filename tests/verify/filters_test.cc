// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <deque>
#include <string>

#include "verify/filter.h"

namespace keysift {
namespace {

FilterOutcome Run(FilterOutcome (*filter)(const FilterInput&),
                  const std::string& secret, bool generic = false,
                  const char* regex = "x") {
  Rule rule;
  rule.id = generic ? "generic-secret" : "acme-token";
  rule.tags = generic ? std::vector<std::string>{"generic"}
                      : std::vector<std::string>{};
  rule.regex = regex;
  const std::deque<CompiledAllowlist> global;
  const PreparedRule prepared(&rule, global);
  Window window(secret);
  const Span whole{0, secret.size()};
  return filter({prepared, &window, whole, whole, secret});
}

constexpr FilterOutcome kKeep = FilterOutcome::kKeep;
constexpr FilterOutcome kLower = FilterOutcome::kLower;
constexpr FilterOutcome kSample = FilterOutcome::kSample;
constexpr FilterOutcome kReject = FilterOutcome::kReject;

TEST_CASE("random text passes every filter") {
  for (const char* secret :
       {"q7Zr2Kw9XbT4mLs8VdYp3NcH6jRf1GaE5uQo",
        "9f2d0c7be1a84365d7f90b3c8e6a1254", "xK3!pQ9#vT"}) {
    for (int i = 0; i < kFilterCount; ++i) {
      CHECK(Run(kFilters[i].run, secret) == kKeep);
      CHECK(Run(kFilters[i].run, secret, true) == kKeep);
    }
  }
}

TEST_CASE("a block that stands twice was pasted") {
  const std::string block = "q7Zr2Kw9XbT4mLs8";
  CHECK(Run(FilterRepetition, "bk_" + block + block + "Vd") == kSample);
  CHECK(Run(FilterRepetition, block + "-q7Zr2Kw9Xb-VdYp3NcH6jRf1GaE5") ==
        kKeep);
  // JSON in base64 may say a thing twice.
  CHECK(Run(FilterRepetition, "eyJ" + block + "V" + block + "Vd") == kKeep);
}

TEST_CASE("placeholder words make samples of named and reject generic ones") {
  for (const char* secret : {"sk_live_EXAMPLEq7Zr2Kw9Xb", "your_api_token",
                             "changeme", "xxxxxxx12"}) {
    CHECK(Run(FilterPlaceholder, secret) == kSample);
    CHECK(Run(FilterPlaceholder, secret, true) == kReject);
  }
}

TEST_CASE("repeated characters reject") {
  for (const char* secret : {"xxxxxxxxxxxxxxxxxxxx", "sk_000000000000000000",
                             "abcabcabcabcabc", "1212121212121212"}) {
    CAPTURE(secret);
    CHECK(Run(FilterRepetition, secret) == kReject);
  }
}

TEST_CASE("sequences make samples of named and reject generic ones") {
  for (const char* secret :
       {"1234567890abcdef1234567890abcdef", "abcdefghijklmnopqrstuvwxyz",
        "ghp_0123456789ABCDEFGHIJ"}) {
    CAPTURE(secret);
    CHECK(Run(FilterRepetition, secret) == kSample);
    CHECK(Run(FilterRepetition, secret, true) == kReject);
  }
}

TEST_CASE("what was typed in turns or in runs is a sample") {
  for (const char* secret :
       {"a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6", "ABC123DEF456GHI789JKL012MNO",
        "q7Zr2Kw9XbT4mLs8VdYp3NcHabc123456", "q7Zr2Kw9AAAABBBBCCCCDDDDXbT4m"}) {
    CAPTURE(secret);
    CHECK(Run(FilterRepetition, secret) == kSample);
    CHECK(Run(FilterRepetition, secret, true) == kSample);
  }
  // People choose passwords that end so; binary zeros in base64 look so.
  CHECK(Run(FilterRepetition, "Company123456") == kKeep);
  CHECK(Run(FilterRepetition, "q7Zr2KwAAAAmLs8AAAA3NcH6AAAAfRf1G") == kKeep);
}

TEST_CASE("a run that the rule itself spells does not count") {
  const std::string secret = "AAAAAAAAAAAAq7Zr2Kw9XbT4mLs8VdYp3NcH6jRf1G";
  CHECK(Run(FilterRepetition, secret) == kLower);
  CHECK(Run(FilterRepetition, secret, false, "A{12}\\w+") == kKeep);
  // Nor as a period of two.
  const std::string longer = std::string(10, 'A') + secret;
  CHECK(Run(FilterRepetition, longer, false, "A{20,23}\\w+") == kKeep);
}

TEST_CASE("references are no secrets") {
  for (const char* secret :
       {"${DB_PASSWORD}", "{{ vault_password }}", "<your-password>",
        "$(cat /run/secret)", "%(password)s", "$DB_PASSWORD", "%PASSWORD%",
        "@password@"}) {
    CAPTURE(secret);
    CHECK(Run(FilterReference, secret) == kReject);
  }
  for (const char* secret : {"process.env.TOKEN", "os.environ['X']",
                             "vault:secret/data/app", "prefix-${NAME}"}) {
    CAPTURE(secret);
    CHECK(Run(FilterReference, secret) == kLower);
    CHECK(Run(FilterReference, secret, true) == kReject);
  }
  CHECK(Run(FilterReference, "$ecret1pw") == kKeep);
}

TEST_CASE("a UUID counts only where the rule spells one") {
  const char* uuid = "3b241101-e2bb-4255-8caf-4136c566a962";
  CHECK(Run(FilterUuid, uuid) == kLower);
  CHECK(Run(FilterUuid, uuid, true) == kReject);
  CHECK(Run(FilterUuid, uuid, false, "[0-9a-f]{8}-[0-9a-f]{4}-x") == kKeep);
}

}  // namespace
}  // namespace keysift
