// SPDX-License-Identifier: Apache-2.0
// Problem: a text holds ids and secrets in any order, several of them, with
// other lines between; say which belongs to which. Idea: people write pairs one
// after the other, so the right assignment keeps the order of both: id 1 before
// id 2 means secret 1 before secret 2. That is a sequence alignment (Needleman
// and Wunsch 1970): first as many pairs as possible, then the least total
// distance in lines, where a section head, a closing brace or an empty line
// between counts as more lines. Names overrule the order: PROD_…_ID goes with
// PROD_…_SECRET. Rejected: nearest first; "id 1, id 2, secret 1, secret 2"
// pairs wrongly. Cost: ids × secrets per cluster, bounded by kMaxCells; beyond
// it nearest first. Test: tests/verify/aws_pairing_test.cc.
#include "verify/aws_alignment.h"

#include <algorithm>
#include <map>

#include "verify/aws_pairing.h"

namespace keysift {
namespace {

constexpr uint64_t kMaxCells = 1u << 20;

class Alignment {
 public:
  Alignment(std::string_view text, const std::vector<AwsPart>& ids,
            const std::vector<AwsPart>& secrets)
      : text_(text), ids_(ids), secrets_(secrets) {}

  // Aligns ids [i, i_end) with secrets [j, j_end).
  void Run(size_t i, size_t i_end, size_t j, size_t j_end, AwsPairs* pairs) {
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
    const uint64_t cost = AwsCost(text_, ids_[id], secrets_[secret]);
    if (cost == kTooFar) {
      return rest;
    }
    return Score{rest.pairs + 1, rest.cost + cost};
  }

  void Nearest(size_t i, size_t i_end, size_t j, size_t j_end,
               AwsPairs* pairs) {
    for (; i < i_end; ++i) {
      while (j < j_end && secrets_[j].detection.secret.end + kAwsPairBytes <
                              ids_[i].detection.secret.begin) {
        ++j;
      }
      if (j < j_end && AwsCost(text_, ids_[i], secrets_[j]) != kTooFar) {
        pairs->emplace_back(i, j++);
      }
    }
  }

  std::string_view text_;
  const std::vector<AwsPart>& ids_;
  const std::vector<AwsPart>& secrets_;
};

}  // namespace

AwsPairs PairAwsPartsByName(std::string_view text,
                            const std::vector<AwsPart>& ids,
                            const std::vector<AwsPart>& secrets) {
  AwsPairs pairs;
  std::map<std::string, std::vector<size_t>> by_label;
  for (size_t j = 0; j < secrets.size(); ++j) {
    if (!secrets[j].label.empty()) {
      by_label[secrets[j].label].push_back(j);
    }
  }
  std::map<std::string, size_t> ids_of;
  for (const AwsPart& id : ids) {
    ++ids_of[id.label];
  }
  for (size_t i = 0; i < ids.size(); ++i) {
    const auto found = by_label.find(ids[i].label);
    if (found != by_label.end() && found->second.size() == 1 &&
        ids_of[ids[i].label] == 1 &&
        AwsCost(text, ids[i], secrets[found->second[0]]) != kTooFar) {
      pairs.emplace_back(i, found->second[0]);
    }
  }
  return pairs;
}

AwsPairs AlignAwsParts(std::string_view text, const std::vector<AwsPart>& ids,
                       const std::vector<AwsPart>& secrets) {
  // Cluster by cluster: between clusters no pair is possible.
  AwsPairs pairs;
  Alignment alignment(text, ids, secrets);
  for (size_t i = 0, j = 0; i < ids.size();) {
    uint64_t reach = ids[i].detection.secret.end + kAwsPairBytes;
    while (j < secrets.size() &&
           secrets[j].detection.secret.end + kAwsPairBytes <
               ids[i].detection.secret.begin) {
      ++j;
    }
    size_t i_end = i + 1;
    size_t j_end = j;
    for (bool grows = true; grows;) {
      grows = false;
      for (; j_end < secrets.size() &&
             secrets[j_end].detection.secret.begin <= reach;
           ++j_end) {
        reach = std::max(reach,
                         secrets[j_end].detection.secret.end + kAwsPairBytes);
        grows = true;
      }
      for (; i_end < ids.size() && ids[i_end].detection.secret.begin <= reach;
           ++i_end) {
        reach =
            std::max(reach, ids[i_end].detection.secret.end + kAwsPairBytes);
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
