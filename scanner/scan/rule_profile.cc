// SPDX-License-Identifier: Apache-2.0
//
// What each rule costs, for those who write rules.
//
// Hyperscan matches all rules at once and tells no share of any. Leaving one
// rule out and timing the rest would, but its share is far below what two runs
// differ by. So each rule is compiled by itself: a form whose literal is short
// or frequent stands out there as well, for the engine stops as often. What is
// verified is timed as it is in scans. Test: tests/scan/rule_profile_test.cc.
#include "scan/rule_profile.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <utility>

#include "git/object_reader.h"
#include "match/matcher.h"
#include "match/triggers.h"
#include "scan/repository_objects.h"
#include "source/file_source.h"
#include "verify/verifier.h"

namespace keysift {
namespace {

// Larger texts say no more than their first bytes, and would be all there is.
constexpr uint64_t kMaxText = uint64_t{1} << 20;
// The least of so many runs counts.
constexpr int kRuns = 3;

double Seconds(std::chrono::steady_clock::time_point since) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - since)
      .count();
}

std::vector<std::string> SampleObjects(const RepositoryObjects& objects,
                                       uint64_t limit) {
  std::vector<uint32_t> numbers;
  for (uint32_t i = 0; i < objects.store.count(); ++i) {
    const ObjectType type = objects.store.type(i);
    if (type == ObjectType::kBlob || type == ObjectType::kNone) {
      numbers.push_back(i);
    }
  }
  // Ids are as good as random: objects in their order are from all over.
  ObjectReader reader(&objects.store, kMaxText);
  std::vector<std::string> texts;
  uint64_t bytes = 0;
  for (size_t i = 0; i < numbers.size() && bytes < limit; ++i) {
    Buffer content;
    const Result<ObjectType> type = reader.Read(numbers[i], &content);
    if (type && *type == ObjectType::kBlob && content.size() > 0) {
      texts.emplace_back(content.view());
      bytes += content.size();
    }
  }
  return texts;
}

Result<std::vector<std::string>> SampleFiles(const std::string& path,
                                             uint64_t limit) {
  std::vector<std::string> texts;
  uint64_t bytes = 0;
  SourceSink sink;
  sink.text = [&](const SourceText& file) {
    const std::string_view text = file.bytes.substr(0, kMaxText);
    if (!text.empty()) {
      texts.emplace_back(text);
      bytes += text.size();
    }
  };
  sink.problem = [](const SourceProblem& /*problem*/) {};
  const FileSourceOptions options;
  std::error_code error;
  if (std::filesystem::is_regular_file(path, error)) {
    ReadListedFile({path, path}, options, sink);
    return texts;
  }
  const Result<std::vector<ListedFile>> files = ListFiles(path, options, sink);
  if (!files) {
    return tl::unexpected<Error>(files.error());
  }
  // Every so many files, so that the sample is not all of one folder.
  constexpr size_t kStrides = 16;
  for (size_t first = 0; first < kStrides; ++first) {
    for (size_t i = first; i < files->size() && bytes < limit; i += kStrides) {
      ReadListedFile((*files)[i], options, sink);
    }
  }
  return texts;
}

// One pass over the texts; hits with the text that each is in.
Result<double> TimeMatching(const PatternDatabase& patterns,
                            const std::vector<std::string>& texts,
                            std::vector<std::vector<Hit>>* hits) {
  Result<Matcher> matcher = Matcher::Create(patterns);
  if (!matcher) {
    return tl::unexpected(std::move(matcher.error()));
  }
  double least = 0;
  hits->resize(texts.size());
  for (int run = 0; run < kRuns; ++run) {
    const auto begin = std::chrono::steady_clock::now();
    for (size_t i = 0; i < texts.size(); ++i) {
      (*hits)[i].clear();
      Result<void> scanned = matcher->Scan(texts[i], &(*hits)[i]);
      if (!scanned) {
        return tl::unexpected(std::move(scanned.error()));
      }
    }
    const double seconds = Seconds(begin);
    least = run == 0 ? seconds : std::min(least, seconds);
  }
  return least;
}

// Counts hits and those accepted. The first of the runs builds the regexes.
double TimeVerifying(const Verifier& verifier,
                     const std::vector<std::string>& texts,
                     const std::vector<std::vector<Hit>>& hits,
                     RuleCost* cost) {
  double least = 0;
  for (int run = 0; run < kRuns; ++run) {
    cost->hits = cost->accepted = 0;
    const auto begin = std::chrono::steady_clock::now();
    for (size_t i = 0; i < texts.size(); ++i) {
      cost->hits += hits[i].size();
      for (const Hit& hit : hits[i]) {
        const LocalVerdict verdict = verifier.VerifyLocally(texts[i], hit);
        cost->accepted += verdict.accepted ? 1 : 0;
      }
    }
    const double seconds = Seconds(begin);
    least = run == 0 ? seconds : std::min(least, seconds);
  }
  return least;
}

}  // namespace

Result<std::vector<std::string>> SampleTexts(const std::string& path,
                                             uint64_t limit, unsigned threads) {
  Result<Repository> repository = Repository::OpenExact(path);
  Result<std::vector<std::string>> texts;
  if (repository) {
    texts = SampleObjects(
        RepositoryObjects::Open(std::move(*repository), threads), limit);
  } else {
    texts = SampleFiles(path, limit);
  }
  if (texts && texts->empty()) {
    return Fail(ErrorKind::kNotFound, "nothing to measure with: no text in it",
                path);
  }
  return texts;
}

Result<RuleProfile> ProfileRules(const ScanEngine& engine,
                                 const std::vector<std::string>& texts) {
  RuleProfile profile;
  profile.texts = texts.size();
  for (const std::string& text : texts) {
    profile.bytes += text.size();
  }
  const double kibs = static_cast<double>(profile.bytes) / 1024;
  const auto per_kib = [kibs](double seconds) { return seconds * 1e9 / kibs; };
  std::vector<std::vector<Hit>> hits;
  Result<double> all = TimeMatching(*engine.patterns, texts, &hits);
  if (!all) {
    return tl::unexpected(std::move(all.error()));
  }
  profile.match_ns = per_kib(*all);
  const Verifier verifier(engine.rules,
                          [](std::string_view /*hex*/) { return false; });
  // Rule by rule.
  const std::vector<PatternSource> sources = PatternSources(*engine.rules);
  for (auto from = sources.begin(); from != sources.end();) {
    const auto to = std::find_if(from, sources.end(), [&](const auto& source) {
      return source.pattern != from->pattern;
    });
    Result<PatternDatabase> patterns = PatternDatabase::Compile({from, to});
    if (!patterns) {
      return tl::unexpected(std::move(patterns.error()));
    }
    RuleCost cost;
    cost.rule = from->pattern;
    cost.width = patterns->width();
    Result<double> matching = TimeMatching(*patterns, texts, &hits);
    if (!matching) {
      return tl::unexpected(std::move(matching.error()));
    }
    cost.match_ns = per_kib(*matching);
    cost.verify_ns = per_kib(TimeVerifying(verifier, texts, hits, &cost));
    profile.costs.push_back(cost);
    from = to;
  }
  std::stable_sort(profile.costs.begin(), profile.costs.end(),
                   [](const RuleCost& a, const RuleCost& b) {
                     return a.match_ns + a.verify_ns > b.match_ns + b.verify_ns;
                   });
  return profile;
}

}  // namespace keysift
