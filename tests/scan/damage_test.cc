// SPDX-License-Identifier: Apache-2.0
//
// Every byte of the files that a repository consists of, wrong or cut off: the
// scan ends, says that it was not complete, and finds what lies elsewhere.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "base/file.h"
#include "base/sha.h"
#include "finding/exit_code.h"
#include "git/loose_object.h"
#include "git/object_directory.h"
#include "git/pack_file.h"
#include "support/fake_engine.h"
#include "support/git_fixture.h"
#include "support/pack_builder.h"
#include "support/zlib_stream.h"

namespace keysift {
namespace {

// A token for each number, as mixed as real ones.
std::string Token(int number) {
  return "tok_" +
         ObjectId{Sha1Of(std::to_string(number))}.ToHex().substr(0, 12);
}

// Files and, but for the first, messages with a token each. (A token takes a
// millisecond: its fingerprint is made slow on purpose.)
void FillRepository(const GitFixture& git, int files = 3) {
  for (int i = 0; i < files; ++i) {
    git.Write("file" + std::to_string(i),
              Token(i) + " and " + std::string(40, static_cast<char>('k' + i)));
    git.Commit("commit " + (i > 0 ? Token(10 + i) : "none"));
  }
}

std::set<std::string> BlobsOf(const ScanReport& report) {
  std::set<std::string> blobs;
  for (const Finding& finding : report.findings) {
    for (const Location& location : finding.locations) {
      blobs.insert(location.blob);
    }
  }
  return blobs;
}

ScanReport ScanOnce(const FakeEngine& engine, const std::string& path) {
  ScanOptions options;
  options.threads = 1;
  return engine.ScanPath(path, options);
}

PackFiles OnlyPack(const GitFixture& git) {
  std::vector<Error> problems;
  Result<ObjectDirectory> directory =
      ObjectDirectory::List(git.git_dir() + "/objects", true, &problems);
  REQUIRE(directory);
  REQUIRE(directory->packs.size() == 1);
  return directory->packs[0];
}

// Calls `check` for each way to damage the file, in which it then is.
template <class Check>
void Sweep(const std::string& path, const Check& check) {
  const std::string sound = ReadWhole(path);
  for (size_t at = 0; at < sound.size(); ++at) {
    // Any bits will do but those that make version 3 of a pack of version 2,
    // which is read the same.
    std::string damaged = sound;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x42);
    WriteWhole(path, damaged);
    check("byte " + std::to_string(at), at, at + 1);
    WriteWhole(path, sound.substr(0, at));
    check("cut at " + std::to_string(at), at, sound.size());
  }
  WriteWhole(path, sound);
}

// The objects of a pack of whole objects whose entries [begin, end) touches.
std::set<std::string> Touched(const PackFile& pack, uint64_t begin,
                              uint64_t end) {
  std::set<std::string> ids;
  for (uint32_t i = 0; i < pack.count(); ++i) {
    const PackEntry& entry = pack.entries()[i];
    if (begin < entry.offset + entry.header_size + pack.Packed(i).size() &&
        end > entry.offset) {
      ids.insert(pack.id(i).ToHex());
    }
  }
  return ids;
}

bool Names(const ScanReport& report, const std::string& id) {
  return std::any_of(
      report.gaps.begin(), report.gaps.end(),
      [&](const Gap& gap) { return gap.what.find(id) != std::string::npos; });
}

struct Row {
  std::string id;
  uint32_t crc = 0;
  uint32_t offset = 0;
};

std::vector<Row> RowsOf(const PackIndex& index) {
  std::vector<Row> rows;
  for (uint32_t i = 0; i < index.count(); ++i) {
    rows.push_back({std::string(index.id(i)), *index.crc32(i),
                    static_cast<uint32_t>(index.offset(i))});
  }
  return rows;
}

// A version 2 index that is sound in itself, whatever its rows say.
std::string IndexOf(std::vector<Row> rows, std::string_view pack_checksum) {
  std::sort(rows.begin(), rows.end(),
            [](const Row& a, const Row& b) { return a.id < b.id; });
  std::string index = "\377tOc" + Big32(2);
  for (unsigned first = 0; first < 256; ++first) {
    index += Big32(static_cast<uint32_t>(
        std::count_if(rows.begin(), rows.end(), [first](const Row& row) {
          return static_cast<uint8_t>(row.id[0]) <= first;
        })));
  }
  for (const Row& row : rows) {
    index += row.id;
  }
  for (const Row& row : rows) {
    index += Big32(row.crc);
  }
  for (const Row& row : rows) {
    index += Big32(row.offset);
  }
  index += pack_checksum;
  const Sha1Digest digest = Sha1Of(index);
  return index += AsText(digest.data(), digest.size());
}

Row* RowOf(std::vector<Row>* rows, const std::string& hex) {
  return &*std::find_if(rows->begin(), rows->end(), [&](const Row& row) {
    return ObjectId::FromRaw(row.id).ToHex() == hex;
  });
}

void RewriteIndex(const PackFiles& files, const std::vector<Row>& rows) {
  const std::string pack = ReadWhole(files.pack);
  WriteWhole(files.index, IndexOf(rows, pack.substr(pack.size() - 20)));
}

// While it lives, the index has two ids the wrong way round.
class Exchange {
 public:
  Exchange(const PackFiles& files, const std::string& one,
           const std::string& other)
      : path_(files.index), sound_(ReadWhole(path_)) {
    std::vector<Row> rows = RowsOf(*PackIndex::Open(files.index));
    std::swap(RowOf(&rows, one)->id, RowOf(&rows, other)->id);
    RewriteIndex(files, rows);
  }
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;
  ~Exchange() { WriteWhole(path_, sound_); }

