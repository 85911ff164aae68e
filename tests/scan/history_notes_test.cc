// SPDX-License-Identifier: Apache-2.0
//
// A scan that uses what earlier ones learnt of packs gives the report of one
// that reads everything, byte by byte, and never less.
#include <doctest/doctest.h>

#include <filesystem>
#include <mutex>

#include "scan/known_packs.h"
#include "store/bulk_text.h"
#include "support/fake_engine.h"
#include "support/pack_builder.h"
#include "support/random_history.h"

namespace keysift {
namespace {

// All that a report says.
std::string TextOf(const ScanReport& report) {
  std::string text = report.target.head + report.target.branch + "\n" +
                     CoverageJson(report.coverage) + "\n" +
                     GapsJson(report.gaps) + "\n";
  for (const Finding& finding : report.findings) {
    text +=
        finding.fingerprint + " " + finding.rule_id + " " +
        std::to_string(static_cast<int>(finding.severity)) +
        std::to_string(static_cast<int>(finding.confidence)) +
        (finding.in_head ? " in head " : " ") +
        (finding.reachable ? "reachable " : "") + FindingTextJson(finding) +
        PlacesJson(finding.locations) +
        (finding.first_commit ? CommitJson(*finding.first_commit) : "") +
        (finding.removed_commit ? CommitJson(*finding.removed_commit) : "") +
        TextsJson(finding.refs) + "\n";
  }
  return text;
}

// A store's notes and scans that use them.
class Noted {
 public:
  Noted()
      : store_(*BulkStore::Open(folder_.path() + "/notes.db",
                                Database::Mode::kCreate)) {}

  // The report; `made`: how many packs had to be read and were noted.
  std::string Scan(const std::string& path, ScanOptions options = {}) {
    KnownPacks known(&store_, &guard_, "engine");
    options.known_packs = &known;
    const ScanReport report = engine_.ScanPath(path, options);
    made = 0;
    for (const ShelvedPack& pack : known.kept()) {
      made += pack.notes.empty() ? 0 : 1;
      REQUIRE(ShelvePack(store_.database(), pack));
    }
    return TextOf(report);
  }
  // The report of a scan that knows nothing.
  std::string Afresh(const std::string& path, const ScanOptions& options = {}) {
    return TextOf(engine_.ScanPath(path, options));
  }
  // Checks that both are the same, twice.
  void Compare(const std::string& path, const ScanOptions& options = {}) {
    const std::string expected = Afresh(path, options);
    CHECK(Scan(path, options) == expected);
    CHECK(Scan(path, options) == expected);
  }

  size_t made = 0;

