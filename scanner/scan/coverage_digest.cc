// SPDX-License-Identifier: Apache-2.0
//
// Ids in order, without sorting: each pack's index has them sorted, and so has
// each objects folder. What remains is to merge these runs. Test:
// tests/cli/places_test.py, against git.
#include "scan/coverage_digest.h"

#include <algorithm>
#include <array>
#include <functional>
#include <queue>
#include <utility>
#include <vector>

#include "base/hmac.h"
#include "base/sha.h"

namespace keysift {
namespace {

// Objects [at, end) whose ids ascend.
struct Run {
  std::string_view id;  // of `at`
  uint32_t at = 0;
  uint32_t end = 0;

  bool operator>(const Run& other) const { return id > other.id; }
};

std::vector<Run> ListRuns(const ObjectStore& store) {
  std::vector<Run> runs;
  for (const ObjectStore::Pack& pack : store.packs()) {
    runs.push_back({{}, pack.first, pack.first + pack.file.count()});
  }
  uint32_t begin = store.first_loose();
  for (uint32_t i = begin; i < store.count(); ++i) {
    if (i + 1 == store.count() || store.raw_id(i + 1) < store.raw_id(i)) {
      runs.push_back({{}, begin, i + 1});
      begin = i + 1;
    }
  }
  std::erase_if(runs, [](const Run& run) { return run.at == run.end; });
  for (Run& run : runs) {
    run.id = store.raw_id(run.at);
  }
  return runs;
}

constexpr std::array<std::array<char, 2>, 256> kHex = [] {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<std::array<char, 2>, 256> hex{};
  for (size_t i = 0; i < hex.size(); ++i) {
    hex[i] = {kDigits[i >> 4], kDigits[i & 15]};
  }
  return hex;
}();

// Gathers ids into pieces that are worth a call of the hash.
class IdHash {
 public:
  void Add(std::string_view raw_id) {
    char* to = &piece_[size_];
    for (char byte : raw_id) {
      const std::array<char, 2>& digits = kHex[static_cast<uint8_t>(byte)];
      *to++ = digits[0];
      *to++ = digits[1];
    }
    *to = '\n';
    size_ += kLine;
    if (size_ + kLine > piece_.size()) {
      Flush();
    }
  }
  std::string Finish() {
    Flush();
    return ToHex(hash_.Finish(), 64);
  }

 private:
  static constexpr size_t kLine = 2 * ObjectId::kSize + 1;

  void Flush() {
    hash_.Update(std::string_view(piece_.data(), size_));
    size_ = 0;
  }

  Sha256 hash_;
  std::array<char, 16 << 10> piece_;
  size_t size_ = 0;
};

}  // namespace

std::string DigestOf(const ObjectMarks& marks) {
  const ObjectStore& store = marks.store();
  std::vector<Run> runs = ListRuns(store);
  std::priority_queue<Run, std::vector<Run>, std::greater<Run>> queue(
      std::greater<Run>(), std::move(runs));
  IdHash hash;
  while (!queue.empty()) {
    Run run = queue.top();
    queue.pop();
    // As long as no other run has a lower id.
    do {
      if (marks.Has(run.at, ObjectMarks::kScanned) &&
          store.FirstCopy(run.at) == run.at) {
        hash.Add(run.id);
      }
      if (++run.at == run.end) {
        break;
      }
      run.id = store.raw_id(run.at);
    } while (queue.empty() || !(run > queue.top()));
    if (run.at != run.end) {
      queue.push(run);
    }
  }
  return hash.Finish();
}

}  // namespace keysift
