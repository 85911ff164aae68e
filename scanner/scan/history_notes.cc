// SPDX-License-Identifier: Apache-2.0
//
// What a scan keeps of the packs that it has read, for the next one
// (scan/history_known.cc says why, and what may be kept).
// Test: tests/scan/history_notes_test.cc.
#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "base/parallel.h"
#include "finding/fingerprint.h"
#include "scan/history_scan.h"
#include "scan/known_packs.h"

namespace keysift {
namespace {

bool HasForeignBase(const PackFile& pack) {
  return std::any_of(pack.entries().begin(), pack.entries().end(),
                     [](const PackEntry& entry) {
                       return entry.base == PackEntry::kForeignBase ||
                              entry.base == PackEntry::kBroken;
                     });
}

// Numbers of objects as rows of one pack, and ids outside of it.
class Rows {
 public:
  Rows(const ObjectStore::Pack* pack, const ObjectMarks* marks)
      : pack_(pack), marks_(marks) {}

  uint32_t count() const { return pack_->file.count(); }
  bool IsInside(uint32_t number) const {
    return number - pack_->first < pack_->file.count();
  }
  // The row of an object that the pack holds, whichever copy is meant.
  uint32_t Of(uint32_t number) const {
    return IsInside(number)
               ? number - pack_->first
               : *pack_->file.index().Find(marks_->store().id(number));
  }
  // Lists what is named outside.
  void AddOutside(const std::unordered_map<uint32_t, uint8_t>& numbers,
                  PackNotes* notes) {
    const ObjectStore& store = marks_->store();
    std::vector<std::pair<ObjectId, uint32_t>> added;
    for (const auto& [number, marks] : numbers) {
      const auto known = links_.find(number);
      if (known != links_.end()) {
        notes->outside_named[known->second - pack_->file.count()] |= marks;
      } else {
        added.emplace_back(marks_->IsAbsent(number)
                               ? marks_->absent(number - store.count())
                               : store.id(number),
                           number);
      }
    }
    std::sort(added.begin(), added.end());
    for (const auto& [id, number] : added) {
      links_[number] =
          pack_->file.count() + static_cast<uint32_t>(notes->outside.size());
      notes->outside.push_back(id);
      notes->outside_named.push_back(numbers.at(number));
    }
  }
  // A row, or what AddOutside made of the number.
  uint32_t LinkTo(uint32_t number) const {
    return IsInside(number) ? number - pack_->first : links_.at(number);
  }

