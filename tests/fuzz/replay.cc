// SPDX-License-Identifier: Apache-2.0
//
// Runs a fuzz target over files: for compilers without libFuzzer, and for the
// corpora as tests. Arguments are files and folders.
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "base/file.h"
#include "fuzz/fuzz.h"

namespace {

int RunFile(const std::string& path) {
  const keysift::Result<std::string> bytes =
      keysift::ReadFile(path, uint64_t{1} << 30);
  if (!bytes) {
    std::fprintf(stderr, "%s\n", bytes.error().ToString().c_str());
    return 1;
  }
  // A copy of exactly that size, so that a read past the end is noticed.
  const std::vector<uint8_t> exact(bytes->begin(), bytes->end());
  LLVMFuzzerTestOneInput(exact.data(), exact.size());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  int failures = 0;
  int files = 0;
  for (int i = 1; i < argc; ++i) {
    if (!std::filesystem::is_directory(argv[i])) {
      failures += RunFile(argv[i]);
      ++files;
      continue;
    }
    for (const auto& entry : std::filesystem::directory_iterator(argv[i])) {
      failures += RunFile(entry.path().string());
      ++files;
    }
  }
  std::printf("%d files\n", files);
  return failures != 0 || files == 0 ? 1 : 0;
}
