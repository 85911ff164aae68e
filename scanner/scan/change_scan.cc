// SPDX-License-Identifier: Apache-2.0
//
// What a change adds: staged files against HEAD, or the commits of a range
// against their parents.
//
// Whole files are scanned, for a secret's context is as often outside of the
// changed lines as in them. Blame is by lines: a finding all of whose lines
// stand in what was there before, whatever their indentation, was not brought
// by this change. The old versions are read only if there are findings. Files
// that the change takes away count as old versions of every file, so that
// renaming one is not blamed.
//
// Few objects are scanned by the calling thread alone: starting a second one
// costs more than a dozen files.
//
// Test: tests/cli/staged_test.py, tests/cli/range_test.py.
#include "scan/change_scan.h"

#include <algorithm>
#include <memory>
#include <unordered_map>
#include <utility>

#include "base/parallel.h"
#include "scan/object_scan.h"

namespace keysift {
namespace {

constexpr size_t kObjectsPerThread = 16;

std::string_view Trimmed(std::string_view line) {
  constexpr std::string_view kBlanks = " \t\r";
  const size_t first = line.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) {
    return {};
  }
  return line.substr(first, line.find_last_not_of(kBlanks) + 1 - first);
}

std::string WordsFor(const AddedText& text) {
  std::string words = "object " + text.id.ToHex();
  if (!text.path.empty()) {
    words += ", " + text.path;
  }
  return text.commit.empty() ? words : words + ", commit " + text.commit;
}

struct HashId {
  size_t operator()(const ObjectId& id) const {
    return std::hash<std::string_view>()(id.raw());
  }
};

}  // namespace

struct ChangeScan::Worker {
  TextWorker texts;
  ReadObject read;
  Buffer content;
};

ChangeScan::ChangeScan(const ScanOptions* options, const ScanEngine* engine,
                       const Verifier* verifier, ScanProgress* progress,
                       MakeReader make_reader)
    : options_(options),
      engine_(engine),
      verifier_(verifier),
      progress_(progress),
      make_reader_(std::move(make_reader)) {}

void ChangeScan::NumberObjects() {
  std::unordered_map<ObjectId, uint32_t, HashId> numbers;
  for (uint32_t row = 0; row < added_.size(); ++row) {
    const auto [known, is_new] = numbers.emplace(
        added_[row].id, static_cast<uint32_t>(by_object_.size()));
    if (is_new) {
      by_object_.emplace_back();
    }
    by_object_[known->second].push_back(row);
  }
}

Result<void> ChangeScan::Run(std::vector<AddedText> added,
                             std::vector<std::vector<ObjectId>> gone,
                             bool is_partial) {
  added_ = std::move(added);
  gone_ = std::move(gone);
  NumberObjects();
  if (added_.empty()) {
    return {};
  }
  const unsigned threads = static_cast<unsigned>(std::clamp<size_t>(
      by_object_.size() / kObjectsPerThread, 1, options_->ThreadCount()));
  std::vector<std::unique_ptr<Worker>> workers;
  for (unsigned i = 0; i < threads; ++i) {
    Result<TextScanner> scanner = TextScanner::Create(
        {engine_->rules, verifier_, options_}, *engine_->patterns);
    if (!scanner) {
      return tl::unexpected(std::move(scanner.error()));
    }
    workers.push_back(std::make_unique<Worker>(
        Worker{{std::move(*scanner), progress_}, make_reader_(), {}}));
  }
  progress_->phase = "scanning";
  progress_->objects_total += by_object_.size();
  ParallelFor(threads, by_object_.size(), [&](size_t number, unsigned worker) {
    if (!progress_->cancelled) {
      ScanObject(number, is_partial, workers[worker].get());
    }
  });
  const Result<void> named = ScanNames(workers[0].get());
  for (std::unique_ptr<Worker>& worker : workers) {
    tally_.Join(&worker->texts);
  }
  reader_ = workers[0]->read;
  return named;
}

