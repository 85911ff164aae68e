// SPDX-License-Identifier: Apache-2.0
// Google Cloud's service account keys: a JSON object with "type":
// "service_account", project, key id, e-mail, and the private key as a PEM
// string. Source: Google Cloud IAM, "Create and delete service account keys".
// A body check: the object is sought around the match.
#include <algorithm>

#include "verify/check_list.h"
#include "verify/json_object.h"
#include "verify/marks.h"
#include "verify/pem_block.h"
#include "verify/text.h"

namespace keysift {
namespace {

constexpr uint64_t kMaxObject = kMaxPemBytes;

// The '{' whose object holds `at`, or npos. Braces in strings are counted like
// others; the fields that are read then tell whether it was the right one.
size_t EnclosingBrace(std::string_view text, uint64_t at) {
  const uint64_t floor = at > kMaxObject ? at - kMaxObject : 0;
  int depth = 0;
  for (uint64_t i = at; i > floor; --i) {
    const char c = text[i - 1];
    if (c == '}') {
      ++depth;
    } else if (c == '{' && depth-- == 0) {
      return i - 1;
    }
  }
  return std::string_view::npos;
}

bool HoldsKey(std::string_view value) {
  const size_t begin = value.find("-----BEGIN ");
  return begin != std::string_view::npos &&
         ReadPemBlock(value, begin).body.size() >= 64;
}

}  // namespace

CheckResult CheckGcpServiceAccount(const CheckInput& input) {
  const size_t brace = EnclosingBrace(input.text, input.match.end);
  if (brace == std::string_view::npos) {
    return CheckResult::Unknown();
  }
  const JsonObject object =
      ReadJsonObject(input.text.substr(brace, kMaxObject));
  const JsonObject::Field* key = object.Find("private_key");
  if (!object.valid || object.Text("type") != "service_account") {
    return CheckResult::Unknown();
  }
  if (key == nullptr || !HoldsKey(key->value)) {
    return CheckResult::Drop("a service account's file without its key");
  }
  CheckResult result = CheckResult::Pass("service account key parses");
  for (const char* name : {"project_id", "client_email", "private_key_id"}) {
    const std::string value = object.Text(name);
    if (!value.empty() && value.size() < 200) {
      result.details.emplace_back(name, value);
    }
  }
  if (object.Find("client_email") == nullptr || !object.complete) {
    result.at_most = Confidence::kLikely;
  }
  result.extent = Span{brace, brace + object.size};
  return result;
}

}  // namespace keysift
