// SPDX-License-Identifier: Apache-2.0
// Values of real formats that providers publish themselves, and that thousands
// of repositories copy. They are known here by the first 8 bytes of their
// SHA-256, so that this file sets off no scanner. A new one is a line here,
// with the place where its provider prints it:
//
//   printf %s VALUE | sha256sum | cut -c -16
//
// AWS and Azure have their own (aws_key_id.cc, check_azure_key.cc).
#include "verify/published_values.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/big_endian.h"
#include "base/hmac.h"
#include "base/sha.h"

namespace keysift {
namespace {

constexpr size_t kShortest = 10;
constexpr size_t kLongest = 100;

constexpr auto kPublished = std::to_array<uint64_t>({
    // Google: tests and test settings of github.com/firebase's Android SDK.
    0x27a9a42931dff7eb,
    0x49f777db995e8260,
    0x8731261cb72d8626,
    0x37f8f09bdf12c2f2,
    0xeb540d2b6ee2a0a4,
    0x2037abcaffb2b777,
    0x4c98242dcadc8b29,
    0xea9bb1082cf95663,
    0xa19f89ab3555eac1,
    0xdc0fcf046c61640c,
    0x6ca6473b42d9c17e,
    0xf56e323494a6ffc2,
    0x0b476bdf9acf2123,
    // Telegram: core.telegram.org/bots, its features page and the Bot API.
    0x6f3791a57f1d6dd8,
    0x97663138e6669921,
    0x731fa294d036e54f,
    // Discord: the "Authentication" part of its API reference.
    0x02f7ce3c263f85c0,
    // GitHub: the REST reference, with four prefixes.
    0x3543c50b0cb9cea8,
    0xbc3ae723f57c6b9e,
    0x82e74299544e0073,
    0x797c0ce414586cc8,
    // Mailgun: the user manual's curl lines.
    0x9c846fdf0fa8955c,
    // Stripe: the test keys of its API reference.
    0x2cafc0970149a84f,
    0xf2d6ca16515033e5,
    // SendGrid: "API keys" in its documentation.
    0x02091175c1ae3023,
    // NuGet: "packageSourceCredentials" in its reference of nuget.config.
    0xdba72c00f41f4e4c,
    0xa0702bc91d699f60,
    // MongoDB: "Connection strings" in its manual; whole, decoded, and as far
    // as the "%40" in it.
    0x412a54cd6f4c7f28,
    0xd179a5dc9a45dfa9,
    0xdb060df8257352b0,
    // Ethereum: the first three accounts of Hardhat's and Anvil's test
    // networks, without and with "0x".
    0xbc1a50966c9e6486,
    0x60a09e4357868c1e,
    0x8335c55334821eef,
    0x095101cf732c298a,
    0xb26ab6529d20ebeb,
    0xbb4978fbe7638de8,
});

}  // namespace

bool IsPublishedValue(std::string_view secret) {
  if (secret.size() < kShortest || secret.size() > kLongest) {
    return false;
  }
  const uint64_t head = LoadBig64(ToBytes(Sha256Of(secret)).data());
  return std::find(kPublished.begin(), kPublished.end(), head) !=
         kPublished.end();
}

}  // namespace keysift
