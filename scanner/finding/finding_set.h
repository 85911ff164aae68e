// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rule/rule_list.h"

namespace keysift {

// What kind of text a secret stands in. At most 16 values.
enum class PlaceKind : uint8_t {
  kBlob,
  kCommitMessage,
  kTagMessage,
  kFileName,
  kIndex,
  kFile,
  kStdin,
};

// As Location::kind has it: "blob", "commit message", …
const char* PlaceKindName(PlaceKind kind);

// Of commits and tags the place is the object itself, not a tree's entry.
inline bool IsMessage(PlaceKind kind) {
  return kind == PlaceKind::kCommitMessage || kind == PlaceKind::kTagMessage;
}

// Where inside an object a text was: in an archive's member, behind decodings.
// Both empty for the object's own bytes.
struct Inside {
  std::string member;
  std::vector<std::string> decoding;  // outermost first

  bool operator==(const Inside& other) const = default;
  bool operator<(const Inside& other) const;
};

// One place of a secret, in 24 bytes: a secret that every version of a file
// holds has hundreds of thousands of them. `object` is the scan's own number
// of the object or file; it must mean the same to every worker and every run.
// Lines and columns as in Location; counts over 2^32 - 1 are clipped.
struct Place {
  uint32_t object = 0;
  uint32_t line = 0;
  uint32_t column = 0;
  uint32_t end_line = 0;
  uint32_t end_column = 0;
  uint32_t packed = 0;  // inside: 24 bits, kind: 4, confidence: 2, severity: 2

  // An index for FindingSet::inside().
  uint32_t inside() const { return packed >> 8; }
  PlaceKind kind() const { return static_cast<PlaceKind>(packed >> 4 & 15); }
  Confidence confidence() const {
    return static_cast<Confidence>(packed >> 2 & 3);
  }
  Severity severity() const { return static_cast<Severity>(packed & 3); }

  bool operator==(const Place& other) const = default;
  auto operator<=>(const Place& other) const = default;
};

// One sighting of a secret, as a worker hands it in. The views and the pointer
// live for the call only.
struct Occurrence {
  uint32_t rule = 0;  // its number in the RuleSet
  std::string_view secret;
  uint32_t object = 0;
  uint64_t line = 0;
  uint64_t column = 0;
  uint64_t end_line = 0;
  uint64_t end_column = 0;
  PlaceKind kind = PlaceKind::kBlob;
  Confidence confidence = Confidence::kLikely;
  Severity severity = Severity::kHigh;
  const Inside* inside = nullptr;  // null: the object's own bytes
};

// What a report says of a secret beyond its places: taken from its best
// occurrence. Must be a pure function of that occurrence's text.
struct FindingText {
  std::vector<std::string> reasons;
  std::map<std::string, std::string> details;
  std::string description;
  std::string remediation;
  std::string revoke_url;
  std::string snippet;  // redacted: see SnippetOf in finding/redact.h
};

// One secret of one rule with all its places. The secret is in full: it goes
// no further than a Fingerprinter, Redact and a Scrubber.
struct FoundSecret {
  uint32_t rule = 0;
  std::string secret;
  Confidence confidence = Confidence::kPossible;  // the strongest place's
  Severity severity = Severity::kLow;             // the strongest place's
  FindingText text;
  std::vector<Place> places;  // sorted, each once; never empty
  std::string fingerprint;    // where it is known already, else ""
};

// Which of two places of one secret tells more of it: the one of higher
// confidence, then severity, then the one that sorts first. `insides` is what
// the places' inside() count in.
bool IsBetterPlace(const Place& a, const Place& b,
                   const std::vector<Inside>& insides);

// The secrets that one worker has seen so far, each once, with its places.
// One per worker, joined by Merge when all are done; not thread-safe. The
// outcome (Take) is the same however occurrences were shared out and in
// whichever order they came. Costs at most 48 bytes per occurrence, plus each
// secret's bytes and text once.
class FindingSet {
 public:
  FindingSet();

  // Takes in one sighting. If it is the best of its secret so far, returns
  // where to write its description (valid until the next call, emptied);
  // else null, and nothing need be described. Best: highest confidence, then
  // highest severity, then the place that sorts first.
  FindingText* Add(const Occurrence& occurrence);

  // Joins `other`, which is left empty, into this set.
  void Merge(FindingSet&& other);

  // How many different (rule, secret) there are.
  uint64_t size() const { return entries_.size(); }
  uint64_t occurrences() const { return occurrences_; }

  // Everything, sorted by (rule, secret), and the set emptied but for
  // inside(), which explains the places' inside().
  std::vector<FoundSecret> Take();
  const Inside& inside(uint32_t index) const { return insides_[index]; }
  const std::vector<Inside>& insides() const { return insides_; }

  // Calls `look` with each secret and its places so far, in no order, some of
  // them maybe twice.
  void ForEach(
      const std::function<void(uint32_t rule, const std::string& secret,
                               const std::vector<Place>& places)>& look) const;

 private:
  struct Key {
    uint32_t rule;
    std::string secret;
  };
  struct KeyView {
    uint32_t rule;
    std::string_view secret;
  };
  struct KeyHash {
    using is_transparent = void;
    size_t operator()(const Key& key) const;
    size_t operator()(const KeyView& key) const;
  };
  struct KeyEqual {
    using is_transparent = void;
    template <class A, class B>
    bool operator()(const A& a, const B& b) const {
      return a.rule == b.rule && a.secret == b.secret;
    }
  };
  struct Entry {
    Place best;
    FindingText text;
    std::vector<Place> places;
  };

  uint32_t NumberOf(const Inside& inside);
  // Sorts insides_, so that their numbers sort as they do.
  void SortInsides();

  std::unordered_map<Key, Entry, KeyHash, KeyEqual> entries_;
  std::vector<Inside> insides_;  // [0]: the object's own bytes
  std::map<Inside, uint32_t> inside_numbers_;
  uint64_t occurrences_ = 0;
};

}  // namespace keysift
