// SPDX-License-Identifier: Apache-2.0
#include "git/ref_file.h"

#include "base/file.h"

namespace keysift {
namespace {

// A ref's file is a line; FETCH_HEAD has one per fetched ref.
constexpr uint64_t kMaxRefFile = 64 << 20;
constexpr uint64_t kHexSize = 2 * ObjectId::kSize;

bool IsSpace(char letter) {
  return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
}

}  // namespace

std::string_view TrimSpaces(std::string_view text) {
  while (!text.empty() && IsSpace(text.front())) {
    text.remove_prefix(1);
  }
  while (!text.empty() && IsSpace(text.back())) {
    text.remove_suffix(1);
  }
  return text;
}

std::optional<ObjectId> LeadingId(std::string_view line) {
  if (line.size() > kHexSize && !IsSpace(line[kHexSize])) {
    return std::nullopt;
  }
  return ObjectId::FromHex(line.substr(0, kHexSize));
}

std::string_view SymbolicTarget(std::string_view text) {
  constexpr std::string_view kPrefix = "ref:";
  return text.starts_with(kPrefix) ? TrimSpaces(text.substr(kPrefix.size()))
                                   : std::string_view();
}

bool IsSafeRefName(std::string_view name) {
  return !name.empty() && name.front() != '/' &&
         name.find("..") == std::string_view::npos &&
         name.find('\0') == std::string_view::npos;
}

Result<std::string> ReadRefFile(const std::string& path, bool is_head) {
  Result<std::string> text =
      is_head && IsSymbolicLink(path)
          ? Result<std::string>(Fail(ErrorKind::kNotFound, "a link", path))
          : ReadFile(path, kMaxRefFile);
  if (text) {
    return text;
  }
  Result<std::string> target = ReadLink(path);
  if (target && target->starts_with("refs/")) {
    return "ref: " + *target;
  }
  // An empty folder may be left where a packed ref's file once was.
  if (TypeOfPath(path) == FileType::kDirectory) {
    return Fail(ErrorKind::kNotFound, "a folder, no ref", path);
  }
  return is_head ? ReadFile(path, kMaxRefFile) : text;
}

}  // namespace keysift
