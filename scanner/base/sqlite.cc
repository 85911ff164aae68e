// SPDX-License-Identifier: Apache-2.0
#include "base/sqlite.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "base/file.h"

namespace keysift {
namespace {

constexpr int kWaitMilliseconds = 30000;

// An error of SQLite in our words. `code` may be extended.
Error ErrorFor(int code, const std::string& path) {
  switch (code & 0xff) {
    case SQLITE_FULL:
      return {ErrorKind::kIo,
              "the disk is full; free some space and run it again: what was "
              "committed is kept",
              path};
    case SQLITE_READONLY:
      return {ErrorKind::kIo, "the store is read-only", path};
    case SQLITE_CANTOPEN:
      return {ErrorKind::kIo, "the store cannot be opened or made there", path};
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return {ErrorKind::kIo, "no permission for the store", path};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorKind::kIo, "another process holds the store locked", path};
    case SQLITE_NOTADB:
      return {ErrorKind::kDamaged, "not a store of keysift", path};
    case SQLITE_CORRUPT:
      return {ErrorKind::kDamaged,
              "the store is damaged; keep the file, and scan into a new one or "
              "merge what `sqlite3 FILE .recover` can save",
              path};
    case SQLITE_IOERR:
      return {ErrorKind::kIo, "the store cannot be read or written", path};
    case SQLITE_NOMEM:
      return {ErrorKind::kTooLarge, "out of memory", path};
    default:
      return {ErrorKind::kInternal,
              std::string("SQLite: ") + sqlite3_errstr(code), path};
  }
}

std::string UriOf(const std::string& path, const char* query) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char c : path) {
    const auto byte = static_cast<uint8_t>(c);
    if (c == '?' || c == '#' || c == '%') {
      uri += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    } else {
      uri += c;
    }
  }
  return uri + query;
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

void Database::Close::operator()(sqlite3* database) const {
  sqlite3_close_v2(database);
}

Statement& Statement::Bind(int64_t value) {
  sqlite3_bind_int64(statement_.get(), next_++, value);
  return *this;
}

Statement& Statement::Bind(std::string_view text) {
  sqlite3_bind_text64(statement_.get(), next_++,
                      text.data() == nullptr ? "" : text.data(), text.size(),
                      SQLITE_TRANSIENT, SQLITE_UTF8);
  return *this;
}

Statement& Statement::BindBlob(std::string_view bytes) {
  sqlite3_bind_blob64(statement_.get(), next_++,
                      bytes.data() == nullptr ? "" : bytes.data(), bytes.size(),
                      SQLITE_TRANSIENT);
  return *this;
}

Statement& Statement::BindReal(double value) {
  sqlite3_bind_double(statement_.get(), next_++, value);
  return *this;
}

Statement& Statement::BindNull() {
  sqlite3_bind_null(statement_.get(), next_++);
  return *this;
}

Statement& Statement::Reset() {
  sqlite3_reset(statement_.get());
  next_ = 1;
  return *this;
}

Result<bool> Statement::Step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) {
    return true;
  }
  sqlite3* database = sqlite3_db_handle(statement_.get());
  sqlite3_reset(statement_.get());
  next_ = 1;
  if (code == SQLITE_DONE) {
    return false;
  }
  const char* path = sqlite3_db_filename(database, "main");
  return tl::unexpected(
      ErrorFor(sqlite3_extended_errcode(database), path ? path : ""));
}

Result<void> Statement::Run() {
  Result<bool> row = Step();
  while (row && *row) {
    row = Step();
  }
  return row ? Result<void>() : tl::unexpected(std::move(row.error()));
}

Result<void> RunStatement(Result<Statement> statement) {
  return statement ? statement->Run()
                   : Result<void>(tl::unexpected(std::move(statement.error())));
}

Result<void> ForEachRow(Result<Statement> query,
                        const std::function<void(const Statement&)>& take) {
  Result<bool> row =
      query ? query->Step() : tl::unexpected(std::move(query.error()));
  while (row && *row) {
    take(*query);
    row = query->Step();
  }
  return row ? Result<void>() : tl::unexpected(std::move(row.error()));
}

