// SPDX-License-Identifier: Apache-2.0
// Derives a short expression for Hyperscan from a full one.
//
// Problem: RE2's full forms are long, begin with optional heads and end with
// wide repetitions; as Hyperscan patterns they are slow and their width is what
// a delta scan re-reads around every change. Wanted is a window of the regex
// that every match must contain, short, rare in text, and cheap to look for.
//
// Idea: flatten the regex into a row of items (groups and assertions dropped,
// which can only add hits). A core is a run of literal-like items. The best
// core by rarity wins; a few class bytes to its right (and to its left, if it
// is common) are added; two cores with a bounded gap between them are taken
// where one alone is a short word. Since the window is a contiguous part of the
// row, each match contains it; what lies before and after bounds A and V:
//
//   items   [head …][left context][core][right context][… tail]
//           |<------------- A ---------------------->|<-- V -->|
//
// Where no core is rare enough, an alternation is distributed over its row,
// which gives one window per branch; A and V are the greatest of theirs.
//
// Rejected: the longest literal alone (a prefix with 4 class bytes hits ten
// times less often on prose), and measuring on a corpus (not reproducible).
// Source of the idea: the literal extraction of every regex engine, and Nosey
// Parker's second regex at the hit's end.
// Cost: linear in the row but for distribution (at most 64 windows).
// Test: tests/rule/hit_form_test.cc makes random matches of random regexes.
#include "rule/hit_form.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <utility>

#include "rule/hit_row.h"
#include "rule/rarity.h"
#include "rule/regex_syntax.h"

