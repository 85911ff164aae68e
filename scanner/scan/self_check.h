// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "scan/text_scanner.h"

namespace keysift {

// Scans some texts a second time, in full, and compares (--self-check): what
// was carried along deltas must be what is there. One per thread.
class SelfCheck {
 public:
  // `percent` of all texts, by their ids: the same ones in each run.
  SelfCheck(TextScanner scanner, double percent)
      : scanner_(std::move(scanner)), percent_(percent) {}

  bool IsChosen(std::string_view raw_id) const;

  // Fails with kInternal if `known`, what was made of `text`, is not what a
  // scan in full makes of it.
  Result<void> Check(std::string_view text, const ScannedText& known);

 private:
  TextScanner scanner_;
  double percent_;
  ScannedText whole_;
};

}  // namespace keysift
