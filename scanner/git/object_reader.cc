// SPDX-License-Identifier: Apache-2.0
#include "git/object_reader.h"

#include <optional>
#include <utility>
#include <vector>

#include "base/byte_reader.h"
#include "git/delta.h"
#include "git/entry_header.h"
#include "git/loose_object.h"

namespace keysift {
namespace {

// A delta whose base lies in another pack may have a base that does so too;
// git writes at most one such link.
constexpr int kMaxForeignLinks = 8;

}  // namespace

Result<ObjectType> ObjectReader::Read(uint32_t number, Buffer* content) {
  return ReadNumber(number, 0, content);
}

Result<ObjectType> ObjectReader::Read(const ObjectId& id, Buffer* content) {
  std::optional<uint32_t> number = store_->Find(id);
  if (!number) {
    return Fail(ErrorKind::kNotFound, "no object " + id.ToHex());
  }
  return ReadNumber(*number, 0, content);
}

Result<ObjectType> ObjectReader::ReadNumber(uint32_t number, int depth,
                                            Buffer* content) {
  if (number < store_->first_loose()) {
    const ObjectStore::Pack& pack = store_->pack_of(number);
    if (pack.file.is_closed()) {
      return ReadClosed(pack.file, number - pack.first, content);
    }
    return ReadPacked(pack.file, pack.EntryOf(number), depth, content);
  }
  const ObjectStore::Loose& loose =
      store_->loose()[number - store_->first_loose()];
  return ReadLoose(loose, content);
}

Result<ObjectType> ObjectReader::ReadLoose(const ObjectStore::Loose& loose,
                                           Buffer* content) {
  Result<LooseObject> object =
      LooseObject::Read(loose.path, max_object_size_, &inflater_);
  if (!object) {
    return tl::unexpected(std::move(object.error()));
  }
  if (object->computed_id() != loose.id) {
    return Fail(ErrorKind::kDamaged, "its content does not hash to its name",
                loose.path);
  }
  const std::string_view bytes = object->content();
  CopyBytes(content->Resize(bytes.size()), bytes.data(), bytes.size());
  return object->type();
}

Result<ObjectType> ObjectReader::ReadPacked(const PackFile& pack,
                                            uint32_t entry, int depth,
                                            Buffer* content) {
  const ObjectType type = pack.entries()[entry].type;
  // The chain down to what is stored whole, then back up.
  std::vector<uint32_t> chain;
  while (pack.entries()[entry].base < PackEntry::kBroken) {
    chain.push_back(entry);
    entry = pack.entries()[entry].base;
  }
  ObjectType base_type = type;
  if (pack.entries()[entry].base == PackEntry::kBroken) {
    return Fail(ErrorKind::kDamaged, "broken pack entry", pack.path());
  }
  if (pack.entries()[entry].base == PackEntry::kForeignBase) {
    std::optional<uint32_t> base = store_->Find(pack.ForeignBase(entry));
    if (!base || depth >= kMaxForeignLinks) {
      return Fail(ErrorKind::kDamaged, "the base of a delta is not to be had",
                  pack.path());
    }
    chain.push_back(entry);
    Result<ObjectType> read = ReadNumber(*base, depth + 1, content);
    if (!read) {
      return read;
    }
    base_type = *read;
  } else {
    Result<void> inflated = Inflate(pack, entry, content);
    if (!inflated) {
      return tl::unexpected(std::move(inflated.error()));
    }
  }
  Result<void> done = ApplyChain(pack, chain, content);
  return done ? Result<ObjectType>(base_type)
              : tl::unexpected(std::move(done.error()));
}

// Turns the content of a base into the object's: `chain` lists the deltas
// between them, the object's own first.
template <class Entry>
Result<void> ObjectReader::ApplyChain(const PackFile& pack,
                                      const std::vector<Entry>& chain,
                                      Buffer* content) {
  std::vector<CopyRun> runs;
  Buffer delta;
  Buffer result;
  for (size_t i = chain.size(); i-- > 0;) {
    Result<void> done = Inflate(pack, chain[i], &delta);
    if (done) {
      done = ApplyDelta(content->view(), delta.view(), max_object_size_,
                        &result, &runs);
    }
    if (!done) {
      return done;
    }
    std::swap(*content, result);
  }
  return {};
}

// Of a pack whose entries are not listed: from offset to offset, each entry
// unpacked from where it begins.
Result<ObjectType> ObjectReader::ReadClosed(const PackFile& pack, uint32_t row,
                                            Buffer* content) {
  std::vector<ClosedEntry> chain;
  const ObjectType type = ListChain(pack, row, &chain);
  if (type == ObjectType::kNone) {
    return Fail(ErrorKind::kDamaged, "damaged pack entry", pack.path());
  }
  const ClosedEntry whole = chain.back();
  chain.pop_back();
  Result<void> done = Inflate(pack, whole, content);
  if (done) {
    done = ApplyChain(pack, chain, content);
  }
  return done ? Result<ObjectType>(type)
              : tl::unexpected(std::move(done.error()));
}

// The entries of an object's deltas, and last the one that is stored whole,
// whose type is returned: kNone if the chain is broken.
ObjectType ObjectReader::ListChain(const PackFile& pack, uint32_t row,
                                   std::vector<ClosedEntry>* chain) {
  uint64_t offset = pack.index().offset(row);
  while (offset < pack.bytes().size() && chain->size() <= pack.count()) {
    ByteReader reader(pack.bytes().substr(offset));
    const std::optional<EntryHeader> header = ReadEntryHeader(&reader);
    if (!header) {
      break;
    }
    const ObjectType type = static_cast<ObjectType>(header->type);
    uint64_t base = 0;
    if (type == ObjectType::kOffsetDelta) {
      const std::optional<uint64_t> distance = ReadBaseDistance(&reader);
      if (!distance || *distance == 0 || *distance > offset) {
        break;
      }
      base = offset - *distance;
    } else if (type == ObjectType::kRefDelta) {
      const std::optional<std::string_view> id =
          reader.ReadBytes(ObjectId::kSize);
      const std::optional<uint32_t> found =
          id ? pack.index().Find(ObjectId::FromRaw(*id)) : std::nullopt;
      if (!found) {
        break;
      }
      base = pack.index().offset(*found);
    }
    chain->push_back({offset + reader.position(), header->size});
    if (base == 0) {
      return type;
    }
    offset = base;
  }
  return ObjectType::kNone;
}

Result<void> ObjectReader::Inflate(const PackFile& pack,
                                   const ClosedEntry& entry, Buffer* bytes) {
  const std::string_view packed = pack.bytes().substr(entry.begin);
  if (entry.size > max_object_size_ ||
      !Inflater::IsPossible(packed.size(), entry.size)) {
    return Fail(ErrorKind::kDamaged, "damaged pack entry", pack.path());
  }
  Result<uint64_t> used =
      inflater_.Inflate(packed, bytes->Resize(entry.size), entry.size);
  return used ? Result<void>() : tl::unexpected(std::move(used.error()));
}

Result<void> ObjectReader::Inflate(const PackFile& pack, uint32_t entry,
                                   Buffer* bytes) {
  const PackEntry& header = pack.entries()[entry];
  const std::string_view packed = pack.Packed(entry);
  if (header.size > max_object_size_) {
    return Fail(ErrorKind::kTooLarge, "object over the size limit");
  }
  if (!pack.CrcMatches(entry) ||
      !Inflater::IsPossible(packed.size(), header.size)) {
    return Fail(ErrorKind::kDamaged, "damaged pack entry", pack.path());
  }
  Result<uint64_t> used =
      inflater_.Inflate(packed, pack.BytesAfter(entry), header.size, bytes);
  if (!used) {
    return tl::unexpected(std::move(used.error()));
  }
  return {};
}

}  // namespace keysift
