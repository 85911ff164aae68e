// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace keysift {

// One variable of a git configuration file.
struct ConfigEntry {
  // "section.name" or "section.Sub Section.name"; section and name are in
  // lower case, the sub-section is as written.
  std::string key;
  std::string value;
  bool has_value = true;  // false: the bare "name", which means true
};

// A git configuration file (git-config, "CONFIGURATION FILE"), so far as the
// shape of a repository needs it: nothing in it is obeyed, and files that it
// includes are not read (has_includes() tells). A value; shared by all threads.
class ConfigFile {
 public:
  static constexpr uint64_t kMaxSize = 16 << 20;

  ConfigFile() = default;
  // Fails with kNotFound, kIo, kTooLarge, or kDamaged with "path:line".
  static Result<ConfigFile> Read(const std::string& path);
  static Result<ConfigFile> Parse(std::string_view text,
                                  const std::string& path = {});

  const std::vector<ConfigEntry>& entries() const { return entries_; }

  // The last value of a key (git's order), or nullopt. "" for a bare name.
  std::optional<std::string_view> Get(std::string_view key) const;
  // The same as a boolean: true, yes, on, a number but 0, or a bare name;
  // nullopt if it is not set or no boolean.
  std::optional<bool> GetBool(std::string_view key) const;

  bool has_includes() const;

 private:
  std::vector<ConfigEntry> entries_;
};

// A configuration's boolean in words: "yes", "off", "1"; nullopt for others.
std::optional<bool> ParseConfigBool(std::string_view text);

}  // namespace keysift
