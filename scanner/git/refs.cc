// SPDX-License-Identifier: Apache-2.0
#include "git/refs.h"

#include <algorithm>
#include <utility>

#include "base/byte_reader.h"
#include "base/file.h"
#include "base/file_walk.h"
#include "base/mapped_file.h"
#include "git/ref_file.h"

namespace keysift {
namespace {

constexpr int kMaxDepth = 64;
constexpr uint64_t kHexSize = 2 * ObjectId::kSize;

// What stands beside HEAD and is no message or marker (gitrevisions,
// "<refname>"), besides all that ends in "_HEAD".
constexpr std::string_view kPseudoRefs[] = {"HEAD",
                                            "AUTO_MERGE",
                                            "BISECT_EXPECTED_REV",
                                            "MERGE_AUTOSTASH",
                                            "NOTES_MERGE_PARTIAL",
                                            "NOTES_MERGE_REF"};
// Commits that a rebase or a cherry-pick in progress will come back to.
constexpr std::string_view kStateFiles[] = {
    "rebase-apply/autostash", "rebase-apply/orig-head",
    "rebase-merge/autostash", "rebase-merge/onto",
    "rebase-merge/orig-head", "sequencer/head"};

bool IsPseudoRef(std::string_view name) {
  return name.ends_with("_HEAD") ||
         std::find(std::begin(kPseudoRefs), std::end(kPseudoRefs), name) !=
             std::end(kPseudoRefs);
}

std::string_view TakeLine(ByteReader* reader) {
  std::optional<std::string_view> line = reader->ReadUntil('\n');
  return line ? *line : reader->ReadBytes(reader->remaining()).value_or("");
}

}  // namespace

// Collects the refs of all places, then settles which count.
class RefReader {
 public:
  explicit RefReader(RefList* list) : list_(list) {}

  void ReadLoose(const std::string& git_dir, const std::string& prefix);
  void ReadPseudo(const std::string& git_dir, const std::string& prefix);
  void ReadPacked(const std::string& path);
  void Settle();

 private:
  struct Found {
    Ref ref;
    std::string prefix;  // of the work tree that it was found in
    bool packed = false;
  };

  void ReadOne(const std::string& path, const std::string& name,
               const std::string& prefix, bool is_pseudo);
  void AddProblem(ErrorKind kind, std::string message, std::string where) {
    list_->problems_.push_back(
        Error{kind, std::move(message), std::move(where)});
  }
  const Found* FindTarget(const Found& from) const;
  ObjectId Resolve(const Found& start);

