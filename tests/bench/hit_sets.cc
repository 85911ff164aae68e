// SPDX-License-Identifier: Apache-2.0
//
// hit_sets REPOSITORY [--patterns FILE] [--share PERCENT]: the hits of every
// text of a history, once along its deltas and once in full. The sets must be
// equal, text by text. FILE has one expression a line; without it a pack made
// for this takes its place: words, anchors, overlapping repeats, widths from 1
// to 256. --share takes that part of the delta trees only. Exit status 1 on a
// difference.
#include <chrono>
#include <cstdlib>
#include <fstream>

#include "bench/bench_store.h"
#include "git/object_reader.h"
#include "git/pack_walker.h"
#include "match/delta_scan.h"

namespace keysift {
namespace {

const std::vector<std::string> kStressPack = {
    "\\b\\w{1,8}\\b",
    "(?m)^[ \\t]{0,4}[a-z]{2,6}",
    "(?m)^[^\\n]{1,60}$",
    "(?m);$",
    "(?m)^}",
    "\\B[A-Z]\\B",
    "x",
    "[0-9a-f]{4,16}",
    "(?:ab|ba|aa){1,20}",
    "\"[^\"\\n]{1,64}\"",
    "0x[0-9a-fA-F]{1,16}",
    "[A-Z][a-z]{1,30}[A-Z]",
    "(?i:key|token|secret)[^\\n]{0,90}[=:]",
    "[A-Za-z0-9+/]{40}",
    "[ -~]{127}",
    "[ -~]{128}",
    "-{64,255}",
    "[ -~]{256}",
};

using Clock = std::chrono::steady_clock;

double Seconds(Clock::duration duration) {
  return std::chrono::duration<double>(duration).count();
}

// Scans each text both ways.
class Comparing : public ObjectVisitor {
 public:
  Comparing(Matcher* delta, Matcher* whole) : delta_(delta), whole_(whole) {}

  void Visit(const WalkedObject& object) override {
    if (object.type == ObjectType::kTree) {
      return;
    }
    if (hits_.size() <= object.slot) {
      hits_.resize(object.slot + 1);
    }
    std::vector<Hit>* out = &hits_[object.slot];
    const Clock::time_point begin = Clock::now();
    Result<void> one = object.map == nullptr
                           ? delta_.ScanWhole(object.content, out)
                           : delta_.ScanDelta(object.content, *object.map,
                                              hits_[object.base_slot], out);
    const Clock::time_point middle = Clock::now();
    Result<void> two = whole_.ScanWhole(object.content, &expected_);
    delta_time += middle - begin;
    whole_time += Clock::now() - middle;
    ++texts;
    bytes += object.content.size();
    hits += out->size();
    if (object.map != nullptr) {
      CountCarried(*object.map, *out);
    }
    if (!one || !two || *out != expected_) {
      ++differences;
    }
  }
  void Lost(uint32_t /*entry*/, const Error& error) override {
    std::printf("lost: %s\n", error.message.c_str());
    ++differences;
  }

  uint64_t matched_along_deltas() const { return delta_.bytes_matched(); }

  uint64_t texts = 0;
  uint64_t bytes = 0;
  uint64_t hits = 0;
  uint64_t carried = 0;
  uint64_t differences = 0;
  Clock::duration delta_time{};
  Clock::duration whole_time{};
  uint32_t width = 0;

 private:
  // How many of these were in the base, their footprints copied.
  void CountCarried(const CopyMap& map, const std::vector<Hit>& hits_of_text) {
    uint64_t run = 0;
    for (const Hit& hit : hits_of_text) {
      while (run < map.count && map.runs[run].end() < hit.end()) {
        ++run;
      }
      if (run == map.count) {
        return;
      }
      const int64_t end = static_cast<int64_t>(hit.end()) -
                          static_cast<int64_t>(map.runs[run].begin) +
                          static_cast<int64_t>(map.runs[run].base_begin);
      carried +=
          end > 0 && IsCopied(map, map.runs[run],
                              std::max<int64_t>(-1, end - width - 1), end + 1)
              ? 1
              : 0;
    }
  }

  DeltaScan delta_;
  DeltaScan whole_;
  std::vector<std::vector<Hit>> hits_;  // by slot
  std::vector<Hit> expected_;
};

PatternDatabase Compile(const std::vector<std::string>& expressions) {
  std::vector<PatternSource> sources;
  for (const std::string& expression : expressions) {
    sources.push_back({expression, static_cast<uint32_t>(sources.size())});
  }
  Result<PatternDatabase> database = PatternDatabase::Compile(sources);
  if (!database) {
    std::fprintf(stderr, "%s\n", database.error().ToString().c_str());
    std::exit(2);
  }
  return std::move(*database);
}

int Compare(const std::string& path, const std::vector<std::string>& patterns,
            uint32_t share) {
  const ObjectStore store = OpenBenchStore(path);
  const PatternDatabase database = Compile(patterns);
  Result<Matcher> delta = Matcher::Create(database);
  Result<Matcher> whole = Matcher::Create(database);
  if (!delta || !whole) {
    return 2;
  }
  Comparing comparing(&*delta, &*whole);
  comparing.width = database.width();
  ObjectReader reader(&store, UINT64_MAX);
  PackWalker walker({}, [&reader](const ObjectId& id, Buffer* content) {
    return reader.Read(id, content);
  });
  for (const ObjectStore::Pack& pack : store.packs()) {
    uint32_t number = 0;
    for (const PackForest::Tree& tree : pack.forest.trees()) {
      if (tree.type != ObjectType::kTree &&
          (number++ * uint64_t{share}) % 100 < share) {
        walker.Walk(pack.file, pack.forest, tree, &comparing);
      }
    }
  }
  const double all = static_cast<double>(std::max<uint64_t>(1, comparing.hits));
  std::printf(
      "%llu texts, %.3f GB, W %u, %llu hits, %.1f %% carried; %.3f GB matched "
      "along deltas; %.1f s along deltas, %.1f s in full; %llu differences\n",
      static_cast<unsigned long long>(comparing.texts),
      static_cast<double>(comparing.bytes) / 1e9, database.width(),
      static_cast<unsigned long long>(comparing.hits),
      100 * static_cast<double>(comparing.carried) / all,
      static_cast<double>(comparing.matched_along_deltas()) / 1e9,
      Seconds(comparing.delta_time), Seconds(comparing.whole_time),
      static_cast<unsigned long long>(comparing.differences));
  return comparing.differences == 0 ? 0 : 1;
}

}  // namespace
}  // namespace keysift

int main(int argc, char** argv) {
  std::vector<std::string> patterns;
  uint32_t share = 100;
  for (int i = 2; i + 1 < argc; i += 2) {
    if (std::string(argv[i]) == "--patterns") {
      std::ifstream file(argv[i + 1]);
      for (std::string line; std::getline(file, line);) {
        patterns.push_back(line);
      }
    } else if (std::string(argv[i]) == "--share") {
      share = static_cast<uint32_t>(std::strtoul(argv[i + 1], nullptr, 10));
    }
  }
  if (argc < 2) {
    std::fprintf(stderr,
                 "usage: hit_sets REPOSITORY [--patterns FILE] "
                 "[--share PERCENT]\n");
    return 2;
  }
  return keysift::Compare(
      argv[1], patterns.empty() ? keysift::kStressPack : patterns, share);
}