int64_t Statement::Number(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

double Statement::Real(int column) const {
  return sqlite3_column_double(statement_.get(), column);
}

std::string Statement::Text(int column) const {
  const void* bytes = sqlite3_column_blob(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return bytes == nullptr ? std::string()
                          : std::string(static_cast<const char*>(bytes),
                                        static_cast<size_t>(size));
}

bool Statement::IsNull(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

Result<Database> Database::Open(const std::string& path, Mode mode) {
  if (mode != Mode::kCreate && TypeOfPath(path) == FileType::kNone) {
    return Fail(ErrorKind::kNotFound, "no such store", path);
  }
  if (mode == Mode::kRead) {
    return OpenToRead(path);
  }
  if (mode == Mode::kCreate) {
    // What it will hold is for its owner; that it cannot be made SQLite says.
    FileDescriptor(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  }
  return Connect(path, path, SQLITE_OPEN_READWRITE,
                 "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; "
                 "PRAGMA foreign_keys = ON; SELECT count(*) FROM "
                 "sqlite_schema");
}

// All that a reader sees is the state of one moment. A log beside the file
// makes even readers write (an index over it), and its last user take the log
// in. Who may not do so reads a store that was closed, which has none, as a
// file that nobody changes: if its owner begins to write just then, what is
// read may be of two moments.
Result<Database> Database::OpenToRead(const std::string& path) {
  const char* const kSet =
      "PRAGMA query_only = 1; BEGIN; SELECT count(*) FROM sqlite_schema";
  const bool may_write = access(path.c_str(), W_OK) == 0;
  const int flags = may_write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  const bool at_rest = TypeOfPath(path + "-wal") == FileType::kNone;
  Result<Database> opened = Fail(ErrorKind::kIo, "");
  if (may_write || !at_rest) {
    opened = Connect(path, path, flags, kSet);
  }
  if (!opened && opened.error().kind == ErrorKind::kIo && at_rest) {
    opened = Connect(path, UriOf(path, "?immutable=1"),
                     SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, kSet);
  }
  return opened;
}

Result<Database> Database::Connect(const std::string& path,
                                   const std::string& name, int flags,
                                   const char* first) {
  Database database;
  database.path_ = path;
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(name.c_str(), &opened,
                                   flags | SQLITE_OPEN_NOMUTEX, nullptr);
  database.database_.reset(opened);
  if (code != SQLITE_OK) {
    return tl::unexpected(ErrorFor(code, path));
  }
  sqlite3_busy_timeout(opened, kWaitMilliseconds);
  sqlite3_extended_result_codes(opened, 1);
  Result<void> set = database.Run(first);
  if (!set) {
    return tl::unexpected(std::move(set.error()));
  }
  return database;
}

Result<Statement> Database::Prepare(std::string_view sql) const {
  Statement statement;
  sqlite3_stmt* prepared = nullptr;
  const int code =
      sqlite3_prepare_v2(database_.get(), sql.data(),
                         static_cast<int>(sql.size()), &prepared, nullptr);
  statement.statement_.reset(prepared);
  if (code != SQLITE_OK) {
    Error error = ErrorFor(code, path_);
    if (error.kind == ErrorKind::kInternal) {
      error.message += std::string(": ") + sqlite3_errmsg(database_.get());
    }
    return tl::unexpected(std::move(error));
  }
  return statement;
}

Result<void> Database::Run(const std::string& sql) const {
  const int code =
      sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code == SQLITE_OK) {
    return {};
  }
  Error error = ErrorFor(code, path_);
  if (error.kind == ErrorKind::kInternal) {
    error.message += std::string(": ") + sqlite3_errmsg(database_.get());
  }
  return tl::unexpected(std::move(error));
}

Result<int64_t> Database::Number(std::string_view sql) const {
  Result<Statement> query = Prepare(sql);
  if (!query) {
    return tl::unexpected(std::move(query.error()));
  }
  return query->Step().map(
      [&](bool row) { return row ? query->Number(0) : int64_t{0}; });
}

int64_t Database::last_row() const {
  return sqlite3_last_insert_rowid(database_.get());
}

int64_t Database::changes() const { return sqlite3_changes64(database_.get()); }

Result<Transaction> Transaction::Begin(const Database& database) {
  return database.Run("BEGIN IMMEDIATE").map([&]() {
    return Transaction(&database);
  });
}

Result<void> Transaction::Commit() {
  Result<void> committed = database_->Run("COMMIT");
  if (committed) {
    database_ = nullptr;
  }
  return committed;
}

Transaction::~Transaction() {
  if (database_ != nullptr) {
    // It may have been rolled back by the failure already: nothing to do then.
    static_cast<void>(database_->Run("ROLLBACK"));
  }
}

}  // namespace keysift
