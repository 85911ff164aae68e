// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace keysift {

// What went wrong, coarsely: callers branch on this, users read `message`.
enum class ErrorKind {
  kUsage,        // the command line or a configuration is wrong
  kIo,           // the operating system refused
  kNotFound,     // a named thing does not exist
  kDamaged,      // bytes that are not what their format promises
  kUnsupported,  // a format that keysift knows of but cannot read
  kTooLarge,     // over a stated limit
  kInternal,     // a library failed in a way that should not happen
};

// A failure as a value: what, and where (file:line:col, or pack:offset).
// `message` never holds a secret and tells what to do where that is known.
struct Error {
  ErrorKind kind = ErrorKind::kInternal;
  std::string message;
  std::string where;

  // "where: message", or the message alone.
  std::string ToString() const {
    return where.empty() ? message : where + ": " + message;
  }
};

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> Fail(ErrorKind kind, std::string message,
                                  std::string where = {}) {
  return tl::unexpected<Error>(
      Error{kind, std::move(message), std::move(where)});
}

}  // namespace keysift
