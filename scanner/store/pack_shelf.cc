// SPDX-License-Identifier: Apache-2.0
#include "store/pack_shelf.h"

#include <utility>

namespace keysift {
namespace {

Result<std::vector<ShelvedFile>> FilesOf(Result<Statement> query) {
  std::vector<ShelvedFile> files;
  return ForEachRow(std::move(query),
                    [&](const Statement& row) {
                      files.push_back({row.Text(0), row.Text(1)});
                    })
      .map([&]() { return std::move(files); });
}

// As JSON.
std::string ListOf(const std::vector<int64_t>& numbers) {
  std::string list = "[";
  for (const int64_t number : numbers) {
    list += (list.size() > 1 ? "," : "") + std::to_string(number);
  }
  return list + "]";
}

Result<void> ShelveSketch(const Database& database, const ShelvedPack& pack) {
  Result<Statement> insert = database.Prepare(
      "INSERT OR IGNORE INTO pack_sketch SELECT value, (SELECT id FROM pack "
      "WHERE key = ?) FROM json_each(?)");
  if (insert) {
    insert->BindBlob(pack.key).Bind(ListOf(pack.sketch));
  }
  return RunStatement(std::move(insert));
}

}  // namespace

Result<void> CreatePackShelf(const Database& database) {
  return database.Run(
      "CREATE TABLE IF NOT EXISTS pack(id INTEGER PRIMARY KEY, key BLOB NOT "
      "NULL UNIQUE, engine TEXT NOT NULL, notes BLOB NOT NULL);"
      "CREATE TABLE IF NOT EXISTS pack_file(pack INTEGER NOT NULL REFERENCES "
      "pack(id), stamp TEXT NOT NULL, path TEXT NOT NULL, PRIMARY KEY(pack, "
      "stamp)) WITHOUT ROWID;"
      "CREATE TABLE IF NOT EXISTS pack_sketch(value INTEGER NOT NULL, pack "
      "INTEGER NOT NULL REFERENCES pack(id), PRIMARY KEY(value, pack)) WITHOUT "
      "ROWID;");
}

Result<std::optional<FoundNotes>> FindNotes(const Database& database,
                                            const std::string& key) {
  Result<Statement> find =
      database.Prepare("SELECT id, notes FROM pack WHERE key = ?");
  Result<bool> any = find ? find->BindBlob(key).Step()
                          : tl::unexpected(std::move(find.error()));
  if (!any) {
    return tl::unexpected(std::move(any.error()));
  }
  if (!*any) {
    return std::optional<FoundNotes>();
  }
  FoundNotes found;
  found.notes = find->Text(1);
  Result<Statement> query =
      database.Prepare("SELECT path, stamp FROM pack_file WHERE pack = ?");
  if (query) {
    query->Bind(find->Number(0));
  }
  Result<std::vector<ShelvedFile>> files = FilesOf(std::move(query));
  if (!files) {
    return tl::unexpected(std::move(files.error()));
  }
  found.files = std::move(*files);
  return std::optional<FoundNotes>(std::move(found));
}

Result<std::vector<std::string>> FindAlike(const Database& database,
                                           const std::string& engine,
                                           const std::vector<int64_t>& sketch,
                                           int64_t count) {
  Result<Statement> query = database.Prepare(
      "SELECT key FROM pack JOIN pack_sketch ON pack.id = pack_sketch.pack "
      "WHERE engine = ? AND value IN (SELECT value FROM json_each(?)) GROUP BY "
      "pack.id ORDER BY count(*) DESC, pack.id LIMIT ?");
  if (query) {
    query->Bind(engine).Bind(ListOf(sketch)).Bind(count);
  }
  std::vector<std::string> keys;
  return ForEachRow(std::move(query),
                    [&](const Statement& row) { keys.push_back(row.Text(0)); })
      .map([&]() { return std::move(keys); });
}

Result<void> ShelvePack(const Database& database, const ShelvedPack& pack) {
  if (!pack.notes.empty()) {
    Result<Statement> insert = database.Prepare(
        "INSERT INTO pack(key, engine, notes) VALUES(?, ?, ?) ON CONFLICT(key) "
        "DO UPDATE SET notes = excluded.notes");
    if (insert) {
      insert->BindBlob(pack.key).Bind(pack.engine).BindBlob(pack.notes);
    }
    Result<void> inserted = RunStatement(std::move(insert));
    if (inserted) {
      inserted = ShelveSketch(database, pack);
    }
    if (!inserted) {
      return inserted;
    }
  }
  Result<Statement> file = database.Prepare(
      "INSERT OR REPLACE INTO pack_file SELECT id, ?, ? FROM pack WHERE key = "
      "?");
  if (file) {
    file->Bind(pack.file.stamp).Bind(pack.file.path).BindBlob(pack.key);
  }
  return RunStatement(std::move(file));
}

Result<void> TidyPackShelf(
    const Database& database, const std::string& engine,
    const std::function<bool(const ShelvedFile&)>& is_there) {
  Result<Transaction> transaction = Transaction::Begin(database);
  if (!transaction) {
    return tl::unexpected(std::move(transaction.error()));
  }
  Result<std::vector<ShelvedFile>> files =
      FilesOf(database.Prepare("SELECT path, stamp FROM pack_file"));
  if (!files) {
    return tl::unexpected(std::move(files.error()));
  }
  for (const ShelvedFile& file : *files) {
    if (is_there(file)) {
      continue;
    }
    Result<Statement> forget =
        database.Prepare("DELETE FROM pack_file WHERE path = ? AND stamp = ?");
    if (forget) {
      forget->Bind(file.path).Bind(file.stamp);
    }
    Result<void> forgotten = RunStatement(std::move(forget));
    if (!forgotten) {
      return forgotten;
    }
  }
  Result<Statement> others = database.Prepare(
      "DELETE FROM pack_file WHERE pack IN (SELECT id FROM pack WHERE engine "
      "<> ?)");
  if (others) {
    others->Bind(engine);
  }
  Result<void> done = RunStatement(std::move(others));
  if (done) {
    done = database.Run(
        "DELETE FROM pack_sketch WHERE pack NOT IN (SELECT pack FROM "
        "pack_file);"
        "DELETE FROM pack WHERE id NOT IN (SELECT pack FROM pack_file)");
  }
  return done ? transaction->Commit() : done;
}

}  // namespace keysift
