// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/crc32.h"
#include "base/sha.h"
#include "support/git_fixture.h"
#include "support/zlib_stream.h"

namespace keysift {

// Packs with their indexes, written by hand: what git itself would not write
// (foreign bases, circles, bases after their deltas, damage).
class PackBuilder {
 public:
  // The 20 bytes of the id of an object.
  static std::string IdOf(std::string_view type, std::string_view content) {
    std::string object(type);
    object += ' ' + std::to_string(content.size()) + '\0';
    object += content;
    return Digest(object);
  }

  // Each returns the entry's number. `type` as the format counts them.
  size_t AddWhole(int type, std::string_view content, const std::string& id) {
    return Add(Header(type, content.size()) + ZlibStream(content), id);
  }
  size_t AddBlob(std::string_view content) {
    return AddWhole(3, content, IdOf("blob", content));
  }
  size_t AddOffsetDelta(size_t base, std::string_view delta,
                        const std::string& id) {
    uint64_t distance = end_ - entries_[base].offset;
    std::string coded(1, static_cast<char>(distance & 0x7f));
    while ((distance >>= 7) != 0) {
      coded.insert(coded.begin(),
                   static_cast<char>(0x80 | (--distance & 0x7f)));
    }
    return Add(Header(6, delta.size()) + coded + ZlibStream(delta), id);
  }
  size_t AddRefDelta(const std::string& base, std::string_view delta,
                     const std::string& id) {
    return Add(Header(7, delta.size()) + base + ZlibStream(delta), id);
  }
  // Any bytes as an entry.
  size_t Add(std::string bytes, const std::string& id) {
    entries_.push_back({bytes, id, end_});
    end_ += bytes.size();
    return entries_.size() - 1;
  }

  uint64_t offset(size_t entry) const { return entries_[entry].offset; }

  // The pack's bytes; `gap` is put before the first entry.
  std::string Pack() const {
    std::string pack =
        "PACK" + Big32(2) + Big32(static_cast<uint32_t>(entries_.size()));
    for (const Entry& entry : entries_) {
      pack += entry.bytes;
    }
    return pack + Digest(pack);
  }

  // Its index, version 2.
  std::string Index() const {
    std::vector<Entry> sorted = entries_;
    std::sort(sorted.begin(), sorted.end(),
              [](const Entry& a, const Entry& b) { return a.id < b.id; });
    std::string index = "\377tOc" + Big32(2);
    for (int first = 0; first < 256; ++first) {
      index += Big32(static_cast<uint32_t>(std::count_if(
          sorted.begin(), sorted.end(), [first](const Entry& entry) {
            return static_cast<uint8_t>(entry.id[0]) <= first;
          })));
    }
    for (const Entry& entry : sorted) {
      index += entry.id;
    }
    for (const Entry& entry : sorted) {
      index += Big32(Crc32(entry.bytes));
    }
    for (const Entry& entry : sorted) {
      index += Big32(static_cast<uint32_t>(entry.offset));
    }
    const std::string pack = Pack();
    index += pack.substr(pack.size() - 20);
    return index + Digest(index);
  }

  // Writes both below `folder`; returns the pack's path.
  std::string Write(const std::string& folder, const std::string& name) const {
    WriteWhole(folder + "/" + name + ".idx", Index());
    WriteWhole(folder + "/" + name + ".pack", Pack());
    return folder + "/" + name + ".pack";
  }

 private:
  struct Entry {
    std::string bytes;
    std::string id;
    uint64_t offset = 0;
  };

  static std::string Digest(std::string_view bytes) {
    std::string digest;
    for (uint8_t byte : Sha1Of(bytes)) {
      digest += static_cast<char>(byte);
    }
    return digest;
  }

  static std::string Header(int type, uint64_t size) {
    std::string header;
    uint64_t byte = static_cast<uint64_t>(type) << 4 | (size & 15);
    for (size >>= 4; size != 0; size >>= 7) {
      header += static_cast<char>(byte | 0x80);
      byte = size & 0x7f;
    }
    return header + static_cast<char>(byte);
  }

  std::vector<Entry> entries_;
  uint64_t end_ = 12;
};

// A delta's bytes, written by hand.
class DeltaBuilder {
 public:
  DeltaBuilder(uint64_t base_size, uint64_t result_size)
      : bytes_(Size(base_size) + Size(result_size)) {}

  DeltaBuilder& Copy(uint64_t offset, uint64_t size) {
    uint8_t op = 0x80;
    std::string operands;
    for (unsigned bit = 0; bit < 7; ++bit) {
      const uint64_t byte =
          (bit < 4 ? offset >> (8 * bit) : size >> (8 * (bit - 4))) & 0xff;
      if (byte != 0) {
        op = static_cast<uint8_t>(op | 1u << bit);
        operands += static_cast<char>(byte);
      }
    }
    bytes_ += static_cast<char>(op) + operands;
    return *this;
  }
  DeltaBuilder& Insert(std::string_view text) {
    for (; !text.empty();
         text.remove_prefix(std::min<size_t>(127, text.size()))) {
      const std::string_view piece = text.substr(0, 127);
      bytes_ += static_cast<char>(piece.size());
      bytes_ += piece;
    }
    return *this;
  }
  DeltaBuilder& Raw(std::string_view bytes) {
    bytes_ += bytes;
    return *this;
  }
  const std::string& bytes() const { return bytes_; }

  static std::string Size(uint64_t size) {
    std::string bytes;
    for (; size > 0x7f; size >>= 7) {
      bytes += static_cast<char>(0x80 | (size & 0x7f));
    }
    return bytes + static_cast<char>(size);
  }

 private:
  std::string bytes_;
};

}  // namespace keysift
