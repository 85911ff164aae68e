// SPDX-License-Identifier: Apache-2.0
#include "scan/known_packs.h"

#include <algorithm>
#include <utility>

#include "base/mapped_file.h"
#include "base/sha.h"

namespace keysift {
namespace {

// gitformat-pack: a pack ends with its checksum, an index with its pack's and
// its own.
constexpr size_t kPackTrailer = 20;
constexpr size_t kIndexTrailer = 40;

std::string IndexPathOf(const std::string& pack) {
  constexpr std::string_view kEnding = ".pack";
  return pack.substr(0, pack.size() - kEnding.size()) + ".idx";
}

std::string StampText(const FileStamp& pack, const FileStamp& index) {
  return pack.ToText() + " " + index.ToText();
}

std::string StampText(const PackFile& pack) {
  return StampText(pack.stamp(), pack.index().stamp());
}

std::string_view EndOf(std::string_view bytes, size_t size) {
  return bytes.substr(bytes.size() - std::min(bytes.size(), size));
}

// Whether the file is as it was, and pack and index are byte by byte the same.
bool HasSameBytes(const ShelvedFile& file, const PackFile& pack) {
  const Result<MappedFile> other = MappedFile::Open(file.path);
  const Result<MappedFile> index = MappedFile::Open(IndexPathOf(file.path));
  return other && index &&
         StampText(other->stamp(), index->stamp()) == file.stamp &&
         index->bytes() == pack.index().bytes() &&
         other->bytes() == pack.bytes();
}

}  // namespace

std::string KnownPacks::KeyOf(const PackFile& pack) const {
  std::string text = engine_;
  text += EndOf(pack.bytes(), kPackTrailer);
  text += EndOf(pack.index().bytes(), kIndexTrailer);
  const Sha256Digest digest = Sha256Of(text);
  return std::string(AsText(digest.data(), digest.size()));
}

std::optional<FoundNotes> KnownPacks::Read(const std::string& key) const {
  std::lock_guard<std::mutex> lock(*guard_);
  return FindNotes(store_->database(), key).value_or(std::nullopt);
}

bool KnownPacks::Find(const PackFile& pack) {
  const std::string key = KeyOf(pack);
  const std::optional<FoundNotes> found = Read(key);
  if (!found) {
    return false;
  }
  const std::string stamp = StampText(pack);
  const bool is_same_file =
      std::any_of(found->files.begin(), found->files.end(),
                  [&](const ShelvedFile& file) { return file.stamp == stamp; });
  if (!is_same_file && std::none_of(found->files.begin(), found->files.end(),
                                    [&](const ShelvedFile& file) {
                                      return HasSameBytes(file, pack);
                                    })) {
    return false;
  }
  std::optional<PackNotes> notes =
      PackNotes::Decode(found->notes, pack.count());
  if (!notes) {
    return false;
  }
  std::lock_guard<std::mutex> lock(mutex_);
  if (!is_same_file) {
    kept_.push_back({key, engine_, "", {pack.path(), stamp}});
  }
  found_.insert_or_assign(pack.path(), std::move(*notes));
  return true;
}

std::optional<PackNotes> KnownPacks::Take(const PackFile& pack) {
  std::lock_guard<std::mutex> lock(mutex_);
  auto node = found_.extract(pack.path());
  return node.empty() ? std::nullopt
                      : std::optional<PackNotes>(std::move(node.mapped()));
}

void KnownPacks::Keep(const PackFile& pack, const PackNotes& notes) {
  if (!pack.has_computed_ids()) {
    kept_.push_back(
        {KeyOf(pack), engine_, notes.Encode(), {pack.path(), StampText(pack)}});
  }
}

bool KnownPacks::IsThere(const ShelvedFile& file) {
  const std::optional<FileStamp> pack = StampOf(file.path);
  const std::optional<FileStamp> index = StampOf(IndexPathOf(file.path));
  return pack && index && StampText(*pack, *index) == file.stamp;
}

}  // namespace keysift
