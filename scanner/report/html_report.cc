// SPDX-License-Identifier: Apache-2.0
//
// One page without network: the findings as JSON in an element that is no
// script, a script that shows them, and a policy that lets this very script and
// style sheet run and nothing else. In the JSON '<' is written as an escape, so
// that nothing in it can end the element; the script never makes markup of it.
#include <map>
#include <string>
#include <vector>

#include "base/sha.h"
#include "report/base64.h"
#include "report/html_page.h"
#include "report/json_writer.h"
#include "report/version.h"
#include "report/writers.h"

namespace keysift {
namespace {

using Layout = JsonWriter::Layout;

// More are counted, not listed: the JSON report has them all.
constexpr size_t kMaxPlaces = 10;
constexpr size_t kMaxRefs = 10;
constexpr size_t kMaxGaps = 1000;

// Strings by number, each once.
class StringTable {
 public:
  uint64_t Number(const std::string& text) {
    const auto [place, added] = numbers_.emplace(text, strings_.size());
    if (added) {
      strings_.push_back(text);
    }
    return place->second;
  }
  const std::vector<std::string>& strings() const { return strings_; }

 private:
  std::map<std::string, uint64_t> numbers_;
  std::vector<std::string> strings_;
};

std::string HashSource(std::string_view text) {
  const Sha256Digest digest = Sha256Of(text);
  return "'sha256-" + Base64(std::string(digest.begin(), digest.end())) + "'";
}

std::string Joined(const std::vector<std::string>& texts) {
  std::string joined;
  for (const std::string& text : texts) {
    joined += (joined.empty() ? "" : ", ") + text;
  }
  return joined;
}

class DataWriter {
 public:
  DataWriter(const ScanReport& report, std::string* out)
      : report_(report), json_(out) {}

  void Write() {
    json_.BeginObject(Layout::kInline);
    json_.Field("about", About());
    json_.BoolField("store", report_.target.kind == "store");
    json_.Field("gaps", report_.gaps.size());
    WriteGaps();
    json_.Key("findings");
    json_.BeginArray(Layout::kInline);
    for (const Finding& finding : report_.findings) {
      WriteFinding(finding);
    }
    json_.EndArray();
    json_.Field("texts", texts_.strings());
    json_.Field("repositories", repositories_.strings());
    json_.EndObject();
  }

 private:
  std::string About() const {
    std::string about = report_.target.kind;
    if (!report_.target.path.empty()) {
      about += " " + report_.target.path;
    }
    return about + ", " + std::to_string(report_.coverage.objects_scanned) +
           " objects and " + std::to_string(report_.coverage.files_scanned) +
           " files scanned by " + kToolName + " " + std::string(ToolVersion()) +
           ".";
  }

  void WriteGaps() {
    json_.Key("gap_list");
    json_.BeginArray(Layout::kInline);
    for (size_t i = 0; i < report_.gaps.size() && i < kMaxGaps; ++i) {
      const Gap& gap = report_.gaps[i];
      json_.BeginArray(Layout::kInline);
      json_.Text(GapKindName(gap.kind));
      json_.Text(gap.what);
      json_.Text(gap.where);
      json_.Text(gap.detail);
      json_.EndArray();
    }
    json_.EndArray();
  }

  // The order is that of `F` in the page's script.
  void WriteFinding(const Finding& finding) {
    const CommitSummary none;
    const CommitSummary& first = finding.first_commit.value_or(none);
    json_.BeginArray(Layout::kInline);
    json_.Text(finding.fingerprint);
    json_.Number(texts_.Number(finding.rule_id));
    json_.Number(texts_.Number(finding.description));
    json_.Number(static_cast<uint64_t>(finding.severity));
    json_.Number(static_cast<uint64_t>(finding.confidence));
    json_.Text(finding.secret.redacted);
    WriteHolders(finding);
    const auto account = finding.details.find("aws_account_id");
    json_.Text(account == finding.details.end() ? "" : account->second);
    json_.Text(first.date);
    json_.Text(finding.removed_commit.value_or(none).date);
    json_.Bool(finding.in_head || finding.locations.front().kind == "file");
    WritePlaces(finding);
    json_.Text(finding.triage ? finding.triage->state : "open");
    WriteRefs(finding);
    json_.Text(first.id);
    json_.Text(first.author);
    json_.Text(first.summary);
    json_.Number(texts_.Number(Joined(finding.reasons)));
    json_.Text(finding.snippet);
    json_.Number(texts_.Number(finding.remediation));
    json_.Number(texts_.Number(finding.revoke_url));
    WriteTriage(finding);
    WriteDetails(finding);
    json_.Number(finding.secret.length);
    json_.Bool(finding.reachable);
    json_.EndArray();
  }

  void WriteHolders(const Finding& finding) {
    json_.BeginArray(Layout::kInline);
    for (const RepositoryHolding& holding : finding.repositories) {
      json_.Number(repositories_.Number(holding.repository));
    }
    json_.EndArray();
  }

  void WritePlaces(const Finding& finding) {
    json_.BeginArray(Layout::kInline);
    for (size_t i = 0; i < finding.locations.size() && i < kMaxPlaces; ++i) {
      const Location& place = finding.locations[i];
      json_.BeginArray(Layout::kInline);
      json_.Text(place.commit);
      json_.Text(place.member.empty() ? place.path
                                      : place.path + "!" + place.member);
      json_.Number(place.line);
      json_.Text(place.kind);
      json_.EndArray();
    }
    json_.EndArray();
    json_.Number(finding.locations.size());
  }

  void WriteRefs(const Finding& finding) {
    json_.BeginArray(Layout::kInline);
    for (size_t i = 0; i < finding.refs.size() && i < kMaxRefs; ++i) {
      json_.Text(finding.refs[i]);
    }
    json_.EndArray();
    json_.Number(finding.refs_total);
  }

  void WriteTriage(const Finding& finding) {
    if (!finding.triage) {
      json_.Null();
      return;
    }
    json_.BeginArray(Layout::kInline);
    json_.Text(finding.triage->author);
    json_.Text(finding.triage->reason);
    json_.Text(finding.triage->time);
    json_.EndArray();
  }

  void WriteDetails(const Finding& finding) {
    json_.BeginArray(Layout::kInline);
    for (const auto& [name, value] : finding.details) {
      json_.BeginArray(Layout::kInline);
      json_.Text(name);
      json_.Text(value);
      json_.EndArray();
    }
    json_.EndArray();
  }

  const ScanReport& report_;
  JsonWriter json_;
  StringTable texts_;
  StringTable repositories_;
};

}  // namespace

void WriteHtmlReport(const ScanReport& report, const ReportOptions& /*options*/,
                     std::string* out) {
  std::string data;
  DataWriter(report, &data).Write();
  *out += "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n";
  *out +=
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
      "'none'; base-uri 'none'; form-action 'none'; script-src ";
  *out += HashSource(HtmlScript()) + "; style-src " + HashSource(HtmlStyle());
  *out +=
      "\">\n<meta name=\"viewport\" content=\"width=device-width\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<title>keysift findings</title>\n<style>";
  *out += HtmlStyle();
  *out += "</style></head><body>";
  *out += HtmlBody();
  *out += "<script type=\"application/json\" id=\"data\">";
  for (const char c : data) {
    if (c == '<') {
      *out += "\\u003c";
    } else {
      out->push_back(c);
    }
  }
  *out += "</script>\n<script>";
  *out += HtmlScript();
  *out += "</script>\n</body></html>\n";
}

}  // namespace keysift
