// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "git/object_id.h"

namespace keysift {

// One pack of an object directory, by its files' paths.
struct PackFiles {
  std::string pack;       // "….pack"; empty if only the index is there
  std::string index;      // "….idx"; empty if only the pack is there
  bool promisor = false;  // "….promisor": came from a promisor remote, which
                          // answers for what its objects name
};

// What lies in one objects directory (gitrepository-layout, "objects"). A
// value: a look at one moment; packs may come and go after it.
struct ObjectDirectory {
  std::string path;              // real and absolute
  std::vector<PackFiles> packs;  // by name
  std::string multi_pack_index;  // its path, or empty
  std::vector<ObjectId> loose;   // ascending; LooseObjectPath() gives the file

  // Lists `path`. Fails only if that cannot be listed itself; anything else
  // that is amiss (a pack without index, an index without pack, a folder that
  // may not be read) becomes a problem and the rest is there. Other files are
  // passed over: git writes many kinds. With `with_loose` false `loose` stays
  // empty, which saves up to 256 directory reads.
  static Result<ObjectDirectory> List(const std::string& path, bool with_loose,
                                      std::vector<Error>* problems);
};

// Where an object directory names others (gitrepository-layout,
// "objects/info/alternates").
std::string AlternatesFile(const std::string& directory);
// The paths that it names, none if there is no such file; a problem if it
// cannot be read.
std::vector<std::string> ReadAlternates(const std::string& directory,
                                        std::vector<Error>* problems);

// All object directories of a repository: the main one, those that the
// environment adds, and, recursively, what info/alternates of each names
// (gitrepository-layout, "objects/info/alternates"): each once, in git's order
// of search. A directory that is named and missing, or nested too deep, is a
// problem: its objects cannot be read.
class ObjectDirectories {
 public:
  // As git: alternates of alternates, five deep.
  static constexpr int kMaxAlternateDepth = 5;

  static ObjectDirectories Find(const std::string& main,
                                const std::vector<std::string>& more = {},
                                bool with_loose = true);

  const std::vector<ObjectDirectory>& directories() const {
    return directories_;
  }
  const std::vector<Error>& problems() const { return problems_; }

 private:
  void Add(const std::string& path, const std::string& named_by, int depth,
           bool with_loose);

  std::vector<ObjectDirectory> directories_;
  std::vector<Error> problems_;
};

}  // namespace keysift
