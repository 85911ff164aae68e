// SPDX-License-Identifier: Apache-2.0
//
// A byte, then an index: if the byte is odd, the trailing checksum is put right
// first, so that what lies behind it is reached. A split index finds its other
// half in a folder where there is none.
#include "base/sha.h"
#include "fuzz/fuzz.h"
#include "git/cache_tree.h"
#include "git/index_file.h"
#include "support/temporary_folder.h"

KEYSIFT_FUZZ_TARGET {
  static const keysift::TemporaryFolder folder;
  if (input.empty()) {
    return;
  }
  std::string bytes(input.substr(1));
  if ((input[0] & 1) != 0 && bytes.size() > 20) {
    const keysift::Sha1Digest digest =
        keysift::Sha1Of(std::string_view(bytes).substr(0, bytes.size() - 20));
    bytes.replace(bytes.size() - 20, 20,
                  keysift::AsText(digest.data(), digest.size()));
  }
  const keysift::Result<keysift::IndexFile> index =
      keysift::IndexFile::Parse(bytes, folder.path());
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
