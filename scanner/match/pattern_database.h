// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

struct hs_database;

namespace keysift {

// One hit form: `expression` in Hyperscan's syntax (bytes, not UTF-8), reported
// under `pattern`. Several expressions may share a pattern.
struct PatternSource {
  std::string expression;
  uint32_t pattern = 0;
};

// All hit forms, compiled by Hyperscan for block mode. Immutable; shared by all
// threads (each scans through a Matcher of its own).
class PatternDatabase {
 public:
  PatternDatabase(PatternDatabase&&) noexcept;
  PatternDatabase& operator=(PatternDatabase&&) noexcept;
  ~PatternDatabase();

  // Compiles for the CPU it runs on. Fails naming the expression and saying
  // what to write when a form is one that the delta scheme forbids (no \A, \z,
  // no ^ or $ without (?m), width over kMaxWidth, minimum width 0).
  static Result<PatternDatabase> Compile(
      const std::vector<PatternSource>& sources);

  // As above, for a level by name: "sse42", "avx2", "avx512". Build time only.
  static Result<std::string> CompileSerialized(
      const std::vector<PatternSource>& sources, std::string_view cpu_level);

  // Loads what CompileSerialized or Serialize wrote. `bytes` need not outlive
  // the call.
  static Result<PatternDatabase> Load(std::string_view bytes);

  Result<std::string> Serialize() const;

  // What FromImage takes: the database as it lies in memory. Build time only.
  Result<std::string> ToImage() const;

  // Uses what ToImage wrote where it lies: nothing is copied or checked over,
  // so only for bytes that are part of this program. They must start at a
  // multiple of kImageAlignment and outlive the database.
  static Result<PatternDatabase> FromImage(std::string_view bytes);

  // The best of the levels above that this CPU runs.
  static std::string_view HostCpuLevel();
  // Hyperscan's own version text; databases of another one do not load.
  static std::string_view EngineVersion();

  // W: no match of any expression is longer (bytes).
  uint32_t width() const { return width_; }
  const hs_database* handle() const { return handle_; }

  static constexpr uint32_t kMaxWidth = 256;
  static constexpr size_t kImageAlignment = 64;

 private:
  PatternDatabase(hs_database* handle, uint32_t width)
      : owned_(handle), handle_(handle), width_(width) {}

  hs_database* owned_ = nullptr;  // none: an image
  const hs_database* handle_ = nullptr;
  uint32_t width_ = 0;
};

}  // namespace keysift
