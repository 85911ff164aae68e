// SPDX-License-Identifier: Apache-2.0
#include "verify/aws_part.h"

#include <algorithm>

#include "verify/aws_key_id.h"
#include "verify/aws_pairing.h"
#include "verify/aws_secret.h"
#include "verify/marks.h"
#include "verify/text.h"

namespace keysift {
namespace {

bool IsNameCharacter(char c) {
  return IsAlnum(c) || c == '_' || c == '-' || c == '.';
}

}  // namespace

std::string AwsLabelOf(std::string_view text, Span span) {
  uint64_t end = span.begin;
  const uint64_t floor = end > 64 ? end - 64 : 0;
  int signs = 0;
  while (end > floor && !IsNameCharacter(text[end - 1]) &&
         text[end - 1] != '\n' && text[end - 1] != ',' && ++signs < 8) {
    --end;
  }
  uint64_t begin = end;
  while (begin > floor && IsNameCharacter(text[begin - 1])) {
    --begin;
  }
  std::string name = ToLower(text.substr(begin, end - begin));
  name.erase(std::remove_if(name.begin(), name.end(),
                            [](char c) { return !IsAlnum(c); }),
             name.end());
  for (std::string_view word :
       {"aws", "amazon", "secret", "access", "keyid", "key", "id", "s3",
        "export", "default", "env", "value"}) {
    for (size_t at = name.find(word); at != std::string::npos;
         at = name.find(word)) {
      name.erase(at, word.size());
    }
  }
  return name;
}

uint64_t AwsDistance(std::string_view text, Span a, Span b) {
  return PartDistance(text, a, b, {kAwsPairLines, kAwsPairBytes});
}

uint64_t AwsCost(std::string_view text, const AwsPart& id,
                 const AwsPart& secret) {
  const uint64_t distance =
      AwsDistance(text, id.detection.secret, secret.detection.secret);
  if (distance == kTooFar) {
    return kTooFar;
  }
  const bool names_differ = id.label != secret.label && !secret.bare;
  return distance + (names_differ ? 2 * kLineCost : 0) +
         (secret.bare ? 3 * kLineCost : 0);
}

Span AwsSurroundings(std::string_view text, Span id) {
  Span span = id;
  const uint64_t floor =
      id.begin > kAwsPairBytes ? id.begin - kAwsPairBytes : 0;
  for (uint64_t lines = 0; span.begin > floor; --span.begin) {
    if (text[span.begin - 1] == '\n' && lines++ == kAwsPairLines) {
      break;
    }
  }
  const uint64_t ceiling =
      std::min<uint64_t>(text.size(), id.end + kAwsPairBytes);
  for (uint64_t lines = 0; span.end < ceiling; ++span.end) {
    if (text[span.end] == '\n' && lines++ == kAwsPairLines) {
      break;
    }
  }
  return span;
}

std::vector<AwsPart> FindBareAwsSecrets(std::string_view text, Span span) {
  std::vector<AwsPart> secrets;
  uint64_t begin = span.begin;
  for (uint64_t i = span.begin; i <= span.end; ++i) {
    if (i < span.end && IsAwsSecretCharacter(text[i])) {
      continue;
    }
    const Span run{begin, i};
    begin = i + 1;
    const bool cut_front = run.begin == span.begin && run.begin > 0 &&
                           IsAwsSecretCharacter(text[run.begin - 1]);
    const bool cut_back =
        i < text.size() && (IsAwsSecretCharacter(text[i]) || text[i] == '=');
    if (run.size() != kAwsSecretLength || cut_front || cut_back ||
        JudgeAwsSecret(run.In(text)) == AwsSecretLooks::kNo) {
      continue;
    }
    AwsPart part;
    part.bare = true;
    part.detection.match = part.detection.secret = run;
    part.detection.confidence = Confidence::kLikely;
    part.detection.marks =
        IsAwsSample(run.In(text)) ? kMarkSample : kMarkBareSecret;
    secrets.push_back(part);
  }
  return secrets;
}

}  // namespace keysift
