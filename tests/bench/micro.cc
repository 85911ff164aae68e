// SPDX-License-Identifier: Apache-2.0
//
// The hot functions one by one, in bytes a second of what they make or read.
#include <benchmark/benchmark.h>

#include <random>

#include "base/inflate.h"
#include "git/delta.h"
#include "match/builtin.h"
#include "match/delta_scan.h"
#include "support/pack_builder.h"
#include "verify/verifier.h"

namespace keysift {
namespace {

// Lines like those of source files; the same in each run.
std::string SourceText(size_t size) {
  static constexpr const char* kWords[] = {
      "return", "value",  "const char*", "if (",    ") {",
      "}",      "0x1f",   "buffer",      "= NULL;", "/* see there */",
      "for",    "size_t", "->next",      "key",     "token"};
  std::mt19937 random(1);
  std::string text;
  while (text.size() < size) {
    text += kWords[random() % std::size(kWords)];
    text += random() % 6 == 0 ? "\n  " : " ";
  }
  return text;
}

Buffer BufferOf(std::string_view text) {
  Buffer buffer;
  CopyBytes(buffer.Resize(text.size()), text.data(), text.size());
  return buffer;
}

// A delta as a commit makes them: long copies, a few new lines.
std::string SmallEdits(const std::string& base, std::vector<CopyRun>* runs,
                       std::string* text) {
  std::string made;
  const uint64_t step = base.size() / 8;
  for (uint64_t at = 0; at + step <= base.size(); at += step) {
    runs->push_back({at, made.size(), step - 20});
    made += base.substr(at, step - 20) + "new line here\n";
  }
  DeltaBuilder delta(base.size(), made.size());
  for (const CopyRun& run : *runs) {
    delta.Copy(run.base_begin, run.size).Insert("new line here\n");
  }
  *text = made;
  return delta.bytes();
}

void ApplyDeltas(benchmark::State& state) {
  const std::string base = SourceText(100000);
  std::vector<CopyRun> runs;
  std::string text;
  const Buffer delta = BufferOf(SmallEdits(base, &runs, &text));
  const Buffer base_buffer = BufferOf(base);
  Buffer result;
  for (auto _ : state) {
    benchmark::DoNotOptimize(ApplyDelta(base_buffer.view(), delta.view(),
                                        UINT64_MAX, &result, &runs));
  }
  state.SetBytesProcessed(state.iterations() *
                          static_cast<int64_t>(text.size()));
}
BENCHMARK(ApplyDeltas);

void InflateTexts(benchmark::State& state) {
  const std::string text = SourceText(static_cast<size_t>(state.range(0)));
  const std::string packed = ZlibStream(text);
  Inflater inflater;
  Buffer out;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        inflater.Inflate(packed, out.Resize(text.size()), text.size()));
  }
  state.SetBytesProcessed(state.iterations() *
                          static_cast<int64_t>(text.size()));
}
BENCHMARK(InflateTexts)->Arg(300)->Arg(20000)->Arg(1000000);

void MatchWhole(benchmark::State& state) {
  const std::string text = SourceText(100000);
  Result<PatternDatabase> patterns = LoadBuiltinPatterns();
  Result<Matcher> matcher = Matcher::Create(*patterns);
  DeltaScan scan(&*matcher);
  std::vector<Hit> hits;
  for (auto _ : state) {
    benchmark::DoNotOptimize(scan.ScanWhole(text, &hits));
  }
  state.SetBytesProcessed(state.iterations() *
                          static_cast<int64_t>(text.size()));
}
BENCHMARK(MatchWhole);

void MatchAlongDelta(benchmark::State& state) {
  const std::string base = SourceText(100000);
  Result<PatternDatabase> patterns = LoadBuiltinPatterns();
  Result<Matcher> matcher = Matcher::Create(*patterns);
  DeltaScan scan(&*matcher);
  std::vector<CopyRun> runs;
  std::string text;
  SmallEdits(base, &runs, &text);
  const CopyMap map{base.size(), text.size(), runs.data(), runs.size()};
  std::vector<Hit> base_hits;
  std::vector<Hit> hits;
  if (!scan.ScanWhole(base, &base_hits)) {
    state.SkipWithError("the base does not scan");
  }
  for (auto _ : state) {
    benchmark::DoNotOptimize(scan.ScanDelta(text, map, base_hits, &hits));
  }
  state.SetBytesProcessed(state.iterations() *
                          static_cast<int64_t>(text.size()));
}
BENCHMARK(MatchAlongDelta);

void VerifyHits(benchmark::State& state) {
  const std::string text = SourceText(2000) + "ghp_" + std::string(36, 'a') +
                           "\n" + SourceText(2000);
  const RuleSet& rules = BuiltinRules();
  const Verifier verifier(&rules, [](std::string_view) { return false; });
  const uint32_t rule =
      static_cast<uint32_t>(rules.Find("github-personal-access-token"));
  const Hit hit = Hit::At(text.find("ghp_") + 40, rule);
  for (auto _ : state) {
    benchmark::DoNotOptimize(verifier.VerifyLocally(text, hit));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(VerifyHits);

}  // namespace
}  // namespace keysift

BENCHMARK_MAIN();
