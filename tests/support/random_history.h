// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "support/git_fixture.h"

namespace keysift {

// A random history with tokens in it, written by one `git fast-import`, and a
// model of it: what each commit holds. Files are edited at random places,
// copied, moved and removed, folders copied, branches made, merged and left
// behind; tokens come and go, also at the very edges of files.
class RandomHistory {
 public:
  using Tree = std::map<std::string, std::string>;  // path -> content
  struct Commit {
    std::string id;
    std::vector<size_t> parents;
    Tree tree;
  };

  RandomHistory(const GitFixture& fixture, uint32_t seed, size_t count)
      : random_(seed) {
    for (size_t i = 0; i < count; ++i) {
      AddCommit();
    }
    // Some branches go, and with them what only they reach.
    for (size_t i = 0; i < count; i += 1 + Below(4)) {
      heads_["kept" + std::to_string(i)] = i;
    }
    head_ = count - 1 - Below(std::min<size_t>(count, 5));
    heads_["main"] = head_;
    Import(fixture);
  }

  const std::vector<Commit>& commits() const { return commits_; }
  const std::map<std::string, size_t>& heads() const { return heads_; }
  size_t head() const { return head_; }

  static std::string Token(size_t number) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string digits;
    uint64_t mixed = (number + 1) * 0x9e3779b97f4a7c15u;
    for (int i = 0; i < 12; ++i) {
      digits += kDigits[mixed >> (4 * i + 8) & 15];
    }
    return digits;
  }
  static constexpr size_t kTokens = 14;

  // Commits reachable from a commit, itself too.
  std::set<size_t> Ancestors(size_t commit) const {
    std::set<size_t> reached;
    std::vector<size_t> open = {commit};
    while (!open.empty()) {
      const size_t at = open.back();
      open.pop_back();
      if (reached.insert(at).second) {
        open.insert(open.end(), commits_[at].parents.begin(),
                    commits_[at].parents.end());
      }
    }
    return reached;
  }

 private:
  size_t Below(size_t limit) { return random_() % limit; }

  std::string RandomLines(size_t count) {
    std::string text;
    for (size_t i = 0; i < count; ++i) {
      switch (Below(6)) {
        case 0:
          text += "= x" + std::to_string(Below(1000));
          break;
        case 1:
          text += "near xyz or far";
          break;
        case 2:
          text += "tok_0123";
          break;
        default:
          text += "line " + std::to_string(Below(100000)) + " of text";
      }
      text += '\n';
    }
    return text;
  }

  void EditText(std::string* text) {
    for (size_t edits = 1 + Below(3); edits > 0; --edits) {
      const size_t at = Below(text->size() + 1);
      switch (Below(5)) {
        case 0:  // a token, at an edge now and then
          text->insert(Below(4) == 0 ? (Below(2) == 0 ? 0 : text->size()) : at,
                       "tok_" + Token(Below(kTokens)));
          break;
        case 1:  // pure cuts at either end
          *text = Below(2) == 0
                      ? text->substr(std::min<size_t>(text->size(), Below(60)))
                      : text->substr(0, at);
          break;
        case 2:
          text->erase(at, Below(80));
          break;
        case 3:
          text->insert(at, RandomLines(Below(4)));
          break;
        default: {  // a piece moves
          const std::string piece = text->substr(at, Below(300));
          text->insert(Below(text->size() + 1), piece);
        }
      }
    }
  }

  std::string NewPath() {
    static const std::vector<std::string> kFolders = {"", "a/", "a/b/", "c/",
                                                      "a/b/d/"};
    return kFolders[Below(kFolders.size())] + "f" + std::to_string(Below(9));
  }

  void EditTree(Tree* tree) {
    for (size_t edits = 1 + Below(3); edits > 0; --edits) {
      const size_t kind = Below(12);
      if (tree->empty() || kind < 2) {
        (*tree)[NewPath()] = RandomLines(Below(60));
        continue;
      }
      auto file = tree->begin();
      std::advance(file, static_cast<int64_t>(Below(tree->size())));
      if (kind == 2) {
        tree->erase(file);
      } else if (kind == 3) {
        (*tree)[NewPath()] = file->second;
      } else if (kind == 4) {
        std::string content = file->second;
        tree->erase(file);
        (*tree)[NewPath()] = content;
      } else if (kind == 5) {  // the same folder at a second place
        Tree copied;
        for (const auto& [path, content] : *tree) {
          if (path.starts_with("a/b/")) {
            copied["z" + std::to_string(edits) + path.substr(3)] = content;
          }
        }
        tree->insert(copied.begin(), copied.end());
      } else {
        EditText(&file->second);
      }
    }
  }

  void AddCommit() {
    Commit commit;
    if (!commits_.empty() && Below(25) != 0) {
      const size_t recent = std::min<size_t>(commits_.size(), 6);
      commit.parents.push_back(commits_.size() - 1 - Below(recent));
      commit.tree = commits_[commit.parents[0]].tree;
      if (commits_.size() > 3 && Below(6) == 0) {
        const size_t other = Below(commits_.size());
        if (other != commit.parents[0]) {
          commit.parents.push_back(other);
          for (const auto& [path, content] : commits_[other].tree) {
            if (Below(2) == 0 && !Clashes(commit.tree, path)) {
              commit.tree[path] = content;
            }
          }
        }
      }
    }
    EditTree(&commit.tree);
    commits_.push_back(std::move(commit));
  }

  static bool Clashes(const Tree& tree, const std::string& path) {
    return std::any_of(tree.begin(), tree.end(), [&path](const auto& file) {
      return file.first.starts_with(path + "/") ||
             path.starts_with(file.first + "/");
    });
  }

  static std::string Data(const std::string& text) {
    return "data " + std::to_string(text.size()) + "\n" + text + "\n";
  }

  void Import(const GitFixture& fixture) {
    std::string stream;
    for (size_t i = 0; i < commits_.size(); ++i) {
      const Commit& commit = commits_[i];
      stream += "commit refs/import/" + std::to_string(i) +
                "\nmark :" + std::to_string(i + 1) +
                "\ncommitter A U Thor <author@example.com> " +
                std::to_string(1700000000 + i) + " +0000\n" +
                Data("commit " + std::to_string(i));
      for (size_t p = 0; p < commit.parents.size(); ++p) {
        stream += (p == 0 ? "from :" : "merge :") +
                  std::to_string(commit.parents[p] + 1) + "\n";
      }
      stream += "deleteall\n";
      for (const auto& [path, content] : commit.tree) {
        stream += "M 100644 inline " + path + "\n" + Data(content);
      }
    }
    const std::string marks = fixture.folder().path() + "/marks";
    fixture.Git({"fast-import", "--quiet", "--export-marks=" + marks}, stream);
    for (const std::string& line : SplitLines(ReadWhole(marks))) {
      const size_t space = line.find(' ');
      commits_[std::stoul(line.substr(1)) - 1].id = line.substr(space + 1);
    }
    std::string updates;
    for (size_t i = 0; i < commits_.size(); ++i) {
      updates += "delete refs/import/" + std::to_string(i) + "\n";
    }
    for (const auto& [name, commit] : heads_) {
      updates += "create refs/heads/" + name + " " + commits_[commit].id + "\n";
    }
    fixture.Git({"update-ref", "--stdin"}, updates);
  }

  std::mt19937 random_;
  std::vector<Commit> commits_;
  std::map<std::string, size_t> heads_;
  size_t head_ = 0;
};

}  // namespace keysift
