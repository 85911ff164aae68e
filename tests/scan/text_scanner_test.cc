// SPDX-License-Identifier: Apache-2.0
#include "scan/text_scanner.h"

#include <doctest/doctest.h>

#include <random>
#include <tuple>

#include "support/fake_engine.h"

namespace keysift {
namespace {

using Random = std::mt19937;

// A scanner with all that it needs.
struct Bench {
  FakeEngine engine;
  Verifier verifier;
  ScanOptions options;
  TextScanner scanner;

  Bench()
      : verifier(&engine.rules(), [](std::string_view) { return false; }),
        scanner(Create()) {}

  TextScanner Create() {
    Result<TextScanner> created = TextScanner::Create(
        {&engine.rules(), &verifier, &options}, engine.patterns());
    REQUIRE(created);
    return std::move(*created);
  }
};

// A text that was made from another by copies and inserts.
struct Edit {
  std::string base;
  std::string text;
  std::vector<CopyRun> runs;

  CopyMap Map() const {
    return {base.size(), text.size(), runs.data(), runs.size()};
  }
  void Copy(uint64_t begin, uint64_t size) {
    if (size > 0) {
      runs.push_back({begin, text.size(), size});
      text += base.substr(begin, size);
    }
  }
};

// Words that make and break matches and their context.
std::string RandomWords(Random* random, int count) {
  static const std::vector<std::string> kWords = {"tok_3fa81c90d7e2",
                                                  "tok_",
                                                  "xabc",
                                                  "near",
                                                  "\n",
                                                  "= ",
                                                  "word",
                                                  " ",
                                                  "\n\n\n\n",
                                                  "x",
                                                  "0",
                                                  "\n=",
                                                  "xyz ",
                                                  "tok_ffffffffffff",
                                                  "dG9rXzNmYTgxYzkwZDdlMg",
                                                  "dG9rXzNmYTgxYzkwZDdl\n",
                                                  "\\x74ok_3fa81c90d7e2",
                                                  "%74ok_3fa81c90d7e2",
                                                  "\"ok_3fa81c90\"\n\"tok_",
                                                  "key: "};
  std::string text;
  for (int i = 0; i < count; ++i) {
    text += kWords[(*random)() % kWords.size()];
    text += (*random)() % 3 == 0 ? "" : " ";
  }
  return text;
}

Edit RandomEdit(Random* random, std::string base) {
  Edit edit;
  edit.base = std::move(base);
  const auto below = [random](uint64_t limit) { return (*random)() % limit; };
  uint64_t at = below(4) == 0 ? below(edit.base.size() + 1) : 0;
  while (at < edit.base.size()) {
    const uint64_t size =
        std::min<uint64_t>(edit.base.size() - at, 1 + below(300));
    edit.Copy(at, size);
    at += size + (below(2) == 0 ? 1 + below(20) : 0);
    if (below(2) == 0) {
      edit.text += RandomWords(random, static_cast<int>(below(3)));
    }
    if (below(12) == 0) {
      at = below(edit.base.size() + 1);
    }
    if (edit.text.size() > 4000) {
      break;
    }
  }
  return edit;
}

auto AsTuple(const LocalVerdict& v) {
  return std::make_tuple(v.hit.bits, v.low, v.high, v.match.begin, v.match.end,
                         v.secret.begin, v.secret.end, v.accepted,
                         static_cast<int>(v.confidence), v.marks);
}

// Both ways knew the same of the text.
void CheckSame(const ScannedText& a, const ScannedText& b) {
  REQUIRE(a.hits == b.hits);
  REQUIRE(a.verdicts.size() == b.verdicts.size());
  for (size_t i = 0; i < a.verdicts.size(); ++i) {
    REQUIRE(a.verdicts[i].before == b.verdicts[i].before);
    REQUIRE(a.verdicts[i].after == b.verdicts[i].after);
    REQUIRE(a.verdicts[i].accepted == b.verdicts[i].accepted);
  }
  REQUIRE(a.accepted.size() == b.accepted.size());
  for (size_t i = 0; i < a.accepted.size(); ++i) {
    REQUIRE(AsTuple(a.accepted[i]) == AsTuple(b.accepted[i]));
  }
}

void CheckSameFindings(FindingSet* a, FindingSet* b) {
  const std::vector<FoundSecret> ours = a->Take();
  const std::vector<FoundSecret> theirs = b->Take();
  REQUIRE(ours.size() == theirs.size());
  for (size_t i = 0; i < ours.size(); ++i) {
    REQUIRE(ours[i].rule == theirs[i].rule);
    REQUIRE(ours[i].secret == theirs[i].secret);
    REQUIRE(ours[i].text.snippet == theirs[i].text.snippet);
    REQUIRE(ours[i].places == theirs[i].places);
  }
}

}  // namespace

TEST_CASE("chains of random edits: verdicts and findings as of full scans") {
  Bench deltas;
  Bench wholes;
  Random random(5);
  uint64_t accepted = 0;
  for (int chain = 0; chain < 60; ++chain) {
    std::string text = RandomWords(&random, 150);
    ScannedText known[2];
    REQUIRE(deltas.scanner.ScanWhole(text, {0, PlaceKind::kBlob}, &known[0]));
    REQUIRE(wholes.scanner.ScanWhole(text, {0, PlaceKind::kBlob}, &known[1]));
    for (uint32_t step = 1; step < 25 && !text.empty(); ++step) {
      const Edit edit = RandomEdit(&random, text);
      ScannedText& base = known[(step - 1) % 2];
      ScannedText& out = known[step % 2];
      ScannedText whole;
      const TextScanner::Place place{step, PlaceKind::kBlob};
      REQUIRE(
          deltas.scanner.ScanDelta(edit.text, edit.Map(), base, place, &out));
      REQUIRE(wholes.scanner.ScanWhole(edit.text, place, &whole));
      CheckSame(out, whole);
      accepted += out.accepted.size();
      text = edit.text;
    }
  }
  CHECK(accepted > 1000);
  CheckSameFindings(&deltas.scanner.findings(), &wholes.scanner.findings());
}

TEST_CASE("by its known hits a text is found to hold what a scan found") {
  Bench wholes;
  Bench knowns;
  Random random(6);
  std::vector<KnownHit> last;
  for (uint32_t i = 0; i < 300; ++i) {
    const std::string text = RandomWords(&random, 60);
    const TextScanner::Place place{i, PlaceKind::kBlob};
    ScannedText scanned;
    REQUIRE(wholes.scanner.ScanWhole(text, place, &scanned));
    const auto hits = TextScanner::HitsToKeep(text, scanned);
    REQUIRE(hits);
    CHECK(hits->size() <= scanned.hits.size());
    REQUIRE(knowns.scanner.ScanKnown(text, *hits, place, &scanned));
    // Those of another text do no harm.
    Bench other;
    other.scanner.ScanKnown(text, last, place, &scanned);
    KnownHit behind;
    behind.hit = Hit::At(1, 0);
    CHECK_FALSE(other.scanner.ScanKnown("", {behind}, place, &scanned));
    last = *hits;
  }
  CheckSameFindings(&wholes.scanner.findings(), &knowns.scanner.findings());
}

TEST_CASE("texts in UTF-16 have no known hits") {
  Bench bench;
  const std::string text(
      "\xff\xfe"
      "t\0o\0k\0",
      8);
  ScannedText scanned;
  REQUIRE(bench.scanner.ScanWhole(text, {1, PlaceKind::kBlob}, &scanned));
  CHECK_FALSE(TextScanner::HitsToKeep(text, scanned));
}

TEST_CASE("a change of the context, not of the match, is seen") {
  Bench bench;
  const std::string match = "xabcd";
  Edit edit;
  edit.base = std::string(300, '-') + "\nfar " + match + " here\n" +
              std::string(300, '-');
  const uint64_t word = edit.base.find("far");
  edit.Copy(0, word);
  edit.text += "near";
  edit.Copy(word + 3, edit.base.size() - word - 3);
  ScannedText base;
  ScannedText out;
  REQUIRE(bench.scanner.ScanWhole(edit.base, {}, &base));
  CHECK(base.accepted.empty());
  REQUIRE(bench.scanner.ScanDelta(edit.text, edit.Map(), base, {}, &out));
  CHECK(out.accepted.size() == 1);
  // And back again.
  Edit back;
  back.base = edit.text;
  back.Copy(0, word);
  back.text += "far";
  back.Copy(word + 4, back.base.size() - word - 4);
  ScannedText last;
  REQUIRE(bench.scanner.ScanDelta(back.text, back.Map(), out, {}, &last));
  CHECK(last.accepted.empty());
}

TEST_CASE("what stayed is found in every version, at its own line") {
  Bench bench;
  Edit edit;
  edit.base = "a\nb tok_3fa81c90d7e2\n" + std::string(600, 'c');
  edit.text = "new\nlines\n";
  edit.Copy(0, edit.base.size());
  ScannedText base;
  ScannedText out;
  REQUIRE(bench.scanner.ScanWhole(edit.base, {1, PlaceKind::kBlob}, &base));
  REQUIRE(bench.scanner.ScanDelta(edit.text, edit.Map(), base,
                                  {2, PlaceKind::kBlob}, &out));
  const std::vector<FoundSecret> found = bench.scanner.findings().Take();
  REQUIRE(found.size() == 1);
  CHECK(found[0].secret == "3fa81c90d7e2");
  REQUIRE(found[0].places.size() == 2);
  CHECK(found[0].places[0].line == 2);
  CHECK(found[0].places[1].line == 4);
}

TEST_CASE("after a base that was not scanned in full the text is") {
  Bench bench;
  Edit edit;
  edit.base = "tok_3fa81c90d7e2";
  edit.Copy(0, edit.base.size());
  ScannedText incomplete;
  ScannedText out;
  REQUIRE(bench.scanner.ScanDelta(edit.text, edit.Map(), incomplete, {}, &out));
  CHECK(out.hits.size() >= 1);
  CHECK(out.complete);
}

TEST_CASE("empty texts, with and without a base") {
  Bench bench;
  Buffer empty;
  empty.Resize(0);
  ScannedText base;
  ScannedText out;
  REQUIRE(bench.scanner.ScanWhole(empty.view(), {}, &base));
  CHECK(base.hits.empty());
  const CopyMap map{0, 0, nullptr, 0};
  REQUIRE(bench.scanner.ScanDelta(empty.view(), map, base, {}, &out));
  CHECK(out.hits.empty());
}

}  // namespace keysift
