// SPDX-License-Identifier: Apache-2.0
#include "rule/rule_file.h"

#include <algorithm>
#include <array>
#include <utility>

#include "rule/hit_form.h"
#include "rule/regex_syntax.h"

namespace keysift {
namespace {

constexpr int kMaxPartnerLines = 100;

bool IsGoodId(const std::string& id) {
  bool good = !id.empty() && id.front() != '-' && id.back() != '-';
  for (size_t i = 0; i < id.size(); ++i) {
    char letter = id[i];
    bool dash = letter == '-' && i > 0 && id[i - 1] != '-';
    good = good && (dash || ('a' <= letter && letter <= 'z') ||
                    ('0' <= letter && letter <= '9'));
  }
  return good;
}

// Keys of other scanners' formats that keysift knows of and does not run.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5>
    kForeignKeys = {{
        {"prefilter", "betterleaks' prefilter is not run: hit forms do that"},
        {"filter",
         "betterleaks' filter expression is not run: more may be "
         "found; write an allowlist"},
        {"validate",
         "live validation is not run: keysift never opens a "
         "socket"},
        {"betterleaksMinVersion", "not checked"},
        {"skipReport", "not run; write report = false"},
    }};

void ReportUnknownKeys(RuleDialect dialect, TomlTable* table) {
  for (const std::string& key : table->UnknownKeys()) {
    if (dialect == RuleDialect::kKeysift) {
      table->AddError(key, "unknown key; rules/README.md lists them");
      continue;
    }
    std::string_view message = "unknown key, ignored";
    for (const std::pair<std::string_view, std::string_view>& foreign :
         kForeignKeys) {
      message = foreign.first == key ? foreign.second : message;
    }
    table->AddWarning(key, std::string(message));
  }
}

// Reads a regex that RE2 alone runs.
void ReadRegex(std::string_view key, std::string* regex, TomlTable* table) {
  std::string text;
  table->Read(key, &text);
  if (text.empty()) {
    return;
  }
  Result<Regex> parsed = ParseRegex(text);
  if (!parsed) {
    table->AddError(key, parsed.error().ToString());
    return;
  }
  *regex = parsed->text;
}

void ReadRegexes(std::string_view key, std::vector<std::string>* regexes,
                 TomlTable* table) {
  table->Read(key, false, regexes);
  for (std::string& regex : *regexes) {
    Result<Regex> parsed = ParseRegex(regex);
    if (!parsed) {
      table->AddError(key, "in '" + regex + "', " + parsed.error().ToString());
      continue;
    }
    regex = parsed->text;
  }
}

void ReadTarget(TomlTable* table, Allowlist* allowlist) {
  std::string target;
  table->Read("regexTarget", &target);
  if (target == "match") {
    allowlist->target = Allowlist::Target::kMatch;
  } else if (target == "line") {
    allowlist->target = Allowlist::Target::kLine;
  } else if (!target.empty() && target != "secret") {
    table->AddError("regexTarget", "write \"secret\", \"match\" or \"line\"");
  }
}

void AddReferences(std::string_view field, const std::vector<std::string>& ids,
                   const std::string& where,
                   std::vector<RuleReference>* references) {
  for (const std::string& id : ids) {
    references->push_back({std::string(field), id, where});
  }
}

// `references` is where an allowlist for all rules tells which ones it names;
// null for one of a rule.
void ReadAllowlist(RuleDialect dialect, std::vector<RuleReference>* references,
                   TomlTable* table, std::vector<Allowlist>* allowlists) {
  Allowlist allowlist;
  table->Read("description", &allowlist.description);
  std::string condition;
  table->Read("condition", &condition);
  std::transform(condition.begin(), condition.end(), condition.begin(),
                 [](unsigned char letter) { return toupper(letter); });
  allowlist.require_all = condition == "AND" || condition == "&&";
  if (!condition.empty() && !allowlist.require_all && condition != "OR" &&
      condition != "||") {
    table->AddError("condition", "write \"OR\" or \"AND\"");
  }
  ReadTarget(table, &allowlist);
  table->Read("commits", false, &allowlist.commits);
  ReadRegexes("paths", &allowlist.paths, table);
  ReadRegexes("regexes", &allowlist.regexes, table);
  table->Read("stopwords", false, &allowlist.stopwords);
  for (std::string& word : allowlist.stopwords) {
    std::transform(word.begin(), word.end(), word.begin(),
                   [](unsigned char letter) {
                     return static_cast<char>(tolower(letter));
                   });
  }
  if (references != nullptr) {
    table->Read("targetRules", false, &allowlist.target_rules);
    AddReferences("targetRules", allowlist.target_rules,
                  table->Where("targetRules"), references);
  } else if (table->Has("targetRules")) {
    table->Skip("targetRules");
    table->AddError("targetRules", "only for [[allowlists]] of the whole file");
  }
  ReportUnknownKeys(dialect, table);
  if (allowlist.commits.empty() && allowlist.paths.empty() &&
      allowlist.regexes.empty() && allowlist.stopwords.empty()) {
    table->AddError("allowlists",
                    "an empty allowlist; give commits, paths, regexes or "
                    "stopwords");
    return;
  }
  allowlists->push_back(std::move(allowlist));
}

void ReadAllowlists(RuleDialect dialect, std::vector<RuleReference>* references,
                    TomlTable* table, std::vector<Allowlist>* allowlists) {
  for (std::string_view key : {"allowlist", "allowlists"}) {
    table->Visit(key, [&](TomlTable& inner) {
      ReadAllowlist(dialect, references, &inner, allowlists);
    });
  }
}

void ReadRequired(RuleDialect dialect, TomlTable* table, Rule* rule,
                  std::vector<RuleReference>* references) {
  table->Visit("required", [&](TomlTable& inner) {
    RequiredPart part;
    inner.Read("id", &part.id);
    inner.Read("withinLines", 0, 1'000'000, &part.within_lines);
    inner.Read("withinColumns", 0, 1'000'000, &part.within_columns);
    ReportUnknownKeys(dialect, &inner);
    if (part.id.empty()) {
      inner.AddError("id", "missing; name the rule that must match nearby");
    } else if (part.id == rule->id) {
      inner.AddError("id", "a rule cannot require itself");
    } else {
      AddReferences("required", {part.id}, inner.Where("id"), references);
      rule->required.push_back(std::move(part));
    }
  });
}

void ReadPartners(RuleDialect dialect, TomlTable* table, Rule* rule,
                  std::vector<RuleReference>* references) {
  table->Visit("partners", [&](TomlTable& inner) {
    Partner partner;
    inner.Read("id", &partner.id);
    const bool near = inner.Has("withinLines");
    inner.Read("withinLines", 0, kMaxPartnerLines, &partner.within_lines);
    inner.Read("proves", &partner.proves);
    ReportUnknownKeys(dialect, &inner);
    if (partner.id.empty()) {
      inner.AddError("id", "missing; name the rule that finds the other part");
    } else if (partner.id == rule->id) {
      inner.AddError("id", "a rule cannot be its own partner");
    } else if (!near) {
      inner.AddError("withinLines",
                     "missing; say how many lines away it may stand");
    } else {
      AddReferences("partners", {partner.id}, inner.Where("id"), references);
      rule->partners.push_back(std::move(partner));
    }
  });
}

void ReadNames(TomlTable* table, Rule* rule) {
  std::string name;
  table->Read("severity", &name);
  if (!name.empty() && !ParseSeverity(name, &rule->severity)) {
    table->AddError("severity",
                    "write \"low\", \"medium\", \"high\" or \"critical\"");
  }
  name.clear();
  table->Read("confidence", &name);
  if (!name.empty() && !ParseConfidence(name, &rule->confidence)) {
    table->AddError("confidence",
                    "write \"possible\", \"likely\" or \"certain\"");
  }
}

void ReadKeywords(RuleDialect dialect, TomlTable* table, Rule* rule) {
  table->Read("keywords", false, &rule->keywords);
  for (std::string& keyword : rule->keywords) {
    std::string lower = keyword;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char letter) {
                     return static_cast<char>(tolower(letter));
                   });
    if (lower != keyword && dialect == RuleDialect::kKeysift) {
      table->AddError("keywords", "write \"" + lower +
                                      "\" in lower case; any case is found");
    }
    keyword = std::move(lower);
  }
}

