// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/sqlite.h"
#include "finding/scan_report.h"
#include "store/pack_shelf.h"

namespace keysift {

// How a repository is scanned: rules and options that change what is found.
struct BulkEngine {
  std::string hash;  // over all of it
  std::string rules_hash;
};

// A repository as a scan comes to it.
struct BulkRepository {
  std::string name;         // what it is called in reports
  std::string path;         // where it was read
  std::string fingerprint;  // of its state on disk; changes when that does
  std::string family;       // the same for all forks of one; "" if not known
};

// Repositories' findings in one SQLite file. Its tables hold no secret in full
// (but for scans with --show-secrets). One thread at a time. Each method that
// writes is one transaction: a process that is killed leaves either all of it
// or nothing.
class BulkStore {
 public:
  // Opens a store; with kCreate, makes it if it is not there. Fails as Database
  // and CheckBulkSchema do.
  static Result<BulkStore> Open(const std::string& path, Database::Mode mode);

  // Begins a scan, or goes on with the last one if that was cut off and had the
  // same engine. Returns its number. `now`: seconds since 1970.
  Result<int64_t> StartScan(const BulkEngine& engine, int64_t now);
  Result<void> FinishScan(int64_t scan, int64_t now);

  // The fingerprints under which repositories were scanned in full and with
  // this engine, by name: what has the same now need not be read again.
  Result<std::map<std::string, std::string>> Current(
      const BulkEngine& engine) const;
  // Notes that these were seen again and are unchanged.
  Result<void> Keep(int64_t scan, const std::vector<std::string>& names,
                    int64_t now);

  // Takes a repository's report in place of its last one, and what was learnt
  // of its packs.
  Result<void> Put(int64_t scan, const BulkEngine& engine,
                   const BulkRepository& repository, const ScanReport& report,
                   double seconds, int64_t now,
                   const std::vector<ShelvedPack>& packs = {});
  // Notes that it could not be scanned. What an earlier scan found stays.
  Result<void> PutFailure(int64_t scan, const BulkEngine& engine,
                          const BulkRepository& repository,
                          const std::string& reason, int64_t now);

  const Database& database() const { return database_; }

 private:
  explicit BulkStore(Database database) : database_(std::move(database)) {}

  struct Row {
    const BulkRepository* repository = nullptr;
    const BulkEngine* engine = nullptr;
    int64_t scan = 0;
    int64_t now = 0;
    std::string state;
    std::string reason;
  };

  // What was prepared once, for statements that run for each finding.
  Result<Statement*> Prepared(std::string_view sql);
  Result<int64_t> FindOrInsert(Result<Statement*> find,
                               Result<Statement*> insert);
  Result<int64_t> WriteRepository(const Row& row);
  Result<void> WriteReport(int64_t repository, const ScanReport& report,
                           double seconds);
  Result<int64_t> Document(const std::string& body);
  Result<int64_t> FindingRow(const Finding& finding);
  Result<void> WriteHolding(int64_t repository, const Finding& finding,
                            int64_t finding_row);
  Result<void> NoteChange(int64_t scan, int64_t repository, int64_t finding,
                          int gain);
  Result<void> Replace(int64_t scan, int64_t repository,
                       const ScanReport& report);

  Database database_;
  std::map<std::string_view, Statement> prepared_;  // by the literal
};

}  // namespace keysift
