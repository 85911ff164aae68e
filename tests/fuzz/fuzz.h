// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/span.h"

// Each target is one function of bytes; under libFuzzer it is called with made
// up ones, under replay.cc with the files of its corpus.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace keysift {

// Ends the run: something that must always hold does not.
inline void Expect(bool holds) {
  if (!holds) {
    std::abort();
  }
}

// Touches every byte, so that a view that leaves its bytes is noticed.
inline void Touch(std::string_view view) {
  static volatile unsigned char sink = 0;
  for (char byte : view) {
    sink = static_cast<unsigned char>(sink ^ static_cast<unsigned char>(byte));
  }
}

}  // namespace keysift

// A target over a std::string_view named `input`.
#define KEYSIFT_FUZZ_TARGET                                                  \
  static void RunTarget(std::string_view input);                             \
  extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {  \
    RunTarget(size == 0 ? std::string_view() : keysift::AsText(data, size)); \
    return 0;                                                                \
  }                                                                          \
  static void RunTarget(std::string_view input)
