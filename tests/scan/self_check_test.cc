// SPDX-License-Identifier: Apache-2.0
#include "scan/self_check.h"

#include <doctest/doctest.h>

#include "support/fake_engine.h"
#include "support/random_history.h"

namespace keysift {
namespace {

TextScanner ScannerOf(const FakeEngine& engine, const Verifier& verifier,
                      const ScanOptions& options) {
  TextScanner::Shared shared;
  shared.rules = &engine.rules();
  shared.verifier = &verifier;
  shared.options = &options;
  Result<TextScanner> created = TextScanner::Create(shared, engine.patterns());
  REQUIRE(created);
  return std::move(*created);
}

}  // namespace

TEST_CASE("what is known of a text passes, anything else does not") {
  FakeEngine engine;
  const Verifier verifier(&engine.rules(),
                          [](std::string_view) { return false; });
  const ScanOptions options;
  TextScanner scanner = ScannerOf(engine, verifier, options);
  SelfCheck check(ScannerOf(engine, verifier, options), 100);
  const std::string text = "near xyz tok_3fa81c90d7e2\n";
  ScannedText known;
  REQUIRE(scanner.ScanWhole(text, {}, &known));
  REQUIRE(known.accepted.size() == 2);
  CHECK(check.Check(text, known));
  CHECK(check.Check(text + "far", known).error().kind == ErrorKind::kInternal);
  ScannedText moved = known;
  ++moved.accepted[0].secret.end;
  CHECK(!check.Check(text, moved));
  ScannedText fewer = known;
  fewer.hits.pop_back();
  fewer.verdicts.pop_back();
  CHECK(!check.Check(text, fewer));
  ScannedText turned = known;
  turned.verdicts[0].accepted = ScannedText::kRejected;
  CHECK(!check.Check(text, turned));
}

TEST_CASE("the share of texts is that of the ids") {
  FakeEngine engine;
  const Verifier verifier(&engine.rules(),
                          [](std::string_view) { return false; });
  const ScanOptions options;
  const SelfCheck none(ScannerOf(engine, verifier, options), 0);
  const SelfCheck half(ScannerOf(engine, verifier, options), 50);
  const SelfCheck all(ScannerOf(engine, verifier, options), 100);
  const std::string low(20, '\x7f');
  const std::string high(20, '\x80');
  CHECK(!none.IsChosen(std::string(20, '\0')));
  CHECK(half.IsChosen(low));
  CHECK(!half.IsChosen(high));
  CHECK(all.IsChosen(std::string(20, '\xff')));
}

TEST_CASE("a generated history checks itself, and the report is the same") {
  FakeEngine engine;
  GitFixture fixture({"--bare"});
  const RandomHistory history(fixture, 77, 40);
  fixture.Git({"repack", "-q", "-a", "-d", "-f", "-k"});
  ScanOptions options;
  const ScanReport plain = engine.ScanPath(fixture.path(), options);
  options.self_check = 100;
  const ScanReport checked = engine.ScanPath(fixture.path(), options);
  REQUIRE(checked.findings.size() == plain.findings.size());
  for (size_t i = 0; i < plain.findings.size(); ++i) {
    CHECK(checked.findings[i].fingerprint == plain.findings[i].fingerprint);
    CHECK(checked.findings[i].locations.size() ==
          plain.findings[i].locations.size());
  }
}

}  // namespace keysift
