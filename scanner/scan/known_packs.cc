// SPDX-License-Identifier: Apache-2.0
#include "scan/known_packs.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "base/big_endian.h"
#include "base/mapped_file.h"
#include "base/parallel.h"
#include "base/sha.h"
#include "scan/object_scan.h"

namespace keysift {
namespace {

// gitformat-pack: a pack ends with its checksum, an index with its pack's and
// its own.
constexpr size_t kPackTrailer = 20;
constexpr size_t kIndexTrailer = 40;
constexpr uint32_t kSketch = 16;
// So many packs are looked at for one that holds the same objects.
constexpr int64_t kMostAlike = 3;

std::string StampText(const FileStamp& pack, const FileStamp& index) {
  return pack.ToText() + " " + index.ToText();
}

std::string StampText(const PackFile& pack) {
  return StampText(pack.stamp(), pack.index().stamp());
}

std::string_view EndOf(std::string_view bytes, size_t size) {
  return bytes.substr(bytes.size() - std::min(bytes.size(), size));
}

bool AreSameBytes(std::string_view a, std::string_view b, unsigned threads) {
  constexpr size_t kAtOnce = size_t{4} << 20;
  std::atomic<bool> same = a.size() == b.size();
  ParallelFor(threads, same ? a.size() / kAtOnce + 1 : 0,
              [&](size_t i, unsigned /*worker*/) {
                if (same && a.substr(i * kAtOnce, kAtOnce) !=
                                b.substr(i * kAtOnce, kAtOnce)) {
                  same = false;
                }
              });
  return same;
}

// Whether the file is as it was, and pack and index are byte by byte the same.
bool HasSameBytes(const ShelvedFile& file, const PackFile& pack,
                  unsigned threads) {
  const Result<MappedFile> other = MappedFile::Open(file.path);
  const Result<MappedFile> index = MappedFile::Open(IndexPathOf(file.path));
  return other && index &&
         StampText(other->stamp(), index->stamp()) == file.stamp &&
         index->bytes() == pack.index().bytes() &&
         AreSameBytes(other->bytes(), pack.bytes(), threads);
}

// The pack as it was read; fails if it is not as it was.
Result<PackFile> OpenAgain(const ShelvedFile& file) {
  Result<PackFile> pack = PackFile::OpenClosed(file.path);
  if (pack && StampText(*pack) != file.stamp) {
    return Fail(ErrorKind::kNotFound, "another file", file.path);
  }
  return pack;
}

// The lowest ids, which are as good as drawn from all: packs that share most
// objects share most of these.
std::vector<int64_t> SketchOf(const PackFile& pack) {
  std::vector<int64_t> sketch;
  for (uint32_t row = 0; row < std::min(pack.count(), kSketch); ++row) {
    sketch.push_back(
        static_cast<int64_t>(LoadBig64(pack.index().id(row).data())));
  }
  return sketch;
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
  std::optional<Known> known = FindExact(pack);
  if (!known) {
    known = FindAlike(pack);
  }
  if (!known) {
    return false;
  }
  std::lock_guard<std::mutex> lock(mutex_);
  found_.insert_or_assign(pack.path(), std::move(*known));
  bytes_ += pack.file_size();
  return true;
}

std::optional<KnownPacks::Known> KnownPacks::FindExact(const PackFile& pack) {
  const std::string key = KeyOf(pack);
  const std::optional<FoundNotes> found = Read(key);
  if (!found) {
    return std::nullopt;
  }
  const std::string stamp = StampText(pack);
  const bool is_same_file =
      std::any_of(found->files.begin(), found->files.end(),
                  [&](const ShelvedFile& file) { return file.stamp == stamp; });
  if (!is_same_file && std::none_of(found->files.begin(), found->files.end(),
                                    [&](const ShelvedFile& file) {
                                      return HasSameBytes(file, pack, threads_);
                                    })) {
    return std::nullopt;
  }
  std::optional<PackNotes> notes =
      PackNotes::Decode(found->notes, pack.count());
  if (!notes) {
    return std::nullopt;
  }
  if (!is_same_file) {
    std::lock_guard<std::mutex> lock(mutex_);
    kept_.push_back({key, engine_, "", {pack.path(), stamp}});
  }
  return Known{std::move(*notes), {}};
}

// By a pack whose objects this one holds too, and little else. Both have to be
// small, or neither: of small ones all ids are computed.
std::optional<KnownPacks::Known> KnownPacks::FindAlike(
    const PackFile& pack) const {
  Result<std::vector<std::string>> keys = std::vector<std::string>();
  {
    std::lock_guard<std::mutex> lock(*guard_);
    keys = keysift::FindAlike(store_->database(), engine_, SketchOf(pack),
                              kMostAlike);
  }
  for (const std::string& key : keys.value_or(std::vector<std::string>())) {
    const std::optional<FoundNotes> found = Read(key);
    for (const ShelvedFile& file :
         found ? found->files : std::vector<ShelvedFile>()) {
      const Result<PackFile> other = OpenAgain(file);
      if (!other || IsSmallPack(*other) != IsSmallPack(pack)) {
        continue;
      }
      std::optional<SameEntries> same =
          FindSameEntries(*other, pack, max_object_size_, threads_);
      std::optional<PackNotes> notes =
          same ? PackNotes::Decode(found->notes, other->count()) : std::nullopt;
      if (!notes) {
        break;  // its other files have the same bytes
      }
      notes->MoveTo(same->row_of, pack.count());
      for (const SameEntries::Other& one : same->others) {
        notes->is_tree[one.row] = one.type == ObjectType::kTree;
      }
      return Known{std::move(*notes), std::move(same->others)};
    }
  }
  return std::nullopt;
}

std::optional<KnownPacks::Known> KnownPacks::Take(const PackFile& pack) {
  std::lock_guard<std::mutex> lock(mutex_);
  auto node = found_.extract(pack.path());
  return node.empty() ? std::nullopt
                      : std::optional<Known>(std::move(node.mapped()));
}

void KnownPacks::Keep(const PackFile& pack, const PackNotes& notes) {
  if (!pack.has_computed_ids()) {
    kept_.push_back({KeyOf(pack),
                     engine_,
                     notes.Encode(),
                     {pack.path(), StampText(pack)},
                     SketchOf(pack)});
  }
}

bool KnownPacks::IsThere(const ShelvedFile& file) {
  const std::optional<FileStamp> pack = StampOf(file.path);
  const std::optional<FileStamp> index = StampOf(IndexPathOf(file.path));
  return pack && index && StampText(*pack, *index) == file.stamp;
}

}  // namespace keysift
