// SPDX-License-Identifier: Apache-2.0
//
// A recipe for both halves of a split index, since mutations of a whole one
// rarely stay readable. A byte of faults, then texts of a length byte and that
// many bytes: the shared half's paths, joined by NUL; the bitmaps; and the
// other half's paths, of which those in front are empty and replace. An entry's
// first byte gives its stage.
#include <string>
#include <vector>

#include "base/sha.h"
#include "fuzz/fuzz.h"
#include "git/index_file.h"
#include "git/object_id.h"
#include "support/temporary_folder.h"
#include "support/zlib_stream.h"

namespace {

// Bits of the first byte.
constexpr int kNoBase = 1;        // the shared half is not there
constexpr int kOtherBase = 2;     // or is another one
constexpr int kSplitBase = 4;     // or is split itself
constexpr int kDamagedBase = 8;   // or is no index
constexpr int kNoBitmaps = 16;    // the extension holds an id alone
constexpr int kNoDirectory = 32;  // the reader does not know where to look
constexpr int kShortLink = 64;    // the extension is cut off
constexpr int kSparse = 128;      // the shared half is a sparse one

std::string TakeText(std::string_view* input) {
  if (input->empty()) {
    return "";
  }
  const size_t size =
      std::min<size_t>(static_cast<uint8_t>(input->front()), input->size() - 1);
  std::string text(input->substr(1, size));
  input->remove_prefix(1 + size);
  return text;
}

std::string Digest(std::string_view bytes) {
  const keysift::Sha1Digest digest = keysift::Sha1Of(bytes);
  return std::string(keysift::AsText(digest.data(), digest.size()));
}

std::string Entry(std::string_view path) {
  const unsigned stage =
      path.empty() ? 0 : static_cast<unsigned char>(path.front()) & 3;
  std::string entry(24, '\0');
  entry += keysift::Big32(0100644) + std::string(12, '\0');
  entry += Digest(path);
  entry += keysift::Big16(static_cast<uint16_t>(stage << 12 | path.size()));
  entry += path;
  entry.append(8 - entry.size() % 8, '\0');
  return entry;
}

std::string Index(const std::string& paths, const std::string& extensions) {
  std::string entries;
  uint32_t count = 0;
  for (size_t at = 0; at < paths.size(); ++count) {
    const size_t end = std::min(paths.find('\0', at), paths.size());
    entries += Entry(std::string_view(paths).substr(at, end - at));
    at = end + 1;
  }
  const std::string body =
      "DIRC" + keysift::Big32(2) + keysift::Big32(count) + entries + extensions;
  return body + Digest(body);
}

std::string Extension(const std::string& name, const std::string& content) {
  return name + keysift::Big32(static_cast<uint32_t>(content.size())) + content;
}

}  // namespace

KEYSIFT_FUZZ_TARGET {
  if (input.empty()) {
    return;
  }
  const int faults = static_cast<uint8_t>(input[0]);
  const auto has = [faults](int fault) { return (faults & fault) != 0; };
  input.remove_prefix(1);
  const std::string base_paths = TakeText(&input);
  const std::string bitmaps = TakeText(&input);
  const std::string paths = TakeText(&input);
  std::string base = Index(
      base_paths,
      (has(kSparse) ? Extension("sdir", "") : "") +
          (has(kSplitBase) ? Extension("link", Digest("some other")) : ""));
  std::string id = base.substr(base.size() - 20);
  if (has(kDamagedBase)) {
    base[0] = 'X';
  }
  if (has(kOtherBase)) {
    id = Digest("another");
  }
  const keysift::TemporaryFolder folder;
  if (!has(kNoBase)) {
    folder.Write("sharedindex." + keysift::ObjectId::FromRaw(id).ToHex(), base);
  }
  const std::string link =
      has(kShortLink) ? id.substr(1) : id + (has(kNoBitmaps) ? "" : bitmaps);
  const std::string bytes = Index(paths, Extension("link", link));
  const keysift::Result<keysift::IndexFile> index = keysift::IndexFile::Parse(
      bytes, has(kNoDirectory) ? std::string() : folder.path());
  if (!index) {
    return;
  }
  const keysift::IndexEntry* before = nullptr;
  for (const keysift::IndexEntry& entry : index->entries()) {
    keysift::Touch(entry.path());
    keysift::Touch(entry.raw_id());
    keysift::Expect(!entry.path().empty());
    keysift::Expect(before == nullptr || !(entry < *before));
    before = &entry;
  }
}
