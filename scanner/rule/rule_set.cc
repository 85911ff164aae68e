// SPDX-License-Identifier: Apache-2.0
#include "rule/rule_set.h"

#include <algorithm>
#include <set>
#include <utility>

#include "rule/regex_syntax.h"
#include "rule/rule_codec.h"

namespace keysift {
namespace {

constexpr int kMaxExtendDepth = 2;
// A Hit keeps its pattern in 16 bits; triggers need some of them.
constexpr size_t kMaxRules = 60'000;

template <class T>
void Append(std::vector<T> from, std::vector<T>* to) {
  std::move(from.begin(), from.end(), std::back_inserter(*to));
}

// Puts what `over` writes on top of `rule`.
void Override(WrittenRule over, Rule* rule) {
  if (over.Wrote("description")) {
    rule->description = over.rule.description;
  }
  if (over.Wrote("regex")) {
    rule->regex = over.rule.regex;
    rule->hits = over.rule.hits;
    rule->reach_before = over.rule.reach_before;
    rule->reach_after = over.rule.reach_after;
    rule->newlines = over.rule.newlines;
    rule->secret_group = 0;
    rule->examples.clear();
    rule->negative_examples.clear();
  }
  if (over.Wrote("secretGroup")) {
    rule->secret_group = over.rule.secret_group;
  }
  if (over.Wrote("entropy")) {
    rule->entropy = over.rule.entropy;
  }
  if (over.Wrote("path")) {
    rule->path = over.rule.path;
  }
  if (over.Wrote("severity")) {
    rule->severity = over.rule.severity;
  }
  if (over.Wrote("confidence")) {
    rule->confidence = over.rule.confidence;
  }
  if (over.Wrote("report")) {
    rule->report = over.rule.report;
  }
  if (over.Wrote("remediation")) {
    rule->remediation = over.rule.remediation;
  }
  if (over.Wrote("revoke_url")) {
    rule->revoke_url = over.rule.revoke_url;
  }
  Append(std::move(over.rule.keywords), &rule->keywords);
  Append(std::move(over.rule.tags), &rule->tags);
  Append(std::move(over.rule.checks), &rule->checks);
  Append(std::move(over.rule.allowlists), &rule->allowlists);
  Append(std::move(over.rule.required), &rule->required);
  Append(std::move(over.rule.partners), &rule->partners);
  Append(std::move(over.rule.examples), &rule->examples);
  Append(std::move(over.rule.negative_examples), &rule->negative_examples);
  rule->origin = over.rule.origin;
}

// Merges files and collects what does not fit together.
class Merger {
 public:
  explicit Merger(const RuleSet& base) : base_size_(base.rules.size()) {
    loaded_.rules = base;
  }

  void Disable(const ExtendClause& extend) {
    for (const std::string& id : extend.disabled_rules) {
      int found = loaded_.rules.Find(id);
      if (found >= 0) {
        loaded_.rules.rules.erase(loaded_.rules.rules.begin() + found);
        --base_size_;
        disabled_.insert(id);
      }
    }
  }

  void Add(RuleFile file) {
    Append(std::move(file.problems.errors), &problems_.errors);
    Append(std::move(file.problems.warnings), &problems_.warnings);
    for (WrittenRule& written : file.rules) {
      AddRule(std::move(written));
    }
    Append(std::move(file.allowlists), &loaded_.rules.allowlists);
    const bool ours = file.dialect == RuleDialect::kKeysift;
    Append(std::move(file.references),
           ours ? &references_ : &foreign_references_);
  }

  // `all`, if there, gets every mistake.
  Result<LoadedRules> Finish(std::vector<Error>* all) {
    CheckNames();
    std::vector<Error>& errors = problems_.errors;
    if (all != nullptr) {
      all->insert(all->end(), errors.begin(), errors.end());
    }
    if (errors.empty() && loaded_.rules.rules.empty()) {
      return Fail(ErrorKind::kUsage,
                  "no rules are left, so nothing would be found; write "
                  "[extend] with useDefault = true, or [[rules]]");
    }
    if (errors.empty() && loaded_.rules.rules.size() > kMaxRules) {
      return Fail(ErrorKind::kUsage, "more than 60,000 rules");
    }
    if (!errors.empty()) {
      Error first = errors.front();
      if (errors.size() > 1) {
        first.message += " (and " + std::to_string(errors.size() - 1) +
                         " more; `keysift rules check` lists all)";
      }
      return tl::unexpected(first);
    }
    loaded_.rules.hash = HashRules(loaded_.rules);
    loaded_.warnings = std::move(problems_.warnings);
    return std::move(loaded_);
  }

 private:
  void AddRule(WrittenRule written) {
    std::string id = written.rule.id;
    std::string where = written.where;
    int found = loaded_.rules.Find(id);
    if (found >= static_cast<int>(base_size_)) {
      problems_.errors.push_back(
          Error{ErrorKind::kUsage,
                "`id`: \"" + id + "\" is used twice, first at " +
                    loaded_.rules.rules[static_cast<size_t>(found)].origin,
                where});
      return;
    }
    if (found < 0) {
      loaded_.rules.rules.push_back(std::move(written.rule));
      found = static_cast<int>(loaded_.rules.rules.size()) - 1;
    } else {
      Override(std::move(written),
               &loaded_.rules.rules[static_cast<size_t>(found)]);
    }
    CheckRule(loaded_.rules.rules[static_cast<size_t>(found)], where);
  }

