// SPDX-License-Identifier: Apache-2.0
#include "git/loose_object.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/byte_reader.h"
#include "base/file.h"
#include "base/mapped_file.h"
#include "base/sha.h"

namespace keysift {
namespace {

// "commit 18446744073709551615\0": no header is longer than 28 bytes.
constexpr uint64_t kMaxHeader = 32;
// One DEFLATE match (RFC 1951: at most 258 bytes) beyond the header, so that
// a first look never fails for want of room inside of the header.
constexpr uint64_t kPeekSize = 512;

struct Header {
  ObjectType type = ObjectType::kNone;
  uint64_t content_size = 0;
  uint64_t header_size = 0;
};

// Decimal without leading zeros, as git demands.
std::optional<uint64_t> ParseSize(std::string_view digits) {
  if (digits.empty() || digits.size() > 19 ||
      (digits.size() > 1 && digits[0] == '0')) {
    return std::nullopt;
  }
  uint64_t size = 0;
  for (char digit : digits) {
    if (digit < '0' || digit > '9') {
      return std::nullopt;
    }
    size = size * 10 + static_cast<uint64_t>(digit - '0');
  }
  return size;
}

std::optional<Header> ParseHeader(std::string_view bytes) {
  ByteReader reader(bytes.substr(0, kMaxHeader));
  std::optional<std::string_view> type_name = reader.ReadUntil(' ');
  std::optional<std::string_view> digits = reader.ReadUntil('\0');
  if (!type_name || !digits) {
    return std::nullopt;
  }
  std::optional<ObjectType> type = ParseObjectType(*type_name);
  std::optional<uint64_t> size = ParseSize(*digits);
  if (!type || !size) {
    return std::nullopt;
  }
  return Header{*type, *size, reader.position()};
}

tl::unexpected<Error> TooLarge(uint64_t limit) {
  return Fail(ErrorKind::kTooLarge,
              "an object above " + std::to_string(limit) + " bytes");
}

// Unpacks the whole stream: at the size that its first bytes promise, or, if
// a look at those gives nothing (a stored block), by trying.
Result<uint64_t> Unpack(std::string_view compressed, uint64_t limit,
                        Inflater* inflater, std::string* bytes) {
  char start[kPeekSize];
  inflater->Peek(compressed, start, kPeekSize);
  std::optional<Header> guess = ParseHeader({start, kPeekSize});
  if (!guess) {
    return inflater->InflateAll(compressed, limit + kMaxHeader, bytes);
  }
  if (guess->content_size > limit) {
    return TooLarge(limit);
  }
  uint64_t size = guess->header_size + guess->content_size;
  if (!Inflater::IsPossible(compressed.size(), size)) {
    return Fail(ErrorKind::kDamaged,
                "the loose object states a size that it cannot hold");
  }
  bytes->resize(size);
  return inflater->Inflate(compressed, bytes->data(), size);
}

}  // namespace

Result<LooseObject> LooseObject::Read(const std::string& path, uint64_t limit,
                                      Inflater* inflater) {
  Result<MappedFile> file = MappedFile::Open(path);
  if (!file) {
    return tl::unexpected(file.error());
  }
  Result<LooseObject> object = Parse(file->bytes(), limit, inflater);
  if (!object) {
    Error error = object.error();
    error.where = path;
    return tl::unexpected(std::move(error));
  }
  return object;
}

Result<LooseObject> LooseObject::Parse(std::string_view compressed,
                                       uint64_t limit, Inflater* inflater) {
  limit = std::min(limit, UINT64_MAX / 4);
  LooseObject object;
  Result<uint64_t> consumed =
      Unpack(compressed, limit, inflater, &object.bytes_);
  if (!consumed) {
    return tl::unexpected(consumed.error());
  }
  if (*consumed != compressed.size()) {
    return Fail(ErrorKind::kDamaged, "bytes follow the loose object's stream");
  }
  std::optional<Header> header = ParseHeader(object.bytes_);
  if (!header ||
      header->content_size != object.bytes_.size() - header->header_size) {
    return Fail(ErrorKind::kDamaged,
                "the loose object's header is damaged or states another size");
  }
  if (header->content_size > limit) {
    return TooLarge(limit);
  }
  object.type_ = header->type;
  object.header_size_ = header->header_size;
  return object;
}

ObjectId LooseObject::computed_id() const { return ObjectId{Sha1Of(bytes_)}; }

std::string LooseObjectPath(std::string_view objects, const ObjectId& id) {
  std::string hex = id.ToHex();
  return JoinPath(objects, hex.substr(0, 2) + "/" + hex.substr(2));
}

}  // namespace keysift