 private:
  std::string path_;
  std::string sound_;
};

// The pack with another count in its header, and its checksum put right.
std::string WithCount(std::string pack, uint32_t count) {
  pack = pack.substr(0, 8) + Big32(count) + pack.substr(12, pack.size() - 32);
  const Sha1Digest digest = Sha1Of(pack);
  return pack += AsText(digest.data(), digest.size());
}

}  // namespace

TEST_CASE("a damaged pack is a gap, and what lies elsewhere is found") {
  GitFixture git;
  FillRepository(git);
  git.Git({"repack", "-adfq", "--depth=0"});
  const PackFiles files = OnlyPack(git);
  const FakeEngine engine;
  const std::set<std::string> all = BlobsOf(ScanOnce(engine, git.path()));
  REQUIRE(all.size() == 5);
  std::vector<PackProblem> problems;
  Result<PackFile> pack =
      PackFile::Open(files.pack, *PackIndex::Open(files.index), &problems);
  REQUIRE(pack);
  Sweep(files.pack, [&](const std::string& how, size_t begin, size_t end) {
    INFO(how);
    const ScanReport report = ScanOnce(engine, git.path());
    CHECK(!report.gaps.empty());
    const std::set<std::string> found = BlobsOf(report);
    const std::set<std::string> touched = Touched(*pack, begin, end);
    for (const std::string& blob : all) {
      CHECK((found.count(blob) == 1 || touched.count(blob) == 1));
    }
  });
}

TEST_CASE("a damaged pack of deltas is never complete") {
  GitFixture git;
  std::string text;
  for (int i = 0; i < 3; ++i) {
    for (int line = 0; line < 20; ++line) {
      text += "line " + std::to_string(line * 7 + i) + "\n";
    }
    git.Write("file", text += Token(i) + "\n");
    git.Commit("commit");
  }
  git.Git({"repack", "-adfq"});
  const PackFiles files = OnlyPack(git);
  const FakeEngine engine;
  REQUIRE(ScanOnce(engine, git.path()).findings.size() == 3);
  Sweep(files.pack, [&](const std::string& how, size_t, size_t) {
    INFO(how);
    CHECK(!ScanOnce(engine, git.path()).gaps.empty());
  });
}

TEST_CASE("a damaged index of a pack is a gap, and hides nothing") {
  GitFixture git;
  FillRepository(git, 1);
  git.Git({"repack", "-adfq"});
  const PackFiles files = OnlyPack(git);
  const FakeEngine engine;
  const std::set<std::string> all = BlobsOf(ScanOnce(engine, git.path()));
  Sweep(files.index, [&](const std::string& how, size_t, size_t) {
    INFO(how);
    const ScanReport report = ScanOnce(engine, git.path());
    REQUIRE(report.gaps.size() == 1);
    CHECK(report.gaps[0].kind == GapKind::kDamaged);
    CHECK(report.gaps[0].where == files.index);
    CHECK(BlobsOf(report) == all);
  });
}

