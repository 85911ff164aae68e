// SPDX-License-Identifier: Apache-2.0
//
// Notes as bytes. Numbers are base-128, low digits first, 7 bits a byte; lists
// that ascend are written as steps. The last 20 bytes are the SHA-1 of all
// before. Test: tests/scan/pack_notes_test.cc (every byte flipped and every
// length cut of a small one).
#include "scan/pack_notes.h"

#include <algorithm>
#include <array>

#include "base/byte_reader.h"
#include "base/sha.h"
#include "scan/object_marks.h"

namespace keysift {
namespace {

constexpr uint64_t kVersion = 1;
constexpr size_t kDigestSize = 20;
constexpr int kMaxShift = 63;
constexpr std::array<uint8_t, 3> kNames = {
    ObjectMarks::kNamedTree, ObjectMarks::kNamedFile, ObjectMarks::kNamedElse};

class Writer {
 public:
  void Number(uint64_t value) {
    while (value >= 0x80) {
      bytes_.push_back(static_cast<char>(value | 0x80));
      value >>= 7;
    }
    bytes_.push_back(static_cast<char>(value));
  }
  void Text(std::string_view text) {
    Number(text.size());
    bytes_ += text;
  }
  void Bits(const std::vector<bool>& bits) {
    char byte = 0;
    for (size_t i = 0; i < bits.size(); ++i) {
      byte = static_cast<char>(byte | (bits[i] ? 1 << i % 8 : 0));
      if (i % 8 == 7 || i + 1 == bits.size()) {
        bytes_.push_back(byte);
        byte = 0;
      }
    }
  }
  void Bytes(const std::vector<uint8_t>& bytes) {
    bytes_ += AsText(bytes.data(), bytes.size());
  }
  void Ids(const std::vector<ObjectId>& ids) {
    Number(ids.size());
    for (const ObjectId& id : ids) {
      bytes_ += id.raw();
    }
  }
  std::string Finish() {
    const Sha1Digest digest = Sha1Of(bytes_);
    bytes_ += AsText(digest.data(), digest.size());
    return std::move(bytes_);
  }

 private:
  std::string bytes_;
};

// Reads what Writer wrote. After a failure everything is 0 and empty.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  bool sound() const { return sound_; }
  bool AtEnd() const { return bytes_.AtEnd(); }

  uint64_t Number() {
    uint64_t value = 0;
    for (int shift = 0; sound_; shift += 7) {
      const std::optional<uint8_t> byte = bytes_.ReadByte();
      if (!byte || shift > kMaxShift) {
        sound_ = false;
        break;
      }
      value |= uint64_t{*byte & 0x7fu} << shift;
      if (*byte < 0x80) {
        return value;
      }
    }
    return 0;
  }
  // A number below `limit`.
  uint32_t Below(uint64_t limit) {
    const uint64_t value = Number();
    sound_ = sound_ && value < limit && value <= UINT32_MAX;
    return sound_ ? static_cast<uint32_t>(value) : 0;
  }
  // How many of something that takes a byte at least.
  size_t Count() { return Below(bytes_.remaining() + 1); }
  std::string Text() {
    const std::optional<std::string_view> text = bytes_.ReadBytes(Count());
    sound_ = sound_ && text.has_value();
    return sound_ ? std::string(*text) : "";
  }
  std::vector<bool> Bits(uint32_t count) {
    const std::optional<std::string_view> packed =
        bytes_.ReadBytes((uint64_t{count} + 7) / 8);
    sound_ = sound_ && packed.has_value();
    std::vector<bool> bits(sound_ ? count : 0);
    for (size_t i = 0; i < bits.size(); ++i) {
      bits[i] = ((*packed)[i / 8] >> i % 8 & 1) != 0;
    }
    return bits;
  }
  std::vector<uint8_t> Bytes(size_t count) {
    const std::optional<std::string_view> bytes = bytes_.ReadBytes(count);
    sound_ = sound_ && bytes.has_value();
    return sound_ ? std::vector<uint8_t>(bytes->begin(), bytes->end())
                  : std::vector<uint8_t>();
  }
  std::vector<ObjectId> Ids() {
    std::vector<ObjectId> ids(Count());
    for (ObjectId& id : ids) {
      const std::optional<std::string_view> raw =
          bytes_.ReadBytes(ObjectId::kSize);
      sound_ = sound_ && raw.has_value();
      if (!sound_) {
        return {};
      }
      id = ObjectId::FromRaw(*raw);
    }
    return ids;
  }

