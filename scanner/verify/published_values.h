// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace keysift {

// Whether `secret` is a value that a provider prints in its documentation or
// in the tests of its own libraries, so that it opens nothing. Pure, any
// thread.
bool IsPublishedValue(std::string_view secret);

}  // namespace keysift