void ChangeScan::ScanObject(size_t number, bool is_partial, Worker* worker) {
  const AddedText& text = added_[by_object_[number][0]];
  const Result<ObjectType> read = worker->read(text.id, &worker->content);
  if (read) {
    worker->texts.Scan(worker->content.view(),
                       {static_cast<uint32_t>(number), text.kind},
                       [&text] { return WordsFor(text); });
    return;
  }
  Gap gap = GapOf(read.error(), WordsFor(text));
  if (gap.kind == GapKind::kMissing && is_partial) {
    gap.kind = GapKind::kPromised;
  }
  worker->texts.AddGap(std::move(gap));
}

// The names of new files, matched together and looked at one by one where
// there is a hit. Their places count after those of the objects.
Result<void> ChangeScan::ScanNames(Worker* worker) {
  std::string names;
  std::vector<std::pair<size_t, uint32_t>> ends;  // of names; rows of added_
  for (uint32_t row = 0; row < added_.size(); ++row) {
    if (added_[row].before.empty() && !added_[row].path.empty()) {
      names += added_[row].path + "\n";
      ends.emplace_back(names.size(), row);
    }
  }
  std::vector<Hit> hits;
  Result<void> matched = worker->texts.texts().FindHits(names, &hits);
  size_t at = 0;
  size_t scanned_to = 0;
  for (const Hit& hit : hits) {
    if (hit.end() <= scanned_to) {
      continue;
    }
    while (at + 1 < ends.size() && ends[at].first < hit.end()) {
      ++at;
    }
    scanned_to = ends[at].first;
    const uint32_t row = ends[at].second;
    const Result<void> one = worker->texts.texts().ScanWhole(
        added_[row].path,
        {static_cast<uint32_t>(by_object_.size() + row), PlaceKind::kFileName},
        &worker->texts.scratch());
    matched = one ? matched : one;
  }
  return matched;
}

std::vector<Location> ChangeScan::Locate(const Place& place) {
  std::vector<Location> locations;
  const auto add = [&](const AddedText& added, bool is_old) {
    Location location;
    location.path = added.path;
    location.commit = added.commit;
    location.blob = added.id.ToHex();
    location.already_there = is_old;
    locations.push_back(std::move(location));
  };
  if (place.object >= by_object_.size()) {
    add(added_[place.object - by_object_.size()], false);
    return locations;
  }
  for (const uint32_t row : by_object_[place.object]) {
    add(added_[row], IsOld(added_[row], place));
  }
  return locations;
}

bool ChangeScan::IsOld(const AddedText& added, const Place& place) {
  const std::vector<ObjectId>& gone = gone_[added.gone];
  if (added.before.empty() && gone.empty()) {
    return false;
  }
  const Text& now = TextOf(added.id);
  const auto was_there = [&](const ObjectId& before) {
    return WasThere(before, now, place);
  };
  return std::any_of(added.before.begin(), added.before.end(), was_there) ||
         std::any_of(gone.begin(), gone.end(), was_there);
}

// An object that cannot be read has no lines: what it may have held is blamed.
const ChangeScan::Text& ChangeScan::TextOf(const ObjectId& id) {
  const auto [known, is_new] = texts_.try_emplace(id);
  Text& text = known->second;
  if (!is_new || !reader_(id, &text.bytes)) {
    return text;
  }
  std::string_view rest = text.bytes.view();
  while (!rest.empty()) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    text.lines.push_back(Trimmed(rest.substr(0, end)));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return text;
}

// Whether every line of the place stands in the old text too.
bool ChangeScan::WasThere(const ObjectId& before, const Text& now,
                          const Place& place) {
  const auto [known, is_new] = old_lines_.try_emplace(before);
  if (is_new) {
    const Text& old = TextOf(before);
    known->second.insert(old.lines.begin(), old.lines.end());
  }
  if (place.line == 0 || place.end_line > now.lines.size()) {
    return false;
  }
  const auto& lines = known->second;
  return std::all_of(
      now.lines.begin() + (place.line - 1), now.lines.begin() + place.end_line,
      [&lines](std::string_view line) { return lines.count(line) > 0; });
}

void ChangeScan::FillCoverage(Coverage* coverage) const {
  coverage->objects_total += by_object_.size();
  coverage->objects_scanned += tally_.scanned();
  tally_.AddTo(coverage);
}

}  // namespace keysift
