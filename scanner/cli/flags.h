// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"

namespace keysift {

// One option of a command as data: what parses it, and what help, completions
// and the README's table say of it.
struct Flag {
  std::string names;  // "-f,--format" or "--quiet"
  std::string value;  // what its argument is called; "" for a switch
  std::string group;  // heading in help
  std::string about;  // one line; states the default
  // Takes the argument ("" for a switch), in the order given, once for each
  // time that the flag is there. An error's message need not name the flag.
  std::function<Result<void>(const std::string& value)> set;
  // The values that it takes, where they are a closed list: for completions.
  std::vector<std::string> choices = {};

  std::string LongName() const;  // "--format"
};

// What ParseFlags made of a command's words.
struct ParsedWords {
  std::vector<std::string> positionals;
  bool help = false;  // --help or -h was among them; nothing was set
};

// Reads `words`, calling the setters of the flags that are there. Fails with
// kUsage, naming the word and the nearest flag. `--` ends the options; `-`
// alone is a positional.
Result<ParsedWords> ParseFlags(const std::vector<Flag>& flags,
                               const std::vector<std::string>& words);

// Setters for the usual kinds of value. The pointees must outlive the flags.
std::function<Result<void>(const std::string&)> SetTrue(bool* target);
std::function<Result<void>(const std::string&)> SetFalse(bool* target);
std::function<Result<void>(const std::string&)> SetText(std::string* target);
std::function<Result<void>(const std::string&)> AddText(
    std::vector<std::string>* target);

}  // namespace keysift
