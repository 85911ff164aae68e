// SPDX-License-Identifier: Apache-2.0
//
// keysift's own report: the one that loses nothing, and that `keysift report`
// and --baseline read back. Its fields are a contract (names and meaning never
// change; new ones may come). Beyond what the names say:
//   - Lines and columns count from 1, columns in bytes; end_column is one past
//     the end. Times are RFC 3339 in UTC.
//   - Strings of the repository are raw bytes there and Unicode here: what is
//     not UTF-8 becomes U+FFFD. A path or member of that kind comes a second
//     time, exact, as "path_base64" or "member_base64".
//   - "secret" has "value" only with --show-secrets.
//   - "already_there" (staged and range scans: findings as above on lines that
//     the change did not touch), "suppressed" (what ignore files and baselines
//     took out) and "notes" are there only if there is something to say.
//   - Reports of a bulk store have "repositories" in each finding, "repository"
//     in each location (its path begins with it) and "triage" where someone
//     decided; "target" is then of the kind "store".
//   - Nothing in it depends on time or on the number of threads.
#include <string>

#include "finding/escape.h"
#include "report/base64.h"
#include "report/json_parts.h"
#include "report/version.h"
#include "report/writers.h"

namespace keysift {
namespace {

using Layout = JsonWriter::Layout;

constexpr uint64_t kSchemaVersion = 1;

// `key` and, where the bytes would be lost, `key`_base64.
void WriteBytes(const char* key, std::string_view bytes, JsonWriter* json) {
  json->Field(key, bytes);
  if (!IsValidUtf8(bytes)) {
    json->Field(std::string(key) + "_base64", Base64(bytes));
  }
}

void WriteCommit(const char* key, const std::optional<CommitSummary>& commit,
                 JsonWriter* json) {
  json->Key(key);
  if (!commit.has_value()) {
    json->Null();
    return;
  }
  json->BeginObject(Layout::kInline);
  json->Field("id", commit->id);
  json->Field("author", commit->author);
  json->Field("date", commit->date);
  json->Field("summary", commit->summary);
  json->EndObject();
}

void WriteLocation(const Location& location, JsonWriter* json) {
  json->BeginObject(Layout::kInline);
  WriteBytes("path", location.path, json);
  if (!location.repository.empty()) {
    WriteBytes("repository", location.repository, json);
  }
  json->Field("kind", location.kind);
  json->Field("line", location.line);
  json->Field("column", location.column);
  json->Field("end_line", location.end_line);
  json->Field("end_column", location.end_column);
  json->Field("commit", location.commit);
  json->Field("blob", location.blob);
  WriteBytes("member", location.member, json);
  json->Field("decoding", location.decoding);
  json->EndObject();
}

void WriteSecret(const SecretText& secret, JsonWriter* json) {
  json->Key("secret");
  json->BeginObject(Layout::kInline);
  json->Field("redacted", secret.redacted);
  json->Field("length", secret.length);
  if (secret.value.has_value()) {
    WriteBytes("value", *secret.value, json);
  }
  json->EndObject();
}

void WriteCoverage(const Coverage& coverage, JsonWriter* json) {
  json->Key("coverage");
  json->BeginObject();
  json->Field("objects_total", coverage.objects_total);
  json->Field("objects_scanned", coverage.objects_scanned);
  if (coverage.objects_reachable) {
    json->Field("objects_reachable", *coverage.objects_reachable);
  } else {
    json->Key("objects_reachable");
    json->Null();
  }
  json->Field("objects_absent", coverage.objects_absent);
  json->Field("objects_hashed", coverage.objects_hashed);
  json->Field("bytes_total", coverage.bytes_total);
  json->Field("bytes_scanned", coverage.bytes_scanned);
  json->Field("refs", coverage.refs);
  json->Field("files_scanned", coverage.files_scanned);
  json->Field("digest", coverage.digest);
  json->Field("below_confidence", coverage.below_confidence);
  json->Key("suppressed");
  json->BeginObject(Layout::kInline);
  json->Field("baseline", coverage.suppressed_baseline);
  json->Field("ignore", coverage.suppressed_ignore);
  json->Field("inline", coverage.suppressed_inline);
  json->Field("config", coverage.suppressed_config);
  json->EndObject();
  json->EndObject();
}

void WriteAside(const ScanReport& report, JsonWriter* json) {
  if (!report.already_there.empty()) {
    json->Key("already_there");
    json->BeginArray();
    for (const Finding& finding : report.already_there) {
      WriteJsonFinding(finding, json);
    }
    json->EndArray();
  }
  if (!report.suppressed.empty()) {
    json->Key("suppressed");
    json->BeginArray();
    for (const Suppressed& one : report.suppressed) {
      json->BeginObject(Layout::kInline);
      json->Field("fingerprint", one.fingerprint);
      json->Field("rule_id", one.rule_id);
      json->Field("by", one.by);
      json->Field("reason", one.reason);
      json->EndObject();
    }
    json->EndArray();
  }
  if (!report.notes.empty()) {
    json->Field("notes", report.notes);
  }
}

void WriteHoldings(const Finding& finding, JsonWriter* json) {
  json->Key("repositories");
  json->BeginArray();
  for (const RepositoryHolding& holding : finding.repositories) {
    json->BeginObject(Layout::kInline);
    WriteBytes("repository", holding.repository, json);
    WriteCommit("first_commit", holding.first_commit, json);
    WriteCommit("removed_commit", holding.removed_commit, json);
    json->BoolField("in_head", holding.in_head);
    json->BoolField("reachable", holding.reachable);
    json->Field("refs", holding.refs);
    json->Field("refs_total", holding.refs_total);
    json->Field("places", holding.places);
    json->EndObject();
  }
  json->EndArray();
}

void WriteTriage(const Triage& triage, JsonWriter* json) {
  json->Key("triage");
  json->BeginObject(Layout::kInline);
  json->Field("state", triage.state);
  json->Field("author", triage.author);
  json->Field("reason", triage.reason);
  json->Field("time", triage.time);
  json->EndObject();
}

}  // namespace

void WriteJsonFinding(const Finding& finding, JsonWriter* json) {
  json->BeginObject();
  json->Field("fingerprint", finding.fingerprint);
  json->Field("rule_id", finding.rule_id);
  json->Field("description", finding.description);
  json->Field("severity", SeverityName(finding.severity));
  json->Field("confidence", ConfidenceName(finding.confidence));
  json->Field("reason", finding.reasons);
  WriteSecret(finding.secret, json);
  json->Key("details");
  json->BeginObject(Layout::kInline);
  for (const auto& [name, value] : finding.details) {
    json->Field(name, value);
  }
  json->EndObject();
  WriteCommit("first_commit", finding.first_commit, json);
  WriteCommit("removed_commit", finding.removed_commit, json);
  json->BoolField("in_head", finding.in_head);
  json->Field("refs", finding.refs);
  json->Field("refs_total", finding.refs_total);
  json->BoolField("reachable", finding.reachable);
  json->Key("locations");
  json->BeginArray();
  for (const Location& location : finding.locations) {
    WriteLocation(location, json);
  }
  json->EndArray();
  json->Field("snippet", finding.snippet);
  json->Field("tags", finding.tags);
  json->Field("remediation", finding.remediation);
  json->Field("revoke_url", finding.revoke_url);
  if (!finding.repositories.empty()) {
    WriteHoldings(finding, json);
  }
  if (finding.triage) {
    WriteTriage(*finding.triage, json);
  }
  json->EndObject();
}

void WriteJsonGap(const Gap& gap, JsonWriter* json) {
  json->BeginObject(Layout::kInline);
  json->Field("kind", GapKindName(gap.kind));
  WriteBytes("what", gap.what, json);
  WriteBytes("where", gap.where, json);
  json->Field("bytes", gap.bytes);
  json->Field("detail", gap.detail);
  json->EndObject();
}

void WriteJsonHead(const ScanReport& report, JsonWriter* json) {
  json->Key("tool");
  json->BeginObject(Layout::kInline);
  json->Field("name", kToolName);
  json->Field("version", ToolVersion());
  json->Field("rules_hash", report.rules_hash);
  json->EndObject();
  json->Key("target");
  json->BeginObject(Layout::kInline);
  json->Field("kind", report.target.kind);
  WriteBytes("path", report.target.path, json);
  json->Field("head", report.target.head);
  json->Field("branch", report.target.branch);
  json->Field("range", report.target.range);
  json->EndObject();
  json->BoolField("complete", report.gaps.empty());
  WriteCoverage(report.coverage, json);
}

void WriteJsonReport(const ScanReport& report, const ReportOptions& /*options*/,
                     std::string* out) {
  JsonWriter json(out);
  json.BeginObject();
  json.Field("schema_version", kSchemaVersion);
  WriteJsonHead(report, &json);
  json.Key("findings");
  json.BeginArray();
  for (const Finding& finding : report.findings) {
    WriteJsonFinding(finding, &json);
  }
  json.EndArray();
  json.Key("gaps");
  json.BeginArray();
  for (const Gap& gap : report.gaps) {
    WriteJsonGap(gap, &json);
  }
  json.EndArray();
  WriteAside(report, &json);
  json.EndObject();
  *out += '\n';
}

}  // namespace keysift
