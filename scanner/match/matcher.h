// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "match/hit.h"
#include "match/pattern_database.h"
#include "match/triggers.h"

struct hs_scratch;

namespace keysift {

// Runs a PatternDatabase over bytes, and looks for triggers: the scratch space
// and a thread's own state. One per thread; the database must outlive it.
class Matcher {
 public:
  static constexpr uint64_t kBlockSize = uint64_t{1} << 30;

  // `block_size`: how many bytes Hyperscan gets at once; tests make it small.
  // It must be over twice the database's width.
  static Result<Matcher> Create(const PatternDatabase& database,
                                uint64_t block_size = kBlockSize);
  Matcher(Matcher&&) noexcept;
  Matcher& operator=(Matcher&&) noexcept;
  ~Matcher();

  // Appends every hit in `bytes` to `hits`, ends counted from the start of
  // `bytes`, in no particular order and possibly repeated. Bytes over 1 GiB go
  // in overlapping blocks. Fails only if Hyperscan does (kInternal).
  Result<void> Scan(std::string_view bytes, std::vector<Hit>* hits);

  // From now on triggers are looked for as well, or not. At first they are not.
  void set_triggers(bool wanted) { triggers_ = wanted; }

  // W: no hit depends on more than so many bytes before its end and one more.
  uint32_t width() const {
    return triggers_ ? std::max(database_->width(), kTriggerWidth)
                     : database_->width();
  }

 private:
  Matcher(const PatternDatabase* database, hs_scratch* scratch,
          uint64_t block_size)
      : database_(database), scratch_(scratch), block_size_(block_size) {}

  const PatternDatabase* database_;
  hs_scratch* scratch_;
  uint64_t block_size_;
  bool triggers_ = false;
};

}  // namespace keysift
