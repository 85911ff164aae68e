// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}  // namespace re2

namespace keysift {

// A regex that is compiled when it is first asked for: 400 of them take 50 ms,
// a scan needs a few. Bytes (Latin-1), quiet, bounded memory. Immutable to its
// users; all threads may call it.
class LazyRegex {
 public:
  explicit LazyRegex(std::string pattern);
  ~LazyRegex();
  LazyRegex(const LazyRegex&) = delete;
  LazyRegex& operator=(const LazyRegex&) = delete;

  // The compiled regex; nullptr if the pattern is empty or not valid (the
  // rule loader has refused such a rule long before).
  const re2::RE2* Get() const;
  // Whether it matches anywhere in `bytes`; false if it does not compile.
  bool Search(std::string_view bytes) const;
  bool empty() const { return pattern_.empty(); }

  // DFA cache and program of one regex, bytes. The larger one is tried for
  // programs that do not fit in the smaller.
  static constexpr int64_t kMemory = 4 << 20;
  static constexpr int64_t kMemoryForLarge = 64 << 20;

 private:
  std::string pattern_;
  mutable std::once_flag once_;  // guards the building of regex_
  mutable std::unique_ptr<re2::RE2> regex_;
};

}  // namespace keysift