 private:
  ByteReader bytes_;
  bool sound_ = true;
};

// The rows that have a mark; and back.
std::vector<bool> BitsOf(const std::vector<uint8_t>& marks, uint8_t mark) {
  std::vector<bool> bits(marks.size());
  for (size_t i = 0; i < marks.size(); ++i) {
    bits[i] = (marks[i] & mark) != 0;
  }
  return bits;
}

void AddBits(const std::vector<bool>& bits, uint8_t mark,
             std::vector<uint8_t>* marks) {
  for (size_t i = 0; i < bits.size(); ++i) {
    (*marks)[i] = static_cast<uint8_t>((*marks)[i] | (bits[i] ? mark : 0));
  }
}

void WritePlace(const Place& place, uint32_t before, Writer* writer) {
  writer->Number(place.object - before);
  writer->Number(place.line);
  writer->Number(place.column);
  writer->Number(place.end_line - place.line);
  writer->Number(place.end_column);
  writer->Number(place.packed);
}

Place ReadPlace(uint32_t before, uint32_t objects, size_t insides,
                Reader* reader) {
  Place place;
  place.object = before + reader->Below(objects - before);
  place.line = reader->Below(uint64_t{1} << 32);
  place.column = reader->Below(uint64_t{1} << 32);
  place.end_line = place.line + reader->Below(UINT32_MAX - place.line + 1ull);
  place.end_column = reader->Below(uint64_t{1} << 32);
  place.packed = reader->Below(insides << 8);
  return place;
}

void WriteHistory(const PackNotes& notes, Writer* writer) {
  writer->Number(notes.commits.size());
  uint32_t row = 0;
  int64_t time = 0;
  for (const PackNotes::Commit& commit : notes.commits) {
    writer->Number(commit.row - row);
    writer->Number(commit.tree);
    // Zigzag: times mostly lie close together, on either side.
    const int64_t step = commit.time - time;
    writer->Number(static_cast<uint64_t>(step) << 1 ^
                   static_cast<uint64_t>(step >> 63));
    writer->Number(commit.parents.size());
    for (const uint32_t parent : commit.parents) {
      writer->Number(parent);
    }
    row = commit.row;
    time = commit.time;
  }
  writer->Number(notes.tags.size());
  for (const auto& [tag, target] : notes.tags) {
    writer->Number(tag);
    writer->Number(target);
  }
}

void ReadHistory(uint64_t links, Reader* reader, PackNotes* notes) {
  notes->commits.resize(reader->Count());
  uint32_t row = 0;
  int64_t time = 0;
  for (PackNotes::Commit& commit : notes->commits) {
    row += reader->Below(notes->objects - row);
    commit.row = row;
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

void WriteSecrets(const PackNotes& notes, Writer* writer) {
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

void ReadSecrets(Reader* reader, PackNotes* notes) {
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

void WriteTrees(const PackNotes& notes, Writer* writer) {
  writer->Number(notes.names.size());
  for (const std::string& name : notes.names) {
    writer->Text(name);
  }
  writer->Number(notes.children.size());
  uint32_t row = 0;
  for (const PackNotes::Child& child : notes.children) {
    writer->Number(child.tree - row);
    writer->Number(child.child);
    writer->Number(child.name);
    row = child.tree;
  }
}

void ReadTrees(Reader* reader, PackNotes* notes) {
  notes->names.resize(reader->Count());
  for (std::string& name : notes->names) {
    name = reader->Text();
  }
  notes->children.resize(reader->Count());
  uint32_t row = 0;
  for (PackNotes::Child& child : notes->children) {
    row += reader->Below(notes->objects - row);
    child.tree = row;
    child.child = reader->Below(notes->objects);
    child.name = reader->Below(notes->names.size());
  }
}

void WriteRows(const std::vector<uint32_t>& rows, Writer* writer) {
  writer->Number(rows.size());
  for (const uint32_t row : rows) {
    writer->Number(row);
  }
}

std::vector<uint32_t> ReadRows(uint32_t objects, Reader* reader) {
  std::vector<uint32_t> rows(reader->Count());
  for (uint32_t& row : rows) {
    row = reader->Below(objects);
  }
  return rows;
}

}  // namespace

std::string PackNotes::Encode() const {
  Writer writer;
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
    writer.Bits(BitsOf(named, mark));
  }
  writer.Ids(outside);
  writer.Bytes(outside_named);
  writer.Number(outside_of_trees);
  WriteHistory(*this, &writer);
  WriteRows(pointers, &writer);
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
  writer.Number(below_confidence);
  WriteRows(witnesses, &writer);
  WriteTrees(*this, &writer);
  writer.Ids(spelled_present);
  writer.Ids(spelled_absent);
  return writer.Finish();
}

std::optional<PackNotes> PackNotes::Decode(std::string_view bytes,
                                           uint32_t objects) {
  if (bytes.size() < kDigestSize) {
    return std::nullopt;
  }
  const std::string_view body = bytes.substr(0, bytes.size() - kDigestSize);
  const Sha1Digest digest = Sha1Of(body);
  if (bytes.substr(body.size()) != AsText(digest.data(), digest.size())) {
    return std::nullopt;
  }
  Reader reader(body);
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
    AddBits(reader.Bits(objects), mark, &notes.named);
  }
  notes.outside = reader.Ids();
  notes.outside_named = reader.Bytes(notes.outside.size());
  notes.outside_of_trees = reader.Below(notes.outside.size() + 1);
  ReadHistory(uint64_t{objects} + notes.outside.size(), &reader, &notes);
  notes.pointers = ReadRows(objects, &reader);
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
  notes.below_confidence = reader.Number();
  notes.witnesses = ReadRows(objects, &reader);
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
