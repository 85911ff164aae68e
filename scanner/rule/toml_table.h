// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace toml {
inline namespace v3 {
class node;
class table;
}  // namespace v3
}  // namespace toml

namespace keysift {

// What is wrong with a file, all of it: reading goes on after a mistake.
struct Problems {
  std::vector<Error> errors;
  std::vector<Error> warnings;
};

// Typed reading of one TOML table: a value of the wrong type and a key that
// nobody asked for become problems with file:line:col. Lives for one call;
// `table`, `file` and `problems` must outlive it.
class TomlTable {
 public:
  // `name`: how messages call it, "[[rules]]".
  TomlTable(const toml::table& table, std::string name, const std::string& file,
            Problems* problems);

  bool Has(std::string_view key) const;
  // Each leaves `*value` as it is if the key is absent or of another type.
  void Read(std::string_view key, std::string* value);
  void Read(std::string_view key, bool* value);
  void Read(std::string_view key, double* value);
  // From `least` to `most`.
  void Read(std::string_view key, int least, int most, int* value);
  // A list of strings; with `or_one` a single string will do.
  void Read(std::string_view key, bool or_one, std::vector<std::string>* value);
  // Calls `visit` for the table, or each table of the array, under `key`.
  void Visit(std::string_view key,
             const std::function<void(TomlTable&)>& visit);

  // Marks a key as known without reading it.
  void Skip(std::string_view key) { known_.emplace(key); }
  // The keys that are present and that nobody read.
  std::vector<std::string> UnknownKeys() const;

  // file:line:col of a key's value, or of the table if it is absent.
  std::string Where(std::string_view key) const;
  std::string Where() const;
  const std::string& name() const { return name_; }

  void AddError(std::string_view key, std::string message);
  void AddWarning(std::string_view key, std::string message);

 private:
  const toml::node* Find(std::string_view key);

  const toml::table& table_;
  std::string name_;
  const std::string& file_;
  Problems* problems_;
  std::set<std::string, std::less<>> known_;
};

// Parses `text` and hands its root table to `visit`; a syntax error becomes a
// problem instead.
void ParseToml(std::string_view text, const std::string& file,
               Problems* problems,
               const std::function<void(TomlTable&)>& visit);

}  // namespace keysift
