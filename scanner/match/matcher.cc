// SPDX-License-Identifier: Apache-2.0
#include "match/matcher.h"

#include <hs/hs.h>

#include <algorithm>
#include <cassert>
#include <utility>

namespace keysift {
namespace {

// Which hits of one block count: those with from <= end <= to.
struct Block {
  uint64_t begin = 0;
  uint64_t from = 0;
  uint64_t to = 0;
  std::vector<Hit>* hits = nullptr;
};

int OnMatch(unsigned id, unsigned long long /*from*/, unsigned long long to,
            unsigned /*flags*/, void* context) noexcept {
  const Block& block = *static_cast<const Block*>(context);
  uint64_t end = block.begin + to;
  if (block.from <= end && end <= block.to) {
    block.hits->push_back(Hit::At(end, id));
  }
  return 0;
}

}  // namespace

Result<Matcher> Matcher::Create(const PatternDatabase& database,
                                uint64_t block_size) {
  assert(block_size > 2 * (uint64_t{database.width()} + 2));
  hs_scratch* scratch = nullptr;
  if (hs_alloc_scratch(database.handle(), &scratch) != HS_SUCCESS) {
    return Fail(ErrorKind::kInternal, "Hyperscan gives no scratch space");
  }
  return Matcher(&database, scratch, block_size);
}

Matcher::Matcher(Matcher&& other) noexcept
    : database_(other.database_),
      scratch_(std::exchange(other.scratch_, nullptr)),
      block_size_(other.block_size_),
      triggers_(other.triggers_) {}

Matcher& Matcher::operator=(Matcher&& other) noexcept {
  std::swap(database_, other.database_);
  std::swap(scratch_, other.scratch_);
  std::swap(block_size_, other.block_size_);
  std::swap(triggers_, other.triggers_);
  return *this;
}

Matcher::~Matcher() { hs_free_scratch(scratch_); }

// A hit at `end` depends on [end - W - 1, end + 1), the text's edges included
// (pattern_database.cc). A block tells the truth about the ends for which that
// lies in it, or beyond an edge that block and text share; blocks overlap so
// that each end has exactly one such block.
Result<void> Matcher::Scan(std::string_view bytes, std::vector<Hit>* hits) {
  if (triggers_) {
    FindTriggers(bytes, hits);
  }
  uint64_t overlap = uint64_t{database_->width()} + 2;
  Block block{0, 0, 0, hits};
  while (true) {
    uint64_t size = std::min<uint64_t>(block_size_, bytes.size() - block.begin);
    bool last = block.begin + size == bytes.size();
    block.to = block.begin + size - (last ? 0 : 1);
    hs_error_t status =
        hs_scan(database_->handle(), bytes.data() + block.begin,
                static_cast<unsigned>(size), 0, scratch_, OnMatch, &block);
    if (status != HS_SUCCESS) {
      return Fail(ErrorKind::kInternal,
                  "Hyperscan failed with status " + std::to_string(status));
    }
    if (last) {
      return {};
    }
    block.from = block.to + 1;
    block.begin += size - overlap;
  }
}

}  // namespace keysift
