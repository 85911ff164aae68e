// SPDX-License-Identifier: Apache-2.0
#include "git/repository.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "support/git_fixture.h"

namespace keysift {
namespace {

namespace fs = std::filesystem;

ErrorKind KindOf(const Result<Repository>& repository) {
  REQUIRE_FALSE(repository);
  return repository.error().kind;
}

}  // namespace

TEST_CASE("a work tree is found from below, from its root and its git dir") {
  GitFixture fixture;
  fixture.Write("a/b/file", "x");
  for (const std::string& start :
       {fixture.path() + "/a/b", fixture.path(), fixture.git_dir()}) {
    Result<Repository> found = Repository::Discover(start);
    REQUIRE(found);
    CHECK(found->git_dir() == fixture.git_dir());
    CHECK(found->common_dir() == fixture.git_dir());
    CHECK(found->work_tree() == fixture.path());
    CHECK(found->index_path() == fixture.git_dir() + "/index");
    CHECK(found->object_directory() == fixture.git_dir() + "/objects");
    CHECK_FALSE(found->is_bare());
    CHECK(found->limitations().empty());
  }
}

TEST_CASE("an exact path is not searched upwards from") {
  GitFixture fixture;
  fixture.Write("a/file", "x");
  CHECK(Repository::OpenExact(fixture.path()));
  CHECK(Repository::OpenExact(fixture.git_dir()));
  CHECK(KindOf(Repository::OpenExact(fixture.path() + "/a")) ==
        ErrorKind::kNotFound);
}

TEST_CASE("a bare repository has no work tree") {
  GitFixture fixture({"--bare"});
  Result<Repository> found = Repository::Discover(fixture.path() + "/objects");
  REQUIRE(found);
  CHECK(found->git_dir() == fixture.path());
  CHECK(found->is_bare());
}

TEST_CASE("no repository and no such path are not found") {
  TemporaryFolder folder;
  CHECK(KindOf(Repository::Discover(folder.path())) == ErrorKind::kNotFound);
  CHECK(KindOf(Repository::OpenExact(folder.path() + "/none")) ==
        ErrorKind::kNotFound);
}

TEST_CASE("a linked work tree shares all but HEAD and index") {
  GitFixture fixture;
  fixture.Commit("root");
  std::string linked = fixture.folder().path() + "/linked";
  fixture.Git({"worktree", "add", "-q", linked});
  linked = fs::canonical(linked).string();
  std::string own = fixture.git_dir() + "/worktrees/linked";
  for (const std::string& path : {linked, linked + "/.git", own}) {
    Result<Repository> found = Repository::OpenExact(path);
    REQUIRE(found);
    CHECK(found->git_dir() == own);
    CHECK(found->common_dir() == fixture.git_dir());
    CHECK(found->work_tree() == linked);
    CHECK(found->index_path() == own + "/index");
    CHECK(found->object_directory() == fixture.git_dir() + "/objects");
  }
  std::vector<LinkedWorktree> all =
      Repository::OpenExact(fixture.path())->LinkedWorktrees();
  REQUIRE(all.size() == 1);
  CHECK(all[0].name == "linked");
  CHECK(all[0].work_tree == linked);
}

TEST_CASE("a submodule is opened by its .git file and listed by its owner") {
  GitFixture inner;
  inner.Write("file", "x");
  inner.Commit("inner");
  GitFixture outer;
  outer.Commit("root");
  outer.Git({"submodule", "add", "-q", inner.path(), "deep/inner"});
  std::string module = outer.git_dir() + "/modules/deep/inner";
  Result<Repository> found = Repository::Discover(outer.path() + "/deep/inner");
  REQUIRE(found);
  CHECK(found->git_dir() == module);
  CHECK(found->work_tree() == outer.path() + "/deep/inner");
  CHECK(Repository::OpenExact(outer.path())->SubmoduleGitDirs() ==
        std::vector<std::string>{module});
}

TEST_CASE("a .git file that leads nowhere says so") {
  TemporaryFolder folder;
  folder.Write(".git", "gitdir: nowhere\n");
  CHECK(KindOf(Repository::Discover(folder.path())) == ErrorKind::kDamaged);
  CHECK(KindOf(Repository::OpenExact(folder.path())) == ErrorKind::kDamaged);
  folder.Write(".git", "nonsense");
  CHECK(KindOf(Repository::Discover(folder.path())) == ErrorKind::kDamaged);
}

TEST_CASE("a file that is no git file is no repository, whatever it holds") {
  TemporaryFolder folder;
  folder.Write("settings.env", "name = value\n");
  folder.Write("empty", "");
  folder.Write("large", std::string(100'000, 'x'));
  folder.Write(".git", "nonsense");
  for (const char* name : {"settings.env", "empty", "large"}) {
    CHECK(KindOf(Repository::OpenExact(folder.path() + "/" + name)) ==
          ErrorKind::kNotFound);
  }
  CHECK(KindOf(Repository::OpenExact(folder.path() + "/.git")) ==
        ErrorKind::kDamaged);
}

TEST_CASE("SHA-256 objects are refused by name") {
  GitFixture fixture({"--object-format=sha256"});
  Result<Repository> found = Repository::OpenExact(fixture.path());
  CHECK(KindOf(found) == ErrorKind::kUnsupported);
  CHECK(found.error().message.find("sha256") != std::string::npos);
}

TEST_CASE("reftable and future formats are refused by name") {
  GitFixture reftable;
  reftable.Git({"config", "core.repositoryFormatVersion", "1"});
  reftable.Git({"config", "-f", reftable.git_dir() + "/config",
                "extensions.refStorage", "reftable"});
  CHECK(KindOf(Repository::OpenExact(reftable.path())) ==
        ErrorKind::kUnsupported);
  GitFixture folder;
  fs::create_directories(folder.git_dir() + "/reftable");
  CHECK(KindOf(Repository::OpenExact(folder.path())) ==
        ErrorKind::kUnsupported);
  GitFixture future;
  future.Git({"config", "core.repositoryFormatVersion", "2"});
  CHECK(KindOf(Repository::OpenExact(future.path())) ==
        ErrorKind::kUnsupported);
}

TEST_CASE("an unknown extension and includes are limitations") {
  GitFixture fixture;
  fixture.Git({"config", "include.path", "more"});
  fixture.Git({"config", "extensions.future", "1"});
  CHECK(Repository::OpenExact(fixture.path())->limitations().size() == 1);
  fixture.Git({"config", "core.repositoryFormatVersion", "1"});
  Result<Repository> found = Repository::OpenExact(fixture.path());
  REQUIRE(found);
  REQUIRE(found->limitations().size() == 2);
  CHECK(found->limitations()[1].message.find("future") != std::string::npos);
}

TEST_CASE("a damaged configuration is an error") {
  GitFixture fixture;
  WriteWhole(fixture.git_dir() + "/config", "[core");
  CHECK(KindOf(Repository::OpenExact(fixture.path())) == ErrorKind::kDamaged);
}

TEST_CASE("partial and shallow clones are seen") {
  GitFixture source;
  source.Git({"config", "uploadpack.allowFilter", "true"});
  source.Commit("one");
  std::string second = source.Commit("two");
  std::string clone = source.folder().path() + "/clone";
  source.Git({"clone", "-q", "--filter=blob:none", "--depth=1",
              "file://" + source.path(), clone});
  Result<Repository> found = Repository::OpenExact(clone);
  REQUIRE(found);
  CHECK(found->is_partial_clone());
  REQUIRE(found->shallow_commits().size() == 1);
  CHECK(found->shallow_commits()[0].ToHex() == second);
  CHECK_FALSE(Repository::OpenExact(source.path())->is_partial_clone());
}

TEST_CASE("core.worktree and config.worktree move the work tree") {
  GitFixture fixture;
  std::string elsewhere = fixture.folder().path() + "/elsewhere";
  fs::create_directories(elsewhere);
  elsewhere = fs::canonical(elsewhere).string();
  fixture.Git({"config", "core.worktree", "../../elsewhere"});
  CHECK(Repository::OpenExact(fixture.git_dir())->work_tree() == elsewhere);
  fixture.Git({"config", "--unset", "core.worktree"});
  fixture.Git({"config", "extensions.worktreeConfig", "true"});
  fixture.folder().Write("repository/.git/config.worktree",
                         "[core]\nworktree = ../../elsewhere\n");
  CHECK(Repository::OpenExact(fixture.git_dir())->work_tree() == elsewhere);
}

TEST_CASE("the environment's variables go over what is found") {
  GitFixture fixture;
  GitFixture other;
  GitEnvironment environment;
  environment.git_dir = ".git";
  environment.index_file = ".git/next-index-1.lock";
  environment.object_directory = other.git_dir() + "/objects/incoming";
  environment.alternate_directories =
      fixture.git_dir() + "/./objects:\"" + other.git_dir() + "\"";
  fs::create_directories(environment.object_directory);
  Result<Repository> found =
      Repository::FromEnvironment(environment, fixture.path());
  REQUIRE(found);
  CHECK(found->git_dir() == fixture.git_dir());
  CHECK(found->work_tree() == fixture.path());
  CHECK(found->index_path() == fixture.git_dir() + "/next-index-1.lock");
  CHECK(found->object_directory() == other.git_dir() + "/objects/incoming");
  CHECK(found->environment_alternates() ==
        std::vector<std::string>{fixture.git_dir() + "/objects",
                                 other.git_dir()});
  environment = {};
  environment.git_dir = other.git_dir();
  environment.work_tree = ".";
  found = Repository::FromEnvironment(environment, fixture.path());
  REQUIRE(found);
  CHECK(found->git_dir() == other.git_dir());
  CHECK(found->work_tree() == fixture.path());
  environment.git_dir = "nowhere";
  CHECK(KindOf(Repository::FromEnvironment(environment, fixture.path())) ==
        ErrorKind::kNotFound);
}

TEST_CASE("GIT_COMMON_DIR takes objects and configuration from elsewhere") {
  GitFixture fixture;
  GitFixture other;
  other.Git({"config", "remote.x.promisor", "true"});
  GitEnvironment environment;
  environment.common_dir = other.git_dir();
  Result<Repository> found =
      Repository::FromEnvironment(environment, fixture.path());
  REQUIRE(found);
  CHECK(found->git_dir() == fixture.git_dir());
  CHECK(found->common_dir() == other.git_dir());
  CHECK(found->object_directory() == other.git_dir() + "/objects");
  CHECK(found->is_partial_clone());
}

}  // namespace keysift
