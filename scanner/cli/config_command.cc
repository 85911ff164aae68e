// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "cli/command.h"
#include "cli/engine.h"
#include "cli/help.h"
#include "cli/numbers.h"
#include "cli/output.h"
#include "cli/rule_sources.h"
#include "finding/escape.h"
#include "match/builtin.h"

namespace keysift {
namespace {

std::string Summary(const std::string& path, const LoadedRules& loaded) {
  std::string text;
  for (const Error& warning : loaded.warnings) {
    text += EscapeForTerminal("warning: " + warning.ToString()) + "\n";
  }
  uint64_t reported = 0;
  for (const Rule& rule : loaded.rules.rules) {
    reported += rule.report && !rule.regex.empty() ? 1 : 0;
  }
  return text + EscapeForTerminal(path) + ": " + ShowPlural(reported, "rule") +
         ", " + ShowPlural(loaded.rules.allowlists.size(), "allowlist") +
         " for all rules, " + ShowPlural(loaded.warnings.size(), "warning") +
         "\n";
}

// Loads it as a scan would, patterns too.
Result<std::string> Check(std::string path) {
  if (path.empty()) {
    path = ConfigurationIn(".");
  }
  if (path.empty()) {
    return Fail(
        ErrorKind::kUsage,
        "neither .keysift.toml nor .gitleaks.toml is here; name a file");
  }
  EngineOptions options;
  options.config = path;
  const Result<LoadedRules> loaded = LoadRuleFiles(options, BuiltinRules());
  if (!loaded) {
    return tl::unexpected<Error>(loaded.error());
  }
  const Result<std::unique_ptr<Engine>> engine = Engine::Load(options);
  if (!engine) {
    return tl::unexpected<Error>(engine.error());
  }
  return Summary(path, *loaded);
}

Result<std::string> Answer(const std::vector<std::string>& words) {
  Result<ParsedWords> parsed = ParseFlags({}, words);
  if (!parsed) {
    return tl::unexpected<Error>(parsed.error());
  }
  const std::vector<std::string>& said = parsed->positionals;
  if (parsed->help) {
    return CommandHelp(kConfigCommand);
  }
  if (said.empty() || said[0] != "check" || said.size() > 2) {
    return Fail(ErrorKind::kUsage, "config takes `check` or `check FILE`");
  }
  return Check(said.size() == 2 ? said[1] : "");
}

int RunConfig(const std::vector<std::string>& words) {
  return PrintAnswer(Answer(words));
}

std::vector<Flag> NoFlags() { return {}; }

}  // namespace

const Command kConfigCommand = {
    "config",
    "check [FILE]",
    "say what a configuration comes to, and what of it is not run",
    "  keysift config check                 # .keysift.toml, .gitleaks.toml\n"
    "  keysift config check .gitleaks.toml\n",
    NoFlags,
    RunConfig,
};

}  // namespace keysift
