// SPDX-License-Identifier: Apache-2.0
#include "source/tree_changes.h"

#include <doctest/doctest.h>

#include <map>
#include <memory>

#include "git/object_lookup.h"
#include "support/git_fixture.h"

namespace keysift {
namespace {

using Changes = std::map<std::string, std::string>;  // path: before -> now

class Comparer {
 public:
  explicit Comparer(const GitFixture* git)
      : git_(git), repository_(*Repository::OpenExact(git->path())) {}

  std::optional<ObjectId> Tree(const std::string& name) const {
    return ObjectId::FromHex(git_->GitLine({"rev-parse", name + "^{tree}"}));
  }

  TreeChanges Trees(const std::optional<ObjectId>& before,
                    const std::optional<ObjectId>& now) {
    return CompareTrees(before, now, Reader());
  }

  TreeChanges Index(const std::optional<ObjectId>& before) {
    const Result<IndexFile> index =
        IndexFile::Open(repository_.index_path(), repository_.git_dir());
    REQUIRE(index);
    return CompareIndex(before, *index, Reader());
  }

  int reads() const { return reads_; }

 private:
  ReadObject Reader() {
    return [this](const ObjectId& id, Buffer* content) {
      ++reads_;
      return ObjectLookup(repository_).Read(id, content);
    };
  }

  const GitFixture* git_;
  Repository repository_;
  int reads_ = 0;
};

// As ours, from `git diff-tree` or `git diff-index` with -r: modes left out,
// since a change of mode alone is none here.
Changes ByGit(const GitFixture& git, std::vector<std::string> words) {
  words.insert(words.begin() + 1, {"-r", "--no-renames"});
  Changes changes;
  for (const std::string& line : SplitLines(git.Git(words))) {
    // ":<mode> <mode> <id> <id> <status>\t<path>".
    const std::string before = line.substr(15, 40), now = line.substr(56, 40);
    if (line[0] == ':' && before != now) {
      changes[line.substr(line.find('\t') + 1)] = before + " " + now;
    }
  }
  return changes;
}

Changes Ours(const TreeChanges& found) {
  Changes changes;
  for (const ChangedFile& file : found.files) {
    const auto hex = [](const std::optional<ObjectId>& id) {
      return id.value_or(ObjectId()).ToHex();
    };
    changes[file.path] = hex(file.before) + " " + hex(file.now);
  }
  return changes;
}

void WriteFirst(const GitFixture& git) {
  for (const char* name :
       {"a", "a.b/x", "a-b", "b/c/d/e", "b/c/f", "b/g", "c/d", "z"}) {
    git.Write(name, name);
  }
  git.Commit("first");
}

void WriteSecond(const GitFixture& git) {
  git.Write("b/c/d/e", "changed");
  git.Write("new/deep/er", "new");
  git.Git({"rm", "-rq", "c", "a-b"});
  git.Write("c", "a file where a folder was");
  git.Git({"rm", "-q", "a"});
  git.Write("a/now", "a folder where a file was");
}

}  // namespace

TEST_CASE("two trees compare as git says") {
  GitFixture git;
  WriteFirst(git);
  WriteSecond(git);
  git.Commit("second");
  Comparer compare(&git);
  const auto one = compare.Tree("HEAD~1"), two = compare.Tree("HEAD");
  CHECK(Ours(compare.Trees(one, two)) ==
        ByGit(git, {"diff-tree", "HEAD~1", "HEAD"}));
  CHECK(Ours(compare.Trees(two, one)) ==
        ByGit(git, {"diff-tree", "HEAD", "HEAD~1"}));
  CHECK(compare.Trees(std::nullopt, one).files.size() == 8);
  CHECK(compare.Trees(one, one).files.empty());
}

TEST_CASE("the staging area compares as git says, cached trees or not") {
  GitFixture git;
  WriteFirst(git);
  Comparer compare(&git);
  const auto head = compare.Tree("HEAD");
  CHECK(compare.Index(head).files.empty());
  CHECK(compare.reads() == 0);  // the cached root is HEAD's tree
  WriteSecond(git);
  git.Git({"add", "-A"});
  const Changes expected = ByGit(git, {"diff-index", "--cached", "HEAD"});
  CHECK(expected.size() == 7);
  CHECK(Ours(compare.Index(head)) == expected);
  git.Git({"update-index", "--index-version", "4"});
  CHECK(Ours(compare.Index(head)) == expected);
  git.Git({"update-index", "--split-index"});
  CHECK(Ours(compare.Index(head)) == expected);
  git.Git({"write-tree"});  // makes the cache tree whole
  CHECK(Ours(compare.Index(head)) == expected);
  CHECK(compare.Index(std::nullopt).files.size() == 8);
}

TEST_CASE("only the folders on the way to a change are read") {
  GitFixture git;
  for (int i = 0; i < 50; ++i) {
    git.Write("d" + std::to_string(i) + "/x/y", "z");
  }
  git.Commit("c");
  git.Write("d7/x/y", "changed");
  git.Git({"update-index", "d7/x/y"});
  Comparer compare(&git);
  CHECK(compare.Index(compare.Tree("HEAD")).files.size() == 1);
  CHECK(compare.reads() == 3);
}

TEST_CASE("modes, announced files and submodules add no content") {
  GitFixture git;
  WriteFirst(git);
  const std::string commit = git.GitLine({"rev-parse", "HEAD"});
  git.Git({"update-index", "--chmod=+x", "z"});
  git.Write("announced", "text");
  git.Git({"add", "-N", "announced"});
  git.Git({"update-index", "--add", "--cacheinfo", "160000," + commit + ",m"});
  Comparer compare(&git);
  const TreeChanges changes = compare.Index(compare.Tree("HEAD"));
  CHECK(changes.files.empty());
  CHECK(changes.submodules == std::vector<std::string>{"m"});
}

TEST_CASE("a tree that cannot be read is a problem, and its side is new") {
  GitFixture git;
  WriteFirst(git);
  Comparer compare(&git);
  const auto head = compare.Tree("HEAD");
  const ObjectId gone = *ObjectId::FromHex(std::string(40, '7'));
  const TreeChanges changes = compare.Trees(gone, head);
  CHECK(changes.files.size() == 8);
  REQUIRE(changes.problems.size() == 1);
  CHECK(changes.problems[0].kind == ErrorKind::kNotFound);
  CHECK(compare.Trees(head, gone).problems.size() == 1);
}

}  // namespace keysift