TEST_CASE("a pack without its index is read") {
  GitFixture git;
  FillRepository(git);
  git.Git({"repack", "-adfq"});
  const FakeEngine engine;
  const std::set<std::string> all = BlobsOf(ScanOnce(engine, git.path()));
  REQUIRE(std::remove(OnlyPack(git).index.c_str()) == 0);
  const ScanReport report = ScanOnce(engine, git.path());
  CHECK(report.gaps.size() == 1);
  CHECK(BlobsOf(report) == all);
}

TEST_CASE("a multi-pack-index is not relied upon, whatever is in it") {
  GitFixture git;
  FillRepository(git, 1);
  git.Git({"repack", "-adfq"});
  git.Git({"multi-pack-index", "write"});
  const std::string path = git.git_dir() + "/objects/pack/multi-pack-index";
  const FakeEngine engine;
  const std::set<std::string> all = BlobsOf(ScanOnce(engine, git.path()));
  Sweep(path, [&](const std::string& how, size_t, size_t) {
    INFO(how);
    CHECK(BlobsOf(ScanOnce(engine, git.path())) == all);
  });
}

TEST_CASE("a damaged staging area is a gap, and its blobs are found") {
  GitFixture git;
  FillRepository(git, 1);
  git.Write("staged", Token(50));
  git.Git({"add", "-A"});
  const FakeEngine engine;
  const std::set<std::string> all = BlobsOf(ScanOnce(engine, git.path()));
  REQUIRE(all.size() == 2);
  for (const char* version : {"2", "4"}) {
    git.Git({"update-index", "--index-version", version});
    Sweep(git.git_dir() + "/index",
          [&](const std::string& how, size_t, size_t) {
            INFO(how);
            const ScanReport report = ScanOnce(engine, git.path());
            CHECK(report.gaps.size() == 1);
            CHECK(BlobsOf(report) == all);
          });
  }
}

TEST_CASE("a damaged loose object is a gap that names it") {
  GitFixture git;
  FillRepository(git);
  const std::string id = git.GitLine({"rev-parse", "HEAD:file1"});
  const FakeEngine engine;
  const std::set<std::string> all = BlobsOf(ScanOnce(engine, git.path()));
  std::set<std::string> others = all;
  others.erase(id);
  Sweep(LooseObjectPath(git.git_dir() + "/objects", *ObjectId::FromHex(id)),
        [&](const std::string& how, size_t, size_t) {
          INFO(how);
          const ScanReport report = ScanOnce(engine, git.path());
          // (A DEFLATE stream may end in bits that mean nothing.)
          CHECK((Names(report, id) || BlobsOf(report) == all));
          CHECK((!Names(report, id) || BlobsOf(report) == others));
        });
}

TEST_CASE("a copy that cannot be read is no gap while another can") {
  GitFixture git;
  FillRepository(git);
  git.Git({"repack", "-aq"});  // and all loose objects stay
  const FakeEngine engine;
  const std::set<std::string> all = BlobsOf(ScanOnce(engine, git.path()));
  const std::string id = git.GitLine({"rev-parse", "HEAD:file1"});
  const std::string path =
      LooseObjectPath(git.git_dir() + "/objects", *ObjectId::FromHex(id));
  REQUIRE(TypeOfPath(path) == FileType::kFile);
  WriteWhole(path, "damaged");
  ScanReport report = ScanOnce(engine, git.path());
  CHECK(report.gaps.empty());
  CHECK(BlobsOf(report) == all);
  // Now the other one goes.
  const PackFiles files = OnlyPack(git);
  Result<PackIndex> index = PackIndex::Open(files.index);
  REQUIRE(index);
  const std::optional<uint32_t> row = index->Find(*ObjectId::FromHex(id));
  REQUIRE(row);
  std::string pack = ReadWhole(files.pack);
  pack[index->offset(*row) + 5] ^= 0x40;
  WriteWhole(files.pack, pack);
  CHECK(Names(ScanOnce(engine, git.path()), id));
}

