// SPDX-License-Identifier: Apache-2.0
#include "scan/pack_notes.h"

#include <doctest/doctest.h>

#include "base/sha.h"
#include "scan/pack_facts.h"

namespace keysift {
namespace {

ObjectId Id(char digit) { return *ObjectId::FromHex(std::string(40, digit)); }

PackNotes Sample() {
  PackNotes notes;
  notes.objects = 9;
  notes.text_bytes = 1000;
  notes.tree_bytes = uint64_t{1} << 40;
  notes.inline_allowed = 3;
  notes.trees_known = true;
  notes.is_tree = {false, true, false, false, true, false, false, false, true};
  notes.hashed = {true, false, false, true, false, false, false, false, true};
  notes.named = {0, 32, 64, 128, 96, 0, 0, 224, 32};
  notes.outside = {Id('a'), Id('b')};
  notes.outside_named = {64, 128};
  notes.outside_of_trees = 1;
  notes.commits = {{2, 1, -5, {}}, {3, 4, 1700000000, {2, 10}}};
  notes.tags = {{5, 3}};
  notes.pointers = {6};
  notes.limits = {{7, 2}};
  notes.encrypted = {{8, "age"}};
  notes.insides = {Inside(), Inside{"m", {"base64", "hex"}}};
  notes.secrets = {{4, "ks1-x", {{0, 1, 2, 1, 9, 5}, {6, 2, 1, 4, 1, 0x104}}}};
  const KnownHit decided{Hit::At(77, 4), true,     Confidence::kCertain,
                         0x81,           {60, 77}, {66, 77}};
  KnownHit trigger;
  trigger.hit = Hit::At(90, 0x8001);
  notes.texts = {{0, {decided, trigger}}, {6, {decided}}};
  notes.below_confidence = 5;
  notes.witnesses = {0, 6};
  notes.names = {"src", "a.env"};
  notes.children = {{1, 0, 1}, {4, 1, 0}};
  notes.spelled_present = {Id('c')};
  notes.spelled_absent = {Id('d'), Id('e')};
  return notes;
}

}  // namespace

TEST_CASE("notes come back as they were written") {
  const std::string bytes = Sample().Encode();
  const std::optional<PackNotes> read = PackNotes::Decode(bytes, 9);
  REQUIRE(read);
  CHECK(read->Encode() == bytes);
  CHECK(read->tree_bytes == uint64_t{1} << 40);
  CHECK(read->commits[0].time == -5);
  CHECK(read->commits[1].parents == std::vector<uint32_t>{2, 10});
  CHECK(read->secrets[0].places[1].end_line == 4);
  CHECK(read->insides[1].decoding.size() == 2);
  CHECK(*read->HitsOf(0) == *Sample().HitsOf(0));
  CHECK(*read->HitsOf(6) == *Sample().HitsOf(6));
  CHECK(read->HitsOf(1) == nullptr);
  CHECK(read->is_tree == Sample().is_tree);
  CHECK(read->hashed == Sample().hashed);
  CHECK(read->named == Sample().named);
  CHECK(read->encrypted == Sample().encrypted);
  CHECK(read->spelled_absent == Sample().spelled_absent);
  CHECK_FALSE(PackNotes::Decode(bytes, 8));
}

TEST_CASE("notes move to another pack's rows") {
  PackNotes notes = Sample();
  // One object more before the third, and two at the end.
  notes.MoveTo({0, 1, 3, 4, 5, 6, 7, 8, 9}, 12);
  CHECK(notes.objects == 12);
  CHECK(notes.commits[1].object == 4);
  CHECK(notes.commits[1].tree == 5);
  CHECK(notes.commits[1].parents == std::vector<uint32_t>{3, 13});
  CHECK(notes.is_tree[5]);
  CHECK_FALSE(notes.is_tree[2]);
  CHECK(notes.named[8] == 224);
  CHECK(notes.named[2] == 0);
  CHECK(notes.secrets[0].places[1].object == 7);
  CHECK(notes.tags[0] == std::pair<uint32_t, uint32_t>(6, 4));
  CHECK(notes.witnesses == std::vector<uint32_t>{0, 7});
  CHECK(notes.children[1].tree == 5);
  CHECK(*notes.HitsOf(7) == *Sample().HitsOf(6));
  const std::optional<PackNotes> read = PackNotes::Decode(notes.Encode(), 12);
  REQUIRE(read);
  CHECK(read->Encode() == notes.Encode());
}

TEST_CASE("damaged notes are none") {
  const std::string bytes = Sample().Encode();
  for (size_t i = 0; i < bytes.size(); ++i) {
    std::string flipped = bytes;
    flipped[i] = static_cast<char>(flipped[i] ^ 4);
    CHECK_FALSE(PackNotes::Decode(flipped, 9));
    CHECK_FALSE(PackNotes::Decode(bytes.substr(0, i), 9));
  }
}

TEST_CASE("notes with a sound checksum and unsound numbers do no harm") {
  const std::string bytes = Sample().Encode();
  const std::string body = bytes.substr(0, bytes.size() - 20);
  for (size_t i = 0; i < body.size(); ++i) {
    for (const int value : {0x00, 0x01, 0x7f, 0x80, 0xff}) {
      std::string changed = body;
      changed[i] = static_cast<char>(value);
      const Sha1Digest digest = Sha1Of(changed);
      changed += AsText(digest.data(), digest.size());
      const std::optional<PackNotes> read = PackNotes::Decode(changed, 9);
      if (read) {
        for (const TreeChild& child : read->children) {
          CHECK(child.tree < 9);
          CHECK(child.name < read->names.size());
        }
        for (const PackNotes::Secret& secret : read->secrets) {
          for (const Place& place : secret.places) {
            CHECK(place.object < 9);
            CHECK(place.inside() < read->insides.size());
          }
        }
      }
    }
  }
}

TEST_CASE("facts of two workers join") {
  PackFacts one(10, 4);
  PackFacts two(10, 4);
  one.named_by_texts.Add(11, 32);
  two.named_by_texts.Add(11, 64);
  two.named_by_texts.Add(13, 32);
  two.named_by_texts.Add(99, 128);
  two.named_by_trees.AddSubmodule();
  one.text_count = 2;
  two.text_count = 1;
  two.is_tree = {false, false, false, true};
  two.sound = false;
  one.Merge(std::move(two));
  CHECK(one.named_by_texts.Of(1) == 96);
  CHECK(one.named_by_texts.Of(3) == 32);
  CHECK(one.named_by_texts.Of(0) == 0);
  CHECK(one.named_by_texts.outside().at(99) == 128);
  CHECK(one.named_by_trees.has_submodules());
  CHECK(one.text_count == 3);
  CHECK(one.is_tree[3]);
  CHECK_FALSE(one.sound);
}

}  // namespace keysift
