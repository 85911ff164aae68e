// SPDX-License-Identifier: Apache-2.0
//
// A byte, then texts, separated by NUL bytes: packed-refs, HEAD, a reflog, a
// branch, MERGE_HEAD, HEAD of a linked work tree, its reflog. The byte's bits
// say what is odd about the files: HEAD is a link to the text's name, a folder
// lies where a branch should, the work tree is the one that is scanned.
#include <filesystem>

#include "fuzz/fuzz.h"
#include "git/ref_file.h"
#include "git/reflog.h"
#include "git/refs.h"
#include "git/repository.h"
#include "support/temporary_folder.h"

namespace {

constexpr int kLinkedHead = 1;
constexpr int kFolder = 2;
constexpr int kWorktree = 4;
constexpr int kNoPackedRefs = 8;
constexpr int kSharedDirectory = 16;  // of another repository

// A git directory to put the texts into; the repositories are opened once.
struct Skeleton {
  Skeleton() {
    folder.Write("HEAD", "ref: refs/heads/main\n");
    folder.Write("objects/info/x", "");
    folder.Write("refs/heads/main", "");
    folder.Write("config", "[core]\nbare = true\n");
    folder.Write("worktrees/side/HEAD", "ref: refs/heads/main\n");
    folder.Write("worktrees/side/commondir", "../..\n");
    folder.Write("worktrees/side/gitdir", "/nonexistent/.git\n");
    folder.Write("other/HEAD", "ref: refs/heads/main\n");
    folder.Write("other/commondir", "..\n");
    whole = *keysift::Repository::OpenExact(folder.path());
    side = *keysift::Repository::OpenExact(folder.path() + "/worktrees/side");
    other = *keysift::Repository::OpenExact(folder.path() + "/other");
  }

  const keysift::Repository& Of(int faults) const {
    return (faults & kSharedDirectory) != 0 ? other
           : (faults & kWorktree) != 0      ? side
                                            : whole;
  }

  keysift::TemporaryFolder folder;
  keysift::Repository whole;
  keysift::Repository side;
  keysift::Repository other;
};

std::string_view TakeText(std::string_view* input) {
  const size_t end = std::min(input->find('\0'), input->size());
  const std::string_view text = input->substr(0, end);
  input->remove_prefix(std::min(end + 1, input->size()));
  return text;
}

void WriteTexts(int faults, std::string_view input,
                const keysift::TemporaryFolder& folder) {
  namespace fs = std::filesystem;
  const fs::path root = folder.path();
  folder.Write("packed-refs", TakeText(&input));
  if ((faults & kNoPackedRefs) != 0) {
    fs::remove(root / "packed-refs");
  }
  const std::string head(TakeText(&input));
  fs::remove(root / "HEAD");
  if ((faults & kLinkedHead) != 0 && !head.empty()) {
    std::error_code ignored;
    fs::create_symlink(head, root / "HEAD", ignored);
  } else {
    folder.Write("HEAD", head);
  }
  folder.Write("logs/HEAD", TakeText(&input));
  fs::remove_all(root / "refs/heads/topic");
  if ((faults & kFolder) != 0) {
    fs::create_directories(root / "refs/heads/topic");
    TakeText(&input);
  } else {
    folder.Write("refs/heads/topic", TakeText(&input));
  }
  folder.Write("MERGE_HEAD", TakeText(&input));
  folder.Write("rebase-merge/onto", input.substr(0, 41));
  folder.Write("refs/heads/x.lock", "");
  folder.Write("worktrees/side/HEAD", TakeText(&input));
  folder.Write("worktrees/side/logs/HEAD", TakeText(&input));
}

}  // namespace

KEYSIFT_FUZZ_TARGET {
  static const Skeleton skeleton;
  if (input.empty()) {
    return;
  }
  const int faults = static_cast<uint8_t>(input[0]);
  keysift::IsSafeRefName(input.substr(1));
  WriteTexts(faults, input.substr(1), skeleton.folder);
  const keysift::Repository& repository = skeleton.Of(faults);
  const keysift::RefList refs = keysift::RefList::Read(repository);
  for (const keysift::Ref& ref : refs.refs()) {
    keysift::Expect(!ref.name.empty());
    keysift::Expect(refs.Find(ref.name) != nullptr);
    refs.FindShort(ref.name);
  }
  refs.FindShort("none");
  const keysift::ReflogList logs = keysift::ReflogList::Read(repository);
  for (const keysift::Reflog& log : logs.logs) {
    keysift::Expect(std::is_sorted(log.ids.begin(), log.ids.end()));
  }
}