TEST_CASE("each reachable object that is gone is a gap that names it") {
  GitFixture git;
  FillRepository(git);
  git.Write("folder/inner/file", "text");
  git.Commit("folder");
  git.Git({"tag", "-a", "-m", "a tag", "v1"});
  git.Git({"tag", "tree-tag", "HEAD~1^{tree}"});
  git.Git({"tag", "blob-tag", "HEAD:file0"});
  git.Git({"notes", "add", "-m", "a note"});
  git.Git({"reflog", "expire", "--expire=now", "--all"});
  const FakeEngine engine;
  REQUIRE(ScanOnce(engine, git.path()).gaps.empty());
  const std::vector<std::string> lines =
      SplitLines(git.Git({"rev-list", "--objects", "--all"}));
  REQUIRE(lines.size() > 15);
  for (const std::string& line : lines) {
    const std::string id = line.substr(0, 40);
    INFO(line);
    const std::string path =
        LooseObjectPath(git.git_dir() + "/objects", *ObjectId::FromHex(id));
    const std::string sound = ReadWhole(path);
    REQUIRE(std::remove(path.c_str()) == 0);
    const ScanReport report = ScanOnce(engine, git.path());
    CHECK(Names(report, id));
    CHECK(ExitCode(report, {}) != kExitClean);
    WriteWhole(path, sound);
  }
}

TEST_CASE("an object that a repack left out is a gap that names it") {
  GitFixture git;
  FillRepository(git);
  const std::string objects =
      git.Git({"rev-list", "--objects", "--all", "--no-object-names"});
  const FakeEngine engine;
  for (const std::string& left_out : SplitLines(objects)) {
    std::string rest = objects;
    rest.erase(rest.find(left_out), left_out.size() + 1);
    GitFixture copy;
    copy.GitIn(git.path(),
               {"pack-objects", "-q", copy.git_dir() + "/objects/pack/pack"},
               rest);
    WriteWhole(copy.git_dir() + "/refs/heads/main",
               git.GitLine({"rev-parse", "HEAD"}) + "\n");
    WriteWhole(copy.git_dir() + "/HEAD", "ref: refs/heads/main\n");
    CHECK(Names(ScanOnce(engine, copy.path()), left_out));
  }
}

TEST_CASE("an index that lies is a gap") {
  GitFixture git;
  FillRepository(git);
  git.Git({"repack", "-adfq", "--depth=0"});
  const PackFiles files = OnlyPack(git);
  const FakeEngine engine;
  const std::set<std::string> all = BlobsOf(ScanOnce(engine, git.path()));
  std::string pack = ReadWhole(files.pack);
  Result<PackIndex> index = PackIndex::Open(files.index);
  REQUIRE(index);
  std::vector<Row> rows = RowsOf(*index);
  const auto row_of = [&](const std::string& name) -> Row& {
    return *RowOf(&rows, git.GitLine({"rev-parse", name}));
  };
  const auto checksum = [&] { return pack.substr(pack.size() - 20); };
  SUBCASE("ids of two blobs swapped") {
    std::swap(row_of("HEAD:file0").id, row_of("HEAD:file1").id);
  }
  SUBCASE("an id made up") { row_of("HEAD:file0").id[7] ^= 1; }
  SUBCASE("a row missing") { rows.erase(rows.begin() + 2); }
  SUBCASE("a row missing, the pack's header knows") {
    rows.erase(rows.begin() + 2);
    pack = WithCount(pack, static_cast<uint32_t>(rows.size()));
  }
  SUBCASE("the first entry missing, the pack's header knows") {
    std::erase_if(rows, [](const Row& row) { return row.offset == 12; });
    pack = WithCount(pack, static_cast<uint32_t>(rows.size()));
  }
  SUBCASE("a row added") {
    rows.push_back({std::string(20, 'x'), 0, rows[0].offset});
  }
  SUBCASE("a row added, the pack's header knows") {
    rows.push_back({std::string(20, 'x'), 0, rows[0].offset});
    pack = WithCount(pack, static_cast<uint32_t>(rows.size()));
  }
  SUBCASE("a row in the middle of an entry, the pack's header knows") {
    rows.push_back({std::string(20, 'x'), 0, rows[0].offset + 3});
    pack = WithCount(pack, static_cast<uint32_t>(rows.size()));
  }
  SUBCASE("an offset outside") { row_of("HEAD:file0").offset = 1 << 30; }
  WriteWhole(files.pack, pack);
  WriteWhole(files.index, IndexOf(rows, checksum()));
  const ScanReport report = ScanOnce(engine, git.path());
  CHECK(!report.gaps.empty());
  CHECK(report.findings.size() + 1 >= all.size());
}

