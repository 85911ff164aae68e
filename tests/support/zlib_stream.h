// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace keysift {

// A zlib stream of a text, packed; level 0 gives stored blocks.
std::string ZlibStream(std::string_view text, int level = 6);

// Big-endian bytes, for formats that tests write by hand.
std::string Big16(uint16_t value);
std::string Big32(uint32_t value);
std::string Big64(uint64_t value);

}  // namespace keysift
