// SPDX-License-Identifier: Apache-2.0
#include "finding/fingerprint.h"

#include <doctest/doctest.h>

namespace keysift {
namespace {

constexpr std::string_view kRandom = "q7Zx0vKd2Lw9RtYb3NfHs8Ec5Ujm1Pga4Vio6XTk";

}  // namespace

TEST_CASE("a fingerprint has one form, weak or strong") {
  const Fingerprinter fingerprinter("");
  for (const std::string_view secret :
       {kRandom, std::string_view("hunter2"), std::string_view("")}) {
    CHECK(IsFingerprint(fingerprinter.Of("some-rule", secret)));
  }
  CHECK_FALSE(IsFingerprint("ks1-0123"));
  CHECK_FALSE(IsFingerprint("ks1-0123456789ABCDEF0123456789abcdef"));
  CHECK_FALSE(IsFingerprint("ks2-0123456789abcdef0123456789abcdef"));
}

TEST_CASE("fingerprints do not change from one version to the next") {
  const Fingerprinter own("");
  CHECK(own.Of("generic-password", "hunter2") ==
        "ks1-6f6076bd22b3893674c2e2cbed548f00");
  CHECK(own.Of("some-rule", kRandom) == "ks1-bafb88af35f660de0fcea3e4eea94406");
  CHECK(Fingerprinter("acme").Of("some-rule", kRandom) ==
        "ks1-790635600728f2d3e3f90eb6f52484ab");
}

TEST_CASE("rule, secret and key each make another fingerprint") {
  const Fingerprinter own("");
  const Fingerprinter acme("acme");
  CHECK(own.Of("a", kRandom) == own.Of("a", kRandom));
  CHECK(own.Of("a", kRandom) != own.Of("b", kRandom));
  CHECK(own.Of("a", kRandom) != own.Of("a", kRandom.substr(1)));
  CHECK(own.Of("a", kRandom) != acme.Of("a", kRandom));
  CHECK(own.Of("a", "hunter2") != own.Of("b", "hunter2"));
  CHECK(own.Of("a", "hunter2") != acme.Of("a", "hunter2"));
  // The rule's end is marked: "ab" + "c…" is not "a" + "bc…".
  CHECK(own.Of("ab", "c" + std::string(kRandom)) !=
        own.Of("a", "bc" + std::string(kRandom)));
}

TEST_CASE("what people choose is weak, what machines make is not") {
  for (const std::string_view weak :
       {"hunter2", "P@ssw0rd!", "Summer2024!", "correcthorsebattery",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "abcdefghijklmnopqrstuvwxyz",
        "1234567890123456789012345", "admin:admin:admin:admin", "0000",
        "changemechangemechangeme", ""}) {
    CHECK_MESSAGE(EstimateBits(weak) < Fingerprinter::kWeakBits, weak);
  }
  for (const std::string_view strong :
       {std::string_view("9f86d081884c7d659a2feaa0c55ad015"),
        std::string_view("ghp_x7Kq2mVbT9sLw4RzYd8NfHc3JgPa5Eu0iWnO"), kRandom,
        std::string_view("Xq9$kT2!vB7#mZ4w"),
        std::string_view("5F4DCC3B5AA765D61D8327DEB882CF99")}) {
    CHECK_MESSAGE(EstimateBits(strong) >= Fingerprinter::kWeakBits, strong);
  }
}

}  // namespace keysift
