// SPDX-License-Identifier: Apache-2.0
//
// The JSON array that gitleaks writes, for tools that read that: one entry per
// place, not per secret. "Secret" and "Match" are redacted unless the user
// asked otherwise; "Fingerprint" has gitleaks' form (commit:file:rule:line), so
// that its ignore files can be written from it, ours is "KeysiftFingerprint".
// Gaps have no place in this format: the exit code and stderr tell of them.
#include "report/json_writer.h"
#include "report/paragraph.h"
#include "report/writers.h"

namespace keysift {
namespace {

using Layout = JsonWriter::Layout;

// The name and the mail of "Name <mail>".
std::pair<std::string, std::string> SplitAuthor(const std::string& author) {
  const size_t open = author.rfind(" <");
  if (open == std::string::npos || !author.ends_with('>')) {
    return {author, ""};
  }
  return {author.substr(0, open),
          author.substr(open + 2, author.size() - open - 3)};
}

std::string GitleaksFingerprint(const Finding& finding,
                                const Location& location,
                                const std::string& file) {
  return Concat({location.commit, location.commit.empty() ? "" : ":", file, ":",
                 finding.rule_id, ":", std::to_string(location.line)});
}

void WriteCommitFields(const Finding& finding, const Location& location,
                       JsonWriter* json) {
  CommitSummary commit;
  if (finding.first_commit.has_value() &&
      finding.first_commit->id == location.commit) {
    commit = *finding.first_commit;
  }
  const auto [name, mail] = SplitAuthor(commit.author);
  json->Field("Commit", location.commit);
  json->Field("Author", name);
  json->Field("Email", mail);
  json->Field("Date", commit.date);
  json->Field("Message", commit.summary);
}

void WriteEntry(const Finding& finding, const Location& location,
                JsonWriter* json) {
  const std::string file = location.member.empty()
                               ? location.path
                               : location.path + "!" + location.member;
  const bool is_first = &location == &finding.locations.front();
  json->BeginObject();
  json->Field("RuleID", finding.rule_id);
  json->Field("Description", finding.description);
  json->Field("StartLine", location.line);
  json->Field("EndLine", location.end_line);
  json->Field("StartColumn", location.column);
  json->Field("EndColumn", location.end_column);
  json->Field("Match", is_first ? finding.snippet : finding.secret.redacted);
  json->Field("Secret", finding.secret.value.value_or(finding.secret.redacted));
  json->Field("File", file);
  json->Field("SymlinkFile", "");
  WriteCommitFields(finding, location, json);
  json->Field("Tags", finding.tags);
  json->Field("Fingerprint", GitleaksFingerprint(finding, location, file));
  json->Field("KeysiftFingerprint", finding.fingerprint);
  json->EndObject();
}

}  // namespace

void WriteGitleaksReport(const ScanReport& report,
                         const ReportOptions& /*options*/, std::string* out) {
  JsonWriter json(out);
  json.BeginArray();
  for (const Finding& finding : report.findings) {
    for (const Location& location : finding.locations) {
      WriteEntry(finding, location, &json);
    }
  }
  json.EndArray();
  *out += '\n';
}

}  // namespace keysift
