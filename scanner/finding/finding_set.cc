// SPDX-License-Identifier: Apache-2.0
#include "finding/finding_set.h"

#include <algorithm>
#include <array>
#include <functional>
#include <tuple>
#include <utility>

namespace keysift {
namespace {

constexpr std::array<const char*, 7> kPlaceKindNames = {
    "blob",  "commit message", "tag message", "file name",
    "index", "file",           "stdin"};

// Numbers of `Inside` have 24 bits. What comes after is shown without its
// member; a scan would need 16 million different archive members to get there.
constexpr size_t kMaxInsides = size_t{1} << 24;

uint32_t Clip(uint64_t value) {
  return static_cast<uint32_t>(std::min<uint64_t>(value, UINT32_MAX));
}

uint32_t Strength(const Place& place) {
  return place.packed >> 2 & 3;  // confidence
}

void SortPlaces(std::vector<Place>* places) {
  std::sort(places->begin(), places->end());
  places->erase(std::unique(places->begin(), places->end()), places->end());
}

}  // namespace

const char* PlaceKindName(PlaceKind kind) {
  return kPlaceKindNames[static_cast<size_t>(kind)];
}

bool Inside::operator<(const Inside& other) const {
  return std::tie(member, decoding) < std::tie(other.member, other.decoding);
}

bool IsBetterPlace(const Place& a, const Place& b,
                   const std::vector<Inside>& insides) {
  if (Strength(a) != Strength(b)) {
    return Strength(a) > Strength(b);
  }
  if (a.severity() != b.severity()) {
    return a.severity() > b.severity();
  }
  const auto position = [](const Place& p) {
    return std::tie(p.object, p.line, p.column, p.end_line, p.end_column);
  };
  if (position(a) != position(b)) {
    return position(a) < position(b);
  }
  if (a.kind() != b.kind()) {
    return a.kind() < b.kind();
  }
  return insides[a.inside()] < insides[b.inside()];
}

size_t FindingSet::KeyHash::operator()(const KeyView& key) const {
  return std::hash<std::string_view>()(key.secret) * 31 + key.rule;
}

size_t FindingSet::KeyHash::operator()(const Key& key) const {
  return (*this)(KeyView{key.rule, key.secret});
}

FindingSet::FindingSet() : insides_(1) { inside_numbers_[Inside()] = 0; }

uint32_t FindingSet::NumberOf(const Inside& inside) {
  auto known = inside_numbers_.find(inside);
  if (known != inside_numbers_.end()) {
    return known->second;
  }
  if (insides_.size() >= kMaxInsides) {
    return 0;
  }
  const uint32_t number = static_cast<uint32_t>(insides_.size());
  insides_.push_back(inside);
  inside_numbers_.emplace(inside, number);
  return number;
}

FindingText* FindingSet::Add(const Occurrence& occurrence) {
  Place place{occurrence.object,           Clip(occurrence.line),
              Clip(occurrence.column),     Clip(occurrence.end_line),
              Clip(occurrence.end_column), 0};
  const uint32_t inside =
      occurrence.inside == nullptr ? 0 : NumberOf(*occurrence.inside);
  place.packed = inside << 8 | static_cast<uint32_t>(occurrence.kind) << 4 |
                 static_cast<uint32_t>(occurrence.confidence) << 2 |
                 static_cast<uint32_t>(occurrence.severity);
  ++occurrences_;
  auto found = entries_.find(KeyView{occurrence.rule, occurrence.secret});
  if (found == entries_.end()) {
    Key key{occurrence.rule, std::string(occurrence.secret)};
    Entry& entry = entries_[std::move(key)];
    entry.best = place;
    entry.places.push_back(place);
    return &entry.text;
  }
  Entry& entry = found->second;
  entry.places.push_back(place);
  if (!IsBetterPlace(place, entry.best, insides_)) {
    return nullptr;
  }
  entry.best = place;
  entry.text = FindingText();
  return &entry.text;
}

void FindingSet::Merge(FindingSet&& other) {
  std::vector<uint32_t> renumbered;
  renumbered.reserve(other.insides_.size());
  for (const Inside& inside : other.insides_) {
    renumbered.push_back(NumberOf(inside));
  }
  const auto translate = [&renumbered](Place* place) {
    place->packed =
        renumbered[place->inside()] << 8 | (place->packed & uint32_t{0xff});
  };
  occurrences_ += other.occurrences_;
  while (!other.entries_.empty()) {
    auto node = other.entries_.extract(other.entries_.begin());
    Entry& theirs = node.mapped();
    translate(&theirs.best);
    std::for_each(theirs.places.begin(), theirs.places.end(),
                  [&translate](Place& place) { translate(&place); });
    auto mine = entries_.find(node.key());
    if (mine == entries_.end()) {
      entries_.insert(std::move(node));
      continue;
    }
    Entry& ours = mine->second;
    if (IsBetterPlace(theirs.best, ours.best, insides_)) {
      ours.best = theirs.best;
      ours.text = std::move(theirs.text);
    }
    ours.places.insert(ours.places.end(), theirs.places.begin(),
                       theirs.places.end());
  }
  other = FindingSet();
}

void FindingSet::ForEach(
    const std::function<void(uint32_t rule, const std::string& secret,
                             const std::vector<Place>& places)>& look) const {
  for (const auto& [key, entry] : entries_) {
    look(key.rule, key.secret, entry.places);
  }
}

void FindingSet::SortInsides() {
  std::vector<uint32_t> renumbered(insides_.size());
  std::vector<Inside> sorted;
  sorted.reserve(insides_.size());
  for (auto& [inside, number] : inside_numbers_) {
    renumbered[number] = static_cast<uint32_t>(sorted.size());
    number = static_cast<uint32_t>(sorted.size());
    sorted.push_back(inside);
  }
  insides_ = std::move(sorted);
  for (auto& [key, entry] : entries_) {
    for (Place& place : entry.places) {
      place.packed =
          renumbered[place.inside()] << 8 | (place.packed & uint32_t{0xff});
    }
  }
}

std::vector<FoundSecret> FindingSet::Take() {
  SortInsides();
  std::vector<FoundSecret> taken;
  taken.reserve(entries_.size());
  while (!entries_.empty()) {
    auto node = entries_.extract(entries_.begin());
    Entry& entry = node.mapped();
    FoundSecret secret;
    secret.rule = node.key().rule;
    secret.secret = std::move(node.key().secret);
    secret.text = std::move(entry.text);
    secret.places = std::move(entry.places);
    SortPlaces(&secret.places);
    for (const Place& place : secret.places) {
      secret.confidence = std::max(secret.confidence, place.confidence());
      secret.severity = std::max(secret.severity, place.severity());
    }
    taken.push_back(std::move(secret));
  }
  std::sort(taken.begin(), taken.end(),
            [](const FoundSecret& a, const FoundSecret& b) {
              return std::tie(a.rule, a.secret) < std::tie(b.rule, b.secret);
            });
  occurrences_ = 0;
  return taken;
}

}  // namespace keysift
