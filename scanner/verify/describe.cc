// SPDX-License-Identifier: Apache-2.0
// What a person should know of a detection. Runs only for what is reported, so
// it may compute again what verification only marked.
#include "verify/aws_describe.h"
#include "verify/entropy.h"
#include "verify/marks.h"
#include "verify/partners.h"
#include "verify/verifier_impl.h"

namespace keysift {
namespace {

void AddCheck(const CheckResult& result, Description* description) {
  if (!result.reason.empty()) {
    description->reasons.push_back(result.reason);
  }
  for (const auto& [name, value] : result.details) {
    description->details[name] = value;
  }
}

}  // namespace

Description Verifier::Describe(std::string_view text,
                               const Detection& detection,
                               std::string_view path) const {
  const PreparedRule& rule = impl_->rules[detection.rule];
  Description description;
  description.description = rule.rule->description;
  description.remediation = rule.rule->remediation;
  description.revoke_url = rule.rule->revoke_url;
  description.reasons.emplace_back("regex");
  if ((detection.marks & kMarkEntropy) != 0) {
    const double bits = ShannonEntropy(detection.secret.In(text));
    description.reasons.push_back("entropy " + FormatEntropy(bits));
  }
  Window window(text);
  for (const Check* check : rule.local_checks) {
    AddCheck(check->run(
                 {*rule.rule, &window, {}, detection.match, detection.secret}),
             &description);
  }
  for (const Check* check : rule.body_checks) {
    AddCheck(check->run({*rule.rule, &window, text, detection.match,
                         detection.secret}),
             &description);
  }
  const bool told =
      DescribePartner(text, impl_->rules, detection, &description);
  const uint32_t marks =
      told ? detection.marks & ~uint32_t{kMarkPaired} : detection.marks;
  for (std::string& reason : MarkReasons(marks)) {
    description.reasons.push_back(std::move(reason));
  }
  DescribeAws(text, *rule.rule, detection, path, &description);
  return description;
}

}  // namespace keysift
