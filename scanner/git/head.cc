// SPDX-License-Identifier: Apache-2.0
#include "git/head.h"

#include <string>
#include <string_view>

#include "base/file.h"
#include "base/mapped_file.h"
#include "git/ref_file.h"
#include "git/refs.h"

namespace keysift {
namespace {

constexpr uint64_t kHexSize = 2 * ObjectId::kSize;

// The id of a name in packed-refs, without parsing the rest.
Result<std::optional<ObjectId>> FindPacked(const std::string& path,
                                           std::string_view name) {
  Result<MappedFile> file = MappedFile::Open(path);
  if (!file) {
    if (file.error().kind == ErrorKind::kNotFound) {
      return std::optional<ObjectId>();
    }
    return tl::unexpected(file.error());
  }
  std::string_view text = file->bytes();
  std::string wanted = " " + std::string(name);
  for (size_t at = text.find(wanted); at != std::string_view::npos;
       at = text.find(wanted, at + 1)) {
    size_t end = at + wanted.size();
    bool at_start =
        at == kHexSize || (at > kHexSize && text[at - kHexSize - 1] == '\n');
    bool at_end = end == text.size() || text[end] == '\n' || text[end] == '\r';
    if (at_start && at_end) {
      return ObjectId::FromHex(text.substr(at - kHexSize, kHexSize));
    }
  }
  return std::optional<ObjectId>();
}

// The text of a ref's file: this work tree's, else the shared one.
Result<std::string> ReadNamed(const Repository& repository,
                              const std::string& name) {
  Result<std::string> own =
      ReadRefFile(JoinPath(repository.git_dir(), name), name == "HEAD");
  bool is_linked = repository.git_dir() != repository.common_dir();
  if (own || !is_linked || own.error().kind != ErrorKind::kNotFound) {
    return own;
  }
  return ReadRefFile(JoinPath(repository.common_dir(), name), false);
}

}  // namespace

Result<std::optional<ObjectId>> ReadHead(const Repository& repository) {
  std::string name = "HEAD";
  for (int step = 0; step <= RefList::kMaxSymbolicDepth; ++step) {
    Result<std::string> text = ReadNamed(repository, name);
    if (!text && text.error().kind == ErrorKind::kNotFound && step > 0) {
      return FindPacked(JoinPath(repository.common_dir(), "packed-refs"), name);
    }
    if (!text) {
      return tl::unexpected(text.error());
    }
    std::string_view target = SymbolicTarget(*text);
    if (target.empty()) {
      std::optional<ObjectId> id = LeadingId(*text);
      if (!id) {
        return Fail(ErrorKind::kDamaged, "a ref that holds no object id",
                    JoinPath(repository.git_dir(), name));
      }
      return id;
    }
    if (!IsSafeRefName(target)) {
      return Fail(ErrorKind::kDamaged, "a symbolic ref to no proper name",
                  JoinPath(repository.git_dir(), name));
    }
    name = target;
  }
  return Fail(ErrorKind::kDamaged, "a symbolic ref that leads too far",
              JoinPath(repository.git_dir(), "HEAD"));
}

}  // namespace keysift
