// SPDX-License-Identifier: Apache-2.0
#include "git/ref_file.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include "support/temporary_folder.h"

namespace keysift {

TEST_CASE("a symbolic ref's target is told from an id") {
  CHECK(SymbolicTarget("ref: refs/heads/main\n") == "refs/heads/main");
  CHECK(SymbolicTarget("ref:\trefs/x") == "refs/x");
  CHECK(SymbolicTarget("refs/heads/main").empty());
}

TEST_CASE("an id stands at the start, with a space or nothing after it") {
  std::string hex(40, 'a');
  CHECK(LeadingId(hex));
  CHECK(LeadingId(hex + "\tbranch"));
  CHECK_FALSE(LeadingId(hex + "a"));
  CHECK_FALSE(LeadingId(" " + hex));
  CHECK_FALSE(LeadingId(""));
}

TEST_CASE("names that leave the git directory are not safe") {
  CHECK(IsSafeRefName("refs/heads/main"));
  CHECK_FALSE(IsSafeRefName(""));
  CHECK_FALSE(IsSafeRefName("/etc/passwd"));
  CHECK_FALSE(IsSafeRefName("refs/../../x"));
  CHECK_FALSE(IsSafeRefName(std::string_view("refs/\0x", 7)));
}

TEST_CASE("a link to a ref is symbolic for HEAD, or if it leads nowhere") {
  TemporaryFolder folder;
  folder.Write("refs/heads/main", "text");
  std::string head = folder.path() + "/HEAD";
  std::string dangling = folder.path() + "/dangling";
  REQUIRE(symlink("refs/heads/main", head.c_str()) == 0);
  REQUIRE(symlink("refs/heads/none", dangling.c_str()) == 0);
  CHECK(ReadRefFile(head, true) == "ref: refs/heads/main");
  CHECK(ReadRefFile(head, false) == "text");
  CHECK(ReadRefFile(dangling, false) == "ref: refs/heads/none");
  CHECK(ReadRefFile(folder.path() + "/refs", false).error().kind ==
        ErrorKind::kNotFound);
}

}  // namespace keysift
