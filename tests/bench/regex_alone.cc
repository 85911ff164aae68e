// SPDX-License-Identifier: Apache-2.0
//
// regex_alone REPOSITORY [STEP]: Hyperscan with RE2 finds what RE2 alone finds
// (support/engine_comparison.h), with the built-in rules, on every STEP-th text
// (default 100) up to 64 KiB. Exit status 1 on a difference.
#include <algorithm>
#include <cstdlib>

#include "bench/bench_store.h"
#include "git/object_reader.h"
#include "match/builtin.h"
#include "match/delta_scan.h"
#include "support/engine_comparison.h"

namespace keysift {
namespace {

constexpr uint64_t kMaxText = 64u << 10;

int Compare(const std::string& path, uint32_t step) {
  const ObjectStore store = OpenBenchStore(path);
  ObjectReader reader(&store, UINT64_MAX);
  Result<PatternDatabase> patterns = LoadBuiltinPatterns();
  Result<Matcher> matcher = Matcher::Create(*patterns);
  DeltaScan scan(&*matcher);
  const EngineComparison comparison(&BuiltinRules());
  Buffer content;
  uint64_t texts = 0;
  uint64_t bytes = 0;
  uint64_t found = 0;
  uint64_t differences = 0;
  for (uint32_t number = 0; number < store.count(); number += step) {
    Result<ObjectType> type = reader.Read(number, &content);
    if (!type || *type == ObjectType::kTree || content.size() > kMaxText) {
      continue;
    }
    const std::string_view text = content.view();
    std::vector<Hit> hits;
    std::vector<Hit> every;
    if (!scan.ScanWhole(text, &hits)) {
      return 2;
    }
    comparison.HitsOfRegexes(text, &every);
    const std::vector<Detection> fast = comparison.DetectionsOf(text, hits);
    if (!comparison.IsSame(store.id(number).ToHex(), fast,
                           comparison.DetectionsOf(text, every))) {
      ++differences;
    }
    ++texts;
    bytes += text.size();
    found += fast.size();
  }
  std::printf("%llu texts, %.1f MB, %llu detections, %llu texts differ\n",
              static_cast<unsigned long long>(texts),
              static_cast<double>(bytes) / 1e6,
              static_cast<unsigned long long>(found),
              static_cast<unsigned long long>(differences));
  return differences == 0 ? 0 : 1;
}

}  // namespace
}  // namespace keysift

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: regex_alone REPOSITORY [STEP]\n");
    return 2;
  }
  const uint32_t step =
      argc > 2 ? static_cast<uint32_t>(std::strtoul(argv[2], nullptr, 10))
               : 100;
  return keysift::Compare(argv[1], std::max(1u, step));
}
