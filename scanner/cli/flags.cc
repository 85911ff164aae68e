// SPDX-License-Identifier: Apache-2.0
#include "cli/flags.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <utility>

#include "cli/nearest.h"

namespace keysift {
namespace {

// What CLI11 found for one flag: an argument, or something, for each time.
struct Found {
  std::vector<std::string> values;
};

void AddFlag(const Flag& flag, Found* found, CLI::App* app) {
  CLI::callback_t keep = [found](const CLI::results_t& results) {
    found->values = results;
    return true;
  };
  CLI::Option* option = app->add_option(flag.names, keep);
  if (flag.value.empty()) {
    option->expected(0);
  } else {
    option->expected(1);
  }
  option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

Error UnknownOption(const std::string& word, const std::vector<Flag>& flags) {
  const std::string name = word.substr(0, word.find('='));
  std::vector<std::string> names = {"--help"};
  for (const Flag& flag : flags) {
    names.push_back(flag.LongName());
  }
  std::string message = "unknown option " + name;
  const std::string nearest = Nearest(name, names);
  message += nearest.empty() ? "; see --help for those there are"
                             : "; did you mean " + nearest + "?";
  return Error{ErrorKind::kUsage, message, {}};
}

Result<void> SetAll(const std::vector<Flag>& flags,
                    const std::vector<Found>& found) {
  for (size_t i = 0; i < flags.size(); ++i) {
    for (const std::string& value : found[i].values) {
      Result<void> set = flags[i].set(flags[i].value.empty() ? "" : value);
      if (!set) {
        return Fail(ErrorKind::kUsage,
                    flags[i].LongName() + ": " + set.error().message);
      }
    }
  }
  return {};
}

const Flag* FindFlag(const std::vector<Flag>& flags, const std::string& name) {
  for (const Flag& flag : flags) {
    if (flag.LongName() == name || flag.names.starts_with(name + ",")) {
      return &flag;
    }
  }
  return nullptr;
}

// CLI11's message begins with the flag's name; the rest is in its own terms.
Error ParseError(const CLI::ParseError& error, const std::vector<Flag>& flags) {
  const std::string message = error.what();
  const Flag* flag = FindFlag(flags, message.substr(0, message.find(':')));
  if (flag == nullptr || flag->value.empty()) {
    return Error{ErrorKind::kUsage, message, {}};
  }
  return Error{
      ErrorKind::kUsage, flag->LongName() + " needs a " + flag->value, {}};
}

// CLI11 would take and drop the value of `--switch=value`.
Result<void> CheckSwitches(const std::vector<Flag>& flags,
                           const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    const size_t equals = word.find('=');
    if (!word.starts_with("--") || equals == std::string::npos) {
      continue;
    }
    const Flag* flag = FindFlag(flags, word.substr(0, equals));
    if (flag != nullptr && flag->value.empty()) {
      return Fail(ErrorKind::kUsage, flag->LongName() + " takes no value");
    }
  }
  return {};
}

}  // namespace

std::string Flag::LongName() const {
  const size_t comma = names.rfind(',');
  return comma == std::string::npos ? names : names.substr(comma + 1);
}

Result<ParsedWords> ParseFlags(const std::vector<Flag>& flags,
                               const std::vector<std::string>& words) {
  ParsedWords parsed;
  std::vector<Found> found(flags.size());
  std::vector<std::string> unknown;
  const auto dashes = std::find(words.begin(), words.end(), "--");
  const std::vector<std::string> options(words.begin(), dashes);
  Result<void> switches = CheckSwitches(flags, options);
  if (!switches) {
    return tl::unexpected<Error>(switches.error());
  }
  try {
    CLI::App app;
    app.set_help_flag("-h,--help");
    app.allow_extras();
    for (size_t i = 0; i < flags.size(); ++i) {
      AddFlag(flags[i], &found[i], &app);
    }
    app.add_option("words", parsed.positionals);
    std::vector<std::string> reversed(options.rbegin(), options.rend());
    app.parse(reversed);
    unknown = app.remaining();
  } catch (const CLI::CallForHelp&) {
    parsed.help = true;
    return parsed;
  } catch (const CLI::ParseError& error) {
    return tl::unexpected<Error>(ParseError(error, flags));
  }
  if (!unknown.empty()) {
    return tl::unexpected<Error>(UnknownOption(unknown.front(), flags));
  }
  if (dashes != words.end()) {
    parsed.positionals.insert(parsed.positionals.end(), dashes + 1,
                              words.end());
  }
  Result<void> set = SetAll(flags, found);
  if (!set) {
    return tl::unexpected<Error>(set.error());
  }
  return parsed;
}

std::function<Result<void>(const std::string&)> SetTrue(bool* target) {
  return [target](const std::string&) -> Result<void> {
    *target = true;
    return {};
  };
}

std::function<Result<void>(const std::string&)> SetFalse(bool* target) {
  return [target](const std::string&) -> Result<void> {
    *target = false;
    return {};
  };
}

std::function<Result<void>(const std::string&)> SetText(std::string* target) {
  return [target](const std::string& value) -> Result<void> {
    *target = value;
    return {};
  };
}

std::function<Result<void>(const std::string&)> AddText(
    std::vector<std::string>* target) {
  return [target](const std::string& value) -> Result<void> {
    target->push_back(value);
    return {};
  };
}

}  // namespace keysift