 private:
  const ObjectStore::Pack* pack_;
  const ObjectMarks* marks_;
  std::unordered_map<uint32_t, uint32_t> links_;
};

// Whether rule and place tell each secret from all others.
bool AreToldApart(const PackNotes& notes) {
  std::map<Standing, const PackNotes::Secret*> standing;
  for (const PackNotes::Secret& secret : notes.secrets) {
    for (const Place& place : secret.places) {
      const auto [known, added] = standing.emplace(
          StandingOf(secret.rule, place, place.object, notes.insides), &secret);
      if (known->second != &secret) {
        return false;
      }
    }
  }
  return true;
}

// What is known of each row, and what is named outside.
void NoteMarks(const PackFacts& facts, Rows* rows, PackNotes* notes) {
  notes->objects = rows->count();
  notes->is_tree = facts.is_tree;
  notes->is_tree.resize(notes->objects);
  if (notes->trees_known) {
    rows->AddOutside(facts.named_by_trees.outside(), notes);
  }
  notes->outside_of_trees = static_cast<uint32_t>(notes->outside.size());
  rows->AddOutside(facts.named_by_texts.outside(), notes);
  for (uint32_t row = 0; row < notes->objects; ++row) {
    notes->named.push_back(
        facts.named_by_texts.Of(row) |
        (notes->trees_known ? facts.named_by_trees.Of(row) : uint8_t{0}));
  }
  notes->hashed.resize(notes->objects);
  for (const uint32_t copy : facts.hashed) {
    notes->hashed[rows->Of(copy)] = true;
  }
}

// What the walk told beside findings.
void NoteTexts(const PackFacts& facts, const Rows& rows, PackNotes* notes) {
  notes->text_bytes = facts.text_bytes;
  notes->tree_bytes = facts.tree_bytes;
  notes->inline_allowed = facts.texts.inline_allowed;
  notes->has_submodules = facts.named_by_trees.has_submodules();
  for (const uint32_t copy : facts.pointers) {
    notes->pointers.push_back(rows.Of(copy));
  }
  for (const auto& [copy, how] : facts.encrypted) {
    notes->encrypted.emplace_back(rows.Of(copy), how);
  }
  for (const auto& [copy, passed] : facts.limits) {
    notes->limits.emplace_back(rows.Of(copy), passed);
  }
  notes->below_confidence = facts.texts.below_confidence.size();
  for (const auto& [hash, text] : facts.texts.below_confidence) {
    notes->witnesses.push_back(rows.Of(text.object));
  }
  std::sort(notes->witnesses.begin(), notes->witnesses.end());
  notes->witnesses.erase(
      std::unique(notes->witnesses.begin(), notes->witnesses.end()),
      notes->witnesses.end());
}

void NoteHistory(const PackFacts& facts, const Rows& rows, PackNotes* notes) {
  for (const CommitNode& node : facts.commits) {
    CommitNode commit;
    commit.object = rows.Of(node.object);
    commit.tree = rows.LinkTo(node.tree);
    commit.time = node.time;
    for (const uint32_t parent : node.parents) {
      commit.parents.push_back(rows.LinkTo(parent));
    }
    notes->commits.push_back(std::move(commit));
  }
  std::sort(notes->commits.begin(), notes->commits.end(),
            [](const CommitNode& a, const CommitNode& b) {
              return a.object < b.object;
            });
  for (const auto& [tag, target] : facts.tags) {
    notes->tags.emplace_back(rows.Of(tag), rows.LinkTo(target));
  }
  std::sort(notes->tags.begin(), notes->tags.end());
}

// The trees of a pack that lead to its own targets by its own objects.
void NoteChildren(const Containment& containment, const ObjectStore::Pack& pack,
                  const Rows& rows, PackNotes* notes) {
  std::unordered_map<uint32_t, std::vector<const TreeChild*>> holders;
  for (const TreeChild& child : containment.children()) {
    if (rows.IsInside(child.tree) && rows.IsInside(child.child)) {
      holders[child.child].push_back(&child);
    }
  }
  std::vector<bool> reached(pack.file.count());
  std::vector<uint32_t> open;
  const auto reach = [&](uint32_t row) {
    if (!reached[row]) {
      reached[row] = true;
      open.push_back(row);
    }
  };
  for (const PackNotes::Secret& secret : notes->secrets) {
    for (const Place& place : secret.places) {
      reach(place.object);
    }
  }
  std::unordered_map<uint32_t, uint32_t> names;
  while (!open.empty()) {
    const uint32_t row = open.back();
    open.pop_back();
    for (const TreeChild* child : holders[pack.first + row]) {
      const auto [name, added] = names.emplace(
          child->name, static_cast<uint32_t>(notes->names.size()));
      if (added) {
        notes->names.push_back(containment.name(child->name));
      }
      notes->children.push_back({child->tree - pack.first, row, name->second});
      reach(child->tree - pack.first);
    }
  }
  std::sort(notes->children.begin(), notes->children.end());
}

}  // namespace

// Copies what the findings of packs are, before they are joined.
void HistoryScan::NoteSecrets() {
  noted_.resize(known_.size());
  for (size_t i = 0; i < known_.size(); ++i) {
    if (!WantsNotes(i) || facts_[i + 1] == nullptr) {
      continue;
    }
    const FindingSet& findings = facts_[i + 1]->texts.findings;
    noted_[i].insides = findings.insides();
    noted_[i].is_in_names = !facts_[i + 1]->names.empty();
    findings.ForEach([&](uint32_t rule, const std::string& secret,
                         const std::vector<Place>& places) {
      noted_[i].secrets.push_back({rule, secret, places});
    });
  }
}

// Fingerprints of weak secrets are slow: those that are known are kept.
void HistoryScan::NamePrints() {
  if (known_.empty()) {
    return;
  }
  const Fingerprinter fingerprinter(options_->fingerprint_key);
  ParallelFor(threads_, found_.size(), [&](size_t i, unsigned) {
    FoundSecret& secret = found_[i];
    const auto known =
        known_prints_.find(std::pair(secret.rule, secret.secret));
    secret.fingerprint =
        known != known_prints_.end()
            ? known->second
            : fingerprinter.Of(engine_->rules->rules[secret.rule].id,
                               secret.secret);
  });
}

// The fingerprint of something that was found.
const std::string& HistoryScan::PrintOf(uint32_t rule,
                                        const std::string& secret) const {
  const auto found =
      std::lower_bound(found_.begin(), found_.end(), std::tie(rule, secret),
                       [](const FoundSecret& one, const auto& wanted) {
                         return std::tie(one.rule, one.secret) < wanted;
                       });
  return found->fingerprint;
}

void HistoryScan::KeepNotes() {
  if (progress_->cancelled) {
    return;
  }
  for (size_t i = 0; i < known_.size(); ++i) {
    PackNotes notes;
    if (WantsNotes(i) && facts_[i + 1] != nullptr && MakeNotes(i, &notes)) {
      options_->known_packs->Keep(store().packs()[i].file, notes);
    }
  }
}

// Whether a pack was read in full, and all that came of it is its own.
bool HistoryScan::IsWorthNoting(const ObjectStore::Pack& pack,
                                const PackFacts& facts) const {
  const auto is_doubted = [&](const Gap& gap) {
    return gap.where.starts_with(pack.file.path());
  };
  return facts.sound && !HasForeignBase(pack.file) &&
         facts.text_count + facts.tree_count == pack.file.count() &&
         std::none_of(objects_->gaps.begin(), objects_->gaps.end(), is_doubted);
}

// Of the texts that a scan will take the words of findings from.
void HistoryScan::NoteHits(const ObjectStore::Pack& pack, PackNotes* notes) {
  std::vector<uint32_t> rows;
  for (const Place* place : BestPlaces(pack, *notes)) {
    rows.push_back(place->object);
  }
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  std::vector<std::optional<std::vector<KnownHit>>> hits(rows.size());
  ParallelFor(threads_, rows.size(), [&](size_t i, unsigned worker) {
    hits[i] = workers_[worker]->HitsOf(pack.first + rows[i]);
  });
  for (size_t i = 0; i < rows.size(); ++i) {
    if (hits[i]) {
      notes->texts.push_back({rows[i], std::move(*hits[i])});
    }
  }
}

// False if the pack had better be read again.
bool HistoryScan::MakeNotes(size_t number, PackNotes* notes) {
  const ObjectStore::Pack& pack = store().packs()[number];
  const PackFacts& facts = *facts_[number + 1];
  if (!IsWorthNoting(pack, facts)) {
    return false;
  }
  notes->trees_known = !noted_[number].is_in_names;
  Rows rows(&pack, &marks_);
  NoteMarks(facts, &rows, notes);
  NoteHistory(facts, rows, notes);
  NoteTexts(facts, rows, notes);
  notes->insides = noted_[number].insides;
  for (const NotedSecret& noted : noted_[number].secrets) {
    PackNotes::Secret secret{noted.rule, PrintOf(noted.rule, noted.secret),
                             noted.places};
    for (Place& place : secret.places) {
      place.object = rows.Of(place.object);
    }
    std::sort(secret.places.begin(), secret.places.end());
    secret.places.erase(std::unique(secret.places.begin(), secret.places.end()),
                        secret.places.end());
    notes->secrets.push_back(std::move(secret));
  }
  if (!AreToldApart(*notes)) {
    return false;
  }
  NoteHits(pack, notes);
  if (notes->trees_known) {
    NoteChildren(containment_, pack, rows, notes);
  }
  for (const ObjectId& id : spelled_->ids()) {
    if (!pack.file.index().Find(id)) {
      (store().Find(id) ? notes->spelled_present : notes->spelled_absent)
          .push_back(id);
    }
  }
  return true;
}

}  // namespace keysift