TEST_CASE("an index that exchanges ids is a gap") {
  GitFixture git;
  git.Write("file0", "no token here");
  git.Write("file1", "nor is one in this");
  git.Write("folder/file", "or here");
  git.Commit("commit");
  git.Write("folder/file", "or there");
  git.Commit("another");
  git.Git({"tag", "-a", "-m", "a tag", "v1"});
  git.Git({"repack", "-adfq", "--depth=0"});
  const PackFiles files = OnlyPack(git);
  const FakeEngine engine;
  REQUIRE(ScanOnce(engine, git.path()).gaps.empty());
  const std::vector<std::pair<std::string, std::string>> pairs = {
      {"HEAD:file0", "HEAD:file1"},        {"HEAD", "HEAD~1"},
      {"HEAD^{tree}", "HEAD~1^{tree}"},    {"HEAD:folder", "HEAD:file0"},
      {"HEAD:folder", "HEAD~1:folder"},    {"HEAD", "HEAD:file1"},
      {"v1", "HEAD:folder/file"},          {"v1", "HEAD^{tree}"},
      {"HEAD:folder/file", "HEAD^{tree}"},
  };
  // (All at once: git cannot tell any more once ids are exchanged.)
  std::map<std::string, std::string> ids;
  for (const auto& [one, other] : pairs) {
    ids[one] = git.GitLine({"rev-parse", one});
    ids[other] = git.GitLine({"rev-parse", other});
  }
  for (const auto& pair : pairs) {
    INFO(pair.first << " and " << pair.second);
    const std::string& one = ids[pair.first];
    const std::string& other = ids[pair.second];
    const Exchange exchange(files, one, other);
    const ScanReport report = ScanOnce(engine, git.path());
    CHECK(Names(report, one));
    CHECK(Names(report, other));
    CHECK(report.coverage.objects_hashed == report.coverage.objects_total);
  }
}

TEST_CASE("an index that hides an absent object behind another is a gap") {
  GitFixture git;
  git.Write("file0", "this one goes");
  git.Write("file1", "this one stays");
  git.Commit("commit");
  const std::string gone = git.GitLine({"rev-parse", "HEAD:file0"});
  const std::string listed = git.Git({"rev-list", "--objects", "--all"});
  std::string ids;
  for (const std::string& line : SplitLines(listed)) {
    ids += line.substr(0, 40) == gone ? "" : line.substr(0, 40) + "\n";
  }
  const std::string other =
      git.Git({"hash-object", "-w", "--stdin"}, "nobody's").substr(0, 40);
  git.GitIn(git.path(),
            {"pack-objects", "-q", git.git_dir() + "/objects/pack/pack"},
            ids + other + "\n");
  git.Git({"prune-packed"});
  REQUIRE(std::remove(LooseObjectPath(git.git_dir() + "/objects",
                                      *ObjectId::FromHex(gone))
                          .c_str()) == 0);
  const FakeEngine engine;
  REQUIRE(Names(ScanOnce(engine, git.path()), gone));
  const PackFiles files = OnlyPack(git);
  std::vector<Row> rows = RowsOf(*PackIndex::Open(files.index));
  RowOf(&rows, other)->id = ObjectId::FromHex(gone)->raw();
  RewriteIndex(files, rows);
  CHECK(Names(ScanOnce(engine, git.path()), gone));
}

