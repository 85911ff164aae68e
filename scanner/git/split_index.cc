// SPDX-License-Identifier: Apache-2.0
//
// A split index (gitformat-index, "Split index") holds only what changed
// against a base file in the git directory. Two bitmaps over the base's entries
// say which are dropped and which are replaced; the replacing ones are the
// first entries here, in order, and have no path of their own. What is left is
// added, and goes over what the base has at the same place.
//
// Test: tests/git/split_index_test.cc, against `git ls-files --stage`.
#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

#include "base/byte_reader.h"
#include "base/file.h"
#include "git/ewah.h"
#include "git/index_file.h"

namespace keysift {

Result<void> IndexFile::OpenBase(const Link& link, const std::string& git_dir) {
  if (git_dir.empty()) {
    return Fail(ErrorKind::kUnsupported, "a split index without its directory");
  }
  // gitrepository-layout, "sharedindex.<SHA-1>".
  std::string path = JoinPath(git_dir, "sharedindex." + link.base.ToHex());
  Result<MappedFile> file = MappedFile::Open(path);
  if (!file) {
    return Fail(file.error().kind == ErrorKind::kNotFound ? ErrorKind::kDamaged
                                                          : file.error().kind,
                "the shared half of the index: " + file.error().message, path);
  }
  Link none;
  Result<IndexFile> base = ParseOne(file->bytes(), &none, path);
  if (!base) {
    return tl::unexpected(base.error());
  }
  if (!none.base.IsZero() || ObjectId::FromRaw(base->trailer_) != link.base) {
    return Fail(ErrorKind::kDamaged,
                "the shared half of the index is another one", path);
  }
  base->file_ = std::move(*file);
  base_ = std::make_unique<IndexFile>(std::move(*base));
  return {};
}

Result<void> IndexFile::JoinWithBase(const Link& link,
                                     const std::string& git_dir) {
  Result<void> opened = OpenBase(link, git_dir);
  if (!opened) {
    return opened;
  }
  uint32_t base_count = static_cast<uint32_t>(base_->entries_.size());
  std::vector<uint32_t> dropped;
  std::vector<uint32_t> replaced;
  if (!link.bitmaps.empty()) {
    ByteReader reader(link.bitmaps);
    Result<std::vector<uint32_t>> first = ReadEwah(&reader, base_count);
    Result<std::vector<uint32_t>> second =
        first ? ReadEwah(&reader, base_count) : first;
    if (!second) {
      return tl::unexpected(second.error());
    }
    dropped = std::move(*first);
    replaced = std::move(*second);
  }
  return Merge(dropped, replaced);
}

Result<void> IndexFile::Merge(const std::vector<uint32_t>& dropped,
                              const std::vector<uint32_t>& replaced) {
  if (replaced.size() > entries_.size()) {
    return Fail(ErrorKind::kDamaged, "the split index replaces too many");
  }
  std::vector<IndexEntry> kept = base_->entries_;
  std::vector<IndexEntry> added(
      entries_.begin() + static_cast<ptrdiff_t>(replaced.size()),
      entries_.end());
  for (size_t i = 0; i < replaced.size(); ++i) {
    IndexEntry& target = kept[replaced[i]];
    if (!entries_[i].path().empty()) {
      return Fail(ErrorKind::kDamaged, "a replacing entry has a path");
    }
    target.fixed_ = entries_[i].fixed_;
    target.extended_ = entries_[i].extended_;
  }
  // An empty path marks a drop.
  for (uint32_t number : dropped) {
    kept[number].path_ = {};
  }
  std::erase_if(kept,
                [](const IndexEntry& entry) { return entry.path().empty(); });
  // What is added takes the place of an equal one, and, if it is merged
  // (stage 0), of the unresolved sides of its path.
  std::sort(added.begin(), added.end(), std::less<IndexEntry>());
  std::erase_if(kept, [&added](const IndexEntry& entry) {
    auto found =
        std::lower_bound(added.begin(), added.end(), entry,
                         [](const IndexEntry& left, const IndexEntry& right) {
                           return left.path() < right.path();
                         });
    for (; found != added.end() && found->path() == entry.path(); ++found) {
      if (found->stage() == 0 || found->stage() == entry.stage()) {
        return true;
      }
    }
    return false;
  });
  entries_.clear();
  std::merge(kept.begin(), kept.end(), added.begin(), added.end(),
             std::back_inserter(entries_), std::less<IndexEntry>());
  sparse_ = sparse_ || base_->sparse_;
  return {};
}

}  // namespace keysift
