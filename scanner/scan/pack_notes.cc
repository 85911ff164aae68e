// SPDX-License-Identifier: Apache-2.0
//
// Notes as bytes: field by field, as scan/note_bytes.h writes each; lists that
// ascend are written as steps. Test: tests/scan/pack_notes_test.cc (every byte
// flipped and every length cut of a small one).
#include "scan/pack_notes.h"

#include <algorithm>
#include <array>

#include "scan/note_bytes.h"
#include "scan/object_marks.h"

namespace keysift {
namespace {

constexpr uint64_t kVersion = 2;
constexpr std::array<uint8_t, 3> kNames = {
    ObjectMarks::kNamedTree, ObjectMarks::kNamedFile, ObjectMarks::kNamedElse};

void WritePlace(const Place& place, uint32_t before, NoteWriter* writer) {
  writer->Number(place.object - before);
  writer->Number(place.line);
  writer->Number(place.column);
  writer->Number(place.end_line - place.line);
  writer->Number(place.end_column);
  writer->Number(place.packed);
}

Place ReadPlace(uint32_t before, uint32_t objects, size_t insides,
                NoteReader* reader) {
  Place place;
  place.object = before + reader->Below(objects - before);
  place.line = reader->Below(uint64_t{1} << 32);
  place.column = reader->Below(uint64_t{1} << 32);
  place.end_line = place.line + reader->Below(UINT32_MAX - place.line + 1ull);
  place.end_column = reader->Below(uint64_t{1} << 32);
  place.packed = reader->Below(insides << 8);
  return place;
}

void WriteHistory(const PackNotes& notes, NoteWriter* writer) {
  writer->Number(notes.commits.size());
  uint32_t row = 0;
  int64_t time = 0;
  for (const CommitNode& commit : notes.commits) {
    writer->Number(commit.object - row);
    writer->Number(commit.tree);
    // Zigzag: times mostly lie close together, on either side.
    const int64_t step = commit.time - time;
    writer->Number(static_cast<uint64_t>(step) << 1 ^
                   static_cast<uint64_t>(step >> 63));
    writer->Number(commit.parents.size());
    for (const uint32_t parent : commit.parents) {
      writer->Number(parent);
    }
    row = commit.object;
    time = commit.time;
  }
  writer->Number(notes.tags.size());
  for (const auto& [tag, target] : notes.tags) {
    writer->Number(tag);
    writer->Number(target);
  }
}

void ReadHistory(uint64_t links, NoteReader* reader, PackNotes* notes) {
  notes->commits.resize(reader->Count());
  uint32_t row = 0;
  int64_t time = 0;
  for (CommitNode& commit : notes->commits) {
    row += reader->Below(notes->objects - row);
    commit.object = row;
    commit.tree = reader->Below(links);
    const uint64_t step = reader->Number();
    time = static_cast<int64_t>(static_cast<uint64_t>(time) +
                                ((step >> 1) ^ (~(step & 1) + 1)));
    commit.time = time;
    commit.parents.resize(reader->Count());
    for (uint32_t& parent : commit.parents) {
      parent = reader->Below(links);
    }
    if (!reader->sound()) {
      return;
    }
  }
  notes->tags.resize(reader->Count());
  for (auto& [tag, target] : notes->tags) {
    tag = reader->Below(notes->objects);
    target = reader->Below(links);
  }
}

void WriteSecrets(const PackNotes& notes, NoteWriter* writer) {
  writer->Number(notes.insides.size());
  for (const Inside& inside : notes.insides) {
    writer->Text(inside.member);
    writer->Number(inside.decoding.size());
    for (const std::string& step : inside.decoding) {
      writer->Text(step);
    }
  }
  writer->Number(notes.secrets.size());
  for (const PackNotes::Secret& secret : notes.secrets) {
    writer->Number(secret.rule);
    writer->Text(secret.fingerprint);
    writer->Number(secret.places.size());
    uint32_t row = 0;
    for (const Place& place : secret.places) {
      WritePlace(place, row, writer);
      row = place.object;
    }
  }
}

void ReadSecrets(NoteReader* reader, PackNotes* notes) {
  notes->insides.resize(reader->Count());
  for (Inside& inside : notes->insides) {
    inside.member = reader->Text();
    inside.decoding.resize(reader->Count());
    for (std::string& step : inside.decoding) {
      step = reader->Text();
    }
  }
  notes->secrets.resize(reader->Count());
  for (PackNotes::Secret& secret : notes->secrets) {
    secret.rule = reader->Below(UINT32_MAX);
    secret.fingerprint = reader->Text();
    secret.places.resize(reader->Count());
    uint32_t row = 0;
    for (Place& place : secret.places) {
      place = ReadPlace(row, notes->objects, notes->insides.size(), reader);
      row = place.object;
    }
  }
}

void WriteSpan(const Span& span, NoteWriter* writer) {
  writer->Number(span.begin);
  writer->Number(span.size());
}

Span ReadSpan(NoteReader* reader) {
  Span span;
  span.begin = reader->Below(UINT32_MAX);
  span.end = span.begin + reader->Below(UINT32_MAX);
  return span;
}

void WriteTexts(const PackNotes& notes, NoteWriter* writer) {
  writer->Number(notes.texts.size());
  uint32_t row = 0;
  for (const PackNotes::Text& text : notes.texts) {
    writer->Number(text.row - row);
    row = text.row;
    writer->Number(text.hits.size());
    for (const KnownHit& known : text.hits) {
      writer->Number(known.hit.bits);
      writer->Number(known.is_decided ? 1 : 0);
      if (known.is_decided) {
        writer->Number(static_cast<uint64_t>(known.confidence));
        writer->Number(known.marks);
        WriteSpan(known.match, writer);
        WriteSpan(known.secret, writer);
      }
    }
  }
}

void ReadTexts(NoteReader* reader, PackNotes* notes) {
  notes->texts.resize(reader->Count());
  uint32_t row = 0;
  for (PackNotes::Text& text : notes->texts) {
    row += reader->Below(notes->objects - row);
    text.row = row;
    text.hits.resize(reader->Count());
    for (KnownHit& known : text.hits) {
      known.hit.bits = reader->Number();
      known.is_decided = reader->Number() != 0;
      if (known.is_decided) {
        known.confidence = static_cast<Confidence>(reader->Below(3));
        known.marks = reader->Below(uint64_t{1} << 32);
        known.match = ReadSpan(reader);
        known.secret = ReadSpan(reader);
      }
    }
    if (!reader->sound()) {
      return;
    }
  }
}

void WriteTrees(const PackNotes& notes, NoteWriter* writer) {
  writer->Number(notes.names.size());
  for (const std::string& name : notes.names) {
    writer->Text(name);
  }
  writer->Number(notes.children.size());
  uint32_t row = 0;
  for (const TreeChild& child : notes.children) {
    writer->Number(child.tree - row);
    writer->Number(child.child);
    writer->Number(child.name);
    row = child.tree;
  }
}

void ReadTrees(NoteReader* reader, PackNotes* notes) {
  notes->names.resize(reader->Count());
  for (std::string& name : notes->names) {
    name = reader->Text();
  }
  notes->children.resize(reader->Count());
  uint32_t row = 0;
  for (TreeChild& child : notes->children) {
    row += reader->Below(notes->objects - row);
    child.tree = row;
    child.child = reader->Below(notes->objects);
    child.name = reader->Below(notes->names.size());
  }
}

}  // namespace

const std::vector<KnownHit>* PackNotes::HitsOf(uint32_t row) const {
  const auto at = std::lower_bound(
      texts.begin(), texts.end(), row,
      [](const Text& text, uint32_t value) { return text.row < value; });
  return at != texts.end() && at->row == row ? &at->hits : nullptr;
}

void PackNotes::MoveTo(const std::vector<uint32_t>& row_of, uint32_t count) {
  const auto move = [&](uint32_t* row) { *row = row_of[*row]; };
  const auto move_link = [&](uint32_t* link) {
    *link = *link < objects ? row_of[*link] : *link - objects + count;
  };
  const std::vector<bool> was_tree = std::move(is_tree);
  const std::vector<bool> was_hashed = std::move(hashed);
  const std::vector<uint8_t> was_named = std::move(named);
  is_tree.assign(count, false);
  hashed.assign(count, false);
  named.assign(count, 0);
  for (uint32_t row = 0; row < objects; ++row) {
    is_tree[row_of[row]] = was_tree[row];
    hashed[row_of[row]] = was_hashed[row];
    named[row_of[row]] = was_named[row];
  }
  for (CommitNode& commit : commits) {
    move(&commit.object);
    move_link(&commit.tree);
    std::for_each(commit.parents.begin(), commit.parents.end(),
                  [&](uint32_t& parent) { move_link(&parent); });
  }
  for (auto& [tag, target] : tags) {
    move(&tag);
    move_link(&target);
  }
  for (std::vector<uint32_t>* rows : {&pointers, &witnesses}) {
    std::for_each(rows->begin(), rows->end(),
                  [&](uint32_t& row) { move(&row); });
  }
  for (auto& [row, passed] : limits) {
    move(&row);
  }
  for (auto& [row, how] : encrypted) {
    move(&row);
  }
  for (Secret& secret : secrets) {
    for (Place& place : secret.places) {
      move(&place.object);
    }
  }
  for (Text& text : texts) {
    move(&text.row);
  }
  for (TreeChild& child : children) {
    move(&child.tree);
    move(&child.child);
  }
  objects = count;
}

std::string PackNotes::Encode() const {
  NoteWriter writer;
  writer.Number(kVersion);
  writer.Number(objects);
  writer.Number(text_bytes);
  writer.Number(tree_bytes);
  writer.Number(inline_allowed);
  writer.Number(trees_known ? 1 : 0);
  writer.Number(has_submodules ? 1 : 0);
  writer.Bits(is_tree);
  writer.Bits(hashed);
  for (const uint8_t mark : kNames) {
    writer.Marks(named, mark);
  }
  writer.Ids(outside);
  writer.Bytes(outside_named);
  writer.Number(outside_of_trees);
  WriteHistory(*this, &writer);
  writer.Rows(pointers);
  writer.Number(limits.size());
  for (const auto& [row, passed] : limits) {
    writer.Number(row);
    writer.Number(passed);
  }
  writer.Number(encrypted.size());
  for (const auto& [row, how] : encrypted) {
    writer.Number(row);
    writer.Text(how);
  }
  WriteSecrets(*this, &writer);
  WriteTexts(*this, &writer);
  writer.Number(below_confidence);
  writer.Rows(witnesses);
  WriteTrees(*this, &writer);
  writer.Ids(spelled_present);
  writer.Ids(spelled_absent);
  return writer.Finish();
}

std::optional<PackNotes> PackNotes::Decode(std::string_view bytes,
                                           uint32_t objects) {
  const std::optional<std::string_view> body = NoteReader::BodyOf(bytes);
  if (!body) {
    return std::nullopt;
  }
  NoteReader reader(*body);
  PackNotes notes;
  if (reader.Number() != kVersion || reader.Number() != objects) {
    return std::nullopt;
  }
  notes.objects = objects;
  notes.text_bytes = reader.Number();
  notes.tree_bytes = reader.Number();
  notes.inline_allowed = reader.Number();
  notes.trees_known = reader.Number() != 0;
  notes.has_submodules = reader.Number() != 0;
  notes.is_tree = reader.Bits(objects);
  notes.hashed = reader.Bits(objects);
  notes.named.resize(objects);
  for (const uint8_t mark : kNames) {
    reader.Marks(mark, &notes.named);
  }
  notes.outside = reader.Ids();
  notes.outside_named = reader.Bytes(notes.outside.size());
  notes.outside_of_trees = reader.Below(notes.outside.size() + 1);
  ReadHistory(uint64_t{objects} + notes.outside.size(), &reader, &notes);
  notes.pointers = reader.Rows(objects);
  notes.limits.resize(reader.Count());
  for (auto& [row, passed] : notes.limits) {
    row = reader.Below(objects);
    passed = static_cast<uint8_t>(reader.Below(256));
  }
  notes.encrypted.resize(reader.Count());
  for (auto& [row, how] : notes.encrypted) {
    row = reader.Below(objects);
    how = reader.Text();
  }
  ReadSecrets(&reader, &notes);
  ReadTexts(&reader, &notes);
  notes.below_confidence = reader.Number();
  notes.witnesses = reader.Rows(objects);
  ReadTrees(&reader, &notes);
  notes.spelled_present = reader.Ids();
  notes.spelled_absent = reader.Ids();
  if (!reader.sound() || !reader.AtEnd()) {
    return std::nullopt;
  }
  return notes;
}

Standing StandingOf(uint32_t rule, const Place& place, uint32_t row,
                    const std::vector<Inside>& insides) {
  return {rule,
          row,
          place.line,
          place.column,
          place.end_line,
          place.end_column,
          place.packed & 0xff,
          insides[place.inside()]};
}

}  // namespace keysift
