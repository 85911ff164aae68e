// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/buffer.h"
#include "base/result.h"
#include "git/index_file.h"
#include "git/object_id.h"
#include "git/tree.h"

namespace keysift {

// One path whose content is not what it was. Blobs only: of files and of
// symbolic links (whose content is their target).
struct ChangedFile {
  std::string path;                // raw bytes, from the work tree's root
  std::optional<ObjectId> now;     // nullopt: it is gone
  std::optional<ObjectId> before;  // nullopt: it is new
};

// What a comparison found.
struct TreeChanges {
  std::vector<ChangedFile> files;  // in the order of their paths, as trees have
  std::vector<std::string> submodules;  // whose commit is another now
  std::vector<Error> problems;          // trees that could not be read
};

// Reads an object's content; Fails as ObjectLookup::Read. Called from the
// thread that compares.
using ReadObject =
    std::function<Result<ObjectType>(const ObjectId& id, Buffer* content)>;

// Compares two trees, subdirectories included; nullopt is the empty tree.
// Nothing below two equal ids is read. A tree that cannot be read becomes a
// problem, and what the other side has there counts as changed where that is
// the new side.
TreeChanges CompareTrees(const std::optional<ObjectId>& before,
                         const std::optional<ObjectId>& now,
                         const ReadObject& read);

// Compares what is staged with a tree (HEAD's), nullopt if there is none.
// Entries that announce a file only (`git add -N`) are none; of an unresolved
// path every side is compared. Directories whose cached tree (see
// cache_tree.h) is that of `before` are passed over. An index entry and a
// tree's are equal if their ids are and both are blobs: a change of mode adds
// no content.
TreeChanges CompareIndex(const std::optional<ObjectId>& before,
                         const IndexFile& index, const ReadObject& read);

}  // namespace keysift