namespace keysift {
namespace {

using Kind = RegexNode::Kind;

constexpr uint64_t kAimWidth = 32;
constexpr size_t kMaxWindows = 64;
constexpr int kMaxDistributions = 3;
// Scores, in bits. Over kRare, more rarity hardly pays; under kCommon, a
// distribution over branches is tried; under kLeast, nothing selects.
constexpr double kRare = 45;
constexpr double kCommon = 20;
constexpr double kWord = 24;   // less is a short word: two cores may do better
constexpr double kLeast = 10;  // about two bytes
constexpr uint64_t kMaxJoinedWidth = 48;
constexpr double kJoinCost = 2;
constexpr double kBranchesCost = 4;  // several forms must gain that much
// Neighbouring class bytes depend on each other: they count for less.
constexpr double kContextWeight = 0.35;

// One window and what surrounds it in its row.
struct Window {
  RegexNode expression;
  RegexRow before;
  RegexRow after;
  double bits = 0;   // how rare it is
  double score = 0;  // the same, less what speaks against it
};

// One window for each branch; together they hold for the whole regex.
struct Choice {
  std::vector<Window> windows;
  double score = -1e9;
};

uint64_t SumOfMax(const RegexRow& items) {
  uint64_t sum = 0;
  for (const RegexNode& item : items) {
    sum = AddLengths(sum, MaxLength(item));
  }
  return sum;
}

// How many class bytes go beside a core: fewer beside a rare one.
uint64_t ContextBytes(const LiteralCore& core) {
  uint64_t wanted = core.bits >= 32   ? 4
                    : core.bits >= 24 ? 8
                    : core.bits >= 18 ? 12
                                      : 16;
  return std::min(wanted, kAimWidth - std::min(kAimWidth, core.width));
}

// Takes up to `*bytes` single bytes off `item` (a set, or its repetition) for
// the context; the rest goes to `*rest` if there is any. Returns nullopt if the
// item is none of these.
std::optional<RegexNode> TakeContext(const RegexNode& item, uint64_t* bytes,
                                     std::optional<RegexNode>* rest) {
  if (item.IsSet()) {
    --*bytes;
    return item;
  }
  if (item.kind != Kind::kRepeat || !item.parts[0].IsSet() || item.min == 0) {
    return std::nullopt;
  }
  uint32_t count = static_cast<uint32_t>(std::min<uint64_t>(*bytes, item.min));
  *bytes -= count;
  if (item.max > count) {
    bool unbounded = item.max == RegexNode::kUnbounded;
    *rest = RegexNode::Repeat(item.parts[0], item.min - count,
                              unbounded ? item.max : item.max - count);
    *bytes = 0;
  }
  return count == 1 ? item.parts[0]
                    : RegexNode::Repeat(item.parts[0], count, count);
}

double SetBits(const RegexNode& item) {
  return item.IsSet() ? Rarity(item.set) : item.min * Rarity(item.parts[0].set);
}

// Moves context from the front of `side` (nearest the core first) to `taken`,
// and returns its bits.
double GrowContext(uint64_t bytes, RegexRow* side, RegexRow* taken) {
  double bits = 0;
  size_t used = 0;
  std::optional<RegexNode> rest;
  while (bytes > 0 && used < side->size()) {
    std::optional<RegexNode> part = TakeContext((*side)[used], &bytes, &rest);
    if (!part) {
      break;
    }
    bits += SetBits(*part);
    taken->push_back(std::move(*part));
    ++used;
  }
  side->erase(side->begin(), side->begin() + static_cast<ptrdiff_t>(used));
  if (rest) {
    side->insert(side->begin(), std::move(*rest));
  }
  return bits * kContextWeight;
}

Window MakeWindow(const RegexRow& items, const LiteralCore& core) {
  std::vector<RegexNode>::const_iterator begin =
      items.begin() + static_cast<ptrdiff_t>(core.begin);
  std::vector<RegexNode>::const_iterator end =
      items.begin() + static_cast<ptrdiff_t>(core.end);
  RegexRow before(std::make_reverse_iterator(begin), items.rend());
  Window window;
  window.after.assign(end, items.end());
  RegexRow left;
  RegexRow right;
  double bits = core.bits;
  bits += GrowContext(ContextBytes(core), &window.after, &right);
  if (bits < kCommon) {
    bits += GrowContext(ContextBytes(core), &before, &left);
  }
  std::vector<RegexNode> row(left.rbegin(), left.rend());
  row.insert(row.end(), begin, end);
  row.insert(row.end(), right.begin(), right.end());
  window.expression = RegexNode::Concat(std::move(row));
  window.before.assign(before.rbegin(), before.rend());
  uint64_t head = SumOfMax(window.before);
  uint64_t reach = AddLengths(head, MaxLength(window.expression));
  if (core.bits < kLeast) {
    bits = std::min(bits, kLeast - 1);  // class bytes alone select nothing
  }
  window.bits = bits;
  window.score = std::min(bits, kRare) + 0.05 * std::max(0.0, bits - kRare) -
                 0.02 * static_cast<double>(std::min<uint64_t>(head, 500)) -
                 (reach > kMaxReachBefore ? 15 : 0);
  return window;
}

// The last resort: the first bytes of the row that are classes.
Window MakeClassWindow(const RegexRow& items) {
  Window window;
  size_t i = 0;
  while (i < items.size() && MinLength(items[i]) == 0) {
    ++i;
  }
  ptrdiff_t split = static_cast<ptrdiff_t>(i);
  window.before.assign(items.begin(), items.begin() + split);
  window.after.assign(items.begin() + split, items.end());
  RegexRow taken;
  window.score =
      std::min(kLeast - 1, GrowContext(kAimWidth, &window.after, &taken));
  window.expression = RegexNode::Concat(std::move(taken));
  return window;
}

Choice ChooseWindows(const RegexRow& items, int distributions);

// One window per branch of the alternation items[at].
Choice Distribute(const RegexRow& items, size_t at, int distributions) {
  Choice choice;
  choice.score = kRare * 2;
  for (const RegexNode& branch : items[at].parts) {
    RegexRow row(items.begin(), items.begin() + static_cast<ptrdiff_t>(at));
    AppendRow(branch, &row);
    row.insert(row.end(), items.begin() + static_cast<ptrdiff_t>(at) + 1,
               items.end());
    Choice part = ChooseWindows(row, distributions - 1);
    choice.score = std::min(choice.score, part.score);
    std::move(part.windows.begin(), part.windows.end(),
              std::back_inserter(choice.windows));
  }
  if (choice.windows.size() > kMaxWindows) {
    choice.score = -1e9;
  }
  return choice;
}

// Keeps `window` if it beats the best one so far.
void Offer(Window window, Choice* best) {
  if (window.score > best->score) {
    best->score = window.score;
    best->windows = {std::move(window)};
  }
}

// Two cores and the bounded gap between them as one: rarer than either.
std::optional<LiteralCore> Join(const RegexRow& items, const LiteralCore& left,
                                const LiteralCore& right) {
  LiteralCore both{left.begin, right.end, 0, 0};
  for (size_t i = left.begin; i < right.end; ++i) {
    both.width = AddLengths(both.width, MaxLength(items[i]));
  }
  if (both.width > kMaxJoinedWidth) {
    return std::nullopt;
  }
  double gap = static_cast<double>(both.width - left.width - right.width);
  both.bits = left.bits + right.bits - kJoinCost - std::log2(gap + 1);
  return both;
}

// The best window around one core of the row, or around two if one alone is a
// common word.
Choice ChooseCore(const RegexRow& items) {
  Choice best;
  std::vector<LiteralCore> cores = FindCores(items);
  for (const LiteralCore& core : cores) {
    Offer(MakeWindow(items, core), &best);
  }
  if (best.windows.empty() || best.windows[0].bits >= kWord) {
    return best;
  }
  for (size_t i = 0; i + 1 < cores.size(); ++i) {
    std::optional<LiteralCore> both = Join(items, cores[i], cores[i + 1]);
    if (both) {
      Offer(MakeWindow(items, *both), &best);
    }
  }
  return best;
}

Choice ChooseWindows(const RegexRow& items, int distributions) {
  Choice best = ChooseCore(items);
  for (size_t i = 0;
       i < items.size() && distributions > 0 && best.score < kCommon; ++i) {
    if (items[i].kind != Kind::kAlternate ||
        items[i].parts.size() > kMaxWindows) {
      continue;
    }
    Choice choice = Distribute(items, i, distributions);
    if (choice.score > best.score + kBranchesCost) {
      best = std::move(choice);
    }
  }
  if (best.windows.empty()) {
    Window window = MakeClassWindow(items);
    best.score = window.score;
    best.windows.push_back(std::move(window));
  }
  return best;
}

// The reach over `items`, counted outwards from the hit, and the first item
// that brings it over `limit`, if one does. `plain`: nothing that must match
// stands beyond that item.
struct Reach {
  uint64_t bytes = 0;
  const RegexNode* over = nullptr;
  bool plain = true;
};

template <class Iterator>
Reach Measure(Iterator begin, Iterator end, uint64_t start, uint64_t limit) {
  Reach reach{start, nullptr, true};
  for (Iterator item = begin; item != end; ++item) {
    if (reach.over != nullptr) {
      reach.plain = reach.plain && MinLength(*item) == 0;
    }
    reach.bytes = AddLengths(reach.bytes, MaxLength(*item));
    if (reach.bytes > limit && reach.over == nullptr) {
      reach.over = &*item;
    }
  }
  return reach;
}

std::string Quote(const RegexNode& node) {
  std::string text = PrintRegex(node, false);
  constexpr size_t kLongest = 60;
  if (text.size() > kLongest) {
    text = text.substr(0, kLongest) + "…";
  }
  return "`" + text + "`";
}

// Refuses (strict) or notes (lenient) a compromise.
Result<void> Compromise(const HitFormOptions& options, std::string refused,
                        std::string noted, HitForm* form) {
  if (options.strict) {
    return Fail(ErrorKind::kUsage, std::move(refused));
  }
  form->compromises.push_back(std::move(noted));
  return {};
}

Result<void> AddBefore(const Window& window, const HitFormOptions& options,
                       HitForm* form) {
  uint64_t limit =
      options.reach_before > 0 ? options.reach_before : kMaxReachBefore;
  Reach reach = Measure(window.before.rbegin(), window.before.rend(),
                        MaxLength(window.expression), limit);
  form->reach_before = std::max(
      form->reach_before, static_cast<uint32_t>(std::min(reach.bytes, limit)));
  if (reach.over == nullptr || options.reach_before > 0) {
    return {};
  }
  return Compromise(
      options,
      "the hit " + Quote(window.expression) + " may end more than " +
          std::to_string(limit) +
          " bytes after the match's start, because of " + Quote(*reach.over) +
          ": bound that part, or leave it out if it may be empty (or state "
          "reach_before)",
      "matches in which " + Quote(*reach.over) +
          " puts more than 256 bytes before " + Quote(window.expression) +
          " are cut or missed",
      form);
}

Result<void> AddAfter(const Window& window, const HitFormOptions& options,
                      HitForm* form) {
  uint64_t limit =
      options.reach_after > 0 ? options.reach_after : kMaxReachAfter;
  Reach reach = Measure(window.after.begin(), window.after.end(), 0, limit);
  form->reach_after = std::max(
      form->reach_after, static_cast<uint32_t>(std::min(reach.bytes, limit)));
  if (reach.over == nullptr || reach.plain || options.reach_after > 0) {
    return {};
  }
  return Compromise(
      options,
      "unbounded before its end: " + Quote(*reach.over) +
          " may match more than 4096 bytes, and more must follow it; bound it, "
          "as in x{1,1000} (or state reach_after = 4096, and miss what is "
          "longer)",
      "matches in which " + Quote(*reach.over) +
          " is longer than 4096 bytes are missed",
      form);
}

}  // namespace

Result<HitForm> DeriveHitForm(const RegexNode& full,
                              const HitFormOptions& options) {
  Choice choice = ChooseWindows(RowOf(full), kMaxDistributions);
  HitForm form;
  for (const Window& window : choice.windows) {
    if (MinLength(window.expression) == 0) {
      return Fail(ErrorKind::kUsage,
                  "no selective part: the regex, or a branch of it, may match "
                  "nothing at all; require some bytes");
    }
    if (window.bits < kLeast) {
      Result<void> accepted = Compromise(
          options,
          "no selective part: " + Quote(window.expression) +
              " is the rarest that each match holds, and every file is full "
              "of that; add a prefix, or a keyword with a bounded gap as in "
              "(?i)acme.{0,40}?, or write `hit`",
          Quote(window.expression) +
              " is the rarest part of the regex, and is common: scans will be "
              "slow",
          &form);
      if (!accepted) {
        return tl::unexpected(accepted.error());
      }
    }
    std::string expression = PrintRegex(window.expression, false);
    if (std::find(form.expressions.begin(), form.expressions.end(),
                  expression) == form.expressions.end()) {
      form.expressions.push_back(std::move(expression));
    }
    Result<void> added = AddBefore(window, options, &form);
    added = added ? AddAfter(window, options, &form) : added;
    if (!added) {
      return tl::unexpected(added.error());
    }
  }
  return form;
}

Result<HitForm> UseHitForm(const std::vector<std::string>& expressions,
                           const RegexNode& full,
                           const HitFormOptions& options) {
  HitForm form;
  for (const std::string& expression : expressions) {
    Result<Regex> regex = ParseRegex(expression);
    if (!regex) {
      return Fail(regex.error().kind, regex.error().ToString());
    }
    if (HasAssertion(regex->root, RegexNode::Assertion::kTextStart) ||
        HasAssertion(regex->root, RegexNode::Assertion::kTextEnd)) {
      return Fail(ErrorKind::kUsage,
                  "needs the file's start or end; write (?m) before ^ or "
                  "$, and leave \\A and \\z to `regex`");
    }
    if (MinLength(regex->root) == 0) {
      return Fail(ErrorKind::kUsage,
                  "may match nothing at all; require some bytes");
    }
    if (MaxLength(regex->root) > kMaxHitWidth) {
      return Fail(ErrorKind::kUsage,
                  "may match more than 256 bytes; bound its repetitions "
                  "and cut its tail");
    }
    form.expressions.push_back(PrintRegex(regex->root, false));
  }
  uint64_t longest = MaxLength(full);
  uint64_t before =
      options.reach_before > 0 ? options.reach_before : kMaxReachBefore;
  uint64_t after =
      options.reach_after > 0 ? options.reach_after : kMaxReachAfter;
  form.reach_before = static_cast<uint32_t>(std::min(before, longest));
  form.reach_after = static_cast<uint32_t>(std::min(after, longest));
  return form;
}

}  // namespace keysift