// Of a pack over 16 MiB not all ids are computed.
TEST_CASE("what a large pack's index says of ids is checked in part") {
  GitFixture git;
  std::string noise;
  for (int i = 0; noise.size() < (17u << 20); ++i) {
    const Sha1Digest digest = Sha1Of(std::to_string(i));
    noise += AsText(digest.data(), digest.size());
  }
  git.Write("noise", noise);
  // (In a pack of less than 128 objects, row 0 is the sample.)
  for (int i = 0; i < 3; ++i) {
    git.Write("file" + std::to_string(i), "text " + std::to_string(i));
  }
  git.Write("secret", Token(1));
  git.Write("folder/file", "text");
  git.Commit("commit");
  git.Commit("empty");
  git.Git({"repack", "-adfq", "--depth=0"});
  const PackFiles files = OnlyPack(git);
  const FakeEngine engine;
  const ScanReport sound = ScanOnce(engine, git.path());
  REQUIRE(sound.gaps.empty());
  CHECK(sound.coverage.objects_hashed < sound.coverage.objects_total);
  const auto id_of = [&](const std::string& name) {
    return git.GitLine({"rev-parse", name});
  };
  const std::string sample = PackIndex::Open(files.index)->object_id(0).ToHex();
  std::vector<std::string> texts;
  for (const char* name : {"HEAD:file0", "HEAD:file1", "HEAD:file2"}) {
    if (id_of(name) != sample) {
      texts.push_back(id_of(name));
    }
  }
  const std::string commit = id_of("HEAD");
  const std::string first = id_of("HEAD~1");
  const std::string folder = id_of("HEAD:folder");
  const std::string secret = id_of("HEAD:secret");
  const auto is_told = [&](const std::string& one, const std::string& other) {
    const Exchange exchange(files, one, other);
    const ScanReport report = ScanOnce(engine, git.path());
    CHECK(report.coverage.objects_scanned == report.coverage.objects_total);
    return Names(report, one) || Names(report, other);
  };
  CHECK(is_told(commit, first));
  CHECK(is_told(commit, texts[0]));
  CHECK(is_told(folder, texts[0]));
  CHECK(is_told(secret, texts[0]));
  CHECK(is_told(folder, commit));
  CHECK(is_told(sample, texts[0]));
  CHECK(!is_told(texts[0], texts[1]));

  const Exchange exchange(files, texts[0], texts[1]);
  ScanOptions options;
  options.threads = 1;
  options.exhaustive = true;
  const ScanReport checked = engine.ScanPath(git.path(), options);
  CHECK(Names(checked, texts[0]));
  CHECK(Names(checked, texts[1]));
  CHECK(checked.coverage.objects_hashed == checked.coverage.objects_total);
}

TEST_CASE("a delta that claims petabytes is a gap") {
  GitFixture git;
  FillRepository(git, 1);
  PackBuilder pack;
  const size_t base = pack.AddBlob("a base");
  const std::string id = PackBuilder::IdOf("blob", "what nobody has");
  pack.AddOffsetDelta(
      base, DeltaBuilder(6, uint64_t{1} << 50).Copy(0, 6).bytes(), id);
  const FakeEngine engine;
  const std::string path =
      pack.Write(git.git_dir() + "/objects/pack", "pack-a");
  ScanReport report = ScanOnce(engine, git.path());
  CHECK(Names(report, ObjectId::FromRaw(id).ToHex()));
  CHECK(report.findings.size() == 1);
  std::filesystem::remove(path.substr(0, path.size() - 4) + "idx");
  report = ScanOnce(engine, git.path());
  CHECK(!report.gaps.empty());
  CHECK(report.findings.size() == 1);
}

TEST_CASE("a thin pack without its index is a gap") {
  GitFixture git;
  FillRepository(git, 1);
  const std::string text = ReadWhole(git.path() + "/file0");
  PackBuilder pack;
  const std::string added = Token(77);
  pack.AddRefDelta(
      PackBuilder::IdOf("blob", text),
      DeltaBuilder(text.size(), added.size()).Insert(added).bytes(),
      PackBuilder::IdOf("blob", added));
  const FakeEngine engine;
  const std::string path =
      pack.Write(git.git_dir() + "/objects/pack", "pack-a");
  ScanReport report = ScanOnce(engine, git.path());
  CHECK(report.gaps.empty());
  CHECK(report.findings.size() == 2);
  std::filesystem::remove(path.substr(0, path.size() - 4) + "idx");
  report = ScanOnce(engine, git.path());
  CHECK(!report.gaps.empty());
  CHECK(report.findings.size() == 1);
}

TEST_CASE("a scan that ran out of time says so") {
  GitFixture git;
  std::string text;
  for (int i = 0; i < 200000; ++i) {
    text += "line " + std::to_string(i) + "\n";
  }
  git.Write("file", text);
  git.Commit("commit");
  const FakeEngine engine;
  ScanOptions options;
  options.timeout_seconds = 1e-6;
  const ScanReport report = engine.ScanPath(git.path(), options);
  REQUIRE(report.gaps.size() == 1);
  CHECK(report.gaps[0].kind == GapKind::kTimeout);
  CHECK(ExitCode(report, {}) == kExitIncomplete);
}

}  // namespace keysift
