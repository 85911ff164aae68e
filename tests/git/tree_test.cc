// SPDX-License-Identifier: Apache-2.0
#include "git/tree.h"

#include <doctest/doctest.h>

#include <cstdio>

#include "support/git_fixture.h"

namespace keysift {
namespace {

const std::string kId(20, 'i');

std::string Entry(const std::string& mode, const std::string& name) {
  return mode + " " + name + '\0' + kId;
}

// How many entries come before the end (true) or an error (false).
std::pair<int, bool> Count(const std::string& bytes) {
  TreeReader reader(bytes);
  TreeEntry entry;
  for (int count = 0;; ++count) {
    Result<bool> next = reader.Next(&entry);
    if (!next || !*next) {
      return {count, next.has_value()};
    }
  }
}

}  // namespace

TEST_CASE("a tree is read as git ls-tree shows it") {
  GitFixture fixture;
  fixture.Write("file", "1");
  fixture.Write("folder/inner", "2");
  fixture.Write("name with \xff and\nnewline", "3");
  fixture.Commit("c");
  fixture.Git({"update-index", "--chmod=+x", "file"});
  fixture.Commit("c");
  std::string bytes = fixture.Git({"cat-file", "tree", "HEAD^{tree}"});
  std::string shown;
  TreeReader reader(bytes);
  TreeEntry entry;
  for (;;) {
    Result<bool> next = reader.Next(&entry);
    REQUIRE(next);
    if (!*next) {
      break;
    }
    char mode[16];
    std::snprintf(mode, sizeof mode, "%06o", entry.mode);
    shown += std::string(mode) +
             (entry.kind() == EntryKind::kTree ? " tree " : " blob ") +
             entry.id().ToHex() + "\t" + std::string(entry.name) + '\0';
  }
  CHECK(shown == fixture.Git({"ls-tree", "-z", "HEAD"}));
}

TEST_CASE("a mode says what an entry is, and odd ones count as gitlinks") {
  CHECK(KindOfMode(0100644) == EntryKind::kFile);
  CHECK(KindOfMode(0100664) == EntryKind::kFile);
  CHECK(KindOfMode(0120000) == EntryKind::kSymlink);
  CHECK(KindOfMode(0040000) == EntryKind::kTree);
  CHECK(KindOfMode(0160000) == EntryKind::kGitlink);
  CHECK(KindOfMode(0) == EntryKind::kGitlink);
}

TEST_CASE("the zero-padded modes of old writers are read") {
  CHECK(Count(Entry("040000", "a") + Entry("100644", "b")) ==
        std::pair(2, true));
}

TEST_CASE("a truncated tree is damage after its whole entries") {
  std::string whole = Entry("100644", "a");
  std::string bytes = whole + Entry("40000", "b");
  for (size_t size = 0; size <= bytes.size(); ++size) {
    bool at_border = size == 0 || size == whole.size() || size == bytes.size();
    int entries = size < whole.size() ? 0 : size < bytes.size() ? 1 : 2;
    CHECK(Count(bytes.substr(0, size)) == std::pair(entries, at_border));
  }
}

TEST_CASE("no mode, no octal mode and no name are damage") {
  for (const char* mode : {"", "10064x", "-1", "00000100644", "8"}) {
    CHECK(Count(Entry(mode, "a")) == std::pair(0, false));
  }
  CHECK(Count(Entry("100644", "")) == std::pair(0, false));
}

}  // namespace keysift
