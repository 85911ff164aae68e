// SPDX-License-Identifier: Apache-2.0
#include "fuzz/fuzz.h"
#include "git/pack_index.h"
#include "support/temporary_folder.h"

KEYSIFT_FUZZ_TARGET {
  // Now and then from a file, which is slower.
  static const keysift::TemporaryFolder folder;
  const keysift::Result<keysift::PackIndex> index =
      input.size() % 16 == 0
          ? keysift::PackIndex::Open(folder.Write("index", input))
          : keysift::PackIndex::Parse(input);
  if (!index) {
    return;
  }
  const bool sound = index->Validate().has_value();
  keysift::Touch(index->pack_checksum());
  (void)index->VerifyChecksum();
  for (uint32_t row = 0; row < index->count(); ++row) {
    keysift::Touch(index->id(row));
    index->offset(row);
    index->crc32(row);
    const std::optional<uint32_t> found = index->Find(index->object_id(row));
    keysift::Expect(!sound || found == row);
  }
}
