// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "rule/rule.h"
#include "verify/verdict.h"
#include "verify/verifier.h"

namespace keysift {

// Adds what is known of an AWS credential to a description that already holds
// the rule's own words: account, kind, partner, what is at stake, the steps to
// revoke it with their commands, and where it should live. Does nothing for
// rules whose id does not begin with "aws-". `path` may be "".
void DescribeAws(std::string_view text, const Rule& rule,
                 const Detection& detection, std::string_view path,
                 Description* description);

// A root account's key file by its name: rootkey.csv, or a numbered copy.
bool IsAwsRootKeyFile(std::string_view path);

}  // namespace keysift
