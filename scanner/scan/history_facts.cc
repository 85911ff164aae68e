// SPDX-License-Identifier: Apache-2.0
#include "scan/history_facts.h"

#include <algorithm>
#include <tuple>
#include <unordered_set>

#include "base/time.h"
#include "finding/redact.h"
#include "git/commit.h"
#include "scan/ref_reach.h"

namespace keysift {
namespace {

int RefRank(const std::string& name) {
  if (name.starts_with("refs/heads/")) {
    return 0;
  }
  if (name.starts_with("refs/remotes/")) {
    return 1;
  }
  return name.starts_with("refs/tags/") ? 2 : 3;
}

}  // namespace

HistoryFacts::HistoryFacts(const HistoryScan* history)
    : history_(history),
      reader_(&history->store(), UINT64_MAX),
      introduced_(history->found().size()),
      removed_(history->found().size(), FindingHistory::kNever),
      in_head_(history->found().size(), false) {
  ListIntroductions();
  ListStaged();
  refs_ = RefsThatReach(history->commits(), history->tips(), introduced_);
}

void HistoryFacts::ListIntroductions() {
  const std::vector<FoundSecret>& found = history_->found();
  const CommitGraph& commits = history_->commits();
  for (uint32_t i = 0; i < found.size(); ++i) {
    for (const Place& place : found[i].places) {
      const uint32_t commit = commits.Position(place.object);
      if (place.kind() == PlaceKind::kCommitMessage &&
          commit != CommitNode::kNone) {
        introduced_[i].push_back(commit);
      }
    }
  }
  const FindingHistory& changes = history_->changes();
  for (const auto& [commit, finding] : changes.introductions()) {
    introduced_[finding].push_back(commit);
  }
  // Commits that a ref reaches come first, each kind parents first.
  for (std::vector<uint32_t>& list : introduced_) {
    std::sort(list.begin(), list.end(), [this](uint32_t a, uint32_t b) {
      const Provenance& provenance = history_->provenance();
      return std::make_pair(!provenance.IsReachableCommit(a), a) <
             std::make_pair(!provenance.IsReachableCommit(b), b);
    });
  }
  const uint32_t head = history_->head();
  if (head == CommitNode::kNone) {
    return;
  }
  removed_ = changes.Removals(head, found.size());
  for (uint32_t finding : changes.FindingsIn(head)) {
    in_head_[finding] = true;
  }
  const uint32_t tree = commits.nodes()[head].tree;
  for (const auto& [object, path] : history_->provenance().TargetsIn(tree)) {
    head_paths_[object].push_back(path);
  }
}

void HistoryFacts::ListStaged() {
  std::unordered_set<uint32_t> blobs;
  for (const FoundSecret& secret : history_->found()) {
    for (const Place& place : secret.places) {
      if (place.kind() == PlaceKind::kBlob ||
          place.kind() == PlaceKind::kFileName) {
        blobs.insert(place.object);
      }
    }
  }
  for (const StagingArea& area : history_->objects().staging) {
    for (const IndexEntry& entry : area.index.entries()) {
      const std::optional<uint32_t> number =
          blobs.empty() ? std::nullopt : history_->store().Find(entry.raw_id());
      if (!number || blobs.count(*number) == 0) {
        continue;
      }
      std::vector<std::string>& paths = staged_paths_[*number];
      if (std::find(paths.begin(), paths.end(), entry.path()) == paths.end()) {
        paths.emplace_back(entry.path());
      }
    }
  }
}

// Where a secret is in the paths under which an object is staged; nowhere if a
// tree has it in a name as well.
std::vector<Location> HistoryFacts::StagedNames(const FoundSecret& secret,
                                                const Place& place) const {
  std::vector<Location> locations;
  for (const Place& other : secret.places) {
    if (other.kind() == PlaceKind::kFileName &&
        history_->marks().Has(other.object, ObjectMarks::kTree)) {
      return locations;
    }
  }
  const auto staged = staged_paths_.find(place.object);
  if (staged == staged_paths_.end()) {
    return locations;
  }
  for (const std::string& path : staged->second) {
    const size_t at = path.find(secret.secret);
    if (at != std::string::npos) {
      Location location;
      location.blob = history_->store().id(place.object).ToHex();
      location.path = path;
      location.path.replace(at, secret.secret.size(), Redact(secret.secret));
      locations.push_back(std::move(location));
    }
  }
  return locations;
}

std::vector<Location> HistoryFacts::LocationsOf(const FoundSecret& secret,
                                                const Place& place) const {
  const ObjectStore& store = history_->store();
  const CommitGraph& commits = history_->commits();
  std::vector<Location> locations;
  Location location;
  location.blob = store.id(place.object).ToHex();
  if (place.kind() == PlaceKind::kCommitMessage) {
    location.commit = location.blob;
  }
  if (IsMessage(place.kind())) {
    locations.push_back(location);
    return locations;
  }
  const bool is_name = place.kind() == PlaceKind::kFileName;
  if (is_name && !history_->marks().Has(place.object, ObjectMarks::kTree)) {
    return StagedNames(secret, place);
  }
  auto add = [&](const std::string& path, const std::string& commit) {
    location.path = path;
    if (is_name) {
      location.path += (path.empty() ? "" : "/") + Redact(secret.secret);
    }
    location.commit = commit;
    locations.push_back(location);
  };
  const std::vector<Sighting>& sightings =
      history_->provenance().SightingsOf(place.object);
  for (const Sighting& sighting : sightings) {
    const uint32_t commit = commits.nodes()[sighting.commit].object;
    add(sighting.path, store.id(commit).ToHex());
  }
  const auto head = head_paths_.find(place.object);
  if (head != head_paths_.end()) {
    for (const std::string& path : head->second) {
      if (std::none_of(sightings.begin(), sightings.end(),
                       [&](const Sighting& s) { return s.path == path; })) {
        add(path, "");
      }
    }
  }
  const auto staged = staged_paths_.find(place.object);
  if (staged != staged_paths_.end() && !is_name) {
    for (const std::string& path : staged->second) {
      if (head == head_paths_.end() ||
          std::find(head->second.begin(), head->second.end(), path) ==
              head->second.end()) {
        add(path, "");
        locations.back().kind = PlaceKindName(PlaceKind::kIndex);
      }
    }
  }
  if (locations.empty()) {
    add("", "");
  }
  return locations;
}

void HistoryFacts::Fill(uint32_t number, Finding* finding) {
  const std::vector<uint32_t>& introduced = introduced_[number];
  if (!introduced.empty()) {
    finding->first_commit = Summarize(introduced.front());
    finding->reachable =
        history_->provenance().IsReachableCommit(introduced.front());
  }
  finding->in_head = in_head_[number];
  if (removed_[number] != FindingHistory::kNever && !finding->in_head) {
    finding->removed_commit = Summarize(removed_[number]);
  }
  std::vector<std::string> names;
  for (uint32_t tip : refs_[number]) {
    names.push_back(history_->tips()[tip].name);
  }
  std::stable_sort(names.begin(), names.end(),
                   [](const std::string& a, const std::string& b) {
                     return RefRank(a) < RefRank(b);
                   });
  finding->refs_total = names.size();
  names.resize(std::min<size_t>(names.size(), Finding::kMaxRefs));
  finding->refs = std::move(names);
  SortLocations(&finding->locations);
}

// First introduced first: by the position of the commit.
void HistoryFacts::SortLocations(std::vector<Location>* locations) const {
  std::unordered_map<std::string, uint32_t> positions = {{"", UINT32_MAX}};
  std::vector<std::pair<uint32_t, Location>> ranked;
  ranked.reserve(locations->size());
  for (Location& location : *locations) {
    const auto [position, is_new] = positions.emplace(location.commit, 0);
    if (is_new) {
      const auto object =
          history_->store().Find(*ObjectId::FromHex(location.commit));
      position->second = history_->commits().Position(*object);
    }
    ranked.emplace_back(position->second, std::move(location));
  }
  std::sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
    const auto key = [](const auto& one) {
      const Location& location = one.second;
      return std::tie(one.first, location.path, location.line, location.column,
                      location.blob);
    };
    return key(a) < key(b);
  });
  std::transform(ranked.begin(), ranked.end(), locations->begin(),
                 [](auto& one) { return std::move(one.second); });
}

CommitSummary HistoryFacts::Summarize(uint32_t position) {
  const uint32_t object = history_->commits().nodes()[position].object;
  CommitSummary summary;
  summary.id = history_->store().id(object).ToHex();
  Buffer content;
  Result<ObjectType> read = reader_.Read(object, &content);
  if (!read) {
    return summary;
  }
  Result<Commit> commit = Commit::Parse(content.view());
  if (commit) {
    summary.author = std::string(commit->author.name) + " <" +
                     std::string(commit->author.email) + ">";
    summary.date = FormatRfc3339Utc(commit->author.time);
    summary.summary = commit->Summary();
  }
  return summary;
}

}  // namespace keysift
