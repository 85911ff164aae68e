// SPDX-License-Identifier: Apache-2.0
#include "store/bulk_merge.h"

#include <utility>

namespace keysift {
namespace {

// `new` is the attached store. Repositories to take are listed first; what they
// held before is dropped.
constexpr const char* kMerge = R"sql(
CREATE TEMP TABLE taken AS
  SELECT n.id AS id, n.name AS name FROM new.repository n
    LEFT JOIN main.repository o ON o.name = n.name
  WHERE o.id IS NULL
    OR (o.origin = n.origin AND n.revision > o.revision)
    OR (o.origin <> n.origin AND (n.last_seen, n.origin) > (o.last_seen, o.origin));
INSERT INTO main.scan SELECT * FROM new.scan WHERE true
  ON CONFLICT(number) DO UPDATE SET
    started = min(started, excluded.started),
    finished = max(finished, excluded.finished),
    engine = CASE WHEN engine = excluded.engine THEN engine ELSE '' END;
DELETE FROM main.holding WHERE repository IN
  (SELECT o.id FROM main.repository o JOIN taken t ON t.name = o.name);
DELETE FROM main.change WHERE repository IN
  (SELECT o.id FROM main.repository o JOIN taken t ON t.name = o.name);
INSERT INTO main.repository(name, path, state, reason, fingerprint, engine,
    rules_hash, family, last_scan, origin, revision, first_seen, last_seen,
    seconds, head, branch, coverage, gaps)
  SELECT n.name, path, state, reason, fingerprint, engine, rules_hash, family,
    last_scan, origin, revision, first_seen, last_seen, seconds, head, branch,
    coverage, gaps FROM new.repository n JOIN taken t ON t.id = n.id WHERE true
  ON CONFLICT(name) DO UPDATE SET path = excluded.path, state = excluded.state,
    reason = excluded.reason, fingerprint = excluded.fingerprint,
    engine = excluded.engine, rules_hash = excluded.rules_hash,
    family = excluded.family, last_scan = excluded.last_scan,
    origin = excluded.origin, revision = excluded.revision,
    first_seen = min(first_seen, excluded.first_seen),
    last_seen = max(last_seen, excluded.last_seen),
    seconds = excluded.seconds, head = excluded.head, branch = excluded.branch,
    coverage = excluded.coverage, gaps = excluded.gaps;
INSERT OR IGNORE INTO main.document(digest, body)
  SELECT digest, body FROM new.document;
INSERT OR IGNORE INTO main.finding(fingerprint, rule_id)
  SELECT fingerprint, rule_id FROM new.finding;
INSERT INTO main.holding
  SELECT r.id, f.id, h.severity, h.confidence, h.in_head, h.reachable,
    h.introduced, h.removed, h.refs, h.refs_total, t.id, p.id
  FROM new.holding h
    JOIN taken k ON k.id = h.repository
    JOIN main.repository r ON r.name = k.name
    JOIN new.finding g ON g.id = h.finding
    JOIN main.finding f ON f.fingerprint = g.fingerprint
    JOIN new.document u ON u.id = h.text
    JOIN main.document t ON t.digest = u.digest
    JOIN new.document q ON q.id = h.places
    JOIN main.document p ON p.digest = q.digest;
INSERT INTO main.change
  SELECT c.scan, r.id, f.id, c.gain FROM new.change c
    JOIN taken k ON k.id = c.repository
    JOIN main.repository r ON r.name = k.name
    JOIN new.finding g ON g.id = c.finding
    JOIN main.finding f ON f.fingerprint = g.fingerprint;
INSERT OR IGNORE INTO main.triage SELECT * FROM new.triage;
UPDATE main.store SET revision = max(revision, coalesce(
  (SELECT n.revision FROM new.store n WHERE n.uid = main.store.uid), 0));
DELETE FROM main.document WHERE id NOT IN
  (SELECT text FROM main.holding UNION ALL SELECT places FROM main.holding);
DROP TABLE taken;
)sql";

Result<void> MergeAttached(const Database& database) {
  Result<Transaction> transaction = Transaction::Begin(database);
  if (!transaction) {
    return tl::unexpected(std::move(transaction.error()));
  }
  Result<void> merged = database.Run(kMerge);
  return merged ? transaction->Commit() : merged;
}

}  // namespace

Result<void> MergeStore(const BulkStore& store, const std::string& path) {
  // Opened once by itself: checks what it is, and takes in its log, if a
  // killed scan left one.
  {
    Result<BulkStore> other = BulkStore::Open(path, Database::Mode::kRead);
    if (!other) {
      return tl::unexpected(std::move(other.error()));
    }
  }
  const Database& database = store.database();
  Result<Statement> attach = database.Prepare("ATTACH ? AS new");
  Result<void> attached = attach ? attach->Bind(path).Run()
                                 : tl::unexpected(std::move(attach.error()));
  if (!attached) {
    return attached;
  }
  Result<void> merged = MergeAttached(database);
  Result<void> detached = database.Run("DETACH new");
  return merged ? detached : merged;
}

}  // namespace keysift
