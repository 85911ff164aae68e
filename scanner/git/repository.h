// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "git/config_file.h"
#include "git/object_id.h"

namespace keysift {

// The environment variables that say where a repository's parts lie, as hooks
// get them from git (git, "ENVIRONMENT VARIABLES": "The Git Repository"). A
// value; unset and empty are the same.
struct GitEnvironment {
  std::string git_dir;                // GIT_DIR
  std::string work_tree;              // GIT_WORK_TREE
  std::string common_dir;             // GIT_COMMON_DIR
  std::string index_file;             // GIT_INDEX_FILE
  std::string object_directory;       // GIT_OBJECT_DIRECTORY
  std::string alternate_directories;  // GIT_ALTERNATE_OBJECT_DIRECTORIES
  std::string quarantine_path;        // GIT_QUARANTINE_PATH

  // What the process was started with. Call before any thread is started.
  static GitEnvironment FromProcess();
};

// A further work tree of a repository (git-worktree).
struct LinkedWorktree {
  std::string name;       // of its folder in worktrees/
  std::string git_dir;    // <common>/worktrees/<name>
  std::string work_tree;  // empty if its whereabouts are unknown
};

// A repository's place and shape, found without libgit2 and without obeying
// anything in it. Paths are real and absolute. A value, immutable; shared by
// all threads.
class Repository {
 public:
  // Looks in `start` ("" is the current directory) and its parents, as git
  // does. Fails with kNotFound ("not a git repository"), kUnsupported (SHA-256
  // objects, reftable, a future format: the message says which), kDamaged or
  // kIo.
  static Result<Repository> Discover(const std::string& start);

  // Exactly `path`: the root of a work tree, a git directory (bare or not), or
  // the `.git` file of a linked work tree or submodule. Fails as Discover().
  static Result<Repository> OpenExact(const std::string& path);

  // As git inside of a hook: GIT_DIR if set, else as Discover(start); then the
  // other variables over what was found. Relative ones count from `start`.
  static Result<Repository> FromEnvironment(const GitEnvironment& environment,
                                            const std::string& start);

  // Where HEAD and the index are: of this work tree.
  const std::string& git_dir() const { return git_dir_; }
  // Where refs, objects and config are: of all work trees.
  const std::string& common_dir() const { return common_dir_; }
  // Empty if there is none.
  const std::string& work_tree() const { return work_tree_; }
  bool is_bare() const { return work_tree_.empty(); }
  const std::string& index_path() const { return index_path_; }

  // Where new objects go, and alternates that the environment adds (in its
  // order); info/alternates of each are ObjectDirectories' to follow.
  const std::string& object_directory() const { return object_directory_; }
  const std::vector<std::string>& environment_alternates() const {
    return environment_alternates_;
  }

  // <common>/config, then <git_dir>/config.worktree if that is switched on.
  const ConfigFile& config() const { return config_; }
  const ConfigFile& worktree_config() const { return worktree_config_; }

  // Some objects were left with a promisor remote when this was cloned.
  bool is_partial_clone() const { return partial_clone_; }
  // Commits whose parents were left out (gitrepository-layout, "shallow").
  const std::vector<ObjectId>& shallow_commits() const { return shallow_; }

  // The other work trees, whatever still exists of them; sorted by name.
  std::vector<LinkedWorktree> LinkedWorktrees() const;
  // The git directories below modules/, nested ones too; sorted.
  std::vector<std::string> SubmoduleGitDirs() const;

  // What is there and is not understood, but hides no object: an unknown
  // extension, includes, grafts.
  const std::vector<Error>& limitations() const { return limitations_; }

 private:
  Result<void> Load(const std::string& git_dir);
  Result<void> ReadCommonDir();
  Result<void> ReadConfig();
  Result<void> CheckFormat();
  Result<void> CheckExtension(const ConfigEntry& entry, int version);
  void FindWorkTree();
  Result<void> ReadShallow();
  Result<void> Apply(const GitEnvironment& environment,
                     const std::string& start);

  std::string git_dir_;
  std::string common_dir_;
  std::string work_tree_;
  std::string index_path_;
  std::string object_directory_;
  std::vector<std::string> environment_alternates_;
  ConfigFile config_;
  ConfigFile worktree_config_;
  bool partial_clone_ = false;
  std::vector<ObjectId> shallow_;
  std::vector<Error> limitations_;
};

}  // namespace keysift
