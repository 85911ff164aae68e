// SPDX-License-Identifier: Apache-2.0
//
// Where something encoded may begin, found in one pass of our own.
//
// Problem. A secret in base64, in hex or behind escapes matches no rule as it
// stands. Decoding all that could be base64 in each version of each file costs
// far more than the scan. What is wanted is a sign that is as local as a rule's
// hit (so that the walk over deltas carries it), and rare in plain text.
//
// Why not as patterns in the Hyperscan database: measured on 200 MB of curl's
// blobs with 700 rules, matching takes 0.54 s; with [^A-Za-z0-9+/]
// [A-Za-z0-9+/]{20} in it 3.4 s and 1,500 hits per MB, for source is full of
// long words; with short literals (%4, \x4, \u004, &#) 0.67 s. This pass finds
// all of them, with the check that follows, in about 0.05 s.
//
// Idea. Two bit masks per 64 bytes, made by vector comparisons: bytes of either
// base64 alphabet (hex is a part of it), and escape characters before a byte
// that makes them one. From the first mask, runs of kRun bytes come by shifting
// and and-ing; each run is looked at once, where it reaches kRun. It is a hit
// only if its first bytes decode to text: random letters pass that once in 10^5
// times. Escapes are hits only if none stands closely before them, so that a
// long encoded piece has few.
//
// Each test is a pure function of at most kTriggerWidth + 1 bytes before the
// hit's end: the law of match/delta_scan.cc holds for these hits as well.
// Test: tests/match/triggers_test.cc.
#include "match/triggers.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/buffer.h"
#include "match/text_start.h"
#include "match/trigger_masks.h"

namespace keysift {
namespace {

constexpr uint64_t kBlock = TriggerMasks::kBytes;
// Masks are made for so many blocks at once.
constexpr uint64_t kChunk = TriggerMasks::kMaxBlocks;
// Runs shorter than this are no trigger: 15 bytes in base64.
constexpr uint64_t kRun = TriggerMasks::kRun;
// An escape is no hit if another one stands at most this far before it.
constexpr uint64_t kQuiet = 18;
// How much of a word must stand before a cut.
constexpr uint64_t kCutWord = TriggerMasks::kCutWord;

// Digits of base64 in either alphabet and of hex; kNoDigit for others.
constexpr uint8_t kNoDigit = 0xff;

constexpr std::array<uint8_t, 256> MakeBase64Digits() {
  std::array<uint8_t, 256> digits{};
  digits.fill(kNoDigit);
  for (uint8_t i = 0; i < 26; ++i) {
    digits['A' + i] = i;
    digits['a' + i] = static_cast<uint8_t>(26 + i);
  }
  for (uint8_t i = 0; i < 10; ++i) {
    digits['0' + i] = static_cast<uint8_t>(52 + i);
  }
  digits['+'] = digits['-'] = 62;
  digits['/'] = digits['_'] = 63;
  return digits;
}

constexpr std::array<uint8_t, 256> MakeHexDigits() {
  std::array<uint8_t, 256> digits{};
  digits.fill(kNoDigit);
  for (uint8_t i = 0; i < 10; ++i) {
    digits['0' + i] = i;
  }
  for (uint8_t i = 0; i < 6; ++i) {
    digits['a' + i] = digits['A' + i] = static_cast<uint8_t>(10 + i);
  }
  return digits;
}

constexpr std::array<uint8_t, 256> kBase64Digits = MakeBase64Digits();
constexpr std::array<uint8_t, 256> kHexDigits = MakeHexDigits();

uint8_t HexDigit(char c) { return kHexDigits[static_cast<uint8_t>(c)]; }
bool IsWord(char c) {
  return kBase64Digits[static_cast<uint8_t>(c)] != kNoDigit || c == '=';
}
// Digits of base64 that are neither letters nor decimal digits.
bool IsSeparator(char c) {
  return kBase64Digits[static_cast<uint8_t>(c)] >= 62;
}
bool HasDigit(std::string_view text) {
  return text.find_first_of("0123456789") != std::string_view::npos;
}
// The two digits of a printable ASCII character.
bool IsPrintableHex(char high, char low) {
  return high >= '2' && high <= '7' && HexDigit(low) != kNoDigit;
}

class TriggerScan {
 public:
  TriggerScan(std::string_view text, std::vector<Hit>* hits)
      : text_(text), hits_(hits) {}

