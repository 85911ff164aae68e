// SPDX-License-Identifier: Apache-2.0
// Azure's account keys: base64 of 64 bytes for storage, Cosmos DB and Batch, of
// 32 for shared access keys. Two keys of 64 bytes are printed in Microsoft's
// documentation, those of the storage and Cosmos emulators; they are known here
// by their CRC-32.
#include "base/crc32.h"
#include "content/base64.h"
#include "verify/check_list.h"
#include "verify/marks.h"

namespace keysift {
namespace {

constexpr uint32_t kStorageEmulator = 0xb4cbd586;
constexpr uint32_t kCosmosEmulator = 0x87707360;

}  // namespace

CheckResult CheckAzureKey(const CheckInput& input) {
  const std::string_view key = input.Secret();
  const std::optional<std::string> bytes = DecodeBase64(key);
  if (!bytes.has_value() || (bytes->size() != 64 && bytes->size() != 32)) {
    return CheckResult::Failed("not the base64 of 64 or 32 bytes");
  }
  CheckResult result = CheckResult::Pass(
      "decodes to " + std::to_string(bytes->size()) + " bytes");
  const uint32_t crc = Crc32(key);
  if (crc == kStorageEmulator || crc == kCosmosEmulator) {
    result.marks |= kMarkSample;
    result.at_most = Confidence::kPossible;
    result.details.emplace_back("sample", "yes");
    result.details.emplace_back("known_as", "key of the local emulator");
  }
  return result;
}

}  // namespace keysift
