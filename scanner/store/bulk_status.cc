// SPDX-License-Identifier: Apache-2.0
#include "store/bulk_status.h"

#include <utility>

namespace keysift {
namespace {

constexpr const char* kStatus = R"sql(
WITH last AS (SELECT * FROM scan ORDER BY number DESC LIMIT 1)
SELECT (SELECT count(*) FROM scan),
  (SELECT finished IS NULL FROM last),
  (SELECT strftime('%Y-%m-%dT%H:%M:%SZ', started, 'unixepoch') FROM last),
  (SELECT strftime('%Y-%m-%dT%H:%M:%SZ', finished, 'unixepoch') FROM last),
  (SELECT count(*) FROM repository WHERE state = 'done'
    AND last_scan = (SELECT number FROM last)),
  (SELECT count(*) FROM repository WHERE state = 'failed'),
  (SELECT count(*) FROM repository
    WHERE last_scan < (SELECT number FROM last)),
  (SELECT count(DISTINCT finding) FROM holding)
)sql";

constexpr const char* kStates = R"sql(
SELECT coalesce(t.state, 'open'), count(*) FROM finding f
  LEFT JOIN triage_now t ON t.fingerprint = f.fingerprint
WHERE f.id IN (SELECT finding FROM holding) GROUP BY 1
)sql";

// The gains up to a scan sum up to 1 where it holds a finding, else to 0.
constexpr const char* kDiff = R"sql(
SELECT r.name, f.fingerprint, f.rule_id,
  sum(CASE WHEN c.scan <= ?1 THEN c.gain ELSE 0 END) AS before,
  sum(CASE WHEN c.scan <= ?2 THEN c.gain ELSE 0 END) AS after
FROM change c JOIN repository r ON r.id = c.repository
  JOIN finding f ON f.id = c.finding
GROUP BY c.repository, c.finding ORDER BY r.name, f.rule_id, f.fingerprint
)sql";

constexpr const char* kTimeline = R"sql(
SELECT account, key_id, fingerprint, rule_id, repository,
  coalesce(introduced, ''), coalesce(removed, ''), coalesce(days, -1),
  in_head, in_history, refs, rotated, state
FROM timeline WHERE ?1 = '' OR account = ?1
)sql";

}  // namespace

Result<BulkStatus> ReadStatus(const BulkStore& store) {
  BulkStatus status;
  Result<Statement> query = store.database().Prepare(kStatus);
  Result<Statement> states = store.database().Prepare(kStates);
  Result<Statement> failures = store.database().Prepare(
      "SELECT name, reason FROM repository WHERE state = 'failed' ORDER BY "
      "name");
  Result<void> read = ForEachRow(std::move(query), [&](const Statement& row) {
    status.scans = row.Number(0);
    status.unfinished = row.Number(1) != 0;
    status.started = row.Text(2);
    status.finished = row.Text(3);
    status.done = row.Number(4);
    status.failed = row.Number(5);
    status.left = row.Number(6);
    status.findings = row.Number(7);
  });
  if (read) {
    read = ForEachRow(std::move(states), [&](const Statement& row) {
      (row.Text(0) == "open" ? status.open : status.decided[row.Text(0)]) =
          row.Number(1);
    });
  }
  if (read) {
    read = ForEachRow(std::move(failures), [&](const Statement& row) {
      status.failures.push_back({row.Text(0), row.Text(1)});
    });
  }
  return read.map([&]() { return std::move(status); });
}

Result<BulkDiff> DiffScans(const BulkStore& store, int64_t from, int64_t to) {
  const Database& database = store.database();
  const Result<int64_t> last =
      database.Number("SELECT coalesce(max(number), 0) FROM scan");
  if (!last) {
    return tl::unexpected(last.error());
  }
  if (from < 0 || to > *last || from > to) {
    return Fail(ErrorKind::kUsage,
                "the store has scans 1 to " + std::to_string(*last));
  }
  Result<Statement> query = database.Prepare(kDiff);
  if (query) {
    query->Bind(from).Bind(to);
  }
  BulkDiff diff;
  Result<void> read = ForEachRow(std::move(query), [&](const Statement& row) {
    const bool before = row.Number(3) > 0;
    const bool after = row.Number(4) > 0;
    if (before != after) {
      diff.changes.push_back({row.Text(0), row.Text(1), row.Text(2), after});
    } else if (before) {
      ++diff.unchanged;
    }
  });
  return read.map([&]() { return std::move(diff); });
}

Result<std::vector<TimelineEntry>> ReadTimeline(const BulkStore& store,
                                                const std::string& account) {
  const Result<int64_t> views = store.database().Number(
      "SELECT count(*) FROM sqlite_schema WHERE name = 'timeline'");
  if (views && *views == 0) {
    return Fail(ErrorKind::kUnsupported,
                "this store has no timeline: an older keysift made it; run "
                "`keysift bulk scan` or `bulk merge` into it once");
  }
  Result<Statement> query = store.database().Prepare(kTimeline);
  if (query) {
    query->Bind(account);
  }
  std::vector<TimelineEntry> entries;
  Result<void> read = ForEachRow(std::move(query), [&](const Statement& row) {
    entries.push_back({row.Text(0), row.Text(1), row.Text(2), row.Text(3),
                       row.Text(4), row.Text(5), row.Text(6), row.Number(7),
                       row.Number(8) != 0, row.Number(9) != 0, row.Text(10),
                       row.Number(11) != 0, row.Text(12)});
  });
  return read.map([&]() { return std::move(entries); });
}

}  // namespace keysift
