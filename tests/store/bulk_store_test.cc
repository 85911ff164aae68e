// SPDX-License-Identifier: Apache-2.0
#include "store/bulk_store.h"

#include <doctest/doctest.h>

#include "store/bulk_merge.h"
#include "store/bulk_report.h"
#include "store/bulk_schema.h"
#include "store/bulk_status.h"
#include "store/triage.h"
#include "tests/support/temporary_folder.h"

namespace keysift {
namespace {

const BulkEngine kEngine = {"engine", "rules"};

Finding Found(const std::string& letter, bool in_head = true) {
  Finding finding;
  finding.fingerprint = "ks1-" + std::string(32, letter[0]);
  finding.rule_id = "a-rule";
  finding.secret.redacted = "ab********";
  finding.first_commit = CommitSummary{
      "c1", "A <a@b>",
      "2024-01-0" + std::to_string(letter[0] % 9 + 1) + "T00:00:00Z", "s"};
  finding.in_head = in_head;
  finding.refs = {"refs/heads/main"};
  finding.refs_total = 1;
  finding.locations.resize(1);
  finding.locations[0].path = letter + ".env";
  finding.locations[0].kind = "blob";
  return finding;
}

ScanReport ReportOf(std::vector<Finding> findings) {
  ScanReport report;
  report.findings = std::move(findings);
  report.coverage.objects_total = 10;
  return report;
}

BulkRepository Repo(const std::string& name,
                    const std::string& fingerprint = "state") {
  return {name, "/srv/" + name, fingerprint, ""};
}

struct Fixture {
  TemporaryFolder folder;
  BulkStore Open(const std::string& name) const {
    Result<BulkStore> store =
        BulkStore::Open(folder.path() + "/" + name, Database::Mode::kCreate);
    REQUIRE(store);
    return std::move(*store);
  }
};

TEST_CASE_FIXTURE(Fixture, "one secret in two repositories is one finding") {
  BulkStore store = Open("a.db");
  const int64_t scan = *store.StartScan(kEngine, 100);
  REQUIRE(store.Put(scan, kEngine, Repo("y"), ReportOf({Found("a", false)}), 1,
                    100));
  REQUIRE(store.Put(scan, kEngine, Repo("x"),
                    ReportOf({Found("a"), Found("b")}), 1, 100));
  const Result<ScanReport> report = ReadBulkReport(store);
  REQUIRE(report);
  REQUIRE(report->findings.size() == 2);
  CHECK(report->coverage.objects_total == 20);
  const Finding& shared = report->findings[0];
  REQUIRE(shared.repositories.size() == 2);
  CHECK(shared.repositories[0].repository == "x");
  CHECK(shared.in_head);
  CHECK(shared.locations[0].path == "x/a.env");
  CHECK(shared.locations[0].repository == "x");
  CHECK(shared.refs ==
        std::vector<std::string>{"x:refs/heads/main", "y:refs/heads/main"});
}

TEST_CASE_FIXTURE(Fixture, "a scan that was cut off goes on, a finished not") {
  BulkStore store = Open("a.db");
  CHECK(store.StartScan(kEngine, 100) == 1);
  CHECK(store.StartScan(kEngine, 200) == 1);
  CHECK(store.StartScan({"other", "rules"}, 200) == 2);
  REQUIRE(store.FinishScan(2, 300));
  CHECK(store.StartScan({"other", "rules"}, 400) == 3);
}

TEST_CASE_FIXTURE(Fixture, "only the same engine and state are current") {
  BulkStore store = Open("a.db");
  const int64_t scan = *store.StartScan(kEngine, 100);
  REQUIRE(store.Put(scan, kEngine, Repo("x", "s1"), ReportOf({}), 1, 100));
  REQUIRE(store.PutFailure(scan, kEngine, Repo("z", "s2"), "gone", 100));
  CHECK(store.Current(kEngine)->size() == 1);
  CHECK(store.Current(kEngine)->at("x") == "s1");
  CHECK(store.Current({"other", "rules"})->empty());
}

TEST_CASE_FIXTURE(Fixture, "what came and went between scans is told") {
  BulkStore store = Open("a.db");
  for (const char* letters : {"ab", "bc"}) {
    const int64_t scan = *store.StartScan(kEngine, 100);
    std::vector<Finding> findings;
    for (const char* letter = letters; *letter != '\0'; ++letter) {
      findings.push_back(Found(std::string(1, *letter)));
    }
    REQUIRE(store.Put(scan, kEngine, Repo("x"), ReportOf(findings), 1, 100));
    REQUIRE(store.FinishScan(scan, 100));
  }
  const Result<BulkDiff> diff = DiffScans(store, 1, 2);
  REQUIRE(diff);
  REQUIRE(diff->changes.size() == 2);
  CHECK(diff->unchanged == 1);
  CHECK(diff->changes[0].fingerprint == Found("a").fingerprint);
  CHECK_FALSE(diff->changes[0].is_new);
  CHECK(diff->changes[1].is_new);
  CHECK(DiffScans(store, 0, 2)->changes.size() == 2);
  CHECK_FALSE(DiffScans(store, 1, 3));
}

TEST_CASE_FIXTURE(Fixture, "a failure keeps what was found before") {
  BulkStore store = Open("a.db");
  const int64_t scan = *store.StartScan(kEngine, 100);
  REQUIRE(store.Put(scan, kEngine, Repo("x"), ReportOf({Found("a")}), 1, 100));
  REQUIRE(store.PutFailure(scan, kEngine, Repo("x"), "deleted", 200));
  const Result<ScanReport> report = ReadBulkReport(store);
  REQUIRE(report);
  CHECK(report->findings.size() == 1);
  REQUIRE(report->gaps.size() == 1);
  CHECK(report->gaps[0].detail == "deleted");
  const Result<BulkStatus> status = ReadStatus(store);
  REQUIRE(status);
  CHECK(status->failed == 1);
  REQUIRE(status->failures.size() == 1);
  CHECK(status->failures[0].reason == "deleted");
}

TEST_CASE_FIXTURE(Fixture, "decisions outlive rescans and clocks set back") {
  BulkStore store = Open("a.db");
  const int64_t scan = *store.StartScan(kEngine, 100);
  const std::string fingerprint = Found("a").fingerprint;
  REQUIRE(store.Put(scan, kEngine, Repo("x"), ReportOf({Found("a")}), 1, 100));
  REQUIRE(Decide(store, {{fingerprint}, "accepted", "me", "why"}, 1000));
  REQUIRE(Decide(store, {{fingerprint}, "revoked", "you", "now"}, 10));
  REQUIRE(store.Put(scan, kEngine, Repo("x"), ReportOf({Found("a")}), 1, 50));
  const Result<ScanReport> report = ReadBulkReport(store);
  REQUIRE(report->findings[0].triage);
  CHECK(report->findings[0].triage->state == "revoked");
  CHECK(report->findings[0].triage->author == "you");
  CHECK_FALSE(Decide(store, {{"ks1-none"}, "revoked", "you", "now"}, 10));
  CHECK_FALSE(Decide(store, {{fingerprint}, "odd", "you", "now"}, 10));
  CHECK_FALSE(Decide(store, {{fingerprint}, "revoked", "you", ""}, 10));
}

TEST_CASE_FIXTURE(Fixture, "merging twice, in any order, is merging once") {
  BulkStore one = Open("one.db");
  BulkStore two = Open("two.db");
  REQUIRE(one.Put(*one.StartScan(kEngine, 100), kEngine, Repo("x"),
                  ReportOf({Found("a")}), 1, 100));
  REQUIRE(two.Put(*two.StartScan(kEngine, 100), kEngine, Repo("y"),
                  ReportOf({Found("a"), Found("b")}), 1, 100));
  BulkStore first = Open("first.db");
  BulkStore second = Open("second.db");
  const std::string a = folder.path() + "/one.db";
  const std::string b = folder.path() + "/two.db";
  for (const std::string& path : {a, b, a}) {
    REQUIRE(MergeStore(first, path));
  }
  for (const std::string& path : {b, a}) {
    REQUIRE(MergeStore(second, path));
  }
  for (BulkStore* store : {&first, &second}) {
    const Result<ScanReport> report = ReadBulkReport(*store);
    REQUIRE(report->findings.size() == 2);
    CHECK(report->findings[0].repositories.size() == 2);
    CHECK(DiffScans(*store, 0, 1)->changes.size() == 3);
  }
}

TEST_CASE_FIXTURE(Fixture, "the later scan of a repository counts in a merge") {
  BulkStore one = Open("one.db");
  BulkStore two = Open("two.db");
  REQUIRE(one.Put(*one.StartScan(kEngine, 100), kEngine, Repo("x"),
                  ReportOf({Found("a")}), 1, 100));
  REQUIRE(two.Put(*two.StartScan(kEngine, 200), kEngine, Repo("x"),
                  ReportOf({Found("b")}), 1, 200));
  REQUIRE(MergeStore(two, folder.path() + "/one.db"));
  REQUIRE(MergeStore(one, folder.path() + "/two.db"));
  for (BulkStore* store : {&one, &two}) {
    const Result<ScanReport> report = ReadBulkReport(*store);
    REQUIRE(report->findings.size() == 1);
    CHECK(report->findings[0].fingerprint == Found("b").fingerprint);
  }
}

TEST_CASE_FIXTURE(Fixture, "another database and a newer store are refused") {
  {
    Result<Database> other =
        Database::Open(folder.path() + "/other.db", Database::Mode::kCreate);
    REQUIRE(other->Run("CREATE TABLE t(a)"));
  }
  CHECK(BulkStore::Open(folder.path() + "/other.db", Database::Mode::kCreate)
            .error()
            .kind == ErrorKind::kDamaged);
  {
    const BulkStore store = Open("new.db");
    REQUIRE(store.database().Run("PRAGMA user_version = 99"));
  }
  CHECK(BulkStore::Open(folder.path() + "/new.db", Database::Mode::kRead)
            .error()
            .kind == ErrorKind::kUnsupported);
}

TEST_CASE_FIXTURE(Fixture, "removed is what the last repository removed") {
  BulkStore store = Open("a.db");
  const int64_t scan = *store.StartScan(kEngine, 1);
  const auto removed = [](const char* letter, const char* date) {
    Finding finding = Found(letter, false);
    finding.removed_commit = CommitSummary{date, "", date, ""};
    return finding;
  };
  REQUIRE(store.Put(scan, kEngine, Repo("x"),
                    ReportOf({removed("a", "2024-03-02T00:00:00Z"),
                              removed("b", "2024-03-03T00:00:00Z")}),
                    1, 1));
  REQUIRE(store.Put(
      scan, kEngine, Repo("y"),
      ReportOf({removed("a", "2024-03-05T00:00:00Z"), Found("b", true)}), 1,
      1));
  REQUIRE(store.Put(scan, kEngine, Repo("z"),
                    ReportOf({removed("a", "2024-03-04T00:00:00Z")}), 1, 1));
  const Result<ScanReport> report = ReadBulkReport(store);
  REQUIRE(report);
  REQUIRE(report->findings.size() == 2);
  for (const Finding& finding : report->findings) {
    if (finding.fingerprint == Found("a").fingerprint) {
      REQUIRE(finding.removed_commit);
      CHECK(finding.removed_commit->id == "2024-03-05T00:00:00Z");
    } else {
      CHECK_FALSE(finding.removed_commit);  // y has it still
    }
  }
}

TEST_CASE_FIXTURE(Fixture, "the timeline tells how long a key was there") {
  BulkStore store = Open("a.db");
  Finding old = Found("a", false);
  old.details = {{"aws_account_id", "123456789012"}, {"access_key_id", "K1"}};
  old.first_commit->date = "2024-01-01T00:00:00Z";
  old.removed_commit = CommitSummary{"c2", "", "2024-01-11T00:00:00Z", ""};
  Finding later = Found("b");
  later.details = {{"aws_account_id", "123456789012"}, {"access_key_id", "K2"}};
  later.first_commit->date = "2024-01-11T00:00:00Z";
  REQUIRE(store.Put(*store.StartScan(kEngine, 1), kEngine, Repo("x"),
                    ReportOf({old, later, Found("c")}), 1, 1));
  const Result<std::vector<TimelineEntry>> entries = ReadTimeline(store, "");
  REQUIRE(entries);
  REQUIRE(entries->size() == 2);
  CHECK(entries->front().days == 10);
  CHECK(entries->front().rotated);
  CHECK(entries->back().in_head);
  CHECK_FALSE(entries->back().rotated);
  CHECK(ReadTimeline(store, "other")->empty());
  // A key whose id comes last, and which was there first, comes first.
  old.fingerprint = Found("d").fingerprint;
  old.details["access_key_id"] = "K9";
  old.first_commit->date = "2023-01-01T00:00:00Z";
  REQUIRE(store.Put(1, kEngine, Repo("y"), ReportOf({old}), 1, 1));
  const Result<std::vector<TimelineEntry>> more = ReadTimeline(store, "");
  REQUIRE(more);
  REQUIRE(more->size() == 3);
  CHECK(more->front().key == "K9");
  CHECK_FALSE(more->front().rotated);  // the later ones are elsewhere
}

}  // namespace
}  // namespace keysift
