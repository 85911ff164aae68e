// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "git/loose_object.h"
#include "git/object_directory.h"
#include "git/object_store.h"
#include "support/git_fixture.h"

namespace keysift {

// An object as the comparisons between readers have it.
struct StoredObject {
  std::string type;
  std::string content;
  bool operator==(const StoredObject&) const = default;
};
using StoredObjects = std::map<std::string, StoredObject>;  // by hex id

// Every object as `git cat-file` gives it.
inline StoredObjects ObjectsByGit(const GitFixture& fixture) {
  const std::string all =
      fixture.Git({"cat-file", "--batch-all-objects", "--batch"});
  StoredObjects objects;
  for (size_t at = 0; at < all.size();) {
    const size_t line = all.find('\n', at);
    const size_t type = all.find(' ', at) + 1;
    const size_t size = all.find(' ', type) + 1;
    const size_t bytes = std::stoul(all.substr(size, line - size));
    objects[all.substr(at, type - 1 - at)] = {all.substr(type, size - 1 - type),
                                              all.substr(line + 1, bytes)};
    at = line + 1 + bytes + 1;
  }
  return objects;
}

// The store of an objects directory and its alternates.
inline ObjectStore OpenStore(const std::string& objects,
                             std::vector<PackProblem>* problems,
                             unsigned threads = 1) {
  const ObjectDirectories all = ObjectDirectories::Find(objects);
  std::vector<std::string> packs;
  std::vector<ObjectStore::Loose> loose;
  for (const ObjectDirectory& directory : all.directories()) {
    for (const PackFiles& files : directory.packs) {
      packs.push_back(files.pack);
    }
    for (const ObjectId& id : directory.loose) {
      loose.push_back({id, LooseObjectPath(directory.path, id)});
    }
  }
  return ObjectStore::Open(packs, std::move(loose), threads, problems);
}

inline ObjectStore OpenStore(const GitFixture& fixture,
                             std::vector<PackProblem>* problems) {
  return OpenStore(fixture.git_dir() + "/objects", problems);
}

// A history of some files that change a little and now and then a lot, with a
// tag, a merge and nested folders: enough for chains of deltas of all types.
inline void WriteHistory(const GitFixture& fixture, int commits) {
  uint32_t seed = 12345;
  auto next = [&seed](uint32_t below) {
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % below;
  };
  std::string text;
  for (int line = 0; line < 300; ++line) {
    text += "line " + std::to_string(next(100000)) + " of the file\n";
  }
  for (int i = 0; i < commits; ++i) {
    const size_t at = next(static_cast<uint32_t>(text.size()));
    text.insert(at, "new " + std::to_string(next(1000000)) + "\n");
    text.erase(next(static_cast<uint32_t>(text.size() - 40)), next(30));
    fixture.Write("a/b/text" + std::to_string(i % 3), text);
    fixture.Write("a/small" + std::to_string(i), std::to_string(i));
    if (i % 7 == 0) {
      fixture.Write("empty" + std::to_string(i), "");
    }
    fixture.Commit("change " + std::to_string(i));
  }
  fixture.Git({"tag", "-a", "-m", "a tag", "v1"});
}

}  // namespace keysift
