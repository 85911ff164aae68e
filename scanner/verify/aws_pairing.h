// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "rule/rule_list.h"
#include "verify/verdict.h"

namespace keysift {

// The numbers of the AWS rules in a RuleSet, -1 where it has none.
struct AwsRules {
  explicit AwsRules(const RuleSet& rules);

  int key_id;
  int secret;
  int pair;
  int session_token;
  int session_token_context;
};

// Joins access key ids with their secret access keys: found by context, or
// else any 40 random characters near an id. Each pair replaces its parts by one
// detection under rule `pair` (the secret, with the id as partner); ids and
// secrets without the other part stay. Marks pairs that have a session token
// near, and those of a root account's old key file.
void PairAwsKeys(std::string_view text, const RuleSet& rules,
                 const AwsRules& aws, std::vector<Detection>* detections);

// How far apart the parts may stand.
constexpr uint64_t kAwsPairLines = 5;
constexpr uint64_t kAwsPairBytes = 4096;

}  // namespace keysift