// Everything but the regex and what follows from it.
void ReadFields(RuleDialect dialect, TomlTable* table, Rule* rule,
                std::vector<RuleReference>* references) {
  table->Read("description", &rule->description);
  table->Read("secretGroup", 0, 1000, &rule->secret_group);
  table->Read("entropy", &rule->entropy);
  if (rule->entropy < 0 || rule->entropy > 8) {
    table->AddError("entropy", "must be from 0 to 8 bits per byte");
  }
  ReadNames(table, rule);
  ReadKeywords(dialect, table, rule);
  ReadRegex("path", &rule->path, table);
  table->Read("tags", false, &rule->tags);
  table->Read("checks", false, &rule->checks);
  table->Read("report", &rule->report);
  table->Read("examples", false, &rule->examples);
  table->Read("negative_examples", false, &rule->negative_examples);
  table->Read("references", false, &rule->references);
  table->Read("remediation", &rule->remediation);
  table->Read("revoke_url", &rule->revoke_url);
  if (!rule->revoke_url.empty() && !rule->revoke_url.starts_with("https://")) {
    table->AddError("revoke_url", "must begin with https://");
  }
  ReadAllowlists(dialect, nullptr, table, &rule->allowlists);
  ReadRequired(dialect, table, rule, references);
  ReadPartners(dialect, table, rule, references);
}

