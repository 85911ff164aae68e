// SPDX-License-Identifier: Apache-2.0
#include "store/bulk_schema.h"

#include <string>

namespace keysift {
namespace {

// Severities and confidences are numbers in tables, so that max() works, and
// words in views. Texts and lists of places are documents, kept once however
// many forks hold them.
constexpr const char* kTables = R"sql(
CREATE TABLE store(
  id INTEGER PRIMARY KEY CHECK(id = 1),
  uid TEXT NOT NULL,
  revision INTEGER NOT NULL);
CREATE TABLE scan(
  number INTEGER PRIMARY KEY,
  engine TEXT NOT NULL,
  rules_hash TEXT NOT NULL,
  started INTEGER NOT NULL,
  finished INTEGER);
CREATE TABLE repository(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  path TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  engine TEXT NOT NULL,
  rules_hash TEXT NOT NULL,
  family TEXT NOT NULL,
  last_scan INTEGER NOT NULL,
  origin TEXT NOT NULL,
  revision INTEGER NOT NULL,
  first_seen INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  seconds REAL NOT NULL,
  head TEXT NOT NULL,
  branch TEXT NOT NULL,
  coverage TEXT NOT NULL,
  gaps TEXT NOT NULL);
CREATE TABLE document(
  id INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE,
  body TEXT NOT NULL);
CREATE TABLE finding(
  id INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL UNIQUE,
  rule_id TEXT NOT NULL);
CREATE TABLE holding(
  repository INTEGER NOT NULL REFERENCES repository(id),
  finding INTEGER NOT NULL REFERENCES finding(id),
  severity INTEGER NOT NULL,
  confidence INTEGER NOT NULL,
  in_head INTEGER NOT NULL,
  reachable INTEGER NOT NULL,
  introduced TEXT,
  removed TEXT,
  refs TEXT NOT NULL,
  refs_total INTEGER NOT NULL,
  text INTEGER NOT NULL REFERENCES document(id),
  places INTEGER NOT NULL REFERENCES document(id),
  PRIMARY KEY(repository, finding)) WITHOUT ROWID;
CREATE INDEX holding_by_finding ON holding(finding);
CREATE TABLE change(
  scan INTEGER NOT NULL,
  repository INTEGER NOT NULL REFERENCES repository(id),
  finding INTEGER NOT NULL REFERENCES finding(id),
  gain INTEGER NOT NULL,
  PRIMARY KEY(scan, repository, finding)) WITHOUT ROWID;
CREATE TABLE triage(
  fingerprint TEXT NOT NULL,
  time INTEGER NOT NULL,
  state TEXT NOT NULL,
  author TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY(fingerprint, time, state, author, reason)) WITHOUT ROWID;
)sql";

constexpr const char* kViews = R"sql(
CREATE VIEW IF NOT EXISTS triage_now AS
  SELECT fingerprint, state, author, reason,
         strftime('%Y-%m-%dT%H:%M:%SZ', max(time), 'unixepoch') AS time
  FROM triage GROUP BY fingerprint;
CREATE VIEW IF NOT EXISTS findings AS
  SELECT f.fingerprint, f.rule_id,
    CASE max(h.severity) WHEN 3 THEN 'critical' WHEN 2 THEN 'high'
      WHEN 1 THEN 'medium' ELSE 'low' END AS severity,
    CASE max(h.confidence) WHEN 2 THEN 'certain' WHEN 1 THEN 'likely'
      ELSE 'possible' END AS confidence,
    json_extract(d.body, '$.description') AS description,
    json_extract(d.body, '$.redacted') AS redacted,
    json_extract(d.body, '$.length') AS length,
    json_extract(d.body, '$.details.aws_account_id') AS aws_account_id,
    json_extract(d.body, '$.details') AS details,
    count(*) AS repositories,
    sum(h.in_head) AS repositories_with_it_in_head,
    min(json_extract(h.introduced, '$.date')) AS first_introduced,
    CASE WHEN max(h.in_head) = 0
      THEN max(json_extract(h.removed, '$.date')) END AS last_removed,
    coalesce(t.state, 'open') AS state
  FROM finding f JOIN holding h ON h.finding = f.id
    JOIN document d ON d.id = h.text
    LEFT JOIN triage_now t ON t.fingerprint = f.fingerprint
  GROUP BY f.id;
CREATE VIEW IF NOT EXISTS places AS
  SELECT f.fingerprint, f.rule_id, r.name AS repository,
    json_extract(p.value, '$[0]') AS path, json_extract(p.value, '$[1]') AS kind,
    json_extract(p.value, '$[2]') AS line, json_extract(p.value, '$[3]') AS "column",
    json_extract(p.value, '$[4]') AS end_line,
    json_extract(p.value, '$[5]') AS end_column,
    json_extract(p.value, '$[6]') AS "commit", json_extract(p.value, '$[7]') AS blob,
    json_extract(p.value, '$[8]') AS member,
    json_extract(p.value, '$[9]') AS decoding
  FROM holding h JOIN finding f ON f.id = h.finding
    JOIN repository r ON r.id = h.repository
    JOIN document d ON d.id = h.places, json_each(d.body) p;
CREATE VIEW IF NOT EXISTS holdings AS
  SELECT f.fingerprint, f.rule_id, r.name AS repository, h.in_head, h.reachable,
    json_extract(h.introduced, '$.date') AS introduced,
    json_extract(h.introduced, '$.id') AS introduced_by,
    json_extract(h.introduced, '$.author') AS author,
    json_extract(h.removed, '$.date') AS removed,
    json_extract(h.removed, '$.id') AS removed_by,
    h.refs, h.refs_total
  FROM holding h JOIN finding f ON f.id = h.finding
    JOIN repository r ON r.id = h.repository;
CREATE VIEW IF NOT EXISTS timeline AS
  WITH key AS (
    SELECT coalesce(json_extract(d.body, '$.details.aws_account_id'), '')
        AS account,
      coalesce(json_extract(d.body, '$.details.access_key_id'), '') AS key_id,
      f.fingerprint AS fingerprint, f.rule_id AS rule_id,
      r.name AS repository,
      json_extract(h.introduced, '$.date') AS introduced,
      json_extract(h.removed, '$.date') AS removed,
      h.in_head AS in_head, h.reachable AS in_history, h.refs AS refs
    FROM holding h JOIN finding f ON f.id = h.finding
      JOIN repository r ON r.id = h.repository JOIN document d ON d.id = h.text
    WHERE json_extract(d.body, '$.details.aws_account_id') IS NOT NULL
      OR json_extract(d.body, '$.details.access_key_id') IS NOT NULL),
  begun AS (
    SELECT account, key_id, min(introduced) AS introduced FROM key
    GROUP BY account, key_id)
  SELECT k.account, k.key_id, k.fingerprint, k.rule_id, k.repository,
    k.introduced, k.removed,
    CAST(max(0, julianday(k.removed) - julianday(k.introduced)) AS INTEGER)
      AS days,
    k.in_head, k.in_history, k.refs,
    k.in_head = 0 AND k.account <> '' AND EXISTS(SELECT 1 FROM key l
      WHERE l.repository = k.repository AND l.account = k.account
        AND l.key_id <> k.key_id AND l.introduced > k.introduced) AS rotated,
    coalesce(t.state, 'open') AS state
  FROM key k JOIN begun b ON b.account = k.account AND b.key_id = k.key_id
    LEFT JOIN triage_now t ON t.fingerprint = k.fingerprint
  ORDER BY k.account, b.introduced, k.key_id, k.introduced, k.repository,
    k.fingerprint;
CREATE VIEW IF NOT EXISTS repositories AS
  SELECT r.name, r.path, r.state, r.reason, r.family, r.head, r.branch,
    r.last_scan, r.seconds, r.rules_hash,
    strftime('%Y-%m-%dT%H:%M:%SZ', r.first_seen, 'unixepoch') AS first_seen,
    strftime('%Y-%m-%dT%H:%M:%SZ', r.last_seen, 'unixepoch') AS last_seen,
    (SELECT count(*) FROM holding h WHERE h.repository = r.id) AS findings,
    json_array_length(r.gaps) AS gaps
  FROM repository r;
CREATE VIEW IF NOT EXISTS coverage AS
  SELECT r.name AS repository,
    json_extract(r.coverage, '$.objects_total') AS objects_total,
    json_extract(r.coverage, '$.objects_scanned') AS objects_scanned,
    json_extract(r.coverage, '$.objects_absent') AS objects_absent,
    json_extract(r.coverage, '$.bytes_scanned') AS bytes_scanned,
    json_extract(r.coverage, '$.refs') AS refs,
    json_extract(r.coverage, '$.digest') AS digest,
    json_array_length(r.gaps) AS gaps, r.gaps AS gap_list
  FROM repository r;
CREATE VIEW IF NOT EXISTS changes AS
  SELECT c.scan, r.name AS repository, f.fingerprint, f.rule_id,
    CASE c.gain WHEN 1 THEN 'new' ELSE 'gone' END AS change
  FROM change c JOIN repository r ON r.id = c.repository
    JOIN finding f ON f.id = c.finding;
)sql";

}  // namespace

