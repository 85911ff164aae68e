// SPDX-License-Identifier: Apache-2.0
// From a text's local verdicts to its detections. Everything here may read the
// whole text and is computed anew for each text; the last function is the list
// of steps.
#include <algorithm>
#include <tuple>

#include "verify/allow_comment.h"
#include "verify/aws_pairing.h"
#include "verify/composite.h"
#include "verify/marks.h"
#include "verify/overlap.h"
#include "verify/partners.h"
#include "verify/verifier_impl.h"

namespace keysift {
namespace {

std::vector<Detection> ToDetections(const std::vector<LocalVerdict>& verdicts,
                                    const PreparedRules& rules) {
  std::vector<Detection> detections;
  for (const LocalVerdict& verdict : verdicts) {
    if (!verdict.accepted) {
      continue;
    }
    Detection detection;
    detection.rule = verdict.hit.pattern();
    detection.match = verdict.match;
    detection.secret = verdict.secret;
    detection.severity = rules[detection.rule].rule->severity;
    detection.confidence = verdict.confidence;
    detection.marks = verdict.marks;
    detection.written = verdict.written;
    detections.push_back(detection);
  }
  return detections;
}

// False: the body says that this is no credential.
bool RunBodyCheck(const Check& check, const PreparedRule& rule,
                  std::string_view text, Detection* detection, Trace* trace) {
  Window window(text);
  const CheckResult result = check.run(
      {*rule.rule, &window, text, detection->match, detection->secret});
  if (trace != nullptr && !result.reason.empty()) {
    Tell(trace, "check " + std::string(check.name) + ": " + result.reason);
  }
  detection->marks |= result.marks;
  switch (result.outcome) {
    case CheckResult::Outcome::kDrop:
      return false;
    case CheckResult::Outcome::kPass:
      if (check.weight == Check::Weight::kProof) {
        detection->marks |= kMarkProved;
        detection->confidence = Confidence::kCertain;
      }
      break;
    case CheckResult::Outcome::kFail:
      detection->marks |= kMarkCheckFailed;
      detection->confidence = Lowered(detection->confidence);
      break;
    case CheckResult::Outcome::kUnknown:
      break;
  }
  detection->confidence = std::min(detection->confidence, result.at_most);
  if (!result.extent.empty()) {
    detection->match = detection->secret = result.extent;
  }
  return true;
}

void RunBodyChecks(std::string_view text, const PreparedRules& rules,
                   std::vector<Detection>* detections, Trace* trace) {
  std::vector<Detection> kept;
  for (Detection& detection : *detections) {
    const PreparedRule& rule = rules[detection.rule];
    const bool keep = std::all_of(
        rule.body_checks.begin(), rule.body_checks.end(),
        [&](const Check* check) {
          return RunBodyCheck(*check, rule, text, &detection, trace);
        });
    if (keep) {
      kept.push_back(detection);
    }
  }
  *detections = std::move(kept);
}

// OpenAPI and Swagger: YAML or JSON with its version at the head.
bool IsApiDescription(std::string_view text) {
  constexpr size_t kHead = 512;
  const std::string_view head = text.substr(0, kHead);
  for (std::string_view word : {"openapi", "swagger"}) {
    const size_t at = head.find(word);
    if (at == head.npos) {
      continue;
    }
    const std::string_view rest = head.substr(at + word.size());
    const bool quoted = at > 0 && head[at - 1] == '"';
    const bool begins = quoted || at == 0 || head[at - 1] == '\n';
    if (begins && rest.substr(0, quoted ? 2 : 1) == (quoted ? "\":" : ":")) {
      return true;
    }
  }
  return false;
}

// The values in a description of an API are examples.
void DoubtExamples(std::string_view text, const PreparedRules& rules,
                   std::vector<Detection>* detections) {
  if (!IsApiDescription(text)) {
    return;
  }
  for (Detection& detection : *detections) {
    if (rules[detection.rule].generic) {
      detection.confidence = Confidence::kPossible;
      detection.marks |= kMarkExample;
    }
  }
}

// A documented sample harms nobody; a key under a passphrase harms less.
void AdjustSeverity(std::vector<Detection>* detections) {
  for (Detection& detection : *detections) {
    if ((detection.marks & (kMarkSample | kMarkCanary)) != 0) {
      detection.severity = Severity::kLow;
    } else if ((detection.marks & kMarkEncrypted) != 0) {
      detection.severity = std::min(detection.severity, Severity::kMedium);
    }
  }
}

void DropAllowed(std::string_view text, const VerifierOptions& options,
                 std::vector<Detection>* detections, uint64_t* inline_allowed,
                 Trace* trace) {
  if (!options.allow_comments) {
    return;
  }
  std::vector<Detection> kept;
  for (const Detection& detection : *detections) {
    const std::string_view comment =
        FindAllowComment(text, detection.match, options.ignored_comments);
    if (comment.empty()) {
      kept.push_back(detection);
      continue;
    }
    ++*inline_allowed;
    if (trace != nullptr) {
      Tell(trace, "allowed by a comment: " + std::string(comment));
    }
  }
  *detections = std::move(kept);
}

bool BySecret(const Detection& a, const Detection& b) {
  return std::tie(a.secret.begin, a.secret.end, a.rule) <
         std::tie(b.secret.begin, b.secret.end, b.rule);
}

}  // namespace

void Verifier::Conclude(std::string_view text,
                        const std::vector<LocalVerdict>& verdicts,
                        std::vector<Detection>* detections,
                        uint64_t* inline_allowed, Trace* trace) const {
  const PreparedRules& rules = impl_->rules;
  std::vector<Detection> found = ToDetections(verdicts, rules);
  // First equal ones become one, so that each body is parsed once; then again,
  // as bodies change what a match spans.
  MergeWithinRules(&found);
  RunBodyChecks(text, rules, &found, trace);
  MergeWithinRules(&found);
  // Parts find each other before anything is dropped that could be a part.
  JoinRequiredParts(text, rules.rules(), &found, trace);
  PairAwsKeys(text, rules.rules(), impl_->aws, &found);
  FindPartners(text, rules.rules(), &found, trace);
  DoubtExamples(text, rules, &found);
  // Only then partners go: what overlaps with one must give way to it first.
  DropOverlapped(rules, &found, trace);
  DropPartners(rules.rules(), &found, trace);
  AdjustSeverity(&found);
  DropAllowed(text, impl_->options, &found, inline_allowed, trace);
  std::sort(found.begin(), found.end(), BySecret);
  detections->insert(detections->end(), found.begin(), found.end());
}

bool Verifier::IsGeneric(uint32_t rule) const {
  return impl_->rules[rule].generic;
}

bool Verifier::IsAllowedByComment(std::string_view text, Span match) const {
  const VerifierOptions& options = impl_->options;
  return options.allow_comments &&
         !FindAllowComment(text, match, options.ignored_comments).empty();
}

}  // namespace keysift
