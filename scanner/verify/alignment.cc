// SPDX-License-Identifier: Apache-2.0
// Problem: a text holds ids and secrets in any order, several of them, with
// other lines between; say which belongs to which. Idea: people write pairs one
// after the other, so the right assignment keeps the order of both: id 1 before
// id 2 means secret 1 before secret 2. That is a sequence alignment (Needleman
// and Wunsch 1970): first as many pairs as possible, then the least total
// distance in lines, where a section head, a closing brace or an empty line
// between counts as more lines. Rejected: nearest first; "id 1, id 2, secret 1,
// secret 2" pairs wrongly. Cost: ids × secrets per cluster, bounded by
// kMaxCells; beyond it nearest first. Test: tests/verify/alignment_test.cc.
#include "verify/alignment.h"

#include <algorithm>

namespace keysift {
namespace {

constexpr uint64_t kMaxCells = 1u << 20;

class Alignment {
 public:
  Alignment(const std::vector<Span>& ids, const std::vector<Span>& secrets,
            uint64_t reach, const PairCost& cost)
      : ids_(ids), secrets_(secrets), reach_(reach), cost_(cost) {}

  // Aligns ids [i, i_end) with secrets [j, j_end).
  void Run(size_t i, size_t i_end, size_t j, size_t j_end, PartPairs* pairs) {
    if ((i_end - i + 1) * (j_end - j + 1) > kMaxCells) {
      Nearest(i, i_end, j, j_end, pairs);
      return;
    }
    const size_t rows = i_end - i;
    const size_t columns = j_end - j;
    std::vector<Score> best((rows + 1) * (columns + 1));
    const auto at = [columns](size_t r, size_t c) {
      return r * (columns + 1) + c;
    };
    for (size_t r = rows; r-- > 0;) {
      for (size_t c = columns; c-- > 0;) {
        best[at(r, c)] = std::max({best[at(r + 1, c)], best[at(r, c + 1)],
                                   With(best[at(r + 1, c + 1)], i + r, j + c)});
      }
    }
    for (size_t r = 0, c = 0; r < rows && c < columns;) {
      const Score score = best[at(r, c)];
      const Score with = With(best[at(r + 1, c + 1)], i + r, j + c);
      if (with == score && with.pairs > best[at(r + 1, c + 1)].pairs) {
        pairs->emplace_back(i + r++, j + c++);
      } else if (best[at(r, c + 1)] == score) {
        ++c;
      } else {
        ++r;
      }
    }
  }

 private:
  // More pairs are better, then less cost.
  struct Score {
    uint64_t pairs = 0;
    uint64_t cost = 0;
    bool operator==(const Score&) const = default;
    bool operator<(const Score& other) const {
      return pairs != other.pairs ? pairs < other.pairs : cost > other.cost;
    }
  };

  Score With(Score rest, size_t id, size_t secret) const {
    const uint64_t cost = cost_(id, secret);
    if (cost == kTooFar) {
      return rest;
    }
    return Score{rest.pairs + 1, rest.cost + cost};
  }

  void Nearest(size_t i, size_t i_end, size_t j, size_t j_end,
               PartPairs* pairs) {
    for (; i < i_end; ++i) {
      while (j < j_end && secrets_[j].end + reach_ < ids_[i].begin) {
        ++j;
      }
      if (j < j_end && cost_(i, j) != kTooFar) {
        pairs->emplace_back(i, j++);
      }
    }
  }

  const std::vector<Span>& ids_;
  const std::vector<Span>& secrets_;
  uint64_t reach_;
  const PairCost& cost_;
};

}  // namespace

uint64_t PartDistance(std::string_view text, Span a, Span b, Nearness most) {
  const Span gap =
      a.begin < b.begin ? Span{a.end, b.begin} : Span{b.end, a.begin};
  if (gap.begin > gap.end || gap.size() > most.bytes) {
    return kTooFar;
  }
  const std::string_view between = gap.In(text);
  uint64_t lines = 0;
  uint64_t barriers = 0;
  for (size_t i = 0; i < between.size(); ++i) {
    const char next = i + 1 < between.size() ? between[i + 1] : '\0';
    if (between[i] == '\n') {
      ++lines;
      barriers += next == '\n' || next == '[' || next == '\r' ? 1 : 0;
    }
    barriers += between[i] == '}' ? 1 : 0;
  }
  if (lines > most.lines) {
    return kTooFar;
  }
  return lines * kLineCost + barriers * 3 * kLineCost +
         std::min<uint64_t>(gap.size(), most.bytes) / 8;
}

PartPairs AlignParts(const std::vector<Span>& ids,
                     const std::vector<Span>& secrets, uint64_t reach,
                     const PairCost& cost) {
  // Cluster by cluster: between clusters no pair is possible.
  PartPairs pairs;
  Alignment alignment(ids, secrets, reach, cost);
  for (size_t i = 0, j = 0; i < ids.size();) {
    uint64_t end = ids[i].end + reach;
    while (j < secrets.size() && secrets[j].end + reach < ids[i].begin) {
      ++j;
    }
    size_t i_end = i + 1;
    size_t j_end = j;
    for (bool grows = true; grows;) {
      grows = false;
      for (; j_end < secrets.size() && secrets[j_end].begin <= end; ++j_end) {
        end = std::max(end, secrets[j_end].end + reach);
        grows = true;
      }
      for (; i_end < ids.size() && ids[i_end].begin <= end; ++i_end) {
        end = std::max(end, ids[i_end].end + reach);
        grows = true;
      }
    }
    alignment.Run(i, i_end, j, j_end, &pairs);
    i = i_end;
    j = j_end;
  }
  return pairs;
}

}  // namespace keysift
