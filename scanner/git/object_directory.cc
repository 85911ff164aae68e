// SPDX-License-Identifier: Apache-2.0
#include "git/object_directory.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "base/file.h"
#include "git/quoted_path.h"

namespace keysift {
namespace {

constexpr uint64_t kMaxAlternatesFile = 16 << 20;
constexpr std::string_view kPackEnd = ".pack";
constexpr std::string_view kIndexEnd = ".idx";
constexpr std::string_view kPromisorEnd = ".promisor";

bool IsLowerHex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// Cuts `end` off the name; false and no change if it does not end so.
bool CutEnd(std::string_view end, std::string* name) {
  if (name->size() <= end.size() || !name->ends_with(end)) {
    return false;
  }
  name->resize(name->size() - end.size());
  return true;
}

void ReportHalves(const PackFiles& files, std::vector<Error>* problems) {
  if (files.index.empty()) {
    problems->push_back(
        Error{ErrorKind::kDamaged, "a pack without an index", files.pack});
  } else if (files.pack.empty()) {
    problems->push_back(
        Error{ErrorKind::kDamaged, "an index without its pack", files.index});
  }
}

// The files of the pack folder. A missing folder is an empty one.
void ListPacks(ObjectDirectory* directory, std::vector<Error>* problems) {
  std::string folder = JoinPath(directory->path, "pack");
  Result<std::vector<DirectoryEntry>> entries = ListDirectory(folder);
  if (!entries) {
    if (entries.error().kind != ErrorKind::kNotFound) {
      problems->push_back(entries.error());
    }
    return;
  }
  std::map<std::string, PackFiles> packs;
  for (const DirectoryEntry& entry : *entries) {
    std::string path = JoinPath(folder, entry.name);
    std::string stem = entry.name;
    if (CutEnd(kPackEnd, &stem)) {
      packs[stem].pack = path;
    } else if (CutEnd(kIndexEnd, &stem)) {
      packs[stem].index = path;
    } else if (CutEnd(kPromisorEnd, &stem)) {
      packs[stem].promisor = true;
    } else if (entry.name == "multi-pack-index") {
      directory->multi_pack_index = path;
    } else if (entry.name == "multi-pack-index.d") {
      problems->push_back(Error{ErrorKind::kUnsupported,
                                "an incremental multi-pack-index is not read; "
                                "the packs' own indexes are",
                                path});
    }
  }
  for (auto& [stem, files] : packs) {
    if (files.pack.empty() && files.index.empty()) {
      continue;  // a .promisor that a repack left behind
    }
    ReportHalves(files, problems);
    directory->packs.push_back(std::move(files));
  }
}

// The objects of one folder of 256, named by their first two digits.
void ListLooseFolder(const std::string& folder, std::string_view digits,
                     ObjectDirectory* directory, std::vector<Error>* problems) {
  Result<std::vector<DirectoryEntry>> entries = ListDirectory(folder);
  if (!entries) {
    problems->push_back(entries.error());
    return;
  }
  for (const DirectoryEntry& entry : *entries) {
    if (entry.name.size() != 2 * ObjectId::kSize - 2 ||
        !IsLowerHex(entry.name)) {
      continue;  // tmp_obj_… and the like
    }
    std::string hex(digits);
    directory->loose.push_back(*ObjectId::FromHex(hex.append(entry.name)));
  }
}

}  // namespace

std::string AlternatesFile(const std::string& directory) {
  return JoinPath(directory, "info/alternates");
}

std::vector<std::string> ReadAlternates(const std::string& directory,
                                        std::vector<Error>* problems) {
  std::vector<std::string> paths;
  Result<std::string> text =
      ReadFile(AlternatesFile(directory), kMaxAlternatesFile);
  if (!text) {
    if (text.error().kind != ErrorKind::kNotFound) {
      problems->push_back(text.error());
    }
    return paths;
  }
  for (const std::string& line : SplitPathList(*text, '\n')) {
    paths.push_back(JoinPath(directory, line));
  }
  return paths;
}

Result<ObjectDirectory> ObjectDirectory::List(const std::string& path,
                                              bool with_loose,
                                              std::vector<Error>* problems) {
  Result<std::vector<DirectoryEntry>> entries = ListDirectory(path);
  if (!entries) {
    return tl::unexpected(entries.error());
  }
  ObjectDirectory directory;
  directory.path = RealPath(path).value_or(path);
  ListPacks(&directory, problems);
  for (const DirectoryEntry& entry : *entries) {
    if (with_loose && entry.name.size() == 2 && IsLowerHex(entry.name) &&
        entry.type == FileType::kDirectory) {
      ListLooseFolder(JoinPath(directory.path, entry.name), entry.name,
                      &directory, problems);
    }
  }
  return directory;
}

ObjectDirectories ObjectDirectories::Find(const std::string& main,
                                          const std::vector<std::string>& more,
                                          bool with_loose) {
  ObjectDirectories all;
  all.Add(main, {}, 0, with_loose);
  for (const std::string& path : more) {
    all.Add(path, "GIT_ALTERNATE_OBJECT_DIRECTORIES", 0, with_loose);
  }
  return all;
}

void ObjectDirectories::Add(const std::string& path,
                            const std::string& named_by, int depth,
                            bool with_loose) {
  std::string real = RealPath(path).value_or(path);
  for (const ObjectDirectory& known : directories_) {
    if (known.path == real) {
      return;  // named twice, or a cycle
    }
  }
  if (depth > kMaxAlternateDepth) {
    problems_.push_back(Error{ErrorKind::kUnsupported,
                              "alternates nested too deep; not read: " + path,
                              named_by});
    return;
  }
  Result<ObjectDirectory> listed =
      ObjectDirectory::List(real, with_loose, &problems_);
  if (!listed) {
    Error error = listed.error();
    if (!named_by.empty()) {
      error.message = "an object directory named here cannot be read: " + path;
      error.where = named_by;
    }
    problems_.push_back(std::move(error));
    return;
  }
  directories_.push_back(std::move(*listed));
  for (const std::string& alternate : ReadAlternates(real, &problems_)) {
    Add(alternate, AlternatesFile(real), depth + 1, with_loose);
  }
}

}  // namespace keysift
