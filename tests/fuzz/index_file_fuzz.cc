// SPDX-License-Identifier: Apache-2.0
//
// A byte, then an index. Bit 0 of the byte: the trailing checksum is put right
// first, so that what lies behind it is reached. Bit 1: two bytes say how long
// an index before it is, which becomes the other half of a split one. Bit 2: it
// is read from a file.
#include <algorithm>

#include "base/sha.h"
#include "fuzz/fuzz.h"
#include "git/cache_tree.h"
#include "git/index_file.h"
#include "git/object_id.h"
#include "support/temporary_folder.h"

namespace {

std::string WithChecksum(std::string bytes) {
  if (bytes.size() > 20) {
    const keysift::Sha1Digest digest =
        keysift::Sha1Of(std::string_view(bytes).substr(0, bytes.size() - 20));
    bytes.replace(bytes.size() - 20, 20,
                  keysift::AsText(digest.data(), digest.size()));
  }
  return bytes;
}

// Writes the first half to where the second one then seeks it; the second.
std::string Split(std::string_view bytes,
                  const keysift::TemporaryFolder& folder) {
  if (bytes.size() < 2) {
    return "";
  }
  const size_t stated = static_cast<uint8_t>(bytes[0]) |
                        static_cast<size_t>(static_cast<uint8_t>(bytes[1]))
                            << 8;
  const size_t size = std::min(stated, bytes.size() - 2);
  const std::string base = WithChecksum(std::string(bytes.substr(2, size)));
  std::string rest(bytes.substr(2 + size));
  const size_t link = rest.find("link");
  if (base.size() > 20 && link != std::string::npos &&
      rest.size() >= link + 28) {
    const std::string id = base.substr(base.size() - 20);
    rest.replace(link + 8, 20, id);
    folder.Write("sharedindex." + keysift::ObjectId::FromRaw(id).ToHex(), base);
  }
  return rest;
}

void Read(const std::string& bytes, bool from_file,
          const keysift::TemporaryFolder& folder) {
  const keysift::Result<keysift::IndexFile> index =
      from_file ? keysift::IndexFile::Open(folder.Write("index", bytes),
                                           folder.path())
                : keysift::IndexFile::Parse(bytes, folder.path());
  if (!index) {
    return;
  }
  for (const keysift::IndexEntry& entry : index->entries()) {
    keysift::Touch(entry.path());
    keysift::Touch(entry.raw_id());
    entry.kind();
    entry.stage();
  }
  const keysift::Result<std::vector<keysift::CachedTree>> trees =
      keysift::ParseCacheTree(index->cache_tree());
  if (trees) {
    for (const keysift::CachedTree& tree : *trees) {
      keysift::Touch(tree.name);
      keysift::Expect(tree.subtree_end <= trees->size());
    }
  }
}

}  // namespace

KEYSIFT_FUZZ_TARGET {
  if (input.empty()) {
    return;
  }
  static const keysift::TemporaryFolder whole;
  std::string bytes(input.substr(1));
  const bool from_file = (input[0] & 4) != 0;
  if ((input[0] & 2) == 0) {
    Read((input[0] & 1) != 0 ? WithChecksum(bytes) : bytes, from_file, whole);
    return;
  }
  const keysift::TemporaryFolder folder;
  bytes = Split(bytes, folder);
  Read((input[0] & 1) != 0 ? WithChecksum(bytes) : bytes, from_file, folder);
}
