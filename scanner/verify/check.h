// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/span.h"
#include "rule/rule.h"
#include "verify/marks.h"
#include "verify/window.h"

namespace keysift {

struct Decoder;

// What a check may look at. A local check reads through `window` only; a body
// check is run when the whole text is known and reads `text`.
struct CheckInput {
  const Rule& rule;
  Window* window;
  std::string_view text;  // body checks; empty in local ones
  Span match;
  Span secret;

  std::string_view Match() const { return window->Bytes(match); }
  std::string_view Secret() const { return window->Bytes(secret); }
};

// What a check found. `reason` is a few words for people and never holds the
// secret; `details` go into the report as they are.
struct CheckResult {
  enum class Outcome {
    kPass,     // as its format promises
    kFail,     // not so: confidence goes down one step
    kUnknown,  // this check does not apply to this form
    kDrop,     // surely no credential
  };
  Outcome outcome = Outcome::kUnknown;
  std::string reason;
  std::vector<std::pair<std::string, std::string>> details;
  uint32_t marks = 0;
  // The confidence may not be higher than this.
  Confidence at_most = Confidence::kCertain;
  // How far the credential really reaches; empty: as matched. A local check's
  // becomes the secret, a body check's also the match.
  Span extent;
  // What the secret is written in, if not as it stands (written_value.h).
  const Decoder* written = nullptr;

  static CheckResult Pass(std::string reason) {
    return Of(Outcome::kPass, std::move(reason));
  }
  static CheckResult Failed(std::string reason) {
    return Of(Outcome::kFail, std::move(reason));
  }
  // Of the format's shape only, so not the provider's, whatever its variable is
  // called.
  static CheckResult Unlike(std::string reason) {
    CheckResult result = Failed(std::move(reason));
    result.marks = kMarkLoose;
    result.at_most = Confidence::kPossible;
    return result;
  }
  static CheckResult Drop(std::string reason) {
    return Of(Outcome::kDrop, std::move(reason));
  }
  static CheckResult Unknown() { return CheckResult(); }

 private:
  static CheckResult Of(Outcome outcome, std::string reason) {
    CheckResult result;
    result.outcome = outcome;
    result.reason = std::move(reason);
    return result;
  }
};

// A structure check that rules ask for by name. Pure functions, any thread.
struct Check {
  enum class Weight {
    kProof,  // passing is no accident: certain, and no filter drops it
    kSign,   // passing only supports the rule's own confidence
  };
  enum class Reach { kLocal, kBody };
  const char* name;
  Weight weight;
  Reach reach;
  CheckResult (*run)(const CheckInput& input);
};

}  // namespace keysift
