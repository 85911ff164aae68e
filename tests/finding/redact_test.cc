// SPDX-License-Identifier: Apache-2.0
#include "finding/redact.h"

#include <doctest/doctest.h>

namespace keysift {
namespace {

const std::string kToken = "tok_" + std::string("s9Kd72mWq0ZxLb4V8nRt");

}  // namespace

TEST_CASE("a redacted secret shows at most a quarter, and only its kind") {
  CHECK(Redact(kToken) == "tok_********");
  CHECK(Redact("0123456789abcdef") == "0123********");
  CHECK(Redact("0123456789abcde") == "********");
  CHECK(Redact("") == "********");
  CHECK(Redact("ab\x1b"
               "456789abcdefghi") == "ab********");
  CHECK(Redact("p w 456789abcdefghi") == "p********");
  CHECK(Redact("-----BEGIN RSA PRIVATE KEY-----\nMIIEsecret") ==
        "-----BEGIN RSA PRIVATE KEY-----********");
  CHECK(Redact("-----BEGIN s3cr3t that is no header-----") == "----********");
}

TEST_CASE("a snippet is the line without its secrets") {
  const Scrubber scrubber({kToken, "other-secret-1"});
  const std::string line = "a = '" + kToken + "' # other-secret-1\nnext";
  CHECK(SnippetOf(line, {{5, 5 + kToken.size()}}, scrubber) ==
        "a = 'tok_********' # ********");
  CHECK(SnippetOf("pw=abc", {{3, 6}}, Scrubber()) == "pw=********");
  CHECK(SnippetOf("a=1234 b=5678\r\n", {{2, 6}, {9, 13}}, Scrubber()) ==
        "a=******** b=********");
}

TEST_CASE("a long line is clipped around the secret, not inside a letter") {
  std::string line;
  for (int i = 0; i < 3000; ++i) {
    line += "\xc3\xa9";
  }
  const size_t at = 3000;
  line.insert(at, kToken);
  const std::string snippet =
      SnippetOf(line, {{at, at + kToken.size()}}, Scrubber());
  CHECK(snippet.size() <= kMaxSnippetBytes + 6);
  CHECK(snippet.find("tok_********") != std::string::npos);
  CHECK(snippet.find(kToken.substr(4)) == std::string::npos);
  CHECK(snippet.starts_with("\xe2\x80\xa6\xc3\xa9"));
  CHECK(snippet.ends_with("\xc3\xa9\xe2\x80\xa6"));
}

TEST_CASE("spans beyond the line do no harm") {
  CHECK(SnippetOf("short", {{3, 99}}, Scrubber()) == "sho********");
  CHECK(SnippetOf("short", {{99, 120}}, Scrubber()) == "short********");
  CHECK(SnippetOf("", {}, Scrubber()) == "");
}

TEST_CASE("a report is scrubbed in every string of the repository's") {
  ScanReport report;
  report.target.path = "/x/" + kToken;
  report.target.branch = kToken;
  report.gaps.push_back({GapKind::kDamaged, kToken, kToken, 0, kToken});
  Finding finding;
  finding.snippet = finding.description = finding.remediation = kToken;
  finding.revoke_url = "https://x.example/" + kToken;
  finding.reasons = {kToken};
  finding.details = {{"note", kToken}};
  finding.refs = {"refs/heads/" + kToken};
  finding.first_commit = CommitSummary{"1", "A <" + kToken + ">", "", kToken};
  finding.removed_commit = CommitSummary{"2", kToken, "", "rm " + kToken};
  Location location;
  location.path = "a/" + kToken + "/b";
  location.member = kToken;
  finding.locations = {location};
  report.findings = {finding};
  ScrubReport(Scrubber({kToken}), &report);
  const Finding& f = report.findings[0];
  for (const std::string& text :
       {report.target.path, report.target.branch, report.gaps[0].what,
        report.gaps[0].where, report.gaps[0].detail, f.snippet, f.description,
        f.remediation, f.revoke_url, f.reasons[0], f.details.at("note"),
        f.refs[0], f.first_commit->author, f.first_commit->summary,
        f.removed_commit->author, f.removed_commit->summary,
        f.locations[0].path, f.locations[0].member}) {
    CHECK(text.find(kToken) == std::string::npos);
    CHECK(text.find("tok_********") != std::string::npos);
  }
}

}  // namespace keysift
