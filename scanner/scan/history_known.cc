// SPDX-License-Identifier: Apache-2.0
//
// Packs that an earlier scan has read are not read again.
//
// Problem. Forks share packs, and a fetch adds a small pack to large old ones.
// Scanning them anew costs the same each time, and yet the report must be the
// one that a scan of everything gives, byte by byte.
//
// Idea. What the walk of a pack yields (findings, links, which trees lead to
// them) is a function of the pack's bytes, but for few things. Those are
// checked, or the pack does without notes:
//   - deltas against objects of other packs: such a pack is never noted
//   - whether an id that a text spells out is an object here: the ids are
//     noted, and asked for again
//   - which copy of an object comes first: notes speak of rows, and rows are
//     turned into numbers here
//   - what the pack holds beside objects of the one that was noted
//     (git/same_entries.h): that is read object by object
//   - targets that lie elsewhere: if a tree of the pack names one, or what
//     leads to one, the pack's trees are read after all (not its texts)
// All else that the report needs (order of commits, provenance, the digest,
// gaps of what is absent) is worked out from the joined facts as ever. A pack
// of which anything was lost or doubtful is not noted: its gaps come back
// because it is read again.
//
// Notes hold no secret. A secret is found again by scanning the one text where
// it stands best; that text is hashed first. So the words of a finding come
// from the object itself, and notes that do not fit it are thrown away.
//
// Identity: known_packs.h. How notes are made: history_notes.cc. Tests:
// tests/scan/history_notes_test.cc (generated repositories, repacked and
// fetched into, against scans without notes), tests/cli/bulk_known_test.py.
#include <algorithm>
#include <map>
#include <unordered_set>
#include <utility>

#include "base/parallel.h"
#include "scan/history_scan.h"
#include "scan/known_packs.h"