 private:
  TemporaryFolder folder_;
  BulkStore store_;
  std::mutex guard_;
  FakeEngine engine_;
};

std::string Token(size_t number) { return RandomHistory::Token(50 + number); }

// A commit on top of main that adds one file.
void AddCommit(const GitFixture& git, const std::string& repository,
               const std::string& name, const std::string& content) {
  git.GitIn(repository, {"fast-import", "--quiet"},
            "commit refs/heads/main\ncommitter A <a@b> 1800000000 +0000\n"
            "data 3\nnew\nfrom refs/heads/main^0\nM 100644 inline " +
                name + "\ndata " + std::to_string(content.size()) + "\n" +
                content + "\n");
}

size_t PacksOf(const GitFixture& fixture) {
  size_t packs = 0;
  for (const auto& entry : std::filesystem::directory_iterator(
           fixture.git_dir() + "/objects/pack")) {
    packs += entry.path().extension() == ".pack" ? 1 : 0;
  }
  return packs;
}

}  // namespace

TEST_CASE("generated repositories: fetched into, repacked, and told the same") {
  Noted noted;
  for (uint32_t seed = 300; seed < 306; ++seed) {
    CAPTURE(seed);
    GitFixture source({"--bare"});
    const RandomHistory history(source, seed, 50);
    GitFixture clone({"--bare"});
    ScanOptions options;
    options.threads = 1 + seed % 3;
    size_t fetched = 0;
    for (const auto& [name, commit] : history.heads()) {
      clone.Git({"-c", "fetch.unpackLimit=1", "fetch", "-q", source.path(),
                 "refs/heads/" + name + ":refs/heads/" + name});
      if (++fetched % 4 == 0) {
        noted.Compare(clone.path(), options);
        CHECK(noted.made == 0);
      }
    }
    CHECK(PacksOf(clone) > 3);
    clone.Git({"update-ref", "--no-deref", "HEAD",
               history.commits()[history.head()].id});
    noted.Compare(clone.path(), options);
    // Objects in two packs.
    clone.Git({"repack", "-q", "-a"});
    noted.Compare(clone.path(), options);
    clone.Git({"-c", "repack.useDeltaBaseOffset=false", "repack", "-q", "-a",
               "-d", "-f", "--depth=" + std::to_string(1 + seed % 50)});
    noted.Compare(clone.path(), options);
    CHECK(noted.made == 0);
    // A branch goes: what only it reached is told as such.
    clone.Git({"update-ref", "-d", "refs/heads/kept0"});
    noted.Compare(clone.path(), options);
  }
}

TEST_CASE("a fork that shares its upstream's pack reads new objects only") {
  Noted noted;
  GitFixture upstream({"--bare"});
  const RandomHistory history(upstream, 42, 60);
  upstream.Git({"repack", "-q", "-a", "-d"});
  noted.Compare(upstream.path());
  GitFixture forks({"--bare"});
  for (const char* how : {"--local", "--shared", "--no-hardlinks"}) {
    CAPTURE(std::string(how));
    const std::string fork = forks.folder().path() + "/fork" + how;
    forks.Git({"clone", "-q", "--bare", how, upstream.path(), fork});
    for (size_t i = 0; i < 10; ++i) {
      AddCommit(forks, fork, "new" + std::to_string(i), "tok_" + Token(i));
    }
    const std::string expected = noted.Afresh(fork);
    CHECK(noted.Scan(fork) == expected);
    CHECK(noted.made == 0);
    // The fork packs what is its own; then a new tree names an old secret.
    forks.GitIn(fork, {"repack", "-q", "-d", "-l"});
    noted.Compare(fork);
    AddCommit(forks, fork, "renamed", "tok_" + Token(1));
    noted.Compare(fork);
    CHECK(noted.made == 0);
  }
}

TEST_CASE("of a clone that was packed anew only new objects are read") {
  for (uint32_t seed = 60; seed < 66; ++seed) {
    CAPTURE(seed);
    Noted noted;
    GitFixture upstream({"--bare"});
    const RandomHistory history(upstream, seed, 50);
    upstream.Git({"repack", "-q", "-a", "-d"});
    noted.Compare(upstream.path());
    ScanOptions options;
    options.threads = 1 + seed % 3;
    // New files, of which some hold new secrets and some old ones; new trees
    // name old secrets; a message with one.
    for (size_t i = 0; i < 6; ++i) {
      AddCommit(upstream, upstream.path(), "new" + std::to_string(i),
                i % 2 == 0 ? "clean " + std::to_string(i)
                           : "tok_" + Token(20 * (i % 3)));
    }
    const std::string tree = upstream.GitLine({"rev-parse", "main^{tree}"});
    const std::string commit = upstream.GitLine(
        {"commit-tree", tree, "-p", "main", "-m", "tok_0123456789ab"});
    upstream.Git({"update-ref", "refs/heads/main", commit});
    upstream.Git({"tag", "-a", "-m", "of a tree", "v1", tree});
    upstream.Git({"tag", "light", tree});
    const std::string clone = upstream.folder().path() + "/clone.git";
    upstream.Git(
        {"clone", "-q", "--mirror", "--no-local", upstream.path(), clone});
    const std::string expected = noted.Afresh(clone, options);
    CHECK(noted.Scan(clone, options) == expected);
    CHECK(noted.made == 0);
    CHECK(noted.Scan(clone, options) == expected);
    // On top of it, loose.
    AddCommit(upstream, clone, "renamed", "tok_" + Token(1));
    const std::string more = noted.Afresh(clone, options);
    CHECK(noted.Scan(clone, options) == more);
    CHECK(noted.made == 0);
    // Of a part of it nothing is known, and then all.
    const std::string part = upstream.folder().path() + "/part.git";
    upstream.Git({"clone", "-q", "--bare", "--no-local", "--single-branch",
                  upstream.path(), part});
    noted.Compare(part, options);
  }
}

TEST_CASE("an index that lies of a clone's objects is found out") {
  GitFixture fixture({"--bare"});
  const std::string packs = fixture.git_dir() + "/objects/pack";
  const std::string token = "tok_3fa81c90d7e2\n";
  PackBuilder first;
  first.AddBlob("clean");
  first.AddBlob("clean as well");
  std::filesystem::create_directories(packs);
  first.Write(packs, "pack-a");
  Noted noted;
  noted.Compare(fixture.path());
  // It calls the secret what is known to be clean.
  GitFixture other({"--bare"});
  PackBuilder second;
  second.AddBlob("clean");
  second.AddWhole(3, token, PackBuilder::IdOf("blob", "clean as well"));
  second.Write(other.git_dir() + "/objects/pack", "pack-b");
  const std::string expected = noted.Afresh(other.path());
  CHECK(expected.find("token") != std::string::npos);
  CHECK(expected.find("damaged") != std::string::npos);
  CHECK(noted.Scan(other.path()) == expected);
}

TEST_CASE("a pack that git has touched is read again") {
  Noted noted;
  GitFixture fixture({"--bare"});
  const RandomHistory history(fixture, 43, 30);
  fixture.Git({"repack", "-q", "-a", "-d"});
  noted.Compare(fixture.path());
  for (const auto& entry : std::filesystem::directory_iterator(
           fixture.git_dir() + "/objects/pack")) {
    std::filesystem::last_write_time(
        entry.path(), std::filesystem::last_write_time(entry.path()) +
                          std::chrono::seconds(5));
  }
  const std::string expected = noted.Afresh(fixture.path());
  CHECK(noted.Scan(fixture.path()) == expected);
  CHECK(noted.made == 1);
}

TEST_CASE("trees that name another pack's targets are read") {
  Noted noted;
  GitFixture fixture;
  fixture.Write("deep/er/secret", "tok_3fa81c90d7e2\n");
  fixture.Write("other", "clean\n");
  fixture.Commit("one");
  fixture.Git({"repack", "-q", "-d"});
  noted.Compare(fixture.path());
  // Its new root tree leads to the secret only by the first pack's trees.
  fixture.Write("other", "still clean\n");
  fixture.Commit("two");
  fixture.Git({"repack", "-q", "-d"});
  CHECK(PacksOf(fixture) == 2);
  noted.Compare(fixture.path());
  fixture.Git({"rm", "-q", "-r", "deep"});
  fixture.Commit("gone");
  noted.Compare(fixture.path());
}

TEST_CASE("secrets in file names, and submodules, are told again") {
  Noted noted;
  GitFixture fixture;
  fixture.Write("a/tok_3fa81c90d7e2.txt", "clean\n");
  fixture.Write("b", "tok_c41e7b02f9d6\n");
  const std::string commit = fixture.Commit("tok_0123456789ab");
  fixture.Git(
      {"update-index", "--add", "--cacheinfo", "160000," + commit + ",sub"});
  fixture.Git({"commit", "-q", "-m", "a submodule"});
  fixture.Git({"tag", "-a", "-m", "tok_aaaaaaaaaaaa", "v1"});
  fixture.Git({"repack", "-q", "-a", "-d"});
  noted.Compare(fixture.path());
  CHECK(noted.made == 0);
  fixture.Write("c", "new\n");
  fixture.Commit("three");
  noted.Compare(fixture.path());
}

TEST_CASE("what was lost in a pack is lost again: it is not noted") {
  Noted noted;
  GitFixture fixture({"--bare"});
  const RandomHistory history(fixture, 7, 30);
  fixture.Git({"repack", "-q", "-a", "-d"});
  for (const auto& entry : std::filesystem::directory_iterator(
           fixture.git_dir() + "/objects/pack")) {
    if (entry.path().extension() == ".pack") {
      std::string bytes = ReadWhole(entry.path());
      bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 8);
      WriteWhole(entry.path(), bytes);
    }
  }
  const std::string expected = noted.Afresh(fixture.path());
  CHECK(expected.find("damaged") != std::string::npos);
  for (int i = 0; i < 2; ++i) {
    CHECK(noted.Scan(fixture.path()) == expected);
    CHECK(noted.made == 0);
  }
}

