// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace keysift {

// Where a report goes: "" and "-" are stdout.
struct OutputPath {
  std::string path;

  bool IsStandardOutput() const { return path.empty() || path == "-"; }
};

// Fails with kIo if a report could not be written there: no such folder, a
// directory, a symbolic link (it could lead anywhere), no permission. Called
// before a scan, so that a typing error does not cost one.
Result<void> CheckOutput(const OutputPath& output);

// Writes the report. A file appears whole or not at all (written beside and
// renamed), readable by its owner only. A closed pipe is no error. Devices,
// FIFOs and /dev/fd/N are written in place.
Result<void> WriteOutput(const OutputPath& output, std::string_view bytes);

// Writes a command's answer to stdout, or says on stderr why there is none. The
// exit code to end with.
int PrintAnswer(const Result<std::string>& answer);

}  // namespace keysift
