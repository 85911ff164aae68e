// SPDX-License-Identifier: Apache-2.0
#include "git/cache_tree.h"

#include <charconv>

#include "base/byte_reader.h"

namespace keysift {
namespace {

// No path of the index is deeper; also the bound of the recursion.
constexpr int kMaxDepth = 2048;

tl::unexpected<Error> Damaged() {
  return Fail(ErrorKind::kDamaged, "the index's cache tree is damaged");
}

std::optional<int64_t> ReadNumber(ByteReader* reader, char stop) {
  std::optional<std::string_view> digits = reader->ReadUntil(stop);
  if (!digits) {
    return std::nullopt;
  }
  int32_t value = 0;
  const char* end = digits->data() + digits->size();
  std::from_chars_result result = std::from_chars(digits->data(), end, value);
  if (result.ec != std::errc() || result.ptr != end) {
    return std::nullopt;
  }
  return value;
}

// A row: name, NUL, entry count, space, number of subtrees, newline, id; then
// the rows of its subtrees.
Result<void> ReadTree(ByteReader* reader, int depth,
                      std::vector<CachedTree>* rows) {
  CachedTree row;
  std::optional<std::string_view> name = reader->ReadUntil('\0');
  std::optional<int64_t> entries = ReadNumber(reader, ' ');
  std::optional<int64_t> subtrees = ReadNumber(reader, '\n');
  if (!name || !entries || !subtrees || *entries < -1 || *subtrees < 0 ||
      depth > kMaxDepth) {
    return Damaged();
  }
  row.name = *name;
  row.entry_count = *entries;
  if (*entries >= 0) {
    std::optional<std::string_view> raw = reader->ReadBytes(ObjectId::kSize);
    if (!raw) {
      return Damaged();
    }
    row.id = ObjectId::FromRaw(*raw);
  }
  size_t number = rows->size();
  rows->push_back(row);
  for (int64_t i = 0; i < *subtrees; ++i) {
    Result<void> read = ReadTree(reader, depth + 1, rows);
    if (!read) {
      return read;
    }
  }
  (*rows)[number].subtree_end = static_cast<uint32_t>(rows->size());
  return {};
}

}  // namespace

Result<std::vector<CachedTree>> ParseCacheTree(std::string_view bytes) {
  std::vector<CachedTree> rows;
  ByteReader reader(bytes);
  Result<void> read = ReadTree(&reader, 0, &rows);
  if (!read) {
    return tl::unexpected(read.error());
  }
  if (!reader.AtEnd()) {
    return Damaged();
  }
  return rows;
}

}  // namespace keysift