namespace keysift {
namespace {

// Of each copy of what another pack holds the size is asked for. Packs that
// are copies of each other are read.
constexpr uint32_t kMaxCopies = 1024;

}  // namespace

bool HistoryScan::IsKnown(const ObjectStore::Pack* pack, bool trees) const {
  if (pack == nullptr || known_.empty()) {
    return false;
  }
  const KnownPack* known =
      known_[static_cast<size_t>(pack - store().packs().data())].get();
  return known != nullptr && (!trees || known->trees_known);
}

void HistoryScan::UseNotes() {
  facts_.resize(store().packs().size() + 1);
  if (!options_->UsesNotes()) {
    return;
  }
  known_.resize(store().packs().size());
  for (size_t i = 0; i < known_.size() && !progress_->cancelled; ++i) {
    const ObjectStore::Pack& pack = store().packs()[i];
    std::optional<KnownPacks::Known> known =
        options_->known_packs->Take(pack.file);
    auto facts = std::make_unique<PackFacts>(0, 0);
    if (known && IsUsable(pack, known->notes) &&
        FindAgain(pack, known->notes, facts.get())) {
      TakeKnown(pack, &known->notes, facts.get());
      facts_[i + 1] = std::move(facts);
      known_[i] = std::make_unique<KnownPack>();
      known_[i]->trees_known = known->notes.trees_known;
      known_[i]->notes = std::move(known->notes);
      for (const SameEntries::Other& other : known->others) {
        known_[i]->others.push_back(other.row);
      }
      MarkKnown(i);
    }
    if (pack.file.is_closed() && !IsKnown(&pack, true)) {
      objects_->OpenPack(i, threads_);
    }
  }
}

// Of a packed object, before trees are read.
bool HistoryScan::IsTree(uint32_t number) const {
  for (size_t i = 0; i < known_.size(); ++i) {
    const uint32_t row = number - store().packs()[i].first;
    if (known_[i] != nullptr && row < known_[i]->notes.objects) {
      return known_[i]->notes.is_tree[row];
    }
  }
  return store().type(number) == ObjectType::kTree;
}

bool HistoryScan::IsUsable(const ObjectStore::Pack& pack,
                           const PackNotes& notes) const {
  const auto is_here = [this](const ObjectId& id) {
    return store().Find(id).has_value();
  };
  const std::vector<ObjectId>& present = notes.spelled_present;
  const std::vector<ObjectId>& absent = notes.spelled_absent;
  if (!std::all_of(present.begin(), present.end(), is_here) ||
      std::any_of(absent.begin(), absent.end(), is_here)) {
    return false;
  }
  uint32_t copies = 0;
  for (uint32_t row = 0; store().further_copies() > 0 && row < notes.objects;
       ++row) {
    copies += store().FirstCopy(pack.first + row) != pack.first + row ? 1 : 0;
  }
  return copies <= kMaxCopies;
}

// The place of each secret that tells most of it, in this store's numbers.
std::vector<const Place*> HistoryScan::BestPlaces(
    const ObjectStore::Pack& pack, const PackNotes& notes) const {
  const auto numbered = [&](Place place) {
    place.object = store().FirstCopy(pack.first + place.object);
    return place;
  };
  std::vector<const Place*> best;
  for (const PackNotes::Secret& secret : notes.secrets) {
    best.push_back(&secret.places.front());
    for (const Place& place : secret.places) {
      if (IsBetterPlace(numbered(place), numbered(*best.back()),
                        notes.insides)) {
        best.back() = &place;
      }
    }
  }
  return best;
}

// Scans the texts again from which the words of findings are taken.
bool HistoryScan::FindAgain(const ObjectStore::Pack& pack,
                            const PackNotes& notes, PackFacts* facts) {
  const std::vector<const Place*> best = BestPlaces(pack, notes);
  std::vector<uint32_t> rows;
  for (const Place* place : best) {
    rows.push_back(place->object);
  }
  TextOutcome again;
  if (!ScanAgain(pack, notes, std::move(rows), &again)) {
    return false;
  }
  const std::vector<FoundSecret> found = again.findings.Take();
  std::map<Standing, const FoundSecret*> standing;
  for (const FoundSecret& secret : found) {
    for (const Place& place : secret.places) {
      standing.emplace(StandingOf(secret.rule, place, place.object - pack.first,
                                  again.findings.insides()),
                       &secret);
    }
  }
  for (size_t i = 0; i < notes.secrets.size(); ++i) {
    const auto at = standing.find(StandingOf(notes.secrets[i].rule, *best[i],
                                             best[i]->object, notes.insides));
    if (at == standing.end()) {
      return false;
    }
    AddKnownSecret(pack, notes, notes.secrets[i], *at->second, facts);
  }
  return true;
}

// `found`: the same secret, in full and with its words.
void HistoryScan::AddKnownSecret(const ObjectStore::Pack& pack,
                                 const PackNotes& notes,
                                 const PackNotes::Secret& secret,
                                 const FoundSecret& found, PackFacts* facts) {
  for (const Place& place : secret.places) {
    Occurrence occurrence;
    occurrence.rule = secret.rule;
    occurrence.secret = found.secret;
    occurrence.object = store().FirstCopy(pack.first + place.object);
    occurrence.line = place.line;
    occurrence.column = place.column;
    occurrence.end_line = place.end_line;
    occurrence.end_column = place.end_column;
    occurrence.kind = place.kind();
    occurrence.confidence = place.confidence();
    occurrence.severity = place.severity();
    occurrence.inside =
        place.inside() == 0 ? nullptr : &notes.insides[place.inside()];
    FindingText* text = facts->texts.findings.Add(occurrence);
    if (text != nullptr) {
      *text = found.text;
    }
  }
  known_prints_.emplace(std::pair(secret.rule, found.secret),
                        secret.fingerprint);
}

// `rows`: of texts; those that the notes have hits of are not matched.
bool HistoryScan::ScanAgain(const ObjectStore::Pack& pack,
                            const PackNotes& notes, std::vector<uint32_t> rows,
                            TextOutcome* again) {
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  std::vector<TextOutcome> outcomes(threads_);
  std::vector<uint8_t> same(rows.size(), 0);
  ParallelFor(threads_, rows.size(), [&](size_t i, unsigned worker) {
    same[i] = workers_[worker]->ScanAgain(
        pack.first + rows[i], notes.HitsOf(rows[i]), &outcomes[worker]);
  });
  for (TextOutcome& outcome : outcomes) {
    again->Merge(std::move(outcome));
  }
  return std::count(same.begin(), same.end(), 0) == 0;
}

// Different ones of the whole repository. Where all lie in one known pack,
// their number is enough; else they have to be found again to be compared.
void HistoryScan::CountBelowConfidence() {
  size_t sources = 0;
  std::unordered_set<uint64_t> below;
  for (const std::unique_ptr<PackFacts>& facts : facts_) {
    for (const TextOutcome* outcome :
         facts == nullptr
             ? std::vector<const TextOutcome*>()
             : std::vector<const TextOutcome*>{&facts->texts, &facts->names}) {
      for (const auto& [hash, place] : outcome->below_confidence) {
        below.insert(hash);
      }
    }
  }
  sources += below.empty() ? 0 : 1;
  for (const std::unique_ptr<KnownPack>& known : known_) {
    if (known != nullptr && known->notes.below_confidence > 0) {
      ++sources;
      below_confidence_ = known->notes.below_confidence;
    }
  }
  for (size_t i = 0; sources > 1 && i < known_.size(); ++i) {
    TextOutcome again;
    if (known_[i] != nullptr) {
      // (What could not be read again was hashed when it was noted.)
      // Hits are of no use: they are those of findings only.
      PackNotes& notes = known_[i]->notes;
      notes.texts.clear();
      ScanAgain(store().packs()[i], notes, notes.witnesses, &again);
    }
    for (const auto& [hash, place] : again.below_confidence) {
      below.insert(hash);
    }
  }
  if (sources > 1 || !below.empty()) {
    below_confidence_ = below.size();
  }
}

// What the notes say, in this store's numbers.
// (Lists as long as the history are taken out of them: copies cost more than
// all else that is done here.)
void HistoryScan::TakeKnown(const ObjectStore::Pack& pack, PackNotes* known,
                            PackFacts* facts) {
  PackNotes& notes = *known;
  std::vector<uint32_t> outside;
  for (size_t i = 0; i < notes.outside.size(); ++i) {
    outside.push_back(
        marks_.Name(notes.outside[i].raw(), notes.outside_named[i]));
  }
  const auto number = [&](uint32_t link) {
    return link < notes.objects ? store().FirstCopy(pack.first + link)
                                : outside[link - notes.objects];
  };
  facts->commits = std::move(notes.commits);
  for (CommitNode& node : facts->commits) {
    node.object = number(node.object);
    node.tree = number(node.tree);
    for (uint32_t& parent : node.parents) {
      parent = number(parent);
    }
  }
  for (const auto& [tag, target] : notes.tags) {
    facts->tags.emplace_back(number(tag), number(target));
  }
  for (const auto& [row, passed] : notes.limits) {
    facts->limits.emplace_back(pack.first + row, passed);
  }
  for (const uint32_t row : notes.pointers) {
    facts->pointers.push_back(pack.first + row);
  }
  for (const auto& [row, how] : notes.encrypted) {
    facts->encrypted.emplace_back(pack.first + row, how);
  }
  facts->texts.inline_allowed = notes.inline_allowed;
  has_gitlinks_ = has_gitlinks_ || notes.has_submodules;
}

void HistoryScan::MarkKnown(size_t number) {
  const ObjectStore::Pack& pack = store().packs()[number];
  KnownPack& known = *known_[number];
  PackNotes& notes = known.notes;
  ObjectReader reader(&store(), UINT64_MAX);
  Buffer content;
  known_bytes_ += notes.text_bytes + (notes.trees_known ? notes.tree_bytes : 0);
  auto other = known.others.begin();
  for (uint32_t row = 0; row < notes.objects; ++row) {
    if (other != known.others.end() && *other == row) {
      ++other;
      continue;
    }
    const uint8_t named = notes.named[row];
    const bool is_read = !notes.is_tree[row] || notes.trees_known;
    const uint8_t tree = notes.is_tree[row] ? ObjectMarks::kTree : 0;
    const uint8_t before =
        marks_.AddAlone(store().FirstCopy(pack.first + row),
                        is_read ? named | tree | ObjectMarks::kScanned : named);
    if (is_read && notes.hashed[row]) {
      marks_.AddAlone(pack.first + row, ObjectMarks::kHashed);
    }
    if (is_read && (before & ObjectMarks::kScanned) == 0) {
      ++known_objects_;
    } else if (is_read && reader.Read(pack.first + row, &content)) {
      known_bytes_ -= content.size();  // another pack's copy counts
    }
  }
  KnownTrees& trees = known.trees;
  trees.first = pack.first;
  trees.count = notes.objects;
  for (const uint32_t row : known.others) {
    trees.others.push_back(pack.first + row);
  }
  trees.names = std::move(notes.names);
  trees.children = std::move(notes.children);
  for (TreeChild& child : trees.children) {
    child.tree += pack.first;
    child.child = store().FirstCopy(pack.first + child.child);
  }
  for (const PackNotes::Secret& secret : notes.secrets) {
    for (const Place& place : secret.places) {
      const uint32_t target = store().FirstCopy(pack.first + place.object);
      marks_.Set(target, ObjectMarks::kTarget);
      trees.targets.push_back(target);
    }
  }
  for (uint32_t i = 0; i < notes.outside_of_trees; ++i) {
    trees.outside.push_back(
        marks_.Name(notes.outside[i].raw(), notes.outside_named[i]));
  }
  std::sort(trees.targets.begin(), trees.targets.end());
  std::sort(trees.outside.begin(), trees.outside.end());
}

}  // namespace keysift