  RefList* list_;
  std::vector<Found> found_;
};

void RefReader::ReadLoose(const std::string& git_dir,
                          const std::string& prefix) {
  std::string folder = JoinPath(git_dir, "refs");
  auto read = [&](const std::string& name) {
    if (!name.ends_with(".lock")) {  // git is writing it
      ReadOne(JoinPath(folder, name), "refs/" + name, prefix, false);
    }
  };
  WalkFiles(folder, kMaxDepth, read, &list_->problems_);
}

void RefReader::ReadPseudo(const std::string& git_dir,
                           const std::string& prefix) {
  Result<std::vector<DirectoryEntry>> entries = ListDirectory(git_dir);
  if (!entries) {
    list_->problems_.push_back(entries.error());
    return;
  }
  for (const DirectoryEntry& entry : *entries) {
    if (IsPseudoRef(entry.name)) {
      ReadOne(JoinPath(git_dir, entry.name), entry.name, prefix,
              entry.name != "HEAD");
    }
  }
  for (std::string_view name : kStateFiles) {
    std::string path = JoinPath(git_dir, name);
    if (TypeOfPath(path) == FileType::kFile) {
      ReadOne(path, std::string(name), prefix, true);
    }
  }
}

void RefReader::ReadOne(const std::string& path, const std::string& name,
                        const std::string& prefix, bool is_pseudo) {
  Result<std::string> text = ReadRefFile(path, name == "HEAD");
  if (!text) {
    list_->problems_.push_back(text.error());
    return;
  }
  Found found;
  found.ref.name = prefix + name;
  found.ref.is_pseudo = is_pseudo;
  found.prefix = prefix;
  std::string_view target = SymbolicTarget(*text);
  if (!target.empty()) {
    found.ref.target = target;
    found_.push_back(std::move(found));
    return;
  }
  // Several lines: FETCH_HEAD, and MERGE_HEAD of an octopus.
  ByteReader lines(*text);
  bool is_first = true;
  while (!lines.AtEnd() && (is_first || is_pseudo)) {
    std::optional<ObjectId> id = LeadingId(TakeLine(&lines));
    if (!id) {
      AddProblem(ErrorKind::kDamaged, "a ref that holds no object id", path);
      return;
    }
    found.ref.id = *id;
    found_.push_back(found);
    is_first = false;
  }
  if (text->empty() && !is_pseudo) {
    AddProblem(ErrorKind::kDamaged, "an empty ref", path);
  }
}

// gitrepository-layout, "packed-refs": "<id> <name>" lines, each maybe with a
// "^<id>" line after it for what its tag points to; comments start with '#'.
void RefReader::ReadPacked(const std::string& path) {
  Result<MappedFile> file = MappedFile::Open(path);
  if (!file) {
    if (file.error().kind != ErrorKind::kNotFound) {
      list_->problems_.push_back(file.error());
    }
    return;
  }
  ByteReader lines(file->bytes());
  bool after_ref = false;
  for (uint64_t number = 1; !lines.AtEnd(); ++number) {
    std::string_view line = TakeLine(&lines);
    bool is_peeled = line.starts_with("^");
    std::optional<ObjectId> id = LeadingId(line.substr(is_peeled ? 1 : 0));
    if (line.starts_with("#")) {
      continue;
    }
    if (id && is_peeled && after_ref) {
      found_.back().ref.peeled = *id;
      after_ref = false;
      continue;
    }
    after_ref = id && !is_peeled && line.size() > kHexSize + 1;
    if (!after_ref) {
      AddProblem(ErrorKind::kDamaged, "a line that is no packed ref",
                 path + ":" + std::to_string(number));
      continue;
    }
    Found found;
    found.ref.name = TrimSpaces(line.substr(kHexSize + 1));
    found.ref.id = *id;
    found.packed = true;
    found_.push_back(std::move(found));
  }
}

// The ref that a symbolic one names: of the same work tree, or shared.
const RefReader::Found* RefReader::FindTarget(const Found& from) const {
  for (const std::string& name :
       {from.prefix + from.ref.target, from.ref.target}) {
    auto at = std::lower_bound(found_.begin(), found_.end(), name,
                               [](const Found& found, const std::string& key) {
                                 return found.ref.name < key;
                               });
    if (at != found_.end() && at->ref.name == name) {
      return &*at;
    }
  }
  return nullptr;
}

ObjectId RefReader::Resolve(const Found& start) {
  const Found* at = &start;
  for (int step = 0; at != nullptr && at->ref.is_symbolic(); ++step) {
    if (step == RefList::kMaxSymbolicDepth) {
      AddProblem(ErrorKind::kDamaged, "a symbolic ref that leads too far",
                 start.ref.name);
      return {};
    }
    at = FindTarget(*at);
  }
  return at == nullptr ? ObjectId{} : at->ref.id;
}

void RefReader::Settle() {
  std::stable_sort(found_.begin(), found_.end(),
                   [](const Found& left, const Found& right) {
                     int order = left.ref.name.compare(right.ref.name);
                     return order != 0 ? order < 0 : left.packed < right.packed;
                   });
  // A packed ref counts only if it has no file of its own.
  auto hidden = [](const Found& first, const Found& second) {
    return second.packed && first.ref.name == second.ref.name;
  };
  found_.erase(std::unique(found_.begin(), found_.end(), hidden), found_.end());
  for (Found& found : found_) {
    if (found.ref.is_symbolic()) {
      found.ref.id = Resolve(found);
    }
  }
  list_->refs_.reserve(found_.size());
  for (Found& found : found_) {
    list_->refs_.push_back(std::move(found.ref));
  }
}

RefList RefList::Read(const Repository& repository) {
  RefList list;
  RefReader reader(&list);
  const std::string& common = repository.common_dir();
  bool is_linked = repository.git_dir() != common;
  reader.ReadPacked(JoinPath(common, "packed-refs"));
  reader.ReadLoose(common, "");
  reader.ReadPseudo(common, is_linked ? "main-worktree/" : "");
  bool found_own = !is_linked;
  for (const LinkedWorktree& worktree : repository.LinkedWorktrees()) {
    bool is_own = worktree.git_dir == repository.git_dir();
    std::string prefix = is_own ? "" : "worktrees/" + worktree.name + "/";
    reader.ReadLoose(worktree.git_dir, prefix);
    reader.ReadPseudo(worktree.git_dir, prefix);
    found_own = found_own || is_own;
  }
  if (!found_own) {  // GIT_COMMON_DIR names another repository's
    reader.ReadLoose(repository.git_dir(), "");
    reader.ReadPseudo(repository.git_dir(), "");
  }
  reader.Settle();
  return list;
}

std::vector<Ref>::const_iterator RefList::LowerBound(
    std::string_view name) const {
  return std::lower_bound(
      refs_.begin(), refs_.end(), name,
      [](const Ref& ref, std::string_view key) { return ref.name < key; });
}

const Ref* RefList::Find(std::string_view name) const {
  auto at = LowerBound(name);
  return at != refs_.end() && at->name == name ? &*at : nullptr;
}

const Ref* RefList::FindShort(std::string_view name) const {
  std::string text(name);
  for (const std::string& full :
       {text, "refs/" + text, "refs/tags/" + text, "refs/heads/" + text,
        "refs/remotes/" + text, "refs/remotes/" + text + "/HEAD"}) {
    const Ref* ref = Find(full);
    if (ref != nullptr) {
      return ref;
    }
  }
  return nullptr;
}

}  // namespace keysift
