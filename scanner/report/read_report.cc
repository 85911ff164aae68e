// SPDX-License-Identifier: Apache-2.0
#include "report/read_report.h"

#include "base/json.h"
#include "report/base64.h"

namespace keysift {
namespace {

constexpr uint64_t kSchemaVersion = 1;

// Bytes that JSON may not hold have a second, exact form beside them.
std::string ReadBytes(const Json& json, const char* key) {
  const std::string exact = std::string(key) + "_base64";
  const Json* member = JsonMember(json, exact.c_str());
  if (member != nullptr && member->is_string()) {
    return FromBase64(member->get<std::string>()).value_or("");
  }
  return JsonText(json, key);
}

std::vector<std::string> ReadTexts(const Json& json, const char* key) {
  std::vector<std::string> texts;
  const Json* member = JsonMember(json, key);
  if (member != nullptr && member->is_array()) {
    for (const Json& element : *member) {
      if (element.is_string()) {
        texts.push_back(element.get<std::string>());
      }
    }
  }
  return texts;
}

std::optional<CommitSummary> ReadCommit(const Json& json, const char* key) {
  const Json* member = JsonMember(json, key);
  if (member == nullptr || !member->is_object()) {
    return std::nullopt;
  }
  return CommitSummary{JsonText(*member, "id"), JsonText(*member, "author"),
                       JsonText(*member, "date"), JsonText(*member, "summary")};
}

Location ReadLocation(const Json& json) {
  Location location;
  location.path = ReadBytes(json, "path");
  location.repository = ReadBytes(json, "repository");
  location.kind = JsonText(json, "kind");
  location.line = JsonNumber(json, "line");
  location.column = JsonNumber(json, "column");
  location.end_line = JsonNumber(json, "end_line");
  location.end_column = JsonNumber(json, "end_column");
  location.commit = JsonText(json, "commit");
  location.blob = JsonText(json, "blob");
  location.member = ReadBytes(json, "member");
  location.decoding = ReadTexts(json, "decoding");
  return location;
}

// What reports of a bulk store have beyond others.
void ReadBulkParts(const Json& json, Finding* finding) {
  const Json* holdings = JsonMember(json, "repositories");
  if (holdings != nullptr && holdings->is_array()) {
    for (const Json& one : *holdings) {
      RepositoryHolding holding;
      holding.repository = ReadBytes(one, "repository");
      holding.first_commit = ReadCommit(one, "first_commit");
      holding.removed_commit = ReadCommit(one, "removed_commit");
      holding.in_head = JsonBool(one, "in_head");
      holding.reachable = JsonBool(one, "reachable");
      holding.refs = ReadTexts(one, "refs");
      holding.refs_total = JsonNumber(one, "refs_total");
      holding.places = JsonNumber(one, "places");
      finding->repositories.push_back(std::move(holding));
    }
  }
  const Json* triage = JsonMember(json, "triage");
  if (triage != nullptr && triage->is_object()) {
    finding->triage =
        Triage{JsonText(*triage, "state"), JsonText(*triage, "author"),
               JsonText(*triage, "reason"), JsonText(*triage, "time")};
  }
}

void ReadSecret(const Json& json, Finding* finding) {
  const Json* secret = JsonMember(json, "secret");
  if (secret == nullptr) {
    return;
  }
  finding->secret.redacted = JsonText(*secret, "redacted");
  finding->secret.length = JsonNumber(*secret, "length");
  if (JsonMember(*secret, "value") != nullptr) {
    finding->secret.value = ReadBytes(*secret, "value");
  }
}

void ReadDetails(const Json& json, Finding* finding) {
  const Json* details = JsonMember(json, "details");
  if (details == nullptr || !details->is_object()) {
    return;
  }
  for (const auto& [name, value] : details->items()) {
    if (value.is_string()) {
      finding->details[name] = value.get<std::string>();
    }
  }
}

Result<Finding> ReadFinding(const Json& json, const std::string& where) {
  Finding finding;
  finding.fingerprint = JsonText(json, "fingerprint");
  finding.rule_id = JsonText(json, "rule_id");
  finding.description = JsonText(json, "description");
  if (!ParseSeverity(JsonText(json, "severity"), &finding.severity) ||
      !ParseConfidence(JsonText(json, "confidence"), &finding.confidence)) {
    return Fail(ErrorKind::kDamaged,
                "a finding has no severity or confidence that keysift knows",
                where);
  }
  finding.reasons = ReadTexts(json, "reason");
  ReadSecret(json, &finding);
  ReadDetails(json, &finding);
  finding.first_commit = ReadCommit(json, "first_commit");
  finding.removed_commit = ReadCommit(json, "removed_commit");
  finding.in_head = JsonBool(json, "in_head");
  finding.refs = ReadTexts(json, "refs");
  finding.refs_total = JsonNumber(json, "refs_total");
  finding.reachable = JsonBool(json, "reachable");
  const Json* locations = JsonMember(json, "locations");
  if (locations != nullptr && locations->is_array()) {
    for (const Json& location : *locations) {
      finding.locations.push_back(ReadLocation(location));
    }
  }
  finding.snippet = JsonText(json, "snippet");
  finding.tags = ReadTexts(json, "tags");
  finding.remediation = JsonText(json, "remediation");
  finding.revoke_url = JsonText(json, "revoke_url");
  ReadBulkParts(json, &finding);
  if (finding.fingerprint.empty() || finding.rule_id.empty() ||
      finding.locations.empty()) {
    return Fail(ErrorKind::kDamaged,
                "a finding lacks its fingerprint, rule or locations", where);
  }
  return finding;
}

Result<Gap> ReadGap(const Json& json, const std::string& where) {
  Gap gap;
  if (!ParseGapKind(JsonText(json, "kind"), &gap.kind)) {
    return Fail(ErrorKind::kDamaged, "a gap is of no kind that keysift knows",
                where);
  }
  gap.what = ReadBytes(json, "what");
  gap.where = ReadBytes(json, "where");
  gap.bytes = JsonNumber(json, "bytes");
  gap.detail = JsonText(json, "detail");
  return gap;
}

Coverage ReadCoverage(const Json& json) {
  Coverage coverage;
  coverage.objects_total = JsonNumber(json, "objects_total");
  coverage.objects_scanned = JsonNumber(json, "objects_scanned");
  const Json* reachable = JsonMember(json, "objects_reachable");
  if (reachable != nullptr && reachable->is_number()) {
    coverage.objects_reachable = JsonNumber(json, "objects_reachable");
  }
  coverage.objects_absent = JsonNumber(json, "objects_absent");
  coverage.objects_hashed = JsonNumber(json, "objects_hashed");
  coverage.bytes_total = JsonNumber(json, "bytes_total");
  coverage.bytes_scanned = JsonNumber(json, "bytes_scanned");
  coverage.refs = JsonNumber(json, "refs");
  coverage.files_scanned = JsonNumber(json, "files_scanned");
  coverage.digest = JsonText(json, "digest");
  coverage.below_confidence = JsonNumber(json, "below_confidence");
  const Json* suppressed = JsonMember(json, "suppressed");
  if (suppressed != nullptr) {
    coverage.suppressed_baseline = JsonNumber(*suppressed, "baseline");
    coverage.suppressed_ignore = JsonNumber(*suppressed, "ignore");
    coverage.suppressed_inline = JsonNumber(*suppressed, "inline");
    coverage.suppressed_config = JsonNumber(*suppressed, "config");
  }
  return coverage;
}

// Appends what `read` makes of each element of the array `key`.
template <class T>
Result<void> ReadAll(const Json& json, const char* key,
                     const std::string& where,
                     Result<T> (*read)(const Json&, const std::string&),
                     std::vector<T>* all) {
  const Json* array = JsonMember(json, key);
  if (array == nullptr || !array->is_array()) {
    return Fail(ErrorKind::kDamaged,
                std::string("not a report of keysift: it has no ") + key,
                where);
  }
  for (const Json& element : *array) {
    Result<T> one = read(element, where);
    if (!one) {
      return tl::unexpected<Error>(one.error());
    }
    all->push_back(std::move(*one));
  }
  return {};
}

}  // namespace

Result<ScanReport> ReadReport(std::string_view text, const std::string& where) {
  const Result<Json> json = ParseJson(text, where);
  if (!json) {
    return tl::unexpected<Error>(json.error());
  }
  const uint64_t version = JsonNumber(*json, "schema_version");
  if (version > kSchemaVersion) {
    return Fail(ErrorKind::kUnsupported,
                "the report is of schema " + std::to_string(version) +
                    ": read it with a newer keysift",
                where);
  }
  ScanReport report;
  if (const Json* tool = JsonMember(*json, "tool")) {
    report.rules_hash = JsonText(*tool, "rules_hash");
  }
  if (const Json* target = JsonMember(*json, "target")) {
    report.target = {JsonText(*target, "kind"), ReadBytes(*target, "path"),
                     JsonText(*target, "head"), JsonText(*target, "branch"),
                     JsonText(*target, "range")};
  }
  if (const Json* coverage = JsonMember(*json, "coverage")) {
    report.coverage = ReadCoverage(*coverage);
  }
  const Result<void> findings =
      ReadAll<Finding>(*json, "findings", where, ReadFinding, &report.findings);
  if (!findings) {
    return tl::unexpected<Error>(findings.error());
  }
  const Result<void> gaps =
      ReadAll<Gap>(*json, "gaps", where, ReadGap, &report.gaps);
  if (!gaps) {
    return tl::unexpected<Error>(gaps.error());
  }
  return report;
}

}  // namespace keysift
