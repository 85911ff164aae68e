// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <algorithm>

#include "base/parallel.h"
#include "cli/command.h"
#include "cli/engine.h"
#include "cli/fatal.h"
#include "cli/help.h"
#include "cli/nearest.h"
#include "cli/numbers.h"
#include "cli/rule_check.h"
#include "cli/rule_sources.h"
#include "cli/rule_trial.h"
#include "cli/terminal.h"
#include "finding/escape.h"
#include "match/builtin.h"
#include "match/rule_cache.h"
#include "scan/rule_profile.h"

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

// A row: numbers to the right, the last word to the left.
std::string Columns(const std::vector<std::string>& words) {
  constexpr size_t kWidth = 11;
  std::string row;
  for (size_t i = 0; i + 1 < words.size(); ++i) {
    row.append(kWidth - std::min(kWidth, words[i].size()), ' ') += words[i];
  }
  return row + (words.back().empty() ? "" : "  " + words.back()) + "\n";
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
  for (const Partner& partner : rule.partners) {
    AppendField(
        "partner",
        partner.id + ", within " +
            ShowPlural(static_cast<uint64_t>(partner.within_lines), "line"),
        &out);
  }
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

// What a rules command prints and ends with.
struct Answer {
  std::string text;
  int exit_code = 0;
};

Answer ShowProblems(const Problems& problems, const std::string& what) {
  Answer answer;
  for (const Error& warning : problems.warnings) {
    answer.text +=
        EscapeForTerminal(warning.where + ": warning: " + warning.message) +
        "\n";
  }
  for (const Error& error : problems.errors) {
    answer.text +=
        EscapeForTerminal(error.where + ": error: " + error.message) + "\n";
  }
  answer.text += what + ": " + ShowPlural(problems.errors.size(), "error") +
                 ", " + ShowPlural(problems.warnings.size(), "warning") + "\n";
  answer.exit_code = problems.errors.empty() ? 0 : kExitError;
  return answer;
}

Result<Answer> Check(const std::vector<std::string>& files) {
  if (files.empty()) {
    const RuleSet builtin = BuiltinRulesWithExamples();
    return ShowProblems(
        CheckRules(builtin),
        ShowPlural(builtin.rules.size(), "rule") + " that are built in");
  }
  return ReadRuleTexts(files).map([](const std::vector<NamedText>& texts) {
    return ShowProblems(CheckRuleTexts(BuiltinRules(), texts),
                        ShowPlural(texts.size(), "file"));
  });
}

// Rules from files are tried by themselves: quick to compile, and what they
// find is theirs alone.
Result<RuleTrial> TryFiles(const std::vector<std::string>& files) {
  const Result<std::vector<NamedText>> texts = ReadRuleTexts(files);
  if (!texts) {
    return tl::unexpected<Error>(texts.error());
  }
  const Result<LoadedRules> loaded = AddRuleTexts(RuleSet(), *texts);
  if (!loaded) {
    return tl::unexpected<Error>(loaded.error());
  }
  bool from_cache = false;
  const Result<PatternDatabase> patterns =
      CompileRules(loaded->rules, DefaultCacheDirectory(), &from_cache);
  if (!patterns) {
    return tl::unexpected<Error>(patterns.error());
  }
  return TryRules(loaded->rules, *patterns);
}

Result<RuleTrial> TryBuiltin() {
  const Result<PatternDatabase> patterns = LoadBuiltinPatterns();
  if (!patterns) {
    return tl::unexpected<Error>(patterns.error());
  }
  return TryRules(BuiltinRulesWithExamples(), *patterns);
}

Result<Answer> Test(const std::vector<std::string>& files) {
  return (files.empty() ? TryBuiltin() : TryFiles(files))
      .map([](const RuleTrial& trial) {
        Answer answer;
        for (const std::string& failure : trial.failures) {
          answer.text += EscapeForTerminal(failure) + "\n";
        }
        answer.text += ShowPlural(trial.rules, "rule") + ", " +
                       ShowPlural(trial.examples, "example") + ", " +
                       ShowCount(trial.near_misses) + " near misses: " +
                       (trial.failures.empty()
                            ? "all as they should be"
                            : ShowPlural(trial.failures.size(), "failure")) +
                       "\n";
        answer.exit_code = trial.failures.empty() ? 0 : kExitError;
        return answer;
      });
}

// Enough for figures that two runs agree on, and a matter of seconds.
constexpr uint64_t kProfiledBytes = uint64_t{8} << 20;

std::string ShowProfile(const RuleProfile& profile, const RuleSet& rules) {
  std::string out =
      Columns({"match", "verify", "hits", "accepted", "width", "rule"}) +
      Columns({"ns/KiB", "ns/KiB", "", "", "bytes", ""});
  for (const RuleCost& cost : profile.costs) {
    out += Columns({ShowCount(static_cast<uint64_t>(cost.match_ns)),
                    ShowCount(static_cast<uint64_t>(cost.verify_ns)),
                    ShowCount(cost.hits), ShowCount(cost.accepted),
                    ShowCount(cost.width), rules.rules[cost.rule].id});
  }
  out += "\nmeasured on " + ShowPlural(profile.texts, "text") + ", " +
         ShowBytes(profile.bytes) +
         ", on one thread; each rule is matched by itself. All together take " +
         ShowCount(static_cast<uint64_t>(profile.match_ns)) +
         " ns/KiB: rules share most of it. A rule well above the others has a "
         "literal that is short or common; rules/README.md says what to do.\n";
  return out;
}

Result<Answer> Profile(const std::string& target,
                       const EngineOptions& options) {
  const Result<std::unique_ptr<Engine>> engine = Engine::Load(options);
  if (!engine) {
    return tl::unexpected<Error>(engine.error());
  }
  const Result<std::vector<std::string>> texts =
      SampleTexts(target, kProfiledBytes, UsableProcessors());
  if (!texts) {
    return tl::unexpected<Error>(texts.error());
  }
  return ProfileRules((*engine)->ForScan(), *texts)
      .map([&](const RuleProfile& profile) {
        return Answer{ShowProfile(profile, (*engine)->rules()), 0};
      });
}

std::vector<Flag> RulesFlags(EngineOptions* options) {
  const char* group = "What to profile";
  return {
      {"--config", "FILE", group, "as for scan", SetText(&options->config)},
      {"--rules", "FILE|DIR", group, "as for scan", AddText(&options->files)},
      {"--only", "ID|TAG", group, "as for scan", AddText(&options->only)},
      {"--skip", "ID|TAG", group, "as for scan", AddText(&options->skip)}};
}

bool IsEmpty(const EngineOptions& options) {
  return options.config.empty() && options.files.empty() &&
         options.only.empty() && options.skip.empty();
}

Result<Answer> AnswerTo(const std::vector<std::string>& words) {
  EngineOptions options;
  Result<ParsedWords> parsed = ParseFlags(RulesFlags(&options), words);
  if (!parsed) {
    return tl::unexpected<Error>(parsed.error());
  }
  if (parsed->help) {
    return Answer{CommandHelp(kRulesCommand), 0};
  }
  std::vector<std::string> rest = parsed->positionals;
  const std::string verb = rest.empty() ? "" : rest.front();
  rest.erase(rest.begin(), rest.begin() + (rest.empty() ? 0 : 1));
  if (verb == "profile" && rest.size() == 1) {
    return Profile(rest[0], options);
  }
  if (!IsEmpty(options)) {
    return Fail(ErrorKind::kUsage,
                "--config, --rules, --only and --skip go with `rules profile "
                "TARGET`");
  }
  if (verb == "list" && rest.empty()) {
    return Answer{ListRules(BuiltinRules()), 0};
  }
  if (verb == "show" && rest.size() == 1) {
    return Show(BuiltinRulesWithExamples(), rest[0]).map([](std::string text) {
      return Answer{std::move(text), 0};
    });
  }
  if (verb == "check") {
    return Check(rest);
  }
  if (verb == "test") {
    return Test(rest);
  }
  return Fail(ErrorKind::kUsage,
              "rules takes list, show ID, check [FILE...], test [FILE...] or "
              "profile TARGET");
}

int RunRules(const std::vector<std::string>& words) {
  const Result<Answer> answer = AnswerTo(words);
  if (!answer) {
    Say(answer.error().ToString());
    return kExitError;
  }
  return WriteAll(STDOUT_FILENO, answer->text) ? answer->exit_code : kExitError;
}

std::vector<Flag> Flags() {
  static EngineOptions unused;
  return RulesFlags(&unused);
}

}  // namespace

const Command kRulesCommand = {
    "rules",
    "list | show ID | check|test [FILE...] | profile TARGET",
    "list rules, show one, check rule files, run their examples, time them",
    "  keysift rules list\n"
    "  keysift rules show github-personal-access-token\n"
    "  keysift rules check my-rules.toml   # all mistakes, by line\n"
    "  keysift rules test my-rules.toml    # each example must be found\n"
    "  keysift rules profile . --rules my-rules.toml   # what each rule "
    "costs\n",
    Flags,
    RunRules,
};

}  // namespace keysift
