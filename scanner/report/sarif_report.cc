// SPDX-License-Identifier: Apache-2.0
//
// SARIF 2.1.0 with what GitHub's code scanning needs: one result per secret, at
// all its places, since it must go from each (SARIF, section 3.27.12). GitHub
// shows the first: the best known.
//   - partialFingerprints.primaryLocationLineHash (the only one that GitHub
//     reads) comes from our fingerprint, so an alert survives moved lines; the
//     whole fingerprint stands beside it as keysift/v1.
//   - A place in history may be in no file of HEAD: message and properties name
//     the commit.
//   - What is no file (messages, standard input) gets an invented relative URI.
//   - Gaps are notifications of the invocation, which then was not successful.
// GitHub rejects a run of more than 25,000 results: the worst are kept, and a
// notification says how many are not shown.
#include <algorithm>
#include <iterator>

#include "finding/escape.h"
#include "finding/exit_code.h"
#include "report/paragraph.h"
#include "report/place_text.h"
#include "report/sarif_rules.h"
#include "report/version.h"
#include "report/writers.h"

namespace keysift {
namespace {

using Layout = JsonWriter::Layout;

constexpr size_t kMaxResults = 25000;
constexpr size_t kMaxLocations = 1000;  // GitHub refuses more
constexpr size_t kMaxNotifications = 1000;

void WriteText(std::string_view text, JsonWriter* json) {
  json->Key("message");
  json->BeginObject(Layout::kInline);
  json->Field("text", text);
  json->EndObject();
}

std::string UriOf(const Location& location) {
  if (!location.path.empty()) {
    return SarifUri(location.path);
  }
  if (location.kind == "commit message") {
    return Concat({"commit-message/", SarifUri(location.commit)});
  }
  if (location.kind == "stdin") {
    return "standard-input";
  }
  return Concat({location.kind == "tag message" ? "tag-message/" : "blob/",
                 SarifUri(location.blob)});
}

// Lines of an archive's member, or of a name, mean nothing in the file.
bool HasRegion(const Location& location) {
  return location.member.empty() && location.kind != "file name" &&
         location.line > 0;
}

void WriteRegion(const Location& location, JsonWriter* json) {
  json->Key("region");
  json->BeginObject(Layout::kInline);
  const uint64_t line = HasRegion(location) ? location.line : 1;
  json->Field("startLine", line);
  if (HasRegion(location)) {
    const uint64_t column = std::max<uint64_t>(location.column, 1);
    const uint64_t end_line = std::max(location.end_line, line);
    const uint64_t least = end_line == line ? column : 1;
    json->Field("startColumn", column);
    json->Field("endLine", end_line);
    json->Field("endColumn", std::max(location.end_column, least));
  }
  json->EndObject();
}

void WriteLocation(const Location& location, const std::string& snippet,
                   JsonWriter* json) {
  json->Key("physicalLocation");
  json->BeginObject();
  json->Key("artifactLocation");
  json->BeginObject(Layout::kInline);
  json->Field("uri", UriOf(location));
  json->EndObject();
  WriteRegion(location, json);
  if (!snippet.empty() && HasRegion(location)) {
    json->Key("contextRegion");
    json->BeginObject(Layout::kInline);
    json->Field("startLine", location.line);
    json->Field("endLine", std::max(location.end_line, location.line));
    json->Key("snippet");
    json->BeginObject();
    json->Field("text", EscapeForTerminal(snippet));
    json->EndObject();
    json->EndObject();
  }
  json->EndObject();
}

void WriteLocations(const Finding& finding, const Location& main,
                    JsonWriter* json) {
  json->Key("locations");
  json->BeginArray();
  json->BeginObject();
  WriteLocation(main, finding.snippet, json);
  json->EndObject();
  size_t count = 1;
  for (const Location& location : finding.locations) {
    if (&location == &main) {
      continue;
    }
    if (++count > kMaxLocations) {
      break;
    }
    json->BeginObject(Layout::kInline);
    WriteLocation(location, "", json);
    WriteText(PlaceText(location), json);
    json->EndObject();
  }
  json->EndArray();
}

std::string MessageOf(const Finding& finding, const Location& main) {
  std::string text = Concat(
      {EscapeForTerminal(finding.description), " (",
       EscapeForTerminal(
           finding.secret.value.value_or(finding.secret.redacted)),
       ", ", ConfidenceName(finding.confidence), "), ", PlaceText(main), "."});
  if (finding.first_commit.has_value()) {
    text += Concat({" In the history since commit ",
                    EscapeForTerminal(ShortId(finding.first_commit->id)), "."});
  }
  if (!finding.in_head && finding.removed_commit.has_value()) {
    text += Concat({" Removed from HEAD by commit ",
                    EscapeForTerminal(ShortId(finding.removed_commit->id)),
                    ", but still in the history."});
  }
  return text;
}

void WriteProperties(const Finding& finding, const Location& main,
                     JsonWriter* json) {
  json->Key("properties");
  json->BeginObject();
  json->Field("fingerprint", finding.fingerprint);
  json->Field("confidence", ConfidenceName(finding.confidence));
  json->Field("reason", finding.reasons);
  json->Field("commit", main.commit);
  json->Field("blob", main.blob);
  json->Field("member", main.member);
  json->Field("decoding", main.decoding);
  if (finding.first_commit.has_value()) {
    json->Field("first_commit", finding.first_commit->id);
    json->Field("first_date", finding.first_commit->date);
  }
  if (finding.removed_commit.has_value()) {
    json->Field("removed_commit", finding.removed_commit->id);
  }
  json->BoolField("in_head", finding.in_head);
  json->BoolField("reachable", finding.reachable);
  json->Field("places", uint64_t{finding.locations.size()});
  if (!finding.repositories.empty()) {
    json->Field("repositories", RepositoryNames(finding));
  }
  json->Key("details");
  json->BeginObject(Layout::kInline);
  for (const auto& [name, value] : finding.details) {
    json->Field(name, value);
  }
  json->EndObject();
  json->EndObject();
}

// 16 digits and a count, the form in which GitHub's own action writes it.
std::string LineHash(const std::string& fingerprint) {
  const std::string digits = fingerprint.substr(fingerprint.find('-') + 1);
  return Concat({digits.substr(0, 16), ":1"});
}

// What a person decided (SARIF, section 3.35); an empty list says that it is
// open (3.27.23). Only in reports of a store, where anyone can decide.
void WriteSuppressions(const Finding& finding, JsonWriter* json) {
  if (finding.repositories.empty()) {
    return;
  }
  json->Key("suppressions");
  json->BeginArray(Layout::kInline);
  if (finding.triage.has_value() && finding.triage->state != "open") {
    const Triage& triage = *finding.triage;
    json->BeginObject(Layout::kInline);
    json->Field("kind", "external");
    json->Field("status", "accepted");
    json->Field(
        "justification",
        EscapeForTerminal(Concat({triage.state, ": ", triage.reason, " (",
                                  triage.author, ", ", triage.time, ")"})));
    json->EndObject();
  }
  json->EndArray();
}

void WriteResult(const Finding& finding, uint64_t rule_index,
                 JsonWriter* json) {
  const Location& main = MainLocation(finding);
  json->BeginObject();
  json->Field("ruleId", finding.rule_id);
  json->Field("ruleIndex", rule_index);
  json->Field("level", SarifLevel(finding.severity));
  WriteText(MessageOf(finding, main), json);
  WriteLocations(finding, main, json);
  json->Key("partialFingerprints");
  json->BeginObject();
  json->Field("primaryLocationLineHash", LineHash(finding.fingerprint));
  json->Field("keysift/v1", finding.fingerprint);
  json->EndObject();
  WriteSuppressions(finding, json);
  WriteProperties(finding, main, json);
  json->EndObject();
}

void WriteNotification(const char* id, const char* level, std::string_view text,
                       JsonWriter* json) {
  json->BeginObject();
  json->Key("descriptor");
  json->BeginObject(Layout::kInline);
  json->Field("id", id);
  json->EndObject();
  json->Field("level", level);
  WriteText(text, json);
  json->EndObject();
}

void WriteInvocation(const ScanReport& report, const ReportOptions& options,
                     JsonWriter* json) {
  bool complete = true;
  for (const Gap& gap : report.gaps) {
    complete = complete && IsAllowed(gap.kind, options.allowed_gaps);
  }
  json->Key("invocations");
  json->BeginArray();
  json->BeginObject();
  json->BoolField("executionSuccessful", complete);
  json->Field("exitCode", static_cast<uint64_t>(options.exit_code));
  json->Key("toolExecutionNotifications");
  json->BeginArray();
  for (size_t i = 0; i < std::min(report.gaps.size(), kMaxNotifications); ++i) {
    const Gap& gap = report.gaps[i];
    const bool accepted = IsAllowed(gap.kind, options.allowed_gaps);
    WriteNotification(
        GapKindName(gap.kind), accepted ? "note" : "error",
        Concat({"Not scanned: ", EscapeForTerminal(gap.what), " ",
                EscapeForTerminal(gap.where), " ",
                EscapeForTerminal(gap.detail), ". ", GapKindAdvice(gap.kind)}),
        json);
  }
  if (report.gaps.size() > kMaxNotifications) {
    WriteNotification(
        "more-gaps", complete ? "note" : "error",
        Concat({std::to_string(report.gaps.size() - kMaxNotifications),
                " more gaps are not listed here; the JSON report has all."}),
        json);
  }
  if (report.findings.size() > kMaxResults) {
    WriteNotification(
        "more-results", "warning",
        Concat({std::to_string(report.findings.size() - kMaxResults),
                " more findings, the least severe, are not listed here; the "
                "JSON report has all."}),
        json);
  }
  json->EndArray();
  json->EndObject();
  json->EndArray();
}

std::vector<const Finding*> WorstFirst(const ScanReport& report) {
  std::vector<const Finding*> findings;
  for (const Finding& finding : report.findings) {
    findings.push_back(&finding);
  }
  std::stable_sort(
      findings.begin(), findings.end(), [](const Finding* a, const Finding* b) {
        return a->severity != b->severity ? a->severity > b->severity
                                          : a->confidence > b->confidence;
      });
  findings.resize(std::min(findings.size(), kMaxResults));
  return findings;
}

void WriteRun(const ScanReport& report, const ReportOptions& options,
              JsonWriter* json) {
  const std::map<std::string, SarifRule> rules = SarifRules(report);
  json->BeginObject();
  json->Key("tool");
  json->BeginObject();
  json->Key("driver");
  json->BeginObject();
  json->Field("name", kToolName);
  json->Field("version", ToolVersion());
  json->Field("semanticVersion", ToolVersion());
  WriteSarifRules(rules, json);
  json->EndObject();
  json->EndObject();
  json->Key("automationDetails");
  json->BeginObject(Layout::kInline);
  json->Field("id", "keysift/");
  json->EndObject();
  WriteInvocation(report, options, json);
  json->Key("results");
  json->BeginArray();
  for (const Finding* finding : WorstFirst(report)) {
    const auto rule = rules.find(finding->rule_id);
    WriteResult(*finding,
                static_cast<uint64_t>(std::distance(rules.begin(), rule)),
                json);
  }
  json->EndArray();
  json->EndObject();
}

}  // namespace

void WriteSarifReport(const ScanReport& report, const ReportOptions& options,
                      std::string* out) {
  JsonWriter json(out);
  json.BeginObject();
  json.Field("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
  json.Field("version", "2.1.0");
  json.Key("runs");
  json.BeginArray();
  WriteRun(report, options, &json);
  json.EndArray();
  json.EndObject();
  *out += '\n';
}

}  // namespace keysift
