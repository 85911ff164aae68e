// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/file.h"
#include "base/result.h"

namespace keysift {

// A lock that one process holds at a time, on a file of its own. The kernel
// frees it when the process ends, however it ends; the file stays.
class FileLock {
 public:
  // Takes the lock without waiting. Fails with kIo if another process has it
  // ("held by process N", as the file says) or the file cannot be made.
  static Result<FileLock> Take(const std::string& path);

 private:
  FileDescriptor file_;
};

}  // namespace keysift
