// SPDX-License-Identifier: Apache-2.0
// Problem: "xxxxxxxxxxxxxxxx", "0123456789abcdef" and "abcabcabcabc" have the
// shape of a token, and the second even its entropy. Idea: measure what share
// of the secret is covered by runs of one character, by short periods and by
// ascending or descending neighbours. Random text of 16 symbols or more has a
// run of six once in 100,000 tokens, so lowering at six and rejecting at half
// the length is safe. A long token that holds "123456" or "abcdef", or whose
// letters and whose digits count up by themselves ("a1b2c3d4"), or that has
// three runs as in "BBBBCCCCDDDD", was typed: in 64 random hex digits such six
// stand once in 10,000. Short secrets are left alone: people choose passwords
// that end in 123456. Runs of one character are not taken for typed, as binary
// zeros in base64 are AAAA. Rejected: a compressor's ratio; it needs longer
// input. Cost: a few passes. Test: tests/verify/filter_repetition_test.cc.
#include <algorithm>
#include <array>
#include <string>

#include "verify/filter.h"
#include "verify/text.h"

namespace keysift {
namespace {

constexpr size_t kLongRun = 8;
constexpr size_t kMaxPeriod = 8;
constexpr size_t kTypedSequence = 6;
constexpr size_t kShortestToken = 20;

struct Run {
  size_t length = 0;
  char symbol = 0;
};

Run LongestRun(std::string_view bytes) {
  Run longest;
  size_t length = 0;
  for (size_t i = 0; i < bytes.size(); ++i) {
    length = i > 0 && bytes[i] == bytes[i - 1] ? length + 1 : 1;
    if (length > longest.length) {
      longest = Run{length, bytes[i]};
    }
  }
  return longest;
}

// Bytes of the longest stretch that repeats with a period of 2 to kMaxPeriod,
// at least three times.
size_t LongestPeriodic(std::string_view bytes) {
  size_t longest = 0;
  for (size_t period = 2; period <= kMaxPeriod; ++period) {
    size_t same = 0;
    for (size_t i = period; i < bytes.size(); ++i) {
      same = bytes[i] == bytes[i - period] ? same + 1 : 0;
      if (same >= 2 * period) {
        longest = std::max(longest, same + period);
      }
    }
  }
  return longest;
}

// How the next character follows: +1, -1 or 0 for neither. Sequences wrap from
// 9 to 0 and from 9 or 0 to a, as people type them.
int Step(char a, char b) {
  const char x = LowerOf(a);
  const char y = LowerOf(b);
  if (IsAlnum(x) && IsAlnum(y)) {
    if (y - x == 1 || (x == '9' && (y == '0' || y == 'a')) ||
        (x == '0' && y == 'a')) {
      return 1;
    }
    if (x - y == 1) {
      return -1;
    }
  }
  return 0;
}

// Bytes that stand in ascending or descending stretches of 4 and more.
size_t Sequential(std::string_view bytes, size_t* longest) {
  size_t total = 0;
  size_t length = 1;
  int direction = 0;
  *longest = 0;
  for (size_t i = 1; i <= bytes.size(); ++i) {
    const int step = i < bytes.size() ? Step(bytes[i - 1], bytes[i]) : 0;
    if (step != 0 && (step == direction || length == 1)) {
      direction = step;
      ++length;
      continue;
    }
    if (length >= 4) {
      total += length;
      *longest = std::max(*longest, length);
    }
    length = 1;
    direction = 0;
  }
  return total;
}

size_t DistinctBytes(std::string_view bytes) {
  std::array<bool, 256> seen{};
  for (char c : bytes) {
    seen[static_cast<unsigned char>(c)] = true;
  }
  return static_cast<size_t>(std::count(seen.begin(), seen.end(), true));
}

// How many runs of four or more stand in it, "BBBB" or "7777". Not of what pads
// or of binary zeros in base64.
size_t ShortRuns(std::string_view bytes) {
  size_t runs = 0;
  size_t length = 1;
  for (size_t i = 1; i < bytes.size(); ++i) {
    length = bytes[i] == bytes[i - 1] ? length + 1 : 1;
    runs +=
        length == 4 && IsAlnum(bytes[i]) && bytes[i] != 'A' && bytes[i] != '0'
            ? 1
            : 0;
  }
  return runs;
}

// Whether what was typed once was pasted again: a block of some length that is
// no run stands twice in it. Not asked of what holds text in base64.
bool RepeatsBlock(std::string_view bytes) {
  constexpr size_t kBlock = 12;
  constexpr size_t kMostBytes = 128;
  constexpr size_t kFewestSymbols = 6;
  if (bytes.size() > kMostBytes || bytes.find("eyJ") != bytes.npos) {
    return false;
  }
  for (size_t begin = 0; begin + 2 * kBlock <= bytes.size(); ++begin) {
    const std::string_view block = bytes.substr(begin, kBlock);
    if (bytes.find(block, begin + kBlock) != bytes.npos &&
        DistinctBytes(block) >= kFewestSymbols) {
      return true;
    }
  }
  return false;
}

// Whether the letters alone and the digits alone mostly count up, each starting
// anew at will: "a1b2c3d4", "ABC123DEF456".
bool CountsUpInTurns(std::string_view bytes) {
  constexpr size_t kFewest = 5;
  std::array<size_t, 2> steps{};
  std::array<size_t, 2> pairs{};
  std::array<char, 2> last{};
  for (char byte : bytes) {
    const char c = LowerOf(byte);
    if (!IsAlnum(c)) {
      continue;
    }
    const size_t kind = IsDigit(c) ? 1 : 0;
    if (last[kind] != 0) {
      ++pairs[kind];
      const bool restarts = (last[kind] == '9' && (c == '0' || c == '1')) ||
                            (last[kind] == 'f' && c == 'a');
      steps[kind] += c - last[kind] == 1 || restarts ? 1 : 0;
    }
    last[kind] = c;
  }
  // Three in five. Of random hex one pair in six counts up.
  const auto counts_up = [&](size_t kind) {
    return pairs[kind] + 1 >= kFewest && 5 * steps[kind] >= 3 * pairs[kind];
  };
  return counts_up(0) && counts_up(1);
}

// Some formats hold a run by design: "AAAA…" or "A{22}" in the regex.
bool RuleSpellsRun(const Rule& rule, char symbol) {
  return rule.regex.find(std::string(4, symbol)) != std::string::npos ||
         rule.regex.find(std::string(1, symbol) + "{") != std::string::npos;
}

}  // namespace

FilterOutcome FilterRepetition(const FilterInput& input) {
  const std::string_view secret = input.secret;
  if (secret.size() < kLongRun) {
    return FilterOutcome::kKeep;
  }
  const size_t half = (secret.size() + 1) / 2;
  const Run run = LongestRun(secret);
  const size_t periodic = LongestPeriodic(secret);
  if (run.length >= half || periodic >= half ||
      (secret.size() >= 16 && DistinctBytes(secret) <= 4)) {
    return FilterOutcome::kReject;
  }
  size_t longest_sequence = 0;
  const size_t sequential = Sequential(secret, &longest_sequence);
  const bool typed =
      secret.size() >= kShortestToken &&
      (longest_sequence >= kTypedSequence || ShortRuns(secret) >= 3 ||
       CountsUpInTurns(secret) || RepeatsBlock(secret));
  if (input.rule.generic && sequential >= half) {
    return FilterOutcome::kReject;
  }
  if (typed) {
    return FilterOutcome::kSample;
  }
  // A run is periodic as well: "AAAA" is "AA" twice.
  const bool spelled = RuleSpellsRun(*input.rule.rule, run.symbol);
  const bool unwanted_run = run.length >= kLongRun && !spelled;
  const bool unwanted_period =
      periodic >= 2 * kLongRun && !(spelled && periodic <= run.length);
  return unwanted_run || unwanted_period || sequential >= half ||
                 longest_sequence >= kLongRun
             ? FilterOutcome::kLower
             : FilterOutcome::kKeep;
}

}  // namespace keysift
