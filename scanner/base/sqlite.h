// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace keysift {

class Database;

// One SQL statement, to be run any number of times. Parameters and columns
// count as in SQLite: parameters from 1, columns from 0. Must not outlive its
// Database; one thread at a time.
class Statement {
 public:
  Statement() = default;

  // Sets the next parameters, in order; text is copied. Chains:
  //   insert.Bind(1).Bind("x").BindNull()
  Statement& Bind(int64_t value);
  Statement& Bind(std::string_view text);
  Statement& BindBlob(std::string_view bytes);
  Statement& BindReal(double value);
  Statement& BindNull();

  // Leaves the rows that are left, and takes parameters anew.
  Statement& Reset();

  // Runs to the next row: true if there is one. At the end (or on failure) the
  // statement is reset and takes parameters anew.
  Result<bool> Step();
  // Runs a statement that has no rows; rows are passed over.
  Result<void> Run();

  int64_t Number(int column) const;
  double Real(int column) const;
  std::string Text(int column) const;  // or the bytes of a blob
  bool IsNull(int column) const;

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  int next_ = 1;
};

// Runs what was prepared; fails as preparing it did.
Result<void> RunStatement(Result<Statement> statement);

// Runs a query and hands each of its rows to `take`; fails as preparing or
// running it did, after the rows before that.
Result<void> ForEachRow(Result<Statement> query,
                        const std::function<void(const Statement&)>& take);

// A connection to one SQLite file. One thread at a time. Errors tell what the
// user can do: kIo (disk full, read-only, no permission, locked), kDamaged (not
// a database, or a broken one), kNotFound.
class Database {
 public:
  enum class Mode {
    kRead,    // must be there; all reads see one moment; changes nothing
    kWrite,   // must be there
    kCreate,  // made if it is not there, for its owner only
  };

  // Waits up to 30 s for locks of other processes. Writers use the write-ahead
  // log and sync it at every commit.
  static Result<Database> Open(const std::string& path, Mode mode);

  Result<Statement> Prepare(std::string_view sql) const;
  // Runs statements that take no parameters, one after the other.
  Result<void> Run(const std::string& sql) const;
  // The first column of the first row of a query; 0 if there is none.
  Result<int64_t> Number(std::string_view sql) const;

  int64_t last_row() const;  // of the last insert
  int64_t changes() const;   // rows that the last statement changed
  const std::string& path() const { return path_; }

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };

  static Result<Database> OpenToRead(const std::string& path);
  // Opens `name`, a path or (with SQLITE_OPEN_URI) a URI, and runs `first`.
  static Result<Database> Connect(const std::string& path,
                                  const std::string& name, int flags,
                                  const char* first);

  std::unique_ptr<sqlite3, Close> database_;
  std::string path_;
};

// Everything between its making and Commit() happens, or nothing: it is undone
// when it goes away before. One at a time per Database, which outlives it.
class Transaction {
 public:
  // Takes the write lock at once, so that no later statement can fail on it.
  static Result<Transaction> Begin(const Database& database);

  Result<void> Commit();

  Transaction(Transaction&& other) noexcept
      : database_(std::exchange(other.database_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

 private:
  explicit Transaction(const Database* database) : database_(database) {}

  const Database* database_;
};

}  // namespace keysift
