// SPDX-License-Identifier: Apache-2.0
#include "scan/self_check.h"

#include <algorithm>
#include <tuple>

#include "base/big_endian.h"

namespace keysift {
namespace {

auto PartsOf(const LocalVerdict& verdict) {
  return std::make_tuple(verdict.hit.bits, verdict.low, verdict.high,
                         verdict.match.begin, verdict.match.end,
                         verdict.secret.begin, verdict.secret.end,
                         verdict.accepted, verdict.confidence, verdict.marks);
}

bool IsSame(const ScannedText& a, const ScannedText& b) {
  const auto same_verdict = [](const ScannedText::Verdict& x,
                               const ScannedText::Verdict& y) {
    return (x.accepted == ScannedText::kRejected) ==
           (y.accepted == ScannedText::kRejected);
  };
  const auto same_parts = [](const LocalVerdict& x, const LocalVerdict& y) {
    return PartsOf(x) == PartsOf(y);
  };
  return a.hits == b.hits &&
         std::equal(a.verdicts.begin(), a.verdicts.end(), b.verdicts.begin(),
                    b.verdicts.end(), same_verdict) &&
         std::equal(a.accepted.begin(), a.accepted.end(), b.accepted.begin(),
                    b.accepted.end(), same_parts);
}

}  // namespace

// Ids are as good as random: their first 32 bits decide.
bool SelfCheck::IsChosen(std::string_view raw_id) const {
  constexpr double kAll = 4294967296.0;  // 2^32
  return LoadBig32(raw_id.data()) < percent_ / 100 * kAll;
}

Result<void> SelfCheck::Check(std::string_view text, const ScannedText& known) {
  Result<void> scanned = scanner_.ScanWhole(text, {}, &whole_);
  scanner_.findings() = FindingSet();
  if (scanned && !IsSame(known, whole_)) {
    return Fail(ErrorKind::kInternal,
                "self-check: a scan along deltas and a scan in full differ. "
                "This is a bug of keysift: please report it, and use "
                "--exhaustive until it is mended");
  }
  return scanned;
}

}  // namespace keysift
