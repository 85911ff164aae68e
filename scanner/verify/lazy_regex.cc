// SPDX-License-Identifier: Apache-2.0
#include "verify/lazy_regex.h"

#include <re2/re2.h>

#include <utility>

namespace keysift {
namespace {

std::unique_ptr<re2::RE2> Compile(const std::string& pattern, int64_t memory) {
  re2::RE2::Options options(re2::RE2::Latin1);
  options.set_log_errors(false);
  options.set_max_mem(memory);
  return std::make_unique<re2::RE2>(pattern, options);
}

}  // namespace

LazyRegex::LazyRegex(std::string pattern) : pattern_(std::move(pattern)) {}
LazyRegex::~LazyRegex() = default;

const re2::RE2* LazyRegex::Get() const {
  std::call_once(once_, [this] {
    if (pattern_.empty()) {
      return;
    }
    std::unique_ptr<re2::RE2> regex = Compile(pattern_, kMemory);
    if (regex->error_code() == re2::RE2::ErrorPatternTooLarge) {
      regex = Compile(pattern_, kMemoryForLarge);
    }
    if (regex->ok()) {
      regex_ = std::move(regex);
    }
  });
  return regex_.get();
}

bool LazyRegex::Search(std::string_view bytes) const {
  const re2::RE2* regex = Get();
  const re2::StringPiece piece(bytes.data(), bytes.size());
  return regex != nullptr &&
         regex->Match(piece, 0, piece.size(), re2::RE2::UNANCHORED, nullptr, 0);
}

}  // namespace keysift
