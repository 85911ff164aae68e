// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "verify/alignment.h"
#include "verify/verdict.h"

namespace keysift {

// A part of an AWS key pair: an access key id or a secret access key.
struct AwsPart {
  Detection detection;
  std::string label;  // what its variable's name says beyond "aws key"
  bool bare = false;  // a secret that no rule found
};

// The name before a value ("PROD_AWS_SECRET_ACCESS_KEY = '"), lower case,
// without the words that only say what kind of value it is.
std::string AwsLabelOf(std::string_view text, Span span);

// PartDistance within the limits of aws_pairing.h.
uint64_t AwsDistance(std::string_view text, Span a, Span b);

// The same with what speaks against these two being a pair.
uint64_t AwsCost(std::string_view text, const AwsPart& id,
                 const AwsPart& secret);

// The lines around an id in which its secret may stand.
Span AwsSurroundings(std::string_view text, Span id);

// Runs of exactly 40 characters in `span` that look random, in order.
std::vector<AwsPart> FindBareAwsSecrets(std::string_view text, Span span);

}  // namespace keysift