// The regex, and the hit form that is written or derived.
void ReadForms(RuleDialect dialect, TomlTable* table, Rule* rule) {
  std::string text;
  table->Read("regex", &text);
  std::vector<std::string> hits;
  table->Read("hit", true, &hits);
  int before = 0;
  int after = 0;
  table->Read("reach_before", 1, static_cast<int>(kMaxReachBefore), &before);
  table->Read("reach_after", 1, static_cast<int>(kMaxReachAfter), &after);
  if (text.empty()) {
    return;
  }
  Result<Regex> regex = ParseRegex(text);
  if (!regex) {
    table->AddError("regex", regex.error().ToString());
    return;
  }
  if (rule->secret_group > regex->groups) {
    table->AddError("secretGroup",
                    "the regex has " + std::to_string(regex->groups) +
                        " group(s); count its capturing \"(\" from the left");
  }
  HitFormOptions options;
  options.strict = dialect == RuleDialect::kKeysift;
  options.reach_before = static_cast<uint32_t>(before);
  options.reach_after = static_cast<uint32_t>(after);
  Result<HitForm> form = hits.empty() ? DeriveHitForm(regex->root, options)
                                      : UseHitForm(hits, regex->root, options);
  if (!form) {
    table->AddError(hits.empty() ? "regex" : "hit", form.error().ToString());
    return;
  }
  for (std::string& compromise : form->compromises) {
    table->AddWarning("regex", "rule " + rule->id + ": " + compromise);
  }
  rule->newlines = static_cast<uint32_t>(
      std::min<uint64_t>(MaxCountOf('\n', regex->root), Rule::kManyNewlines));
  rule->regex = std::move(regex->text);
  rule->hits = std::move(form->expressions);
  rule->reach_before = form->reach_before;
  rule->reach_after = form->reach_after;
}

// Which of the fields that an extending rule may replace are there.
std::vector<std::string> WrittenKeys(const TomlTable& table) {
  std::vector<std::string> written;
  for (std::string_view key :
       {"description", "regex", "secretGroup", "entropy", "path", "severity",
        "confidence", "report", "remediation", "revoke_url", "hit"}) {
    if (table.Has(key)) {
      written.emplace_back(key);
    }
  }
  return written;
}

void ReadRule(TomlTable* table, RuleFile* file) {
  size_t errors = file->problems.errors.size();
  WrittenRule written;
  written.where = table->Where();
  written.written = WrittenKeys(*table);
  for (const char* key : {"hit", "checks", "examples", "negative_examples"}) {
    written.places.emplace(key, table->Where(key));
  }
  Rule& rule = written.rule;
  rule.origin = written.where.substr(0, written.where.rfind(':'));
  table->Read("id", &rule.id);
  bool ours = file->dialect == RuleDialect::kKeysift;
  if (rule.id.empty()) {
    table->AddError("id", "missing; write id = \"provider-what\"");
  } else if (ours && !IsGoodId(rule.id)) {
    table->AddError("id",
                    "use lower-case letters, digits and single dashes, "
                    "as in \"acme-api-key\"");
  }
  ReadFields(file->dialect, table, &rule, &file->references);
  ReadForms(file->dialect, table, &rule);
  if (ours && rule.description.empty()) {
    table->AddError("description", "missing; say what it is in a few words");
  }
  if (ours && !table->Has("regex")) {
    table->AddError("regex", "missing; write it in '''…'''");
  }
  ReportUnknownKeys(file->dialect, table);
  for (const WrittenRule& other : file->rules) {
    if (other.rule.id == rule.id && !rule.id.empty()) {
      table->AddError(
          "id", "\"" + rule.id + "\" is used twice, first at " + other.where);
    }
  }
  if (file->problems.errors.size() == errors) {
    file->rules.push_back(std::move(written));
  }
}

void ReadExtend(TomlTable* root, RuleFile* file) {
  root->Visit("extend", [file](TomlTable& table) {
    file->extend.where = table.Where();
    table.Read("useDefault", &file->extend.use_default);
    table.Read("path", &file->extend.path);
    table.Read("disabledRules", false, &file->extend.disabled_rules);
    AddReferences("disabledRules", file->extend.disabled_rules,
                  table.Where("disabledRules"), &file->references);
    ReportUnknownKeys(file->dialect, &table);
    if (file->extend.use_default && !file->extend.path.empty()) {
      table.AddError("path", "give either useDefault or path");
    }
  });
}

}  // namespace

RuleDialect DialectOf(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return name.find("gitleaks") != name.npos ||
                 name.find("betterleaks") != name.npos
             ? RuleDialect::kGitleaks
             : RuleDialect::kKeysift;
}

bool WrittenRule::Wrote(std::string_view key) const {
  return std::find(written.begin(), written.end(), key) != written.end();
}

const std::string& WrittenRule::Where(std::string_view key) const {
  const auto place = places.find(key);
  return place == places.end() ? where : place->second;
}

RuleFile ParseRuleFile(std::string_view text, const std::string& name,
                       RuleDialect dialect) {
  RuleFile file;
  file.name = name;
  file.dialect = dialect;
  ParseToml(text, name, &file.problems, [&file](TomlTable& root) {
    root.Skip("title");
    root.Skip("description");
    root.Skip("minVersion");
    ReadExtend(&root, &file);
    root.Visit("rules", [&file](TomlTable& table) { ReadRule(&table, &file); });
    ReadAllowlists(file.dialect, &file.references, &root, &file.allowlists);
    ReportUnknownKeys(file.dialect, &root);
  });
  return file;
}

}  // namespace keysift
