// SPDX-License-Identifier: Apache-2.0
//
// Deltas: how git stores one object as a change of another (gitformat-pack,
// "Deltified representation"): two sizes, then instructions. A set high bit
// copies a piece of the base, 1..127 inserts that many bytes that follow, 0 is
// reserved.
//
// Beside the object itself we keep *which* bytes were copied from where: a
// scan of the object needs to look only at what was not (match/delta_scan.h).
// Copies that continue each other in base and result are one run; git cuts long
// copies at 64 KiB (pack version 2) and those cuts are no seams.
//
// Cost: one pass over the instructions; short pieces are copied by 32 bytes at
// a time, which the slack of our buffers allows. Tests:
// tests/git/delta_test.cc, and tests/bench for every object of a history
// against `git cat-file`.
#include "git/delta.h"

namespace keysift {
namespace {

constexpr uint8_t kCopyFlag = 0x80;
constexpr uint64_t kCopySizeZeroMeans = 0x10000;
// Results above this are added up before memory is taken for them: what a
// header claims costs nothing, and a few bytes can copy a large base often.
constexpr uint64_t kLargeResult = uint64_t{256} << 20;

tl::unexpected<Error> Damaged(const char* what) {
  return Fail(ErrorKind::kDamaged, std::string("delta: ") + what);
}

// A size as 7 bits a byte, least significant first. False if cut or too long.
bool ReadSize(std::string_view delta, uint64_t* at, uint64_t* size) {
  *size = 0;
  for (unsigned shift = 0; *at < delta.size() && shift < 63; shift += 7) {
    const uint8_t byte = static_cast<uint8_t>(delta[(*at)++]);
    *size |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if ((byte & 0x80) == 0) {
      return true;
    }
  }
  return false;
}

void AddRun(std::vector<CopyRun>* runs, const CopyRun& run) {
  if (!runs->empty()) {
    CopyRun& last = runs->back();
    if (last.end() == run.begin && last.base_end() == run.base_begin) {
      last.size += run.size;
      return;
    }
  }
  runs->push_back(run);
}

// Reads the operands of a copy: the bits of `op` say which bytes follow, four
// of the offset, then three of the size. Which ones is anybody's guess, so
// there is no branch on it; up to seven bytes are read whether they belong or
// not.
bool ReadCopy(std::string_view delta, uint8_t op, uint64_t* at, CopyRun* run) {
  static_assert(Buffer::kSlack >= 7);
  const char* next = delta.data() + *at;
  uint64_t operands = 0;
  for (unsigned bit = 0; bit < 7; ++bit) {
    const uint64_t is_there = op >> bit & 1;
    operands |= (static_cast<uint8_t>(*next) & (0 - is_there)) << (8 * bit);
    next += is_there;
  }
  *at = static_cast<uint64_t>(next - delta.data());
  run->base_begin = operands & 0xffffffff;
  run->size = operands >> 32;
  if (run->size == 0) {
    run->size = kCopySizeZeroMeans;
  }
  return *at <= delta.size();
}

// What the instructions from `at` on add up to, or `limit` if that is more;
// copies are not looked at further.
uint64_t SizeOfResult(std::string_view delta, uint64_t at, uint64_t limit) {
  uint64_t size = 0;
  while (at < delta.size() && size < limit) {
    const uint8_t op = static_cast<uint8_t>(delta[at++]);
    CopyRun run;
    if ((op & kCopyFlag) == 0) {
      size += op;
      at += op;
    } else if (ReadCopy(delta, op, &at, &run)) {
      size += run.size;
    } else {
      break;
    }
  }
  return size;
}

// Makes room for a large result if there can be one.
Result<void> ResizeLarge(std::string_view delta, const DeltaHeader& header,
                         Buffer* result) {
  if (SizeOfResult(delta, header.instructions, header.result_size) <
      header.result_size) {
    return Damaged("shorter than it says");
  }
  if (!result->TryResize(header.result_size)) {
    return Fail(ErrorKind::kTooLarge, "no memory for an object of " +
                                          std::to_string(header.result_size) +
                                          " bytes");
  }
  return {};
}

}  // namespace

Result<DeltaHeader> ReadDeltaHeader(std::string_view delta) {
  DeltaHeader header;
  if (!ReadSize(delta, &header.instructions, &header.base_size) ||
      !ReadSize(delta, &header.instructions, &header.result_size)) {
    return Damaged("its sizes are cut off or too large");
  }
  return header;
}

Result<void> ApplyDelta(std::string_view base, std::string_view delta,
                        uint64_t max_size, Buffer* result,
                        std::vector<CopyRun>* runs) {
  Result<DeltaHeader> header = ReadDeltaHeader(delta);
  if (!header) {
    return tl::unexpected(std::move(header.error()));
  }
  if (header->base_size != base.size()) {
    return Damaged("made for a base of another size");
  }
  if (header->result_size > max_size) {
    return Fail(ErrorKind::kTooLarge, "object over the size limit");
  }
  const uint64_t size = header->result_size;
  if (size > kLargeResult) {
    Result<void> large = ResizeLarge(delta, *header, result);
    if (!large) {
      return large;
    }
  }
  char* out = result->Resize(size);
  std::vector<CopyRun> nobody_asked;
  if (runs == nullptr) {
    runs = &nobody_asked;
  }
  runs->clear();
  uint64_t at = header->instructions;
  uint64_t done = 0;
  while (at < delta.size()) {
    const uint8_t op = static_cast<uint8_t>(delta[at++]);
    if ((op & kCopyFlag) != 0) {
      CopyRun run;
      if (!ReadCopy(delta, op, &at, &run)) {
        return Damaged("a copy is cut off");
      }
      if (run.base_end() > base.size() || run.size > size - done) {
        return Damaged("a copy leaves its base or its result");
      }
      run.begin = done;
      CopyWithSlack(out + done, base.data() + run.base_begin, run.size);
      AddRun(runs, run);
      done += run.size;
    } else if (op != 0) {
      if (op > delta.size() - at || op > size - done) {
        return Damaged("an insert leaves its delta or its result");
      }
      CopyWithSlack(out + done, delta.data() + at, op);
      at += op;
      done += op;
    } else {
      return Damaged("reserved instruction 0");
    }
  }
  if (done != size) {
    return Damaged("shorter than it says");
  }
  return {};
}

}  // namespace keysift
