// SPDX-License-Identifier: Apache-2.0
#include "support/git_fixture.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace keysift {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void Die(const std::string& message) {
  std::fprintf(stderr, "test fixture: %s\n", message.c_str());
  std::abort();
}

struct Outcome {
  int status = 0;
  std::string output;
};

std::vector<char*> Pointers(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const std::string& text : texts) {
    pointers.push_back(const_cast<char*>(text.c_str()));
  }
  pointers.push_back(nullptr);
  return pointers;
}

// Input goes through a file, so that no pipe can fill up.
Outcome Run(const std::string& where, const std::vector<std::string>& command,
            const std::vector<std::string>& environment,
            std::string_view input) {
  std::FILE* source = std::tmpfile();
  int ends[2];
  if (source == nullptr || pipe(ends) != 0) {
    Die("no temporary file or pipe");
  }
  std::fwrite(input.data(), 1, input.size(), source);
  std::fflush(source);
  std::rewind(source);
  std::vector<char*> arguments = Pointers(command);
  std::vector<char*> variables = Pointers(environment);
  pid_t child = fork();
  if (child == 0) {
    dup2(fileno(source), 0);
    lseek(0, 0, SEEK_SET);
    dup2(ends[1], 1);
    close(ends[0]);
    close(ends[1]);
    if (chdir(where.c_str()) == 0) {
      execvpe(arguments[0], arguments.data(), variables.data());
    }
    _exit(127);
  }
  close(ends[1]);
  std::fclose(source);
  Outcome outcome;
  char buffer[65536];
  for (ssize_t got; (got = read(ends[0], buffer, sizeof buffer)) > 0;) {
    outcome.output.append(buffer, static_cast<size_t>(got));
  }
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
  return outcome;
}

}  // namespace

std::string ReadWhole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    Die("cannot read " + path);
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

void WriteWhole(const std::string& path, std::string_view content) {
  std::error_code ignored;
  fs::permissions(path, fs::perms::owner_write, fs::perm_options::add, ignored);
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(content.data(), static_cast<std::streamsize>(content.size()));
  if (!file.flush()) {
    Die("cannot write " + path);
  }
}

GitFixture::GitFixture(const std::vector<std::string>& init_arguments) {
  path_ = fs::canonical(folder_.path()).string() + "/repository";
  fs::create_directories(path_);
  fs::create_directories(folder_.path() + "/home");
  std::vector<std::string> arguments = {"init", "-q", "-b", "main"};
  arguments.insert(arguments.end(), init_arguments.begin(),
                   init_arguments.end());
  Git(arguments);
  git_dir_ = fs::exists(path_ + "/.git") ? path_ + "/.git" : path_;
}

std::string GitFixture::Git(const std::vector<std::string>& arguments,
                            std::string_view input) const {
  return GitIn(path_, arguments, input);
}

std::vector<std::string> GitFixture::NextEnvironment() const {
  const char* search = std::getenv("PATH");
  std::string date =
      "@" + std::to_string(1704067200 + 60 * clock_++) + " +0000";
  return {"PATH=" + std::string(search == nullptr ? "/usr/bin:/bin" : search),
          "HOME=" + folder_.path() + "/home",
          "LC_ALL=C",
          "TZ=UTC",
          "GIT_CONFIG_NOSYSTEM=1",
          "GIT_CONFIG_GLOBAL=/dev/null",
          "GIT_TERMINAL_PROMPT=0",
          "GIT_EDITOR=true",
          "GIT_AUTHOR_NAME=A U Thor",
          "GIT_AUTHOR_EMAIL=author@example.com",
          "GIT_AUTHOR_DATE=" + date,
          "GIT_COMMITTER_NAME=A U Thor",
          "GIT_COMMITTER_EMAIL=author@example.com",
          "GIT_COMMITTER_DATE=" + date,
          "GIT_CONFIG_COUNT=2",
          "GIT_CONFIG_KEY_0=protocol.file.allow",
          "GIT_CONFIG_VALUE_0=always",
          "GIT_CONFIG_KEY_1=gc.auto",
          "GIT_CONFIG_VALUE_1=0"};
}

std::string GitFixture::GitIn(const std::string& where,
                              const std::vector<std::string>& arguments,
                              std::string_view input,
                              const std::vector<std::string>& variables) const {
  std::vector<std::string> command = {"git"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  std::vector<std::string> environment = NextEnvironment();
  environment.insert(environment.end(), variables.begin(), variables.end());
  Outcome outcome = Run(where, command, environment, input);
  if (outcome.status != 0) {
    std::string text;
    for (const std::string& word : command) {
      text += word + " ";
    }
    Die("failed with " + std::to_string(outcome.status) + ": " + text);
  }
  return outcome.output;
}

int GitFixture::GitStatus(const std::vector<std::string>& arguments) const {
  std::vector<std::string> command = {"git"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return Run(path_, command, NextEnvironment(), {}).status;
}

std::string GitFixture::GitLine(
    const std::vector<std::string>& arguments) const {
  std::string line = Git(arguments);
  while (!line.empty() && line.back() == '\n') {
    line.pop_back();
  }
  return line;
}

void GitFixture::Write(std::string_view name, std::string_view content) const {
  folder_.Write("repository/" + std::string(name), content);
}

std::string GitFixture::Commit(std::string_view message) const {
  Git({"add", "-A"});
  Git({"commit", "-q", "--allow-empty", "-m", std::string(message)});
  return GitLine({"rev-parse", "HEAD"});
}

std::vector<std::string> SplitLines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

}  // namespace keysift
