// SPDX-License-Identifier: Apache-2.0
//
// Random texts and random edits of them: what DeltaScan finds in a delta must
// be what a full scan finds, and both must be what the definition of a hit
// gives (an expression matches some [s, e), tried at every s and e). The scheme
// is written down here a second time, plainly and with ten switches that each
// make one mistake: the cases must catch every one of them.
#include "match/delta_scan.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>

namespace keysift {
namespace {

// A text that was made from another one by copies and inserts.
struct Edit {
  std::string base;
  std::string text;
  std::vector<CopyRun> runs;

  CopyMap Map() const {
    return {base.size(), text.size(), runs.data(), runs.size()};
  }
  void Copy(uint64_t begin, uint64_t size) {
    if (size == 0) {
      return;
    }
    if (!runs.empty() && runs.back().end() == text.size() &&
        runs.back().base_end() == begin) {
      runs.back().size += size;
    } else {
      runs.push_back({begin, text.size(), size});
    }
    text += base.substr(begin, size);
  }
};

using Random = std::mt19937;

uint64_t Below(Random* random, uint64_t limit) {
  return limit == 0 ? 0 : (*random)() % limit;
}

std::string RandomText(Random* random, uint64_t size) {
  static constexpr std::string_view kLetters = "aab  \nbx";
  std::string text;
  for (uint64_t i = 0; i < size; ++i) {
    text += kLetters[Below(random, kLetters.size())];
  }
  return text;
}

// The edits that git's deltas can express, the awkward ones more often.
Edit RandomEdit(Random* random, uint64_t scale) {
  Edit edit;
  edit.base = RandomText(random, Below(random, 6 * scale));
  const uint64_t size = edit.base.size();
  switch (Below(random, 6)) {
    case 0: {  // a pure cut at one or both ends
      const uint64_t begin = Below(random, size + 1);
      edit.Copy(begin, Below(random, size - begin + 1));
      return edit;
    }
    case 1: {  // cut in the middle: one seam
      const uint64_t begin = Below(random, size + 1);
      const uint64_t gap = Below(random, size - begin + 1);
      edit.Copy(0, begin);
      edit.Copy(begin + gap, size - begin - gap);
      return edit;
    }
    case 2: {  // one insert
      const uint64_t at = Below(random, size + 1);
      edit.Copy(0, at);
      edit.text += RandomText(random, Below(random, scale));
      edit.Copy(at, size - at);
      return edit;
    }
    default: {  // copies in any order, repeated, tiny, with and without inserts
      for (uint64_t i = Below(random, 6); i > 0; --i) {
        const uint64_t begin = Below(random, size + 1);
        const uint64_t rest = size - begin;
        edit.Copy(begin, Below(random, 3) == 0 ? Below(random, rest / 4 + 1)
                                               : Below(random, rest + 1));
        if (Below(random, 2) == 0) {
          edit.text += RandomText(random, Below(random, scale / 2 + 1));
        }
      }
      return edit;
    }
  }
}

// --- The model -------------------------------------------------------------

enum class Bug {
  kNone,
  kNoSeamAtStart,
  kNoSeamAtEnd,
  kNoLeftContext,
  kNoRightContext,
  kCutHitsKept,
  kFirstRunOnly,
  kReorderedSeamForgotten,
  kKeepEndsEarly,
  kMarginTooShort,
  kMergedTooShort,
};

struct Piece {
  int64_t begin = 0;  // bytes
  int64_t end = 0;
  int64_t from = 0;  // ends that count, both inclusive
  int64_t to = 0;
};

std::vector<Piece> PiecesOf(const Edit& edit, int64_t width, Bug bug) {
  const CopyMap map = edit.Map();
  const int64_t size = static_cast<int64_t>(map.size);
  std::vector<std::pair<int64_t, int64_t>> news;  // inserts and seams
  int64_t at = 0;
  bool mapped = false;
  for (size_t i = 0; i < edit.runs.size(); ++i) {
    const CopyRun& run = edit.runs[i];
    const int64_t begin = static_cast<int64_t>(run.begin);
    if (begin > at) {
      news.emplace_back(at, begin);
    } else if (i == 0) {
      if (!map.MapsStart(run) && bug != Bug::kNoSeamAtStart) {
        news.emplace_back(0, 0);
      }
    } else if (bug != Bug::kReorderedSeamForgotten ||
               run.base_begin > edit.runs[i - 1].base_begin) {
      news.emplace_back(at, at);
    }
    at = static_cast<int64_t>(run.end());
    mapped = map.MapsEnd(run);
  }
  if (at < size || (!mapped && bug != Bug::kNoSeamAtEnd)) {
    news.emplace_back(at, size);
  }
  const int64_t left = bug == Bug::kNoLeftContext ? 0 : 1;
  const int64_t right = bug == Bug::kNoRightContext ? 0 : 1;
  const int64_t reach = bug == Bug::kMarginTooShort ? width - 1 : width;
  std::vector<Piece> pieces;
  for (const auto& [p, q] : news) {
    Piece piece;
    piece.begin = std::max<int64_t>(0, p - reach - left);
    piece.end = std::min(size, q + width + right);
    piece.from = p;
    piece.to = std::min(size, q + width - (bug == Bug::kKeepEndsEarly));
    if (!pieces.empty() && piece.begin <= pieces.back().to) {
      pieces.back().end = piece.end;
      if (bug != Bug::kMergedTooShort) {
        pieces.back().to = piece.to;
      }
    } else {
      pieces.push_back(piece);
    }
  }
  return pieces;
}

std::vector<Hit> Scan(Matcher* matcher, std::string_view text) {
  std::vector<Hit> hits;
  REQUIRE(DeltaScan(matcher).ScanWhole(text, &hits));
  return hits;
}

std::vector<Hit> ScanByModel(Matcher* matcher, const Edit& edit,
                             const std::vector<Hit>& base_hits, Bug bug) {
  const int64_t width = matcher->width();
  const CopyMap map = edit.Map();
  std::set<std::pair<uint64_t, uint32_t>> found;
  for (const Hit& hit : base_hits) {
    const int64_t end = static_cast<int64_t>(hit.end());
    for (const CopyRun& run : edit.runs) {
      int64_t low = std::max<int64_t>(-1, end - width - 1);
      const int64_t high = end + 1;
      if (IsCopied(map, run, low, high)) {
        found.emplace(hit.end() + run.begin - run.base_begin, hit.pattern());
        if (bug == Bug::kFirstRunOnly) {
          break;
        }
      }
    }
  }
  for (const Piece& piece : PiecesOf(edit, width, bug)) {
    const std::string_view bytes = std::string_view(edit.text).substr(
        static_cast<size_t>(piece.begin),
        static_cast<size_t>(piece.end - piece.begin));
    for (const Hit& hit : Scan(matcher, bytes)) {
      const int64_t end = static_cast<int64_t>(hit.end()) + piece.begin;
      if (bug == Bug::kCutHitsKept || (piece.from <= end && end <= piece.to)) {
        found.emplace(end, hit.pattern());
      }
    }
  }
  std::vector<Hit> hits;
  for (const auto& [end, pattern] : found) {
    hits.push_back(Hit::At(end, pattern));
  }
  return hits;
}

// --- Patterns, each with its definition -------------------------------------

bool IsWord(std::string_view text, size_t at) {
  return at < text.size() &&
         (text[at] == 'a' || text[at] == 'b' || text[at] == 'x');
}
bool IsBoundary(std::string_view text, size_t at) {
  return IsWord(text, at) != (at > 0 && IsWord(text, at - 1));
}
bool AllAre(std::string_view piece, std::string_view letters) {
  return piece.find_first_not_of(letters) == std::string_view::npos;
}

// Whether it matches text[begin, end), as the expression says.
using Definition = bool (*)(std::string_view text, size_t begin, size_t end);

struct Pattern {
  const char* expression;
  size_t width;
  Definition matches;
};

const std::vector<Pattern> kPatterns = {
    {"\\b\\w{1,8}\\b", 8,
     [](std::string_view text, size_t begin, size_t end) {
       return end - begin >= 1 && end - begin <= 8 && IsBoundary(text, begin) &&
              IsBoundary(text, end) &&
              AllAre(text.substr(begin, end - begin), "abx");
     }},
    {"(?m)^a", 1,
     [](std::string_view text, size_t begin, size_t end) {
       return end - begin == 1 && text[begin] == 'a' &&
              (begin == 0 || text[begin - 1] == '\n');
     }},
    {"(?m)b$", 1,
     [](std::string_view text, size_t begin, size_t end) {
       return end - begin == 1 && text[begin] == 'b' &&
              (end == text.size() || text[end] == '\n');
     }},
    {"(?m)^[ab]{2,5}$", 5,
     [](std::string_view text, size_t begin, size_t end) {
       return end - begin >= 2 && end - begin <= 5 &&
              AllAre(text.substr(begin, end - begin), "ab") &&
              (begin == 0 || text[begin - 1] == '\n') &&
              (end == text.size() || text[end] == '\n');
     }},
    {"a[ab]{0,6}b", 8,
     [](std::string_view text, size_t begin, size_t end) {
       return end - begin >= 2 && end - begin <= 8 && text[begin] == 'a' &&
              text[end - 1] == 'b' &&
              AllAre(text.substr(begin, end - begin), "ab");
     }},
    {"\\Bx\\B", 1,
     [](std::string_view text, size_t begin, size_t end) {
       return end - begin == 1 && text[begin] == 'x' &&
              !IsBoundary(text, begin) && !IsBoundary(text, end);
     }},
    {"x", 1,
     [](std::string_view text, size_t begin, size_t end) {
       return end - begin == 1 && text[begin] == 'x';
     }},
};

std::vector<Hit> ScanByDefinition(std::string_view text) {
  std::vector<Hit> hits;
  for (size_t end = 1; end <= text.size(); ++end) {
    for (uint32_t i = 0; i < kPatterns.size(); ++i) {
      for (size_t size = 1; size <= std::min(end, kPatterns[i].width); ++size) {
        if (kPatterns[i].matches(text, end - size, end)) {
          hits.push_back(Hit::At(end, i));
          break;
        }
      }
    }
  }
  return hits;
}

PatternDatabase DatabaseOf(const std::vector<std::string>& expressions) {
  std::vector<PatternSource> sources;
  for (const std::string& expression : expressions) {
    sources.push_back({expression, static_cast<uint32_t>(sources.size())});
  }
  Result<PatternDatabase> database = PatternDatabase::Compile(sources);
  REQUIRE(database);
  return std::move(*database);
}

PatternDatabase AllPatterns() {
  std::vector<std::string> expressions;
  for (const Pattern& pattern : kPatterns) {
    expressions.push_back(pattern.expression);
  }
  return DatabaseOf(expressions);
}

std::vector<Hit> ScanDelta(DeltaScan* scan, const Edit& edit,
                           const std::vector<Hit>& base_hits) {
  std::vector<Hit> hits;
  REQUIRE(scan->ScanDelta(edit.text, edit.Map(), base_hits, &hits));
  return hits;
}

}  // namespace

TEST_CASE("a delta's hits are the whole text's, and the definition's") {
  const PatternDatabase database = AllPatterns();
  Result<Matcher> matcher = Matcher::Create(database);
  REQUIRE(matcher);
  DeltaScan scan(&*matcher);
  Random random(1);
  for (int round = 0; round < 6000; ++round) {
    const Edit edit = RandomEdit(&random, 24);
    const std::vector<Hit> base_hits = Scan(&*matcher, edit.base);
    const std::vector<Hit> whole = Scan(&*matcher, edit.text);
    CAPTURE(edit.base);
    CAPTURE(edit.text);
    REQUIRE(ScanDelta(&scan, edit, base_hits) == whole);
    REQUIRE(ScanByDefinition(edit.text) == whole);
  }
}

TEST_CASE("hits stay right along a chain of deltas") {
  const PatternDatabase database = AllPatterns();
  Result<Matcher> matcher = Matcher::Create(database);
  REQUIRE(matcher);
  DeltaScan scan(&*matcher);
  Random random(2);
  for (int chain = 0; chain < 30; ++chain) {
    std::string text = RandomText(&random, 200);
    std::vector<Hit> hits = Scan(&*matcher, text);
    for (int step = 0; step < 50; ++step) {
      Edit edit;
      edit.base = text;
      const uint64_t at = Below(&random, text.size() + 1);
      const uint64_t gap =
          Below(&random, std::min<uint64_t>(12, text.size() - at + 1));
      edit.Copy(0, at);
      edit.text += RandomText(&random, Below(&random, 13));
      edit.Copy(at + gap, text.size() - at - gap);
      hits = ScanDelta(&scan, edit, hits);
      text = edit.text;
      REQUIRE(hits == Scan(&*matcher, text));
    }
  }
}

TEST_CASE("every width from 1 to 256 is exact") {
  Random random(3);
  for (uint32_t width :
       {1u, 2u, 3u, 5u, 8u, 17u, 64u, 127u, 128u, 129u, 255u, 256u}) {
    const std::string repeat = std::to_string(width);
    std::vector<std::string> expressions = {"[ab]{" + repeat + "}",
                                            "(?m)^[abx ]{1," + repeat + "}$",
                                            "\\b\\w{1," + repeat + "}\\b"};
    const PatternDatabase database = DatabaseOf(expressions);
    REQUIRE(database.width() == width);
    Result<Matcher> matcher = Matcher::Create(database);
    REQUIRE(matcher);
    DeltaScan scan(&*matcher);
    for (int round = 0; round < 100; ++round) {
      Edit edit = RandomEdit(&random, 16 + 3 * width);
      // Long words and lines, or wide patterns would never match.
      for (char& letter : edit.base) {
        letter = Below(&random, 60) != 0 && letter != 'x' ? 'a' : letter;
      }
      std::string text = edit.text;
      for (const CopyRun& run : edit.runs) {
        text.replace(run.begin, run.size,
                     edit.base.substr(run.base_begin, run.size));
      }
      edit.text = text;
      REQUIRE(ScanDelta(&scan, edit, Scan(&*matcher, edit.base)) ==
              Scan(&*matcher, edit.text));
    }
  }
}

TEST_CASE("many small edits of a long text are matched in one batch") {
  const PatternDatabase database = AllPatterns();
  Result<Matcher> matcher = Matcher::Create(database);
  REQUIRE(matcher);
  DeltaScan scan(&*matcher);
  Random random(4);
  Edit edit;
  edit.base = RandomText(&random, 200000);
  uint64_t at = 0;
  while (at < edit.base.size()) {
    const uint64_t size =
        std::min<uint64_t>(edit.base.size() - at, 1 + Below(&random, 600));
    edit.Copy(at, size);
    at += size + Below(&random, 3);
    edit.text += RandomText(&random, Below(&random, 4));
  }
  const std::vector<Hit> base_hits = Scan(&*matcher, edit.base);
  CHECK(ScanDelta(&scan, edit, base_hits) == Scan(&*matcher, edit.text));
  CHECK(scan.bytes_matched() < edit.text.size() / 4);
}

TEST_CASE("pure cuts, which insert nothing, make both edges new") {
  const PatternDatabase database = AllPatterns();
  Result<Matcher> matcher = Matcher::Create(database);
  REQUIRE(matcher);
  DeltaScan scan(&*matcher);
  Edit edit;
  edit.base = "xaa bb\nab aabb";
  const std::vector<Hit> base_hits = Scan(&*matcher, edit.base);
  for (uint64_t begin = 0; begin <= edit.base.size(); ++begin) {
    for (uint64_t size = 0; begin + size <= edit.base.size(); ++size) {
      edit.text.clear();
      edit.runs.clear();
      edit.Copy(begin, size);
      REQUIRE(ScanDelta(&scan, edit, base_hits) == Scan(&*matcher, edit.text));
    }
  }
}

TEST_CASE("an unchanged text is not matched at all") {
  const PatternDatabase database = AllPatterns();
  Result<Matcher> matcher = Matcher::Create(database);
  REQUIRE(matcher);
  DeltaScan scan(&*matcher);
  Edit edit;
  edit.base = "aab xx\nb";
  edit.Copy(0, edit.base.size());
  const std::vector<Hit> base_hits = Scan(&*matcher, edit.base);
  CHECK(ScanDelta(&scan, edit, base_hits) == base_hits);
  CHECK(scan.bytes_matched() == 0);
}

TEST_CASE("the model agrees, and each of its ten bugs is caught") {
  const PatternDatabase database = AllPatterns();
  Result<Matcher> matcher = Matcher::Create(database);
  REQUIRE(matcher);
  DeltaScan scan(&*matcher);
  std::set<Bug> caught;
  Random random(1);  // the first test's cases
  for (int round = 0; round < 1500; ++round) {
    const Edit edit = RandomEdit(&random, 24);
    const std::vector<Hit> base_hits = Scan(&*matcher, edit.base);
    const std::vector<Hit> right = ScanDelta(&scan, edit, base_hits);
    REQUIRE(ScanByModel(&*matcher, edit, base_hits, Bug::kNone) == right);
    for (int i = 1; i <= static_cast<int>(Bug::kMergedTooShort); ++i) {
      const Bug bug = static_cast<Bug>(i);
      if (caught.count(bug) == 0 &&
          ScanByModel(&*matcher, edit, base_hits, bug) != right) {
        caught.insert(bug);
      }
    }
  }
  for (int i = 1; i <= static_cast<int>(Bug::kMergedTooShort); ++i) {
    CAPTURE(i);
    CHECK(caught.count(static_cast<Bug>(i)) == 1);
  }
}

}  // namespace keysift
