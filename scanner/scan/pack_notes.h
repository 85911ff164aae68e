// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "finding/finding_set.h"
#include "git/object_id.h"
#include "scan/commit_graph.h"
#include "scan/known_hit.h"
#include "scan/tree_child.h"

namespace keysift {

// What a scan learnt from the objects of one pack, so that the next scan that
// meets the pack need not read them. Objects are rows of the pack's index;
// links may also lead to `outside`, by rows from `objects` on. There is no
// secret in it. A value; whoever made it vouches that the pack was read in full
// and nothing was lost (scan/history_notes.cc).
struct PackNotes {
  // A secret, told by its rule and places; a place's `object` is a row, its
  // inside() counts in `insides`.
  struct Secret {
    uint32_t rule = 0;
    std::string fingerprint;
    std::vector<Place> places;
  };
  // A text that a secret's words are taken from, and what came of its hits.
  struct Text {
    uint32_t row = 0;
    std::vector<KnownHit> hits;
  };

  uint32_t objects = 0;
  uint64_t text_bytes = 0;  // of blobs, commits and tags
  uint64_t tree_bytes = 0;
  uint64_t inline_allowed = 0;
  // Whether what follows tells all that the trees do. If not (their names hold
  // something), they have to be read, and only the texts need not.
  bool trees_known = false;
  bool has_submodules = false;
  std::vector<bool> is_tree;
  std::vector<bool> hashed;  // ids that were computed and compared
  // As what objects of the pack name each row (ObjectMarks::kNamed); and what
  // they name that is not in the pack, as what.
  std::vector<uint8_t> named;
  std::vector<ObjectId> outside;
  std::vector<uint8_t> outside_named;
  uint32_t outside_of_trees = 0;    // so many of them, the first, by trees
  std::vector<CommitNode> commits;  // parents are links
  std::vector<std::pair<uint32_t, uint32_t>> tags;   // and what they point to
  std::vector<uint32_t> pointers;                    // of Git LFS
  std::vector<std::pair<uint32_t, uint8_t>> limits;  // DecodeLimits passed
  std::vector<std::pair<uint32_t, std::string>> encrypted;  // and how
  std::vector<Secret> secrets;
  std::vector<Inside> insides;
  std::vector<Text> texts;  // by row
  // How much stayed under the least confidence, and texts that hold it all.
  uint64_t below_confidence = 0;
  std::vector<uint32_t> witnesses;
  std::vector<std::string> names;
  // Trees that hold something on the way to a place, both in this pack.
  std::vector<TreeChild> children;
  // Ids that texts of the pack spell out: whether they are objects of the
  // repository bears on what is found.
  std::vector<ObjectId> spelled_present;
  std::vector<ObjectId> spelled_absent;

  // Makes them notes on a pack of `count` objects where the object of each row
  // lies at `row_of` of it, which ascends. Of its other objects they say
  // nothing.
  void MoveTo(const std::vector<uint32_t>& row_of, uint32_t count);

  // Of the text at a row; null if it is not in `texts`.
  const std::vector<KnownHit>* HitsOf(uint32_t row) const;

  // As bytes that end with their own checksum.
  std::string Encode() const;
  // Nothing if the bytes are not whole, of another version, or speak of rows
  // that a pack of `objects` objects has not.
  static std::optional<PackNotes> Decode(std::string_view bytes,
                                         uint32_t objects);
};

// Where a secret of a rule stands: the rule, a row, lines and columns, what a
// place's last byte holds, and inside what.
using Standing = std::tuple<uint32_t, uint32_t, uint32_t, uint32_t, uint32_t,
                            uint32_t, uint32_t, Inside>;
Standing StandingOf(uint32_t rule, const Place& place, uint32_t row,
                    const std::vector<Inside>& insides);

}  // namespace keysift
