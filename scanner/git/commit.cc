// SPDX-License-Identifier: Apache-2.0
#include "git/commit.h"

#include "git/header_lines.h"

namespace keysift {

Result<Commit> Commit::Parse(std::string_view bytes) {
  Commit commit;
  HeaderLines lines(bytes);
  if (!lines.Next() || lines.key() != "tree" || !lines.id()) {
    return Fail(ErrorKind::kDamaged, "the commit does not start with a tree");
  }
  commit.tree = *lines.id();
  bool in_parents = true;
  while (lines.Next()) {
    if (in_parents && lines.key() == "parent") {
      if (!lines.id()) {
        return Fail(ErrorKind::kDamaged, "the commit's parent is no id");
      }
      commit.parents.push_back(*lines.id());
      continue;
    }
    in_parents = false;
    if (lines.key() == "author" && commit.author.raw.empty()) {
      commit.author = Signature::Parse(lines.value());
    } else if (lines.key() == "committer" && commit.committer.raw.empty()) {
      commit.committer = Signature::Parse(lines.value());
    } else if (lines.key() == "encoding") {
      commit.encoding = lines.value();
    }
  }
  commit.message_offset = lines.message_offset();
  commit.message = bytes.substr(commit.message_offset);
  return commit;
}

std::string Commit::Summary() const { return SummaryOf(message); }

}  // namespace keysift
