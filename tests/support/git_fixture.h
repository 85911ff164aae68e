// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "support/temporary_folder.h"

namespace keysift {

// The whole of a file, which must be there.
std::string ReadWhole(const std::string& path);
// Replaces a file's content, whatever its permissions (git's objects are
// read-only).
void WriteWhole(const std::string& path, std::string_view content);

// A git repository made by the real git in a temporary folder, with nothing of
// the machine's in it: no system or user configuration, the author "A U Thor
// <author@example.com>", and dates that start at 2024-01-01T00:00:00Z and go
// on by a minute with each call of git, so that ids are the same everywhere.
class GitFixture {
 public:
  // `git init` with these further arguments ("--bare").
  explicit GitFixture(const std::vector<std::string>& init_arguments = {});

  // The repository's root: its work tree, or the bare repository itself.
  const std::string& path() const { return path_; }
  // "<root>/.git", or the root if it is bare.
  const std::string& git_dir() const { return git_dir_; }
  const TemporaryFolder& folder() const { return folder_; }

  // Runs git in the root; returns its standard output. It must succeed.
  std::string Git(const std::vector<std::string>& arguments,
                  std::string_view input = {}) const;
  // The same in another folder, and with further variables ("NAME=value").
  std::string GitIn(const std::string& where,
                    const std::vector<std::string>& arguments,
                    std::string_view input = {},
                    const std::vector<std::string>& variables = {}) const;
  // Runs git and returns its exit status; the output goes nowhere.
  int GitStatus(const std::vector<std::string>& arguments) const;
  // The output without the line end: for ids.
  std::string GitLine(const std::vector<std::string>& arguments) const;

  // Writes a file in the work tree.
  void Write(std::string_view name, std::string_view content) const;
  // Adds everything and commits it (an empty commit too); returns its id.
  std::string Commit(std::string_view message) const;

 private:
  std::vector<std::string> NextEnvironment() const;

  TemporaryFolder folder_;
  std::string path_;
  std::string git_dir_;
  mutable int clock_ = 0;
};

// Splits at line ends; an empty last line is left out.
std::vector<std::string> SplitLines(std::string_view text);

}  // namespace keysift
