// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "scan/object_marks.h"

namespace keysift {

// A proof of which objects were read, that git can recompute: the SHA-256, in
// hex, of the ids of all objects marked kScanned, ascending, each once, as 40
// lower-case digits and a newline. For a complete scan that is what
//   git cat-file --batch-all-objects --batch-check='%(objectname)' | sha256sum
// prints. One thread; costs 0.1 microseconds an object.
std::string DigestOf(const ObjectMarks& marks);

}  // namespace keysift