TEST_CASE("absent objects are gaps whether packs are known or not") {
  Noted noted;
  GitFixture fixture;
  fixture.Write("file", "tok_3fa81c90d7e2\n");
  fixture.Commit("one");
  fixture.Git({"repack", "-q", "-a", "-d"});
  noted.Compare(fixture.path());
  fixture.Write("dir/lost", "to be lost\n");
  fixture.Commit("two");
  fixture.Git({"repack", "-q", "-d"});
  fixture.Write("dir/lost", "another\n");
  fixture.Commit("three");
  noted.Compare(fixture.path());
  const std::string blob = fixture.GitLine({"rev-parse", "HEAD:dir/lost"});
  std::filesystem::remove(fixture.git_dir() + "/objects/" + blob.substr(0, 2) +
                          "/" + blob.substr(2));
  noted.Compare(fixture.path());
  CHECK(noted.Scan(fixture.path()).find(blob) != std::string::npos);
}

TEST_CASE("a delta against another pack's object is read each time") {
  // The base's content decides what the delta says.
  const std::string base = "tok_3fa81c90d7e2 and more of it\n";
  const std::string whole = base + base;
  const std::string delta =
      std::string("\x20\x40\x90\x20\x90\x20", 6);  // two copies of 32 bytes
  REQUIRE(base.size() == 32);
  GitFixture fixture({"--bare"});
  const std::string packs = fixture.git_dir() + "/objects/pack";
  std::filesystem::create_directories(packs);
  PackBuilder first;
  first.AddBlob(base);
  first.Write(packs, "pack-a");
  PackBuilder second;
  second.AddRefDelta(PackBuilder::IdOf("blob", base), delta,
                     PackBuilder::IdOf("blob", whole));
  second.Write(packs, "pack-b");
  Noted noted;
  const std::string expected = noted.Afresh(fixture.path());
  CHECK(noted.Scan(fixture.path()) == expected);
  CHECK(noted.made == 1);
  CHECK(noted.Scan(fixture.path()) == expected);
  CHECK(noted.made == 0);
  CHECK(expected.find("token") != std::string::npos);
}

TEST_CASE("scans in full and checked ones use no notes") {
  Noted noted;
  GitFixture fixture;
  fixture.Write("file", "tok_3fa81c90d7e2\n");
  fixture.Commit("one");
  fixture.Git({"repack", "-q", "-a", "-d"});
  noted.Compare(fixture.path());
  ScanOptions exhaustive;
  exhaustive.exhaustive = true;
  CHECK_FALSE(exhaustive.UsesNotes());
  noted.Compare(fixture.path(), exhaustive);
  CHECK(noted.made == 0);
}

}  // namespace keysift