  void CheckRule(const Rule& rule, const std::string& where) {
    if (rule.regex.empty() && rule.path.empty()) {
      problems_.errors.push_back(
          Error{ErrorKind::kUsage,
                "`regex`: rule \"" + rule.id +
                    "\" has neither regex nor path, and extends no rule",
                where});
    } else if (rule.regex.empty()) {
      problems_.warnings.push_back(
          Error{ErrorKind::kUsage,
                "rule \"" + rule.id +
                    "\" has a path and no regex: files are not reported for "
                    "their name alone, so it is not run",
                where});
    }
    Result<Regex> regex = ParseRegex(rule.regex);
    if (regex && rule.secret_group > regex->groups) {
      problems_.errors.push_back(Error{
          ErrorKind::kUsage,
          "`secretGroup`: the regex has " + std::to_string(regex->groups) +
              " group(s); count its capturing \"(\" from the left",
          where});
    }
  }

  // Rules that are named, but not there: a mistake in our files; in another
  // scanner's, whose built-in rules are others, only worth telling.
  void CheckNames() {
    Miss(references_, &problems_.errors);
    Miss(foreign_references_, &problems_.warnings);
    for (size_t i = 0; i < base_size_; ++i) {
      const Rule& rule = loaded_.rules.rules[i];
      for (const RequiredPart& part : rule.required) {
        Miss({{"required", part.id, rule.origin}}, &problems_.warnings);
      }
    }
  }

  void Miss(const std::vector<RuleReference>& references,
            std::vector<Error>* list) const {
    for (const RuleReference& reference : references) {
      if (!IsThere(reference)) {
        list->push_back(Error{ErrorKind::kUsage,
                              "`" + reference.field + "`: no rule \"" +
                                  reference.id +
                                  "\"; `keysift rules list` shows all",
                              reference.where});
      }
    }
  }

  bool IsThere(const RuleReference& reference) const {
    const bool disabled = reference.field == "disabledRules";
    return disabled ? disabled_.count(reference.id) > 0
                    : loaded_.rules.Find(reference.id) >= 0;
  }

  LoadedRules loaded_;
  Problems problems_;
  size_t base_size_;
  std::vector<RuleReference> references_;          // of our files
  std::vector<RuleReference> foreign_references_;  // of another dialect's
  std::set<std::string> disabled_;                 // what was there
};

// The folder of a path, with its slash; "" for a bare name.
std::string FolderOf(const std::string& path) {
  return path.substr(0, path.rfind('/') + 1);
}

Result<LoadedRules> LoadAtDepth(const NamedText& file, RuleDialect dialect,
                                const RuleSet& defaults, const ReadText& read,
                                int depth, std::vector<Error>* all) {
  RuleFile parsed = ParseRuleFile(file.text, file.name, dialect);
  LoadedRules base;
  if (parsed.extend.use_default) {
    base.rules = defaults;
  } else if (!parsed.extend.path.empty() && depth < kMaxExtendDepth) {
    const std::string& path = parsed.extend.path;
    NamedText next;
    next.name = path.starts_with("/") ? path : FolderOf(file.name) + path;
    Result<std::string> text = read(next.name);
    if (!text && next.name != path) {
      next.name = path;  // gitleaks starts from the current folder
      text = read(path);
    }
    if (!text) {
      return Fail(text.error().kind,
                  "`path`: cannot extend: " + text.error().ToString(),
                  parsed.extend.where);
    }
    next.text = std::move(*text);
    Result<LoadedRules> extended =
        LoadAtDepth(next, dialect, defaults, read, depth + 1, all);
    if (!extended) {
      return extended;
    }
    base = std::move(*extended);
  } else if (!parsed.extend.path.empty()) {
    return Fail(ErrorKind::kUsage,
                "`path`: configurations extend each other two levels deep at "
                "most",
                parsed.extend.where);
  }
  Merger merger(base.rules);
  merger.Disable(parsed.extend);
  merger.Add(std::move(parsed));
  Result<LoadedRules> loaded = merger.Finish(all);
  if (loaded) {
    Append(std::move(base.warnings), &loaded->warnings);
  } else if (loaded.error().where.empty()) {
    return Fail(loaded.error().kind, loaded.error().message, file.name);
  }
  return loaded;
}

}  // namespace

Result<LoadedRules> MergeRuleFiles(const RuleSet& base,
                                   std::vector<RuleFile> files,
                                   std::vector<Error>* all) {
  Merger merger(base);
  for (RuleFile& file : files) {
    merger.Add(std::move(file));
  }
  return merger.Finish(all);
}

Result<LoadedRules> AddRules(const RuleSet& base,
                             const std::vector<NamedText>& files,
                             RuleDialect dialect) {
  std::vector<RuleFile> parsed;
  for (const NamedText& file : files) {
    parsed.push_back(ParseRuleFile(file.text, file.name, dialect));
  }
  return MergeRuleFiles(base, std::move(parsed));
}

Result<LoadedRules> LoadConfiguration(const NamedText& file,
                                      RuleDialect dialect,
                                      const RuleSet& defaults,
                                      const ReadText& read,
                                      std::vector<Error>* all) {
  return LoadAtDepth(file, dialect, defaults, read, 0, all);
}

}  // namespace keysift
