// SPDX-License-Identifier: Apache-2.0
#include "finding/scrubber.h"

#include <doctest/doctest.h>

namespace keysift {

TEST_CASE("every occurrence of every secret is masked") {
  const Scrubber scrubber({"first-secret", "second-secret-of-18"});
  CHECK(scrubber.Scrub("first-secret, second-secret-of-18/first-secret") ==
        "********, seco********/********");
  CHECK(scrubber.Scrub("nothing here") == "nothing here");
  CHECK(scrubber.Holds("xfirst-secretx"));
  CHECK_FALSE(
      scrubber.Holds("first-secre"
                     "d"));
  CHECK(Scrubber().Scrub("first-secret") == "first-secret");
}

TEST_CASE("a password that is a plain word leaves paths readable") {
  const Scrubber scrubber({"ansible", "s3cret-w0rd", "swordfish"});
  CHECK(scrubber.ScrubName("lib/ansible/swordfish.py") ==
        "lib/ansible/swordfish.py");
  CHECK(scrubber.ScrubName("a/s3cret-w0rd/b").find("s3cret-w0rd") ==
        std::string::npos);
  CHECK(scrubber.Scrub("it is ansible") != "it is ansible");
}

TEST_CASE("secrets that overlap show nothing of either") {
  const Scrubber scrubber({"abcdefghijklmnopqrst", "mnopqrstuvwxyz0123"});
  CHECK(scrubber.Scrub("<abcdefghijklmnopqrstuvwxyz0123>") == "<********>");
}

TEST_CASE("a secret inside another is masked with it") {
  const Scrubber scrubber({"inner-1234", "outer-inner-1234-outer"});
  CHECK(scrubber.Scrub("outer-inner-1234-outer") == "oute********");
  CHECK(scrubber.Scrub("an inner-1234 alone") == "an ******** alone");
}

TEST_CASE("a secret that the text's edge cuts is masked") {
  const Scrubber scrubber({"0123456789abcdefghij"});
  CHECK(scrubber.Scrub("x 0123456789ab") == "x ********");
  CHECK(scrubber.Scrub("89abcdefghij y") == "******** y");
  CHECK(scrubber.Scrub("x 012345") == "x 012345");  // too little to tell
}

TEST_CASE("each line of a key counts, its frame does not") {
  const Scrubber scrubber(
      {"-----BEGIN PRIVATE KEY-----\r\nMIIEvQIBADANBgkqhkiG\r\nAbCdEf==\n"
       "-----END PRIVATE KEY-----"});
  CHECK(scrubber.Scrub("-----BEGIN PRIVATE KEY-----") ==
        "-----BEGIN PRIVATE KEY-----");
  CHECK(scrubber.Scrub("k: MIIEvQIBADANBgkqhkiG") == "k: MIIE********");
}

TEST_CASE("short values do not blot out words") {
  CHECK(Scrubber({"admin"}).Scrub("the admin page") == "the admin page");
}

}  // namespace keysift
