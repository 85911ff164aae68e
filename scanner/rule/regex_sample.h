// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <random>
#include <string>

#include "rule/regex_node.h"

namespace keysift {

// Makes strings of a regex's language, the same ones for the same seed.
// Assertions are not heeded: check the result where there are some. Bounded
// repetitions are tried at both ends; unbounded ones go a few over their least.
class RegexSampler {
 public:
  explicit RegexSampler(uint64_t seed) : random_(seed) {}

  std::string Sample(const RegexNode& node);

 private:
  void Append(const RegexNode& node, std::string* out);
  // From 0 to `most`.
  uint64_t Below(uint64_t most) { return random_() % (most + 1); }

  std::mt19937_64 random_;
};

}  // namespace keysift
