// SPDX-License-Identifier: Apache-2.0
//
// Three texts, separated by NUL bytes: packed-refs, HEAD, and a reflog.
#include "fuzz/fuzz.h"
#include "git/reflog.h"
#include "git/refs.h"
#include "git/repository.h"
#include "support/temporary_folder.h"

namespace {

// A git directory to put the texts into; the repository is opened once.
struct Skeleton {
  Skeleton() {
    folder.Write("HEAD", "ref: refs/heads/main\n");
    folder.Write("objects/info/x", "");
    folder.Write("refs/heads/main", "");
    folder.Write("config", "[core]\nbare = true\n");
    repository = *keysift::Repository::OpenExact(folder.path());
  }

  keysift::TemporaryFolder folder;
  keysift::Repository repository;
};

}  // namespace

KEYSIFT_FUZZ_TARGET {
  static const Skeleton skeleton;
  const size_t first = std::min(input.find('\0'), input.size());
  const std::string_view rest = input.substr(std::min(first + 1, input.size()));
  const size_t second = std::min(rest.find('\0'), rest.size());
  skeleton.folder.Write("packed-refs", input.substr(0, first));
  skeleton.folder.Write("HEAD", rest.substr(0, second));
  skeleton.folder.Write("logs/HEAD",
                        rest.substr(std::min(second + 1, rest.size())));
  const keysift::RefList refs = keysift::RefList::Read(skeleton.repository);
  for (const keysift::Ref& ref : refs.refs()) {
    keysift::Expect(!ref.name.empty());
    keysift::Expect(refs.Find(ref.name) != nullptr);
    refs.FindShort(ref.name);
  }
  const keysift::ReflogList logs =
      keysift::ReflogList::Read(skeleton.repository);
  for (const keysift::Reflog& log : logs.logs) {
    keysift::Expect(std::is_sorted(log.ids.begin(), log.ids.end()));
  }
}
