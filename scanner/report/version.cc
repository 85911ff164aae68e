// SPDX-License-Identifier: Apache-2.0
#include "report/version.h"

namespace keysift {

const char* ToolVersion() { return KEYSIFT_VERSION; }

}  // namespace keysift
