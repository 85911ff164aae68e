// SPDX-License-Identifier: Apache-2.0
// Problem: "password = …" is followed by a secret in one of five places.
// Idea: first vetoes, each of which says why it cannot be one (a template, a
// path, the name again, prose, code). What is left is weighed: named features,
// each with a weight in a table, added up to log-odds of a kind, cut at two
// thresholds. Rejected: a tree or a network (nobody can argue with it), and an
// entropy gate (it loses the passwords that people choose).
// Cost: some passes over the value. Test: tests/verify/generic_judge_test.cc,
// tests/weak_passwords, tests/bench/labelled.
#include "verify/generic_judge.h"

#include <algorithm>
#include <cstdio>

#include "verify/generic_veto.h"
#include "verify/generic_words.h"
#include "verify/text.h"

namespace keysift {
namespace {

// --- features ----------------------------------------------------------------

struct Feature {
  const char* name;
  double weight;
  bool (*holds)(const Case& c);
};

bool IsMixed(const Case& c) {
  return c.value.digits > 0 && c.value.letters > 0;
}
bool IsLetterSoup(const Case& c) {
  return c.value.letters >= 5 && c.value.likeness < 5.3;
}
bool ReadsLikeWords(const Case& c) {
  return c.value.letters >= 4 && c.value.likeness >= 6.2;
}

constexpr Feature kFeatures[] = {
    {"a password's name", 1.6,
     [](const Case& c) { return c.name.kind == NameKind::kPassword; }},
    {"a secret's name", 0.5,
     [](const Case& c) { return c.name.kind == NameKind::kSecret; }},
    {"a token's name", 0.6,
     [](const Case& c) { return c.name.kind == NameKind::kToken; }},
    {"a vague name", -2.3,
     [](const Case& c) { return c.name.kind == NameKind::kWeak; }},
    {"a login's name", -0.1,
     [](const Case& c) { return c.name.kind == NameKind::kAuth; }},
    {"vague, but long and mixed", 1.1,
     [](const Case& c) {
       return c.name.kind == NameKind::kWeak && c.length() >= 16 &&
              IsMixed(c) && c.value.separators <= 1 && c.value.spaces == 0 &&
              c.value.sample < 0.5;
     }},
    {"letters and digits", 1.0, IsMixed},
    {"letters at random", 2.0, IsLetterSoup},
    {"words, no password", -2.0,
     [](const Case& c) { return ReadsLikeWords(c) && !c.password(); }},
    {"words in a password", -0.4,
     [](const Case& c) { return ReadsLikeWords(c) && c.password(); }},
    {"long and random", 1.3,
     [](const Case& c) {
       return ((c.length() >= 16 && IsMixed(c)) ||
               (c.length() >= 20 && IsLetterSoup(c))) &&
              c.value.separators <= 2 && c.value.spaces == 0;
     }},
    {"a symbol in a password", 0.4,
     [](const Case& c) {
       return c.password() && c.value.symbols > c.value.separators;
     }},
    {"joined words", -1.6,
     [](const Case& c) {
       return c.value.separators > 0 && c.value.likeness >= 5.8 &&
              c.value.symbols == c.value.separators;
     }},
    {"words in camel case", -1.2,
     [](const Case& c) {
       return c.value.letters + 2 >= c.length() && c.value.digits <= 2 &&
              c.value.symbols == 0 && c.value.uppers >= 1 && !IsOneWord(c) &&
              c.value.likeness >= 5.8;
     }},
    {"one capitalised word", -1.3,
     [](const Case& c) {
       return IsOneWord(c) && c.value.uppers == 1 && ReadsLikeWords(c);
     }},
    {"sample words in it", -1.8,
     [](const Case& c) { return c.value.sample >= 0.6; }},
    {"a run or sequence", -1.9,
     [](const Case& c) { return IsRunOrSequence(c.place.value); }},
    {"a notorious password", -1.6,
     [](const Case& c) { return IsNotoriousPassword(c.value.lower); }},
    {"a space in it", -1.5, [](const Case& c) { return c.value.spaces > 0; }},
    {"four or five bytes", -0.5, [](const Case& c) { return c.length() <= 5; }},
    {"an item of a list", -2.2, IsOddCall},
    {"a word behind the name", -1.0,
     [](const Case& c) { return c.name.followed; }},
    {"a user stands near", 0.4,
     [](const Case& c) {
       // A line may be all of a minified file.
       constexpr size_t kNear = 120;
       const std::string_view before = c.place.before;
       const size_t left = std::min(before.size(), kNear);
       const std::string lower = ToLower(before.substr(before.size() - left)) +
                                 ToLower(c.place.name) +
                                 ToLower(c.place.after.substr(0, kNear));
       return Holds(lower, "user") || Holds(lower, "login") ||
              Holds(lower, "host");
     }},
    {"named like a password", -1.5,
     [](const Case& c) {
       const NameReading value = ReadName(c.place.value);
       return c.value.digits <= 1 && value.kind >= NameKind::kToken &&
              (c.value.likeness >= 5.5 || c.length() <= 6);
     }},
    {"first of several arguments", -1.6,
     [](const Case& c) {
       return !c.place.gap.empty() && c.place.gap[0] == '(' &&
              c.place.after.size() > 2 && c.place.after[1] == ',';
     }},
    {"few letters, no password", -0.9,
     [](const Case& c) {
       return !c.password() && c.length() <= 8 && c.value.letters == c.length();
     }},
    {"a word that begins a list", -1.6,
     [](const Case& c) {
       const size_t open = c.place.gap.find_first_of("([");
       return c.place.form == GenericPlace::Form::kQuoted &&
              open != std::string_view::npos && open > 0 &&
              c.place.after.size() > 1 && c.place.after[1] == ',' &&
              c.value.letters == c.length() && !IsLetterSoup(c);
     }},
    {"a word under a path", -1.6,
     [](const Case& c) {
       return c.place.before.ends_with('/') && c.value.digits == 0 &&
              c.value.spaces == 0 && !IsLetterSoup(c);
     }},
    {"short for a token", -0.8,
     [](const Case& c) { return !c.password() && c.length() <= 7; }},
    {"a plain word in passing", -1.3,
     [](const Case& c) {
       return c.place.in_passing && c.value.letters == c.length() &&
              ReadsLikeWords(c);
     }},
    {"digits only", -0.5,
     [](const Case& c) { return c.value.digits == c.length(); }},
};

constexpr double kLikely = 1.0;
constexpr double kPossible = 0.3;
// A vague name with a doubtful value is not worth a line.
constexpr double kPossibleOfVague = 1.0;

}  // namespace

GenericVerdict JudgePlace(const GenericPlace& place) {
  GenericVerdict verdict;
  Case c{place, ReadName(place.name), {}, false};
  if (c.name.kind == NameKind::kNone || !c.name.spoiler.empty()) {
    verdict.reason = "its name is about a secret";
    return verdict;
  }
  c.value = ReadValue(place.value);
  c.code = LooksLikeCode(place);
  if (const char* veto = FindVeto(c)) {
    verdict.reason = veto;
    return verdict;
  }
  double sum = 0;
  for (const Feature& feature : kFeatures) {
    if (feature.holds(c)) {
      sum += feature.weight;
      char text[80];
      std::snprintf(text, sizeof text, "%s%s %+.1f",
                    verdict.reason.empty() ? "" : ", ", feature.name,
                    feature.weight);
      verdict.reason += text;
    }
  }
  const bool vague = c.name.kind == NameKind::kWeak;
  verdict.keep = sum >= (vague ? kPossibleOfVague : kPossible);
  verdict.confidence =
      sum >= kLikely ? Confidence::kLikely : Confidence::kPossible;
  return verdict;
}

}  // namespace keysift