Result<void> CreateBulkSchema(const Database& database) {
  Result<Transaction> transaction = Transaction::Begin(database);
  if (!transaction) {
    return tl::unexpected(std::move(transaction.error()));
  }
  const std::string numbers =
      "PRAGMA application_id = " + std::to_string(kBulkApplicationId) +
      "; PRAGMA user_version = " + std::to_string(kBulkSchemaVersion) + ";" +
      "INSERT INTO store VALUES(1, lower(hex(randomblob(16))), 0);";
  Result<void> made = database.Run(kTables + numbers);
  return made ? transaction->Commit() : made;
}

Result<void> CreateBulkViews(const Database& database) {
  return database.Run(kViews);
}

Result<void> CheckBulkSchema(const Database& database) {
  Result<int64_t> id = database.Number("PRAGMA application_id");
  Result<int64_t> version = database.Number("PRAGMA user_version");
  if (!id || !version) {
    return tl::unexpected(id ? version.error() : id.error());
  }
  if (*id != kBulkApplicationId) {
    return Fail(ErrorKind::kDamaged, "not a store of keysift", database.path());
  }
  if (*version != kBulkSchemaVersion) {
    return Fail(ErrorKind::kUnsupported,
                "the store is of schema " + std::to_string(*version) +
                    ", and this keysift writes " +
                    std::to_string(kBulkSchemaVersion) + ": use the newer one",
                database.path());
  }
  return {};
}

}  // namespace keysift
