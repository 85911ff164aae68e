// SPDX-License-Identifier: Apache-2.0
#include "base/sqlite.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <fstream>

#include "base/file.h"
#include "base/file_lock.h"
#include "base/file_stamp.h"
#include "tests/support/temporary_folder.h"

namespace keysift {
namespace {

TEST_CASE("what is bound comes back as it was") {
  const TemporaryFolder folder;
  Result<Database> database =
      Database::Open(folder.path() + "/a.db", Database::Mode::kCreate);
  REQUIRE(database);
  REQUIRE(database->Run("CREATE TABLE t(a, b, c, d)"));
  Result<Statement> insert =
      database->Prepare("INSERT INTO t VALUES(?, ?, ?, ?)");
  REQUIRE(insert);
  const std::string bytes("a\0\xff", 3);
  REQUIRE(insert->Bind(-7).Bind("text").BindBlob(bytes).BindNull().Run());
  Result<Statement> query = database->Prepare("SELECT * FROM t");
  REQUIRE(query);
  REQUIRE(query->Step() == true);
  CHECK(query->Number(0) == -7);
  CHECK(query->Text(1) == "text");
  CHECK(query->Text(2) == bytes);
  CHECK(query->IsNull(3));
  CHECK(query->Step() == false);
}

TEST_CASE("a transaction that is not committed did not happen") {
  const TemporaryFolder folder;
  const std::string path = folder.path() + "/a.db";
  Result<Database> database = Database::Open(path, Database::Mode::kCreate);
  REQUIRE(database);
  REQUIRE(database->Run("CREATE TABLE t(a)"));
  {
    Result<Transaction> transaction = Transaction::Begin(*database);
    REQUIRE(transaction);
    REQUIRE(database->Run("INSERT INTO t VALUES(1)"));
  }
  CHECK(database->Number("SELECT count(*) FROM t") == 0);
  {
    Result<Transaction> transaction = Transaction::Begin(*database);
    REQUIRE(transaction);
    REQUIRE(database->Run("INSERT INTO t VALUES(1)"));
    REQUIRE(transaction->Commit());
  }
  CHECK(database->Number("SELECT count(*) FROM t") == 1);
}

TEST_CASE("each row of a query is handed on, and its failure told") {
  TemporaryFolder folder;
  Result<Database> database =
      Database::Open(folder.path() + "/t.db", Database::Mode::kCreate);
  REQUIRE(database);
  int64_t sum = 0;
  const auto add = [&](const Statement& row) { sum += row.Number(0); };
  CHECK(ForEachRow(database->Prepare("VALUES(1), (20), (300)"), add));
  CHECK(ForEachRow(database->Prepare("SELECT 1 WHERE false"), add));
  CHECK(sum == 321);
  CHECK_FALSE(ForEachRow(database->Prepare("SELECT * FROM nowhere"), add));
  CHECK_FALSE(ForEachRow(database->Prepare("SELECT 4000 UNION ALL SELECT "
                                           "abs(-9223372036854775807 - 1)"),
                         add));
  CHECK(sum == 4321);
}

TEST_CASE("a file that is no database is damaged, one that is not there not") {
  const TemporaryFolder folder;
  const std::string path = folder.path() + "/a.db";
  CHECK(Database::Open(path, Database::Mode::kRead).error().kind ==
        ErrorKind::kNotFound);
  std::ofstream(path) << std::string(5000, 'x');
  CHECK(Database::Open(path, Database::Mode::kRead).error().kind ==
        ErrorKind::kDamaged);
}

TEST_CASE("a reader reads beside a writer, and writes nothing") {
  const TemporaryFolder folder;
  const std::string path = folder.path() + "/a?b#c%20.db";
  Result<Database> writer = Database::Open(path, Database::Mode::kCreate);
  REQUIRE(writer);
  REQUIRE(writer->Run("CREATE TABLE t(a); INSERT INTO t VALUES(1)"));
  Result<Database> reader = Database::Open(path, Database::Mode::kRead);
  REQUIRE(reader);
  CHECK(reader->Number("SELECT count(*) FROM t") == 1);
  CHECK_FALSE(reader->Run("INSERT INTO t VALUES(2)"));
}

TEST_CASE("a reader sees one moment, whatever is written meanwhile") {
  const TemporaryFolder folder;
  const std::string path = folder.path() + "/a.db";
  {
    Result<Database> made = Database::Open(path, Database::Mode::kCreate);
    REQUIRE(made);
    REQUIRE(made->Run(
        "CREATE TABLE t(a, b); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
        "SELECT i + 1 FROM n WHERE i < 2000) INSERT INTO t SELECT 1, "
        "zeroblob(4000) FROM n"));
  }
  Result<Database> reader = Database::Open(path, Database::Mode::kRead);
  REQUIRE(reader);
  {
    Result<Database> writer = Database::Open(path, Database::Mode::kWrite);
    REQUIRE(writer);
    REQUIRE(writer->Run("UPDATE t SET a = 2; PRAGMA wal_checkpoint"));
  }
  CHECK(reader->Number("SELECT count(*) FROM t WHERE a = 1") == 2000);
  reader = Fail(ErrorKind::kIo, "closed");
  CHECK(TypeOfPath(path + "-wal") == FileType::kNone);
  CHECK(Database::Open(path, Database::Mode::kRead)
            ->Number("SELECT count(*) FROM t WHERE a = 2") == 2000);
}

TEST_CASE("only its owner may read a new database") {
  const TemporaryFolder folder;
  const std::string path = folder.path() + "/a.db";
  REQUIRE(Database::Open(path, Database::Mode::kCreate));
  struct stat status = {};
  REQUIRE(stat(path.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("a lock is held once, until it goes away") {
  const TemporaryFolder folder;
  const std::string path = folder.path() + "/lock";
  {
    const Result<FileLock> first = FileLock::Take(path);
    REQUIRE(first);
    const Result<FileLock> second = FileLock::Take(path);
    REQUIRE_FALSE(second);
    CHECK(second.error().message.find("process ") != std::string::npos);
  }
  CHECK(FileLock::Take(path));
}

TEST_CASE("a stamp changes with the file's size") {
  const TemporaryFolder folder;
  const std::string path = folder.path() + "/f";
  CHECK_FALSE(StampOf(path));
  std::ofstream(path) << "a";
  const std::string before = StampOf(path)->ToText();
  CHECK(StampOf(path)->ToText() == before);
  std::ofstream(path) << "ab";
  CHECK(StampOf(path)->ToText() != before);
}

}  // namespace
}  // namespace keysift
