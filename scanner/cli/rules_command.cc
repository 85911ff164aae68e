// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "cli/command.h"
#include "cli/fatal.h"
#include "cli/help.h"
#include "cli/nearest.h"
#include "cli/numbers.h"
#include "cli/terminal.h"
#include "finding/escape.h"
#include "match/builtin.h"

namespace keysift {
namespace {

std::string List(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : ", ") + EscapeForTerminal(word);
  }
  return text;
}

std::string ListRules(const RuleSet& rules) {
  std::string out;
  for (const Rule& rule : rules.rules) {
    if (!rule.report) {
      continue;
    }
    std::string line = rule.id;
    line.resize(std::max<size_t>(line.size() + 1, 34), ' ');
    line += SeverityName(rule.severity);
    line.resize(std::max<size_t>(line.size() + 1, 44), ' ');
    out += line + EscapeForTerminal(rule.description) + "\n";
  }
  return out;
}

void AppendField(const char* name, const std::string& value, std::string* out) {
  if (!value.empty()) {
    std::string line = name;
    line.resize(14, ' ');
    *out += line + value + "\n";
  }
}

std::string ShowRule(const Rule& rule) {
  std::string out;
  AppendField("id", rule.id, &out);
  AppendField("description", EscapeForTerminal(rule.description), &out);
  AppendField("severity", SeverityName(rule.severity), &out);
  AppendField("confidence", ConfidenceName(rule.confidence), &out);
  AppendField("regex", EscapeForTerminal(rule.regex), &out);
  for (const std::string& hit : rule.hits) {
    AppendField("hit form", EscapeForTerminal(hit), &out);
  }
  AppendField("keywords", List(rule.keywords), &out);
  AppendField("path", EscapeForTerminal(rule.path), &out);
  AppendField("checks", List(rule.checks), &out);
  AppendField("tags", List(rule.tags), &out);
  AppendField("examples", ShowCount(rule.examples.size()), &out);
  AppendField("near misses", ShowCount(rule.negative_examples.size()), &out);
  AppendField("references", List(rule.references), &out);
  AppendField("remediation", EscapeForTerminal(rule.remediation), &out);
  AppendField("revoke at", EscapeForTerminal(rule.revoke_url), &out);
  AppendField("written in", EscapeForTerminal(rule.origin), &out);
  return out;
}

Result<std::string> Show(const RuleSet& rules, const std::string& id) {
  const int number = rules.Find(id);
  if (number >= 0) {
    return ShowRule(rules.rules[static_cast<size_t>(number)]);
  }
  std::vector<std::string> ids;
  for (const Rule& rule : rules.rules) {
    ids.push_back(rule.id);
  }
  const std::string nearest = Nearest(id, ids);
  return Fail(ErrorKind::kUsage,
              "no rule " + id +
                  (nearest.empty() ? "; `keysift rules list` shows all"
                                   : "; did you mean " + nearest + "?"));
}

Result<std::string> Answer(const std::vector<std::string>& words) {
  Result<ParsedWords> parsed = ParseFlags({}, words);
  if (!parsed) {
    return tl::unexpected<Error>(parsed.error());
  }
  const std::vector<std::string>& said = parsed->positionals;
  if (parsed->help) {
    return CommandHelp(kRulesCommand);
  }
  if (said.size() == 1 && said[0] == "list") {
    return ListRules(BuiltinRules());
  }
  if (said.size() == 2 && said[0] == "show") {
    return Show(BuiltinRulesWithExamples(), said[1]);
  }
  return Fail(ErrorKind::kUsage, "rules takes `list` or `show ID`");
}

int RunRules(const std::vector<std::string>& words) {
  Result<std::string> answer = Answer(words);
  if (!answer) {
    Say(answer.error().ToString());
    return kExitError;
  }
  return WriteAll(STDOUT_FILENO, *answer) ? 0 : kExitError;
}

std::vector<Flag> NoFlags() { return {}; }

}  // namespace

const Command kRulesCommand = {
    "rules",
    "list | show ID",
    "list the rules, or show one in full",
    "  keysift rules list\n"
    "  keysift rules show github-token\n",
    NoFlags,
    RunRules,
};

}  // namespace keysift
