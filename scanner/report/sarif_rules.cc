// SPDX-License-Identifier: Apache-2.0
#include "report/sarif_rules.h"

#include <algorithm>
#include <array>

#include "report/paragraph.h"

namespace keysift {
namespace {

using Layout = JsonWriter::Layout;

// GitHub keeps ten of at most twenty tags.
constexpr size_t kMaxTags = 10;

// "security-severity", a CVSS score: GitHub calls 9.0 and more critical, 7.0
// high, 4.0 medium.
const char* Score(Severity severity) {
  constexpr std::array<const char*, 4> kScores = {"3.0", "5.5", "8.0", "9.5"};
  return kScores[static_cast<size_t>(severity)];
}

const char* Precision(Confidence confidence) {
  constexpr std::array<const char*, 3> kNames = {"medium", "high", "very-high"};
  return kNames[static_cast<size_t>(confidence)];
}

void WriteMessage(const char* key, std::string_view text, JsonWriter* json) {
  json->Key(key);
  json->BeginObject(Layout::kInline);
  json->Field("text", text);
  json->EndObject();
}

std::string NumberedSteps(const Finding& finding) {
  std::string text;
  const std::vector<std::string> steps = Steps(finding.remediation);
  for (size_t i = 0; i < steps.size(); ++i) {
    text += Concat({std::to_string(i + 1), ". ", steps[i], "\n"});
  }
  if (!finding.revoke_url.empty()) {
    text += Concat({"\nRevoke at ", finding.revoke_url, "\n"});
  }
  // SARIF wants a text here even where the rule has no advice.
  return text.empty() ? "Revoke this credential, then issue a new one.\n"
                      : text;
}

void WriteRule(const std::string& id, const SarifRule& rule, JsonWriter* json) {
  const std::string& about =
      rule.sample->description.empty() ? id : rule.sample->description;
  const std::string steps = NumberedSteps(*rule.sample);
  json->BeginObject();
  json->Field("id", id);
  json->Field("name", id);
  WriteMessage("shortDescription", about, json);
  WriteMessage("fullDescription",
               Concat({about,
                       " A secret in a repository is known to everyone who "
                       "can read it, also after it was deleted."}),
               json);
  json->Key("help");
  json->BeginObject();
  json->Field("text", steps);
  json->Field("markdown", Concat({"## What to do\n\n", steps}));
  json->EndObject();
  json->Key("defaultConfiguration");
  json->BeginObject(Layout::kInline);
  json->Field("level", SarifLevel(rule.severity));
  json->EndObject();
  json->Key("properties");
  json->BeginObject();
  json->Field("security-severity", Score(rule.severity));
  json->Field("precision", Precision(rule.confidence));
  std::vector<std::string> tags = {"security", "secret"};
  for (const std::string& tag : rule.tags) {
    if (tags.size() < kMaxTags && tag != tags[0] && tag != tags[1]) {
      tags.push_back(tag);
    }
  }
  json->Field("tags", tags);
  json->EndObject();
  json->EndObject();
}

}  // namespace

std::map<std::string, SarifRule> SarifRules(const ScanReport& report) {
  std::map<std::string, SarifRule> rules;
  for (const Finding& finding : report.findings) {
    SarifRule& rule = rules[finding.rule_id];
    if (rule.sample == nullptr) {
      rule.sample = &finding;
    }
    rule.severity = std::max(rule.severity, finding.severity);
    rule.confidence = std::max(rule.confidence, finding.confidence);
    rule.tags.insert(finding.tags.begin(), finding.tags.end());
  }
  return rules;
}

void WriteSarifRules(const std::map<std::string, SarifRule>& rules,
                     JsonWriter* json) {
  json->Key("rules");
  json->BeginArray();
  for (const auto& [id, rule] : rules) {
    WriteRule(id, rule, json);
  }
  json->EndArray();
}

const char* SarifLevel(Severity severity) {
  constexpr std::array<const char*, 4> kLevels = {"note", "warning", "error",
                                                  "error"};
  return kLevels[static_cast<size_t>(severity)];
}

std::string SarifUri(std::string_view path) {
  constexpr std::string_view kHexDigits = "0123456789ABCDEF";
  constexpr std::string_view kMarks = "-._~/";
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                       (c >= 'A' && c <= 'Z') ||
                       kMarks.find(c) != std::string_view::npos;
    if (plain) {
      uri += c;
    } else {
      const uint8_t byte = static_cast<uint8_t>(c);
      uri += '%';
      uri += kHexDigits[byte >> 4];
      uri += kHexDigits[byte & 15];
    }
  }
  return uri;
}

}  // namespace keysift
