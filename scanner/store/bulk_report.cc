// SPDX-License-Identifier: Apache-2.0
#include "store/bulk_report.h"

#include <algorithm>
#include <utility>

#include "base/file.h"
#include "store/bulk_text.h"
#include "store/triage.h"

namespace keysift {
namespace {

std::string InRepository(const std::string& repository,
                         const std::string& path) {
  return path.empty() ? repository : repository + "/" + path;
}

// One row of the query below.
struct HoldingRow {
  std::string fingerprint;
  std::string rule_id;
  Finding finding;  // as that repository has it
  RepositoryHolding holding;
};

constexpr const char* kHoldings =
    "SELECT f.fingerprint, f.rule_id, r.name, h.severity, h.confidence, "
    "h.in_head, h.reachable, h.introduced, h.removed, h.refs, h.refs_total, "
    "t.body, p.body FROM holding h JOIN finding f ON f.id = h.finding JOIN "
    "repository r ON r.id = h.repository JOIN document t ON t.id = h.text "
    "JOIN document p ON p.id = h.places ORDER BY f.fingerprint, r.name";

Result<HoldingRow> ReadRow(const Statement& query) {
  HoldingRow row;
  row.fingerprint = query.Text(0);
  row.rule_id = query.Text(1);
  row.holding.repository = query.Text(2);
  row.finding.severity = static_cast<Severity>(query.Number(3) & 3);
  row.finding.confidence = static_cast<Confidence>(query.Number(4) & 3);
  row.holding.in_head = query.Number(5) != 0;
  row.holding.reachable = query.Number(6) != 0;
  if (!query.IsNull(7)) {
    row.holding.first_commit = ReadCommitJson(query.Text(7));
  }
  if (!query.IsNull(8)) {
    row.holding.removed_commit = ReadCommitJson(query.Text(8));
  }
  row.holding.refs = ReadTextsJson(query.Text(9));
  row.holding.refs_total = static_cast<uint64_t>(query.Number(10));
  Result<void> text = ReadFindingText(query.Text(11), &row.finding);
  Result<std::vector<Location>> places = ReadPlaces(query.Text(12));
  if (!text || !places) {
    return tl::unexpected(text ? places.error() : text.error());
  }
  row.finding.locations = std::move(*places);
  row.holding.places = row.finding.locations.size();
  for (Location& place : row.finding.locations) {
    place.repository = row.holding.repository;
    place.path = InRepository(place.repository, place.path);
  }
  return row;
}

// The text of the strongest repository speaks for all: rows come by name, so
// that of several equal ones it is the first.
void AddHolding(HoldingRow row, Finding* whole) {
  const bool first = whole->repositories.empty();
  const auto strength = [](const Finding& finding) {
    return std::make_pair(finding.confidence, finding.severity);
  };
  std::vector<Location> places = std::move(whole->locations);
  std::move(row.finding.locations.begin(), row.finding.locations.end(),
            std::back_inserter(places));
  if (first || strength(row.finding) > strength(*whole)) {
    std::vector<RepositoryHolding> holdings = std::move(whole->repositories);
    const Severity severity = first ? Severity::kLow : whole->severity;
    *whole = std::move(row.finding);
    whole->severity = std::max(whole->severity, severity);
    whole->repositories = std::move(holdings);
  }
  whole->severity = std::max(whole->severity, row.finding.severity);
  whole->fingerprint = std::move(row.fingerprint);
  whole->rule_id = std::move(row.rule_id);
  whole->locations = std::move(places);
  whole->repositories.push_back(std::move(row.holding));
}

// What holds of the secret over all its repositories: brought in first, and
// removed by the last to do so, once no HEAD holds it.
void SumUp(Finding* finding) {
  const auto is_before = [](const std::optional<CommitSummary>& a,
                            const std::optional<CommitSummary>& b) {
    return a && b && a->date < b->date;
  };
  for (const RepositoryHolding& holding : finding->repositories) {
    finding->in_head = finding->in_head || holding.in_head;
    finding->reachable = finding->reachable || holding.reachable;
    finding->refs_total += holding.refs_total;
    if (!finding->first_commit ||
        is_before(holding.first_commit, finding->first_commit)) {
      finding->first_commit = holding.first_commit;
    }
    if (!finding->removed_commit ||
        is_before(finding->removed_commit, holding.removed_commit)) {
      finding->removed_commit = holding.removed_commit;
    }
    for (const std::string& ref : holding.refs) {
      if (finding->refs.size() < Finding::kMaxRefs) {
        finding->refs.push_back(holding.repository + ":" + ref);
      }
    }
  }
  if (finding->in_head) {
    finding->removed_commit.reset();
  }
}

Result<void> ReadFindings(const BulkStore& store, ScanReport* report) {
  Result<Statement> query = store.database().Prepare(kHoldings);
  Result<void> sound;
  std::vector<Finding>& findings = report->findings;
  Result<void> read = ForEachRow(std::move(query), [&](const Statement& at) {
    Result<HoldingRow> row = ReadRow(at);
    if (!row) {
      sound = tl::unexpected(std::move(row.error()));
      return;
    }
    if (findings.empty() || findings.back().fingerprint != row->fingerprint) {
      findings.emplace_back();
    }
    AddHolding(std::move(*row), &findings.back());
  });
  if (!read || !sound) {
    return read ? sound : read;
  }
  std::erase_if(report->findings, [](const Finding& finding) {
    return finding.locations.empty();
  });
  for (Finding& finding : report->findings) {
    SumUp(&finding);
  }
  std::sort(report->findings.begin(), report->findings.end(), ComesBefore);
  return {};
}

Result<void> ReadRepositories(const BulkStore& store, ScanReport* report) {
  Result<Statement> query = store.database().Prepare(
      "SELECT name, state, reason, coverage, gaps, rules_hash FROM repository "
      "ORDER BY name");
  bool one_rule_set = true;
  Result<void> read = ForEachRow(std::move(query), [&](const Statement& row) {
    const std::string name = row.Text(0);
    const std::string hash = row.Text(5);
    one_rule_set = one_rule_set &&
                   (report->rules_hash.empty() || report->rules_hash == hash);
    report->rules_hash = hash;
    report->coverage.Add(ReadCoverageJson(row.Text(3)));
    for (Gap& gap : ReadGapsJson(row.Text(4))) {
      gap.where = InRepository(name, gap.where);
      report->gaps.push_back(std::move(gap));
    }
    if (row.Text(1) == "failed") {
      report->gaps.push_back(
          {GapKind::kUnreadable, "repository", name, 0, row.Text(2)});
    }
  });
  if (!one_rule_set) {
    report->rules_hash.clear();
    report->notes.push_back(
        "Repositories were scanned with different rules or versions; scan the "
        "store again for one rule set over all.");
  }
  std::sort(report->gaps.begin(), report->gaps.end(), GapComesBefore);
  return read;
}

}  // namespace

Result<ScanReport> ReadBulkReport(const BulkStore& store) {
  ScanReport report;
  report.target.kind = "store";
  report.coverage.objects_reachable = 0;
  Result<void> read = ReadRepositories(store, &report);
  if (read) {
    read = ReadFindings(store, &report);
  }
  const auto states =
      read
          ? CurrentTriage(store)
          : Result<std::map<std::string, Triage>>(tl::unexpected(read.error()));
  if (!states) {
    return tl::unexpected(states.error());
  }
  for (Finding& finding : report.findings) {
    const auto state = states->find(finding.fingerprint);
    if (state != states->end()) {
      finding.triage = state->second;
    }
  }
  return report;
}

}  // namespace keysift
