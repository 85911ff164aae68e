// SPDX-License-Identifier: Apache-2.0
#include "fuzz/fuzz.h"
#include "git/multi_pack_index.h"
#include "support/temporary_folder.h"

KEYSIFT_FUZZ_TARGET {
  // Now and then from a file, which is slower.
  static const keysift::TemporaryFolder folder;
  const keysift::Result<keysift::MultiPackIndex> index =
      input.size() % 16 == 0
          ? keysift::MultiPackIndex::Open(folder.Write("index", input))
          : keysift::MultiPackIndex::Parse(input);
  if (!index) {
    return;
  }
  const bool sound = index->Validate().has_value();
  (void)index->VerifyChecksum();
  for (std::string_view name : index->pack_names()) {
    keysift::Touch(name);
  }
  for (uint32_t row = 0; row < index->count(); ++row) {
    keysift::Touch(index->id(row));
    index->offset(row);
    keysift::Expect(!sound || index->pack(row) < index->pack_names().size());
    const std::optional<uint32_t> found = index->Find(index->object_id(row));
    keysift::Expect(!sound || found == row);
  }
}
