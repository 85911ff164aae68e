// SPDX-License-Identifier: Apache-2.0
#include "store/bulk_store.h"

#include <set>
#include <utility>

#include "base/sha.h"
#include "store/bulk_schema.h"
#include "store/bulk_text.h"

namespace keysift {
namespace {

std::string DigestOfText(const std::string& body) {
  const Sha256Digest digest = Sha256Of(body);
  return {digest.begin(), digest.end()};
}

// Runs a query that gives one number per row.
Result<std::set<int64_t>> NumbersOf(Result<Statement> query) {
  std::set<int64_t> numbers;
  return ForEachRow(
             std::move(query),
             [&](const Statement& row) { numbers.insert(row.Number(0)); })
      .map([&]() { return std::move(numbers); });
}

// Runs `work` as one transaction.
template <class Work>
Result<void> InTransaction(const Database& database, const Work& work) {
  Result<Transaction> transaction = Transaction::Begin(database);
  if (!transaction) {
    return tl::unexpected(std::move(transaction.error()));
  }
  Result<void> done = work();
  return done ? transaction->Commit() : done;
}

}  // namespace

Result<BulkStore> BulkStore::Open(const std::string& path,
                                  Database::Mode mode) {
  Result<Database> database = Database::Open(path, mode);
  if (!database) {
    return tl::unexpected(std::move(database.error()));
  }
  if (mode == Database::Mode::kCreate) {
    Result<int64_t> tables =
        database->Number("SELECT count(*) FROM sqlite_schema");
    Result<void> made =
        tables && *tables == 0 ? CreateBulkSchema(*database) : Result<void>();
    if (!made) {
      return tl::unexpected(std::move(made.error()));
    }
  }
  Result<void> checked = CheckBulkSchema(*database);
  if (checked && mode == Database::Mode::kCreate) {
    checked = CreateBulkViews(*database);
  }
  if (checked && mode == Database::Mode::kCreate) {
    checked = CreatePackShelf(*database);
  }
  if (!checked) {
    return tl::unexpected(std::move(checked.error()));
  }
  return BulkStore(std::move(*database));
}

Result<int64_t> BulkStore::StartScan(const BulkEngine& engine, int64_t now) {
  int64_t number = 0;
  Result<void> started = InTransaction(database_, [&]() -> Result<void> {
    Result<Statement> last = database_.Prepare(
        "SELECT number, engine, finished FROM scan ORDER BY number DESC");
    Result<bool> any = last ? last->Step() : tl::unexpected(last.error());
    if (!any) {
      return tl::unexpected(std::move(any.error()));
    }
    if (*any) {
      number = last->Number(0);
      if (last->IsNull(2) && last->Text(1) == engine.hash) {
        return {};
      }
    }
    ++number;
    Result<Statement> insert =
        database_.Prepare("INSERT INTO scan VALUES(?, ?, ?, ?, NULL)");
    if (insert) {
      insert->Bind(number).Bind(engine.hash).Bind(engine.rules_hash).Bind(now);
    }
    return RunStatement(std::move(insert));
  });
  return started.map([&]() { return number; });
}

Result<void> BulkStore::FinishScan(int64_t scan, int64_t now) {
  return InTransaction(database_, [&]() -> Result<void> {
    Result<Statement> update = database_.Prepare(
        "UPDATE scan SET finished = max(started, ?) WHERE number = ?");
    if (update) {
      update->Bind(now).Bind(scan);
    }
    Result<void> updated = RunStatement(std::move(update));
    if (!updated) {
      return updated;
    }
    // What no repository holds any longer.
    return database_.Run(
        "DELETE FROM document WHERE id NOT IN (SELECT text FROM holding UNION "
        "ALL SELECT places FROM holding)");
  });
}

Result<std::map<std::string, std::string>> BulkStore::Current(
    const BulkEngine& engine) const {
  Result<Statement> query = database_.Prepare(
      "SELECT name, fingerprint FROM repository WHERE engine = ? AND state = "
      "'done' AND fingerprint <> ''");
  if (query) {
    query->Bind(engine.hash);
  }
  std::map<std::string, std::string> current;
  return ForEachRow(
             std::move(query),
             [&](const Statement& row) { current[row.Text(0)] = row.Text(1); })
      .map([&]() { return std::move(current); });
}

Result<void> BulkStore::Keep(int64_t scan,
                             const std::vector<std::string>& names,
                             int64_t now) {
  return InTransaction(database_, [&]() -> Result<void> {
    Result<Statement> update = database_.Prepare(
        "UPDATE repository SET last_scan = ?, last_seen = max(last_seen, ?) "
        "WHERE name = ?");
    if (!update) {
      return tl::unexpected(std::move(update.error()));
    }
    for (const std::string& name : names) {
      Result<void> kept = update->Bind(scan).Bind(now).Bind(name).Run();
      if (!kept) {
        return kept;
      }
    }
    return {};
  });
}

Result<void> BulkStore::Put(int64_t scan, const BulkEngine& engine,
                            const BulkRepository& repository,
                            const ScanReport& report, double seconds,
                            int64_t now,
                            const std::vector<ShelvedPack>& packs) {
  return InTransaction(database_, [&]() -> Result<void> {
    Result<int64_t> row =
        WriteRepository({&repository, &engine, scan, now, "done", ""});
    if (!row) {
      return tl::unexpected(std::move(row.error()));
    }
    Result<void> written = WriteReport(*row, report, seconds);
    for (size_t i = 0; written && i < packs.size(); ++i) {
      written = ShelvePack(database_, packs[i]);
    }
    return written ? Replace(scan, *row, report) : written;
  });
}

Result<void> BulkStore::PutFailure(int64_t scan, const BulkEngine& engine,
                                   const BulkRepository& repository,
                                   const std::string& reason, int64_t now) {
  return InTransaction(database_, [&]() -> Result<void> {
    Result<int64_t> row =
        WriteRepository({&repository, &engine, scan, now, "failed", reason});
    return row ? Result<void>() : tl::unexpected(std::move(row.error()));
  });
}

Result<int64_t> BulkStore::WriteRepository(const Row& row) {
  Result<void> counted =
      database_.Run("UPDATE store SET revision = revision + 1");
  Result<Statement> insert = database_.Prepare(
      "INSERT INTO repository(name, path, state, reason, fingerprint, engine, "
      "rules_hash, family, last_scan, first_seen, last_seen, origin, revision, "
      "seconds, head, branch, coverage, gaps) SELECT ?1, ?2, ?3, ?4, ?5, ?6, "
      "?7, ?8, ?9, ?10, ?10, uid, revision, 0, '', '', '{}', '[]' FROM store "
      "WHERE true ON CONFLICT(name) DO UPDATE SET path = excluded.path, "
      "state = excluded.state, reason = excluded.reason, fingerprint = "
      "excluded.fingerprint, engine = excluded.engine, rules_hash = "
      "excluded.rules_hash, family = excluded.family, last_scan = "
      "excluded.last_scan, last_seen = max(last_seen, excluded.last_seen), "
      "origin = excluded.origin, revision = excluded.revision RETURNING id");
  if (!counted || !insert) {
    return tl::unexpected(counted ? insert.error() : counted.error());
  }
  const BulkRepository& repository = *row.repository;
  insert->Bind(repository.name).Bind(repository.path).Bind(row.state);
  insert->Bind(row.reason).Bind(repository.fingerprint).Bind(row.engine->hash);
  insert->Bind(row.engine->rules_hash).Bind(repository.family);
  insert->Bind(row.scan).Bind(row.now);
  Result<bool> inserted = insert->Step();
  if (!inserted) {
    return tl::unexpected(std::move(inserted.error()));
  }
  return insert->Number(0);
}

Result<void> BulkStore::WriteReport(int64_t repository,
                                    const ScanReport& report, double seconds) {
  Result<Statement> update = database_.Prepare(
      "UPDATE repository SET seconds = ?, head = ?, branch = ?, coverage = ?, "
      "gaps = ? WHERE id = ?");
  if (update) {
    update->BindReal(seconds).Bind(report.target.head);
    update->Bind(report.target.branch).Bind(CoverageJson(report.coverage));
    update->Bind(GapsJson(report.gaps)).Bind(repository);
  }
  return RunStatement(std::move(update));
}

Result<Statement*> BulkStore::Prepared(std::string_view sql) {
  auto known = prepared_.find(sql);
  if (known == prepared_.end()) {
    Result<Statement> made = database_.Prepare(sql);
    if (!made) {
      return tl::unexpected(std::move(made.error()));
    }
    known = prepared_.emplace(sql, std::move(*made)).first;
  }
  return &known->second.Reset();
}

Result<int64_t> BulkStore::Document(const std::string& body) {
  const std::string digest = DigestOfText(body);
  Result<Statement*> find =
      Prepared("SELECT id FROM document WHERE digest = ?");
  if (find) {
    (*find)->BindBlob(digest);
  }
  Result<Statement*> insert =
      Prepared("INSERT INTO document(digest, body) VALUES(?, ?)");
  if (insert) {
    (*insert)->BindBlob(digest).Bind(body);
  }
  return FindOrInsert(std::move(find), std::move(insert));
}

Result<int64_t> BulkStore::FindingRow(const Finding& finding) {
  Result<Statement*> find =
      Prepared("SELECT id FROM finding WHERE fingerprint = ?");
  if (find) {
    (*find)->Bind(finding.fingerprint);
  }
  Result<Statement*> insert =
      Prepared("INSERT INTO finding(fingerprint, rule_id) VALUES(?, ?)");
  if (insert) {
    (*insert)->Bind(finding.fingerprint).Bind(finding.rule_id);
  }
  return FindOrInsert(std::move(find), std::move(insert));
}

// The row that `find` gives, or else that `insert` makes.
Result<int64_t> BulkStore::FindOrInsert(Result<Statement*> find,
                                        Result<Statement*> insert) {
  if (!find || !insert) {
    return tl::unexpected(find ? insert.error() : find.error());
  }
  Result<bool> found = (*find)->Step();
  if (!found) {
    return tl::unexpected(std::move(found.error()));
  }
  if (*found) {
    const int64_t row = (*find)->Number(0);
    (*find)->Reset();  // or it would keep on reading this state of the store
    return row;
  }
  return (*insert)->Run().map([this]() { return database_.last_row(); });
}

Result<void> BulkStore::WriteHolding(int64_t repository, const Finding& finding,
                                     int64_t finding_row) {
  Result<int64_t> text = Document(FindingTextJson(finding));
  Result<int64_t> places = Document(PlacesJson(finding.locations));
  Result<Statement*> prepared = Prepared(
      "INSERT INTO holding VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  if (!text || !places || !prepared) {
    return tl::unexpected(!text     ? text.error()
                          : !places ? places.error()
                                    : prepared.error());
  }
  Statement* insert = *prepared;
  const auto bind_commit = [&](const std::optional<CommitSummary>& commit) {
    if (commit) {
      insert->Bind(CommitJson(*commit));
    } else {
      insert->BindNull();
    }
  };
  insert->Bind(repository).Bind(finding_row);
  insert->Bind(static_cast<int64_t>(finding.severity));
  insert->Bind(static_cast<int64_t>(finding.confidence));
  insert->Bind(int64_t{finding.in_head}).Bind(int64_t{finding.reachable});
  bind_commit(finding.first_commit);
  bind_commit(finding.removed_commit);
  insert->Bind(TextsJson(finding.refs));
  insert->Bind(static_cast<int64_t>(finding.refs_total));
  return insert->Bind(*text).Bind(*places).Run();
}

// A repository that is scanned a second time within one scan (it changed while
// that was cut off) may lose what it gained: then nothing happened.
Result<void> BulkStore::NoteChange(int64_t scan, int64_t repository,
                                   int64_t finding, int gain) {
  Result<Statement> undo = database_.Prepare(
      "DELETE FROM change WHERE scan = ? AND repository = ? AND finding = ?");
  if (undo) {
    undo->Bind(scan).Bind(repository).Bind(finding);
  }
  Result<void> undone = RunStatement(std::move(undo));
  if (!undone || database_.changes() > 0) {
    return undone;
  }
  Result<Statement> insert =
      database_.Prepare("INSERT INTO change VALUES(?, ?, ?, ?)");
  if (insert) {
    insert->Bind(scan).Bind(repository).Bind(finding).Bind(int64_t{gain});
  }
  return RunStatement(std::move(insert));
}

Result<void> BulkStore::Replace(int64_t scan, int64_t repository,
                                const ScanReport& report) {
  Result<Statement> query =
      database_.Prepare("SELECT finding FROM holding WHERE repository = ?");
  if (query) {
    query->Bind(repository);
  }
  Result<std::set<int64_t>> before = NumbersOf(std::move(query));
  Result<Statement> clear =
      database_.Prepare("DELETE FROM holding WHERE repository = ?");
  if (clear) {
    clear->Bind(repository);
  }
  Result<void> done = RunStatement(std::move(clear));
  if (!before || !done) {
    return before ? done : tl::unexpected(std::move(before.error()));
  }
  for (const Finding& finding : report.findings) {
    Result<int64_t> row = FindingRow(finding);
    if (!row) {
      return tl::unexpected(std::move(row.error()));
    }
    done = WriteHolding(repository, finding, *row);
    if (done && before->erase(*row) == 0) {
      done = NoteChange(scan, repository, *row, +1);
    }
    if (!done) {
      return done;
    }
  }
  for (const int64_t gone : *before) {
    done = NoteChange(scan, repository, gone, -1);
    if (!done) {
      return done;
    }
  }
  return {};
}

}  // namespace keysift
