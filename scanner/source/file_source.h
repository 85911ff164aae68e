// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "source/content.h"

namespace keysift {

// Which files of a directory are read.
struct FileSourceOptions {
  uint64_t max_file_size = UINT64_MAX;  // bytes; over it is a problem
  // Leaves out what .gitignore files (and `exclude`) name. Off: everything.
  bool honour_ignores = false;
  // More patterns, weaker than any .gitignore: .git/info/exclude, and the
  // user's core.excludesFile before it.
  std::string exclude;
  // Paths that git tracks, relative to the root, sorted: never left out.
  std::vector<std::string> tracked;
};

// A regular file below a root.
struct ListedFile {
  std::string path;      // to open
  std::string relative;  // to the root, as reports show it
};

// All regular files below `root`, sorted by relative path within each folder.
// Symbolic links are not followed (but `root` itself may be one), special files
// are passed over, and of a .git folder only what ListGitFiles() lists. Folders
// that cannot be read are problems. Fails if `root` itself cannot be read.
Result<std::vector<ListedFile>> ListFiles(const std::string& root,
                                          const FileSourceOptions& options,
                                          const SourceSink& sink);

// The files of a git directory but those that a scan of the repository reads
// (objects, refs, indexes) and Git LFS's: config, hooks, logs, messages in the
// making. Paths are shown below `shown_as`; nothing of it is ever left out.
std::vector<ListedFile> ListGitFiles(const std::string& git_dir,
                                     const std::string& shown_as,
                                     const SourceSink& sink);

// Reads one file whole. Hands it on, or the problem (too large, refused). A
// file that is gone meanwhile is passed over. `kind` "file".
void ReadListedFile(const ListedFile& file, const FileSourceOptions& options,
                    const SourceSink& sink);

// ListFiles, then each file in order.
Result<void> ReadDirectory(const std::string& root,
                           const FileSourceOptions& options,
                           const SourceSink& sink);

// All of standard input as one text, path "-". More than `max_bytes` is a
// problem, and the first `max_bytes` are handed on; once the sink is stopped,
// what has come by then.
Result<void> ReadStandardInput(uint64_t max_bytes, const SourceSink& sink);

}  // namespace keysift
