// SPDX-License-Identifier: Apache-2.0
#include "cli/write_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "base/file.h"
#include "cli/terminal.h"

namespace keysift {

Result<void> WriteFile(const std::string& path, std::string_view bytes,
                       unsigned mode) {
  std::string beside = path + ".XXXXXX";
  const FileDescriptor file(mkostemp(beside.data(), 0));
  if (file.get() < 0) {
    return tl::unexpected(SystemError("write", path, errno));
  }
  if (!WriteAll(file.get(), bytes) || fchmod(file.get(), mode) != 0 ||
      std::rename(beside.c_str(), path.c_str()) != 0) {
    const int number = errno;
    unlink(beside.c_str());
    return tl::unexpected(SystemError("write", path, number));
  }
  return {};
}

Result<void> MakeFolder(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) {
    return tl::unexpected(
        SystemError("make the directory", path, error.value()));
  }
  return {};
}

}  // namespace keysift
