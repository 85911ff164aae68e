// SPDX-License-Identifier: Apache-2.0
#include "source/ignore_rules.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "source/file_source.h"
#include "tests/support/temporary_folder.h"

namespace keysift {
namespace {

TEST_CASE("the last pattern that matches decides") {
  const IgnoreRules rules = IgnoreRules::Parse("*.log\n!keep.log\n");
  CHECK(rules.Decide("a/x.log", false) == true);
  CHECK(rules.Decide("a/keep.log", false) == false);
  CHECK(rules.Decide("a/x.txt", false) == std::nullopt);
}

TEST_CASE("comments, blanks, carriage returns and trailing spaces") {
  const IgnoreRules rules =
      IgnoreRules::Parse("\xef\xbb\xbf# no\n\n\\#yes\r\nx  \ny\\ \n!\n/\n");
  CHECK(rules.Decide("# no", false) == std::nullopt);
  CHECK(rules.Decide("#yes", false) == true);
  CHECK(rules.Decide("x", false) == true);
  CHECK(rules.Decide("y ", false) == true);
  CHECK(rules.Decide("y", false) == std::nullopt);
}

// What git and we take in, over one tree.
std::vector<std::string> GitsFiles(const TemporaryFolder& folder) {
  const std::string list = folder.path() + ".list";
  const std::string command =
      "cd " + folder.path() +
      " && git -c core.excludesFile= ls-files -z --others --cached"
      " --exclude-standard | tr '\\0' '\\n' > " +
      list;
  REQUIRE(std::system(command.c_str()) == 0);
  std::vector<std::string> files;
  std::ifstream in(list);
  for (std::string line; std::getline(in, line);) {
    files.push_back(line);
  }
  std::filesystem::remove(list);
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<std::string> OurFiles(const TemporaryFolder& folder,
                                  const FileSourceOptions& options) {
  std::vector<std::string> files;
  SourceSink sink;
  sink.problem = [](const SourceProblem& problem) {
    FAIL(problem.error.ToString());
  };
  const Result<std::vector<ListedFile>> listed =
      ListFiles(folder.path(), options, sink);
  REQUIRE(listed);
  for (const ListedFile& file : *listed) {
    if (!file.relative.starts_with(".git/")) {
      files.push_back(file.relative);
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

TEST_CASE("the same files as git, for many patterns") {
  const TemporaryFolder folder;
  const char* names[] = {
      "a",           "b.o",         "build/x",      "build/keep",
      "src/b.o",     "src/build/x", "src/a.c",      "doc/x.txt",
      "doc/y/x.txt", "doc/y/z.md",  "doc/y/z/q.md", "deep/1/2/3/foo/x",
      "foo/x",       "bar/foo/x",   "[x]",          "sp ace",
      "!bang",       "#hash",       "tracked/t.o",  "t2/sub/t.o",
      "t2/sub/u",    "cache~",      "x1y",          "x-y"};
  for (const char* name : names) {
    folder.Write(name, "x");
  }
  const std::string git = "cd " + folder.path() + " && git ";
  REQUIRE(std::system((git + "init -q . && git add -f tracked/t.o t2/sub/t.o")
                          .c_str()) == 0);
  FileSourceOptions options;
  options.honour_ignores = true;
  options.tracked = {"t2/sub/t.o", "tracked/t.o"};
  const char* lists[] = {
      "*.o\n",
      "build\n",
      "build/\n!build/keep\n",
      "build/*\n!build/keep\n",
      "/build\n",
      "doc/*.txt\n",
      "doc/**/*.txt\n",
      "**/foo\n",
      "foo/**\n",
      "deep/**/foo\n",
      "/*\n!/src\n",
      "*\n!*/\n!*.c\n",
      "\\[x]\n",
      "[[]x]\n",
      "sp\\ ace\n",
      "\\!bang\n\\#hash\n",
      "t2\ntracked\n",
      "*~\nx[0-9]y\n",
      "x[!a-z0-9]y\n",
      "src/\n!src/a.c\n",
      "doc/y/\n!doc/y/z.md\n",
      "z/\n",
      "y/z\n",
      "/**/x\n",
      "a/\n",
      "**\n!a\n",
      "doc/**/\n",
      "x?y\n",
      "d*c/y\n",
  };
  for (const char* list : lists) {
    CAPTURE(list);
    folder.Write(".gitignore", list);
    CHECK(OurFiles(folder, options) == GitsFiles(folder));
  }
  folder.Write(".gitignore", "*.md\n*.c\n");
  folder.Write("doc/.gitignore", "!*.md\n/x.txt\ny/z/\n");
  folder.Write(".git/info/exclude", "cache~\n*.c\n");
  options.exclude = "cache~\n*.c\n";
  CHECK(OurFiles(folder, options) == GitsFiles(folder));
}

}  // namespace
}  // namespace keysift
