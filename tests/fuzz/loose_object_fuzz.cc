// SPDX-License-Identifier: Apache-2.0
//
// A byte, then a loose object: packed as it lies on disk, or, if the byte is
// odd, what it unpacks to (mutations of packed bytes rarely unpack). Bit 2: it
// is read from a file.
#include "base/sha.h"
#include "fuzz/fuzz.h"
#include "git/loose_object.h"
#include "support/temporary_folder.h"
#include "support/zlib_stream.h"

KEYSIFT_FUZZ_TARGET {
  static keysift::Inflater inflater;
  if (input.empty()) {
    return;
  }
  std::string packed(input.substr(1));
  if ((input[0] & 1) != 0) {
    packed = keysift::ZlibStream(packed, input[0] & 2);
  }
  static const keysift::TemporaryFolder folder;
  const keysift::Result<keysift::LooseObject> object =
      (input[0] & 4) != 0
          ? keysift::LooseObject::Read(folder.Write("object", packed), 1 << 20,
                                       &inflater)
          : keysift::LooseObject::Parse(packed, 1 << 20, &inflater);
  const keysift::ObjectId id = keysift::ObjectId{keysift::Sha1Of(packed)};
  (void)keysift::LooseObject::Read(keysift::LooseObjectPath(folder.path(), id),
                                   1 << 20, &inflater);
  if (object) {
    keysift::Touch(object->content());
    keysift::Expect(object->computed_id() ==
                    keysift::ComputeId(object->type(), object->content()));
  }
}
