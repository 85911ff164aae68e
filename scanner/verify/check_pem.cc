// SPDX-License-Identifier: Apache-2.0
// Private keys: a body check. The local match is no more than the head line;
// here the whole block is read and parsed (pem_block.h, private_key.h). A head
// line without a body is a label in code or prose and is dropped; a block with
// a body is always reported.
#include "content/base64.h"
#include "verify/check_list.h"
#include "verify/entropy.h"
#include "verify/marks.h"
#include "verify/pem_block.h"
#include "verify/private_key.h"
#include "verify/text.h"

namespace keysift {
namespace {

// The body of the shortest key, Ed25519 in PKCS#8, is 64 characters.
constexpr size_t kLeastBody = 64;
// Less than any base64 of a key has, more than placeholders.
constexpr double kLeastEntropy = 3.2;
// "-----BEGIN" in base64.
constexpr std::string_view kWrapped = "LS0tLS1CRUdJT";
// The first bits of a SEQUENCE in base64.
constexpr char kBare = 'M';
constexpr std::string_view kPutty = "PuTTY-User-Key-File-";

// As much of the body as decodes: whole groups before any padding.
std::string DecodeBody(const std::string& body) {
  const std::string digits = body.substr(0, body.find('='));
  std::optional<std::string> bytes = DecodeBase64(digits);
  if (!bytes.has_value()) {
    bytes =
        DecodeBase64(std::string_view(digits).substr(0, digits.size() / 4 * 4));
  }
  return bytes.value_or("");
}

PrivateKeyFacts ReadKey(const PemBlock& block) {
  const std::string bytes = DecodeBody(block.body);
  if (block.label.rfind("PGP", 0) == 0) {
    return ReadPgpKey(bytes);
  }
  for (const PrivateKeyFacts& facts :
       {ReadOpenSshKey(bytes), ReadSsh2Key(bytes)}) {
    if (facts.state != PrivateKeyFacts::State::kNotAKey) {
      return facts;
    }
  }
  return ReadDerKey(bytes);
}

void AddFacts(const PrivateKeyFacts& facts, bool encrypted,
              CheckResult* result) {
  if (!facts.type.empty()) {
    result->details.emplace_back("key_type", facts.type);
  }
  if (facts.bits > 0) {
    result->details.emplace_back("key_bits", std::to_string(facts.bits));
  }
  if (encrypted ||
      (facts.state == PrivateKeyFacts::State::kKey && facts.type != "PGP")) {
    result->details.emplace_back("encrypted", encrypted ? "yes" : "no");
  }
  if (encrypted) {
    // What is in it cannot be seen, and it opens nothing by itself.
    result->marks |= kMarkEncrypted;
    result->at_most = Confidence::kLikely;
  }
}

CheckResult HeadParses() {
  CheckResult result = CheckResult::Pass("head of a private key parses");
  result.marks |= kMarkTruncated;
  result.at_most = Confidence::kLikely;
  return result;
}

CheckResult JudgeBlock(const PemBlock& block) {
  if (block.body.size() < kLeastBody) {
    return CheckResult::Drop("a key's head line without a key");
  }
  if (ShannonEntropy(block.body) < kLeastEntropy) {
    return CheckResult::Drop("the body is a placeholder");
  }
  const PrivateKeyFacts facts = ReadKey(block);
  const bool encrypted =
      block.encrypted || facts.state == PrivateKeyFacts::State::kEncrypted;
  const bool parses =
      encrypted || facts.state != PrivateKeyFacts::State::kNotAKey;
  CheckResult result;
  if (parses && block.complete && !facts.truncated) {
    result = CheckResult::Pass(encrypted ? "encrypted private key parses"
                                         : "private key parses");
  } else if (parses) {
    result = HeadParses();
  } else if (block.complete) {
    result.reason = "a body that does not parse as a key";
    result.at_most = Confidence::kLikely;
  } else {
    result = CheckResult::Failed("a body that does not parse as a key");
  }
  AddFacts(facts, encrypted, &result);
  result.details.emplace_back("format", block.label);
  result.extent = block.span;
  return result;
}

// PuTTY's .ppk: lines "Name: value", then base64 lines (its manual, appendix
// C). The private half is what counts.
CheckResult JudgePutty(std::string_view text, uint64_t begin) {
  const std::string_view file = text.substr(begin, kMaxPemBytes);
  const size_t lines = file.find("Private-Lines:");
  const size_t mac = file.find("Private-MAC:", lines == file.npos ? 0 : lines);
  if (lines == std::string_view::npos) {
    return CheckResult::Drop("a PuTTY key's head line without a key");
  }
  CheckResult result = CheckResult::Pass("PuTTY private key parses");
  PrivateKeyFacts facts;
  facts.state = PrivateKeyFacts::State::kKey;
  const size_t colon = file.find(':');
  facts.type = std::string(
      Trim(file.substr(colon + 1, file.find('\n', colon) - colon - 1)));
  const bool encrypted =
      file.substr(0, lines).find("Encryption: none") == std::string_view::npos;
  AddFacts(facts, encrypted, &result);
  result.details.emplace_back("format", "PuTTY");
  result.at_most = Confidence::kLikely;  // its MAC is not computed
  if (mac == std::string_view::npos) {
    result.marks |= kMarkTruncated;
  }
  const size_t last = mac == std::string_view::npos ? lines : mac;
  const size_t end = std::min(file.find('\n', last), file.size());
  result.extent = Span{begin, begin + end};
  return result;
}

bool IsBase64(char c) { return IsAlnum(c) || c == '+' || c == '/'; }

// A run of base64, which may go on past what the rule matched.
struct Base64Run {
  std::string bytes;
  Span span;  // with the padding
};

Base64Run ReadBase64Run(std::string_view text, uint64_t begin) {
  uint64_t end = begin;
  const uint64_t limit = std::min<uint64_t>(text.size(), begin + kMaxPemBytes);
  while (end < limit && IsBase64(text[end])) {
    ++end;
  }
  const std::string_view run = text.substr(begin, end - begin);
  const size_t whole = run.size() / 4 * 4;
  Base64Run result;
  result.bytes = DecodeBase64(run.substr(0, whole)).value_or("") +
                 DecodeBase64(run.substr(whole)).value_or("");
  while (end < limit && text[end] == '=') {
    ++end;
  }
  result.span = Span{begin, end};
  return result;
}

// The PEM block itself in base64, as Kubernetes and CI variables hold it.
CheckResult JudgeWrapped(std::string_view text, uint64_t begin) {
  const Base64Run run = ReadBase64Run(text, begin);
  const PemBlock block = ReadPemBlock(run.bytes, 0);
  if (block.label.empty()) {
    return CheckResult::Drop("base64 that holds no key's head line");
  }
  CheckResult result = JudgeBlock(block);
  result.extent = run.span;
  result.details.emplace_back("encoding", "base64");
  return result;
}

// Whether a head line ends right before `begin`, but for what breaks and begins
// lines in files and in string literals: that block is another rule's.
bool FollowsHeadLine(std::string_view text, uint64_t begin) {
  constexpr uint64_t kBetween = 48;
  const uint64_t size = std::min(begin, kBetween);
  return text.substr(begin - size, size).find("KEY-----") !=
         std::string_view::npos;
}

// The DER of a key in base64 without head and foot, as settings and constants
// hold it.
CheckResult JudgeBare(std::string_view text, uint64_t begin) {
  if ((begin > 0 && IsBase64(text[begin - 1])) ||
      FollowsHeadLine(text, begin)) {
    return CheckResult::Drop("a part of something longer");
  }
  const Base64Run run = ReadBase64Run(text, begin);
  const PrivateKeyFacts facts = ReadDerKey(run.bytes);
  if (facts.state != PrivateKeyFacts::State::kKey) {
    return CheckResult::Drop("it begins as a key, but does not parse as one");
  }
  CheckResult result =
      facts.truncated ? HeadParses() : CheckResult::Pass("private key parses");
  AddFacts(facts, false, &result);
  result.details.emplace_back("format", "DER");
  result.details.emplace_back("encoding", "base64");
  result.extent = run.span;
  return result;
}

}  // namespace

CheckResult CheckPemPrivateKey(const CheckInput& input) {
  const std::string_view match = input.match.In(input.text);
  const size_t putty = match.find(kPutty);
  if (putty != std::string_view::npos) {
    return JudgePutty(input.text, input.match.begin + putty);
  }
  const size_t wrapped = match.find(kWrapped);
  if (wrapped != std::string_view::npos) {
    return JudgeWrapped(input.text, input.match.begin + wrapped);
  }
  if (match.starts_with(kBare)) {
    return JudgeBare(input.text, input.match.begin);
  }
  const size_t begin = FindPemBegin(match);
  if (begin == std::string_view::npos) {
    return CheckResult::Unknown();
  }
  const PemBlock block = ReadPemBlock(input.text, input.match.begin + begin);
  if (block.label.empty()) {
    return CheckResult::Drop("a key's head line without a key");
  }
  return JudgeBlock(block);
}

}  // namespace keysift
