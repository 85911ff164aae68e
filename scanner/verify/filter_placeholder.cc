// SPDX-License-Identifier: Apache-2.0
// Words that people write where a secret belongs. Only words of five letters
// and more count inside a longer secret: a given five-letter word stands by
// chance in one of a million random 40-character tokens.
#include "verify/filter.h"
#include "verify/text.h"

namespace keysift {
namespace {

constexpr const char* kWords[] = {
    "example",   "placeholder", "changeme",    "change-me", "change_me",
    "dummy",     "redacted",    "your_",       "your-",     "yourtoken",
    "yourkey",   "yoursecret",  "yourapi",     "yourpass",  "youraccess",
    "insert",    "replace_",    "replace-",    "replaceme", "sample",
    "notreal",   "not_real",    "not-real",    "fake_",     "fake-",
    "faketoken", "fakekey",     "test_key",    "xxxxx",     "mytoken",
    "mysecret",  "foobar",      "foo-bar",     "todo_",     "my-secret",
    "my_secret", "some_secret", "some-secret", "deadbeef",  "lorem",
    "invalid",   "goes_here",   "goes-here",   "goeshere",  "-here",
    "_here",     "hidden",      "removed",     "censored",
};

}  // namespace

FilterOutcome FilterPlaceholder(const FilterInput& input) {
  for (const char* word : kWords) {
    if (ContainsWord(input.secret, word)) {
      return input.rule.generic ? FilterOutcome::kReject
                                : FilterOutcome::kSample;
    }
  }
  return FilterOutcome::kKeep;
}

}  // namespace keysift
