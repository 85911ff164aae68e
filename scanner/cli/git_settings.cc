// SPDX-License-Identifier: Apache-2.0
#include "cli/git_settings.h"

#include <cstdlib>
#include <utility>

#include "base/file.h"

namespace keysift {
namespace {

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// As git-config, "FILES".
std::vector<std::string> SharedPaths() {
  std::vector<std::string> paths;
  const std::string no_system = Environment("GIT_CONFIG_NOSYSTEM");
  if (no_system.empty() || no_system == "0") {
    const std::string system = Environment("GIT_CONFIG_SYSTEM");
    paths.push_back(system.empty() ? "/etc/gitconfig" : system);
  }
  if (Environment("GIT_CONFIG_GLOBAL").empty()) {
    const std::string xdg = Environment("XDG_CONFIG_HOME");
    paths.push_back(xdg.empty() ? ExpandHome("~/.config/git/config")
                                : JoinPath(xdg, "git/config"));
  }
  const std::string global = GitSettings::GlobalPath();
  if (!global.empty()) {
    paths.push_back(global);
  }
  return paths;
}

}  // namespace

std::string ExpandHome(const std::string& path) {
  const std::string home = Environment("HOME");
  return path.starts_with("~/") && !home.empty()
             ? JoinPath(home, path.substr(2))
             : path;
}

std::string GitSettings::GlobalPath() {
  const std::string named = Environment("GIT_CONFIG_GLOBAL");
  if (!named.empty()) {
    return named;
  }
  return Environment("HOME").empty() ? "" : ExpandHome("~/.gitconfig");
}

Result<GitSettings> GitSettings::Read(const Repository* repository) {
  GitSettings settings;
  for (const std::string& path : SharedPaths()) {
    if (TypeOfPath(path) != FileType::kFile) {
      continue;  // /dev/null is how git is told of none
    }
    Result<ConfigFile> file = ConfigFile::Read(path);
    if (!file) {
      return tl::unexpected(std::move(file.error()));
    }
    settings.files_.push_back(std::move(*file));
  }
  if (repository != nullptr) {
    settings.files_.push_back(repository->config());
    settings.files_.push_back(repository->worktree_config());
  }
  return settings;
}

std::optional<std::string> GitSettings::Get(const std::string& key) const {
  std::optional<std::string> value;
  for (const ConfigFile& file : files_) {
    const std::optional<std::string_view> here = file.Get(key);
    if (here) {
      value = std::string(*here);
    }
  }
  return value;
}

std::optional<bool> GitSettings::GetBool(const std::string& key) const {
  std::optional<bool> value;
  for (const ConfigFile& file : files_) {
    const std::optional<bool> here = file.GetBool(key);
    value = here ? here : value;
  }
  return value;
}

std::vector<std::string> GitSettings::All(const std::string& key) const {
  std::vector<std::string> values;
  for (const ConfigFile& file : files_) {
    for (const ConfigEntry& entry : file.entries()) {
      if (entry.key == key) {
        values.push_back(entry.value);
      }
    }
  }
  return values;
}

}  // namespace keysift
