// SPDX-License-Identifier: Apache-2.0
#include "verify/marks.h"

namespace keysift {
namespace {

struct Wording {
  uint32_t mark;
  const char* words;
};

// Entropy and the outcome of checks are worded where their values are known.
constexpr Wording kWordings[] = {
    {kMarkKeyword, "keyword near"},
    {kMarkContext, "words near it name it"},
    {kMarkNamedSecret, "stands where secrets stand"},
    {kMarkLoose, "of the right shape only"},
    {kMarkExample, "in a description of an API"},
    {kMarkPaired, "stands with its other part"},
    {kMarkBareSecret, "recognised by the id near it"},
    {kMarkSessionToken, "session token near"},
    {kMarkRoot, "root account's key file"},
    {kMarkEncrypted, "protected by a passphrase"},
    {kMarkTruncated, "body cut short"},
    {kMarkLocalHost, "server on the local machine"},
    {kMarkSample, "documented sample value"},
    {kMarkCanary, "known canary-token account"},
    {kMarkPlaceholder, "placeholder word in it"},
    {kMarkSequence, "repeated or sequential characters"},
    {kMarkReference, "looks like a reference"},
};

}  // namespace

std::vector<std::string> MarkReasons(uint32_t marks) {
  std::vector<std::string> reasons;
  for (const Wording& wording : kWordings) {
    if ((marks & wording.mark) != 0) {
      reasons.emplace_back(wording.words);
    }
  }
  return reasons;
}

}  // namespace keysift