  void Run();

 private:
  void LookAt(const char* bytes, uint64_t blocks, uint64_t begin,
              TriggerMasks* masks);
  void OnBlock(const TriggerMasks& masks, uint64_t runs_before, uint64_t begin);
  void OnRun(uint64_t begin, uint64_t end);
  void OnSign(uint64_t at);
  void OnEquals(uint64_t at);
  void OnBackslash(uint64_t at);
  void OnLineEnd(uint64_t at);
  bool IsQuiet(uint64_t at, char mark, std::string_view breaks) const;
  bool IsWordBefore(uint64_t end) const;
  bool IsWordAfter(uint64_t begin) const;
  void Add(uint64_t end, Trigger trigger) {
    hits_->push_back(
        Hit::At(end, kFirstTrigger + static_cast<uint32_t>(trigger)));
  }
  char At(uint64_t i) const { return i < text_.size() ? text_[i] : '\0'; }

  std::string_view text_;
  std::vector<Hit>* hits_;
  uint64_t runs_before_ = 0;  // of the block before
};

// The positions where a run becomes kRun bytes long, given the block's digits
// and those of the block before. Bit i of `now` is left set by a step if the
// `by` bits before it are too, so that steps add up: 1, 2, 4, 8, 16, kRun.
uint64_t RunsReached(uint64_t now, uint64_t before) {
  static_assert(kRun == 16 + 4);
  for (int by : {1, 2, 4, 8, 4}) {
    now &= now << by | before >> (64 - by);
    before &= before << by;
  }
  return now & ~(now << 1 | before >> 63);
}

void TriggerScan::Run() {
  std::array<TriggerMasks, kChunk> masks;
  uint64_t begin = 0;
  while (begin + kBlock < text_.size()) {
    const uint64_t blocks =
        std::min((text_.size() - begin - 1) / kBlock, kChunk);
    LookAt(text_.data() + begin, blocks, begin, masks.data());
    begin += blocks * kBlock;
  }
  // What is left, and zeros after it.
  std::array<char, kBlock + 1> tail{};
  CopyBytes(tail.data(), text_.data() + begin, text_.size() - begin);
  LookAt(tail.data(), 1, begin, masks.data());
}

// Looks at blocks that lie at `bytes` and are the text's from `begin` on.
void TriggerScan::LookAt(const char* bytes, uint64_t blocks, uint64_t begin,
                         TriggerMasks* masks) {
  const uint64_t before = runs_before_;
  uint64_t left = LookForTriggers(bytes, blocks, before, masks);
  for (; left != 0; left &= left - 1) {
    const uint64_t i = static_cast<uint64_t>(std::countr_zero(left));
    OnBlock(masks[i], i == 0 ? before : masks[i - 1].runs, begin + i * kBlock);
  }
  runs_before_ = masks[blocks - 1].runs;
}

void TriggerScan::OnBlock(const TriggerMasks& masks, uint64_t runs_before,
                          uint64_t begin) {
  uint64_t reached = RunsReached(masks.runs, runs_before);
  for (; reached != 0; reached &= reached - 1) {
    const uint64_t end =
        begin + static_cast<uint64_t>(std::countr_zero(reached)) + 1;
    OnRun(end - kRun, end);
  }
  for (uint64_t left = masks.signs; left != 0; left &= left - 1) {
    OnSign(begin + static_cast<uint64_t>(std::countr_zero(left)));
  }
}

// A run begins at `begin` (no digit stands before) and reaches `end`.
void TriggerScan::OnRun(uint64_t begin, uint64_t end) {
  if (begin > 0 && text_[begin - 1] == '\\' &&
      (text_[begin] == 'n' || text_[begin] == 'r' || text_[begin] == 't')) {
    Add(end, Trigger::kEscape);
    ++begin;
  }
  // Base64 of text begins with a letter or a digit, but for UTF-16's mark.
  if (text_.substr(begin, 2) != "//") {
    for (int i = 0; i < 4 && IsSeparator(text_[begin]); ++i) {
      ++begin;
    }
  }
  // Most words end here: no text begins with a byte from 0x80 to 0xbf.
  const uint8_t first = kBase64Digits[static_cast<uint8_t>(text_[begin])];
  if (first >= 32 && first < 48) {
    return;
  }
  std::array<uint8_t, kRun> bytes;
  size_t size = 0;
  const uint64_t hex = begin + (text_.substr(begin, 2) == "0x" ? 2 : 0);
  for (uint64_t i = hex; i + 1 < end; i += 2) {
    const uint8_t high = HexDigit(text_[i]);
    const uint8_t low = HexDigit(text_[i + 1]);
    const uint8_t byte = static_cast<uint8_t>(high << 4 | low);
    if (high == kNoDigit || low == kNoDigit ||
        (i == hex && !MayBeginText(byte))) {
      size = 0;
      break;
    }
    bytes[size++] = byte;
  }
  if (size > 0) {
    if (BeginsAsText(bytes.data(), size)) {
      Add(end, Trigger::kHex);
    }
    return;
  }
  for (uint64_t i = begin; i + 4 <= end; i += 4) {
    uint32_t group = 0;
    for (uint64_t k = 0; k < 4; ++k) {
      group = group << 6 | kBase64Digits[static_cast<uint8_t>(text_[i + k])];
    }
    bytes[size++] = static_cast<uint8_t>(group >> 16);
    bytes[size++] = static_cast<uint8_t>(group >> 8);
    bytes[size++] = static_cast<uint8_t>(group);
    if (size == 3 && !BeginsAsText(bytes.data(), size)) {
      return;
    }
  }
  if (BeginsAsText(bytes.data(), size)) {
    Add(end, Trigger::kBase64);
  }
}

// Whether no `mark` stands in the kQuiet bytes before, up to one of `breaks`.
bool TriggerScan::IsQuiet(uint64_t at, char mark,
                          std::string_view breaks) const {
  const uint64_t from = at > kQuiet ? at - kQuiet : 0;
  for (uint64_t i = at; i > from; --i) {
    if (text_[i - 1] == mark) {
      return false;
    }
    if (breaks.find(text_[i - 1]) != std::string_view::npos) {
      return true;
    }
  }
  return true;
}

// An escape, a cut at a line's end, or what looked like one.
void TriggerScan::OnSign(uint64_t at) {
  if (At(at + 1) == '\n') {
    OnLineEnd(at + 1);
    return;
  }
  switch (text_[at]) {
    case '%':
      if (IsPrintableHex(At(at + 1), At(at + 2)) &&
          IsQuiet(at, '%', " \t\n\"'`<>")) {
        Add(at + 3, Trigger::kPercent);
      }
      break;
    case '&':
      if ((At(at + 1) == '#' || text_.substr(at, 5) == "&quot") &&
          IsQuiet(at, '&', "<>\n")) {
        Add(at + (At(at + 1) == '#' ? 2 : 5), Trigger::kEntity);
      }
      break;
    case '=':
      OnEquals(at);
      break;
    case '\\':
      OnBackslash(at);
      break;
    default:
      break;
  }
}

// "=3D", or "=3x" with another one right behind: some encoders spare no byte.
void TriggerScan::OnEquals(uint64_t at) {
  if (At(at + 2) == 'D') {
    if (IsQuiet(at, '=', "\n")) {
      Add(at + 3, Trigger::kQuotedPrintable);
    }
  } else if (IsPrintableHex(At(at + 1), At(at + 2)) && At(at + 3) == '=' &&
             IsPrintableHex(At(at + 4), At(at + 5))) {
    Add(at + 6, Trigger::kQuotedPrintable);
  }
}

void TriggerScan::OnBackslash(uint64_t at) {
  const char kind = At(at + 1);
  uint64_t end = 0;
  if (kind == 'x' && IsPrintableHex(At(at + 2), At(at + 3))) {
    end = at + 4;
  } else if (kind == 'u' && text_.substr(at + 2, 2) == "00" &&
             IsPrintableHex(At(at + 4), At(at + 5))) {
    end = at + 6;
  } else if (kind == '"') {
    const uint64_t colon = at + (At(at + 2) == ' ' ? 3 : 2);
    end = At(colon) == ':' ? colon + 1 : 0;
  } else if ((kind == '0' && At(at + 2) >= '4' && At(at + 2) <= '7') ||
             (kind == '1' && At(at + 2) >= '0' && At(at + 2) <= '7')) {
    end = At(at + 3) >= '0' && At(at + 3) <= '7' ? at + 4 : 0;
  }
  if (end != 0 && IsQuiet(at, '\\', "\n\"'")) {
    Add(end, Trigger::kEscape);
  }
}

// Whether a cut word ends at `end`: kCutWord digits of base64, not all of them
// letters of one case.
bool TriggerScan::IsWordBefore(uint64_t end) const {
  if (end < kCutWord) {
    return false;
  }
  bool lower = false;
  bool other = false;
  for (uint64_t i = end; i > end - kCutWord; --i) {  // short words end here
    const char c = text_[i - 1];
    if (!IsWord(c)) {
      return false;
    }
    lower = lower || (c >= 'a' && c <= 'z');
    other = other || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
  return other && (lower || HasDigit(text_.substr(end - kCutWord, kCutWord)));
}

// Whether the word goes on at `begin`.
bool TriggerScan::IsWordAfter(uint64_t begin) const {
  for (uint64_t i = begin; i < begin + 3; ++i) {
    if (!IsWord(At(i)) || At(i) == '=') {
      return false;
    }
  }
  return true;
}

// A line ends at `at`: is a word cut there?
void TriggerScan::OnLineEnd(uint64_t at) {
  uint64_t end = at;
  if (end > 0 && text_[end - 1] == '\r') {
    --end;
  }
  if (end == 0) {
    return;
  }
  const char last = text_[end - 1];
  if (last == '=' || last == '\\') {
    if (IsWordAfter(at + 1) && IsWordBefore(end - 1)) {
      Add(at + 4, last == '=' ? Trigger::kQuotedPrintable : Trigger::kJoin);
      return;
    }
  }
  // A quote, perhaps an operator with spaces around it.
  for (int i = 0; i < 4 && end > 0; ++i) {
    const char c = text_[end - 1];
    if (c == '"' || c == '\'') {
      if (IsWordBefore(end - 1)) {
        Add(at + 1, Trigger::kJoin);
      }
      return;
    }
    if (c != ' ' && c != '+' && c != '.' && c != '\\') {
      return;
    }
    --end;
  }
}

}  // namespace

void FindTriggers(std::string_view text, std::vector<Hit>* hits) {
  TriggerScan(text, hits).Run();
}

std::vector<PatternSource> PatternSources(const RuleSet& rules) {
  std::vector<PatternSource> sources;
  uint32_t pattern = 0;
  for (const Rule& rule : rules.rules) {
    for (const std::string& hit : rule.hits) {
      sources.push_back(PatternSource{hit, pattern});
    }
    ++pattern;
  }
  return sources;
}

}  // namespace keysift
