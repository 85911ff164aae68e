// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace keysift {

// One text that a source hands on. `bytes` live for the call only.
struct SourceText {
  std::string_view bytes;
  std::string path;  // as reports show it; raw bytes
  std::string kind;  // Location::kind: "file", "stdin", …
};

// Something that a source should have handed on and could not: a gap.
struct SourceProblem {
  Error error;         // kTooLarge, kIo, …
  std::string path;    // as reports show it
  uint64_t bytes = 0;  // where known
};

// Where a source's texts go. Called by the thread that reads the source.
struct SourceSink {
  std::function<void(const SourceText&)> text;
  std::function<void(SourceProblem)> problem;
  std::function<bool()> stopped = [] { return false; };
};

}  // namespace keysift
