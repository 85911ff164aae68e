// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <doctest/doctest.h>

#include <cstdio>
#include <string>
#include <vector>

#include "git/index_file.h"
#include "support/git_fixture.h"

namespace keysift {

// As `git ls-files --stage -z` shows it.
inline std::string Show(const IndexFile& index) {
  std::string shown;
  for (const IndexEntry& entry : index.entries()) {
    char mode[16];
    std::snprintf(mode, sizeof mode, "%06o ", entry.mode());
    shown += mode + entry.id().ToHex() + " " + std::to_string(entry.stage()) +
             "\t" + std::string(entry.path()) + '\0';
  }
  return shown;
}

inline std::string IndexPath(const GitFixture& fixture) {
  return fixture.git_dir() + "/index";
}

inline void CompareWithGit(const GitFixture& fixture,
                           const std::vector<std::string>& options = {}) {
  Result<IndexFile> index =
      IndexFile::Open(IndexPath(fixture), fixture.git_dir());
  if (!index) {
    FAIL(index.error().ToString());
  }
  std::vector<std::string> command = {"ls-files", "--stage", "-z"};
  command.insert(command.end(), options.begin(), options.end());
  CHECK(Show(*index) == fixture.Git(command));
}

inline void WriteFiles(const GitFixture& fixture, int count) {
  for (int i = 0; i < count; ++i) {
    fixture.Write(
        "folder" + std::to_string(i % 7) + "/file" + std::to_string(i),
        std::to_string(i));
  }
  fixture.Write(std::string(200, 'd') + "/" + std::string(200, 'e') + "/" +
                    std::string(200, 'f') + "/" + std::string(200, 'g') + "/" +
                    std::string(200, 'h'),
                "a deep one");
}

}  // namespace keysift
