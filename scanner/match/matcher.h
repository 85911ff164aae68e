// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "match/hit.h"
#include "match/pattern_database.h"

struct hs_scratch;

namespace keysift {

// Runs a PatternDatabase over bytes: the scratch space and a thread's own
// state. One per thread; the database must outlive it.
class Matcher {
 public:
  static Result<Matcher> Create(const PatternDatabase& database);
  Matcher(Matcher&&) noexcept;
  Matcher& operator=(Matcher&&) noexcept;
  ~Matcher();

  // Appends every hit in `bytes` to `hits`, ends counted from the start of
  // `bytes`, in no particular order and possibly repeated. Bytes over 1 GiB go
  // in overlapping blocks. Fails only if Hyperscan does (kInternal).
  Result<void> Scan(std::string_view bytes, std::vector<Hit>* hits);

  // W of the database (bytes).
  uint32_t width() const { return database_->width(); }

 private:
  Matcher(const PatternDatabase* database, hs_scratch* scratch)
      : database_(database), scratch_(scratch) {}

  const PatternDatabase* database_;
  hs_scratch* scratch_;
};

}  // namespace keysift
