// SPDX-License-Identifier: Apache-2.0
#include "support/zlib_stream.h"

#include <libdeflate.h>

namespace keysift {
namespace {

std::string BigBytes(uint64_t value, int size) {
  std::string bytes;
  for (int i = size - 1; i >= 0; --i) {
    bytes += static_cast<char>(value >> (8 * i) & 0xff);
  }
  return bytes;
}

}  // namespace

std::string ZlibStream(std::string_view text, int level) {
  libdeflate_compressor* packer = libdeflate_alloc_compressor(level);
  std::string stream(libdeflate_zlib_compress_bound(packer, text.size()), ' ');
  stream.resize(libdeflate_zlib_compress(packer, text.data(), text.size(),
                                         stream.data(), stream.size()));
  libdeflate_free_compressor(packer);
  return stream;
}

std::string Big16(uint16_t value) { return BigBytes(value, 2); }
std::string Big32(uint32_t value) { return BigBytes(value, 4); }
std::string Big64(uint64_t value) { return BigBytes(value, 8); }

}  // namespace keysift
