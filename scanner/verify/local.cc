// SPDX-License-Identifier: Apache-2.0
// Local verification, step by step. Each step sees the text only through the
// Window, so the verdict holds wherever the bytes that the Window saw are
// copied as one piece (design: "Three kinds of verdict"). The steps stand in
// the order of their cost; a proof skips the filters after it.
#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "verify/entropy.h"
#include "verify/filter.h"
#include "verify/marks.h"
#include "verify/published_values.h"
#include "verify/text.h"
#include "verify/verifier_impl.h"
#include "verify/written_value.h"

namespace keysift {
namespace {

constexpr int kMaxGroups = 17;  // the whole match and 16 captures

class LocalVerification {
 public:
  LocalVerification(const Verifier::Impl& impl, std::string_view text, Hit hit,
                    Trace* trace)
      : impl_(impl),
        rule_(impl.rules[hit.pattern()]),
        window_(text),
        trace_(trace) {
    verdict_.hit = hit;
  }

  LocalVerdict Run() {
    verdict_.confidence = rule_.rule->confidence;
    // A generic rule's regex only leads to the value: its check finds where
    // the secret stands, and all else asks about that.
    const bool checks_first = rule_.generic;
    verdict_.accepted = Match() && (!checks_first || PassesChecks()) &&
                        ReachesEntropy() && HasKeyword() &&
                        PassesAllowlists() &&
                        (checks_first || PassesChecks()) && PassesFilters();
    if (!verdict_.accepted) {
      verdict_.match = verdict_.secret = Span();
      verdict_.marks = 0;
    }
    window_.Bytes(Span{verdict_.hit.end(), verdict_.hit.end()});
    verdict_.low = window_.low();
    verdict_.high = window_.high();
    return verdict_;
  }

 private:
  bool Match();
  Span ChooseSecret(const re2::StringPiece* groups, int count) const;
  bool ReachesEntropy();
  bool HasKeyword();
  bool PassesAllowlists();
  bool PassesChecks();
  bool PassesFilters();
  bool NamesObject(std::string_view secret) const;
  void Lower(uint32_t mark, bool sample);
  void DoubtPublished();
  void DoubtPieces();

  const Verifier::Impl& impl_;
  const PreparedRule& rule_;
  Window window_;
  Trace* trace_;
  LocalVerdict verdict_;
  std::string_view secret_;  // decoded, where a check says so
  Decoded decoded_;
  bool proved_ = false;
};

// The named group, or the first that took part, or the whole match.
Span LocalVerification::ChooseSecret(const re2::StringPiece* groups,
                                     int count) const {
  const int wanted = rule_.rule->secret_group;
  const int first = wanted > 0 ? wanted : 1;
  const int last = wanted > 0 ? wanted : count - 1;
  for (int i = first; i <= last && i < count; ++i) {
    if (groups[i].data() != nullptr && !groups[i].empty()) {
      return window_.Locate(
          std::string_view(groups[i].data(), groups[i].size()));
    }
  }
  return window_.Locate(std::string_view(groups[0].data(), groups[0].size()));
}

bool LocalVerification::Match() {
  const re2::RE2* full = rule_.full.Get();
  if (full == nullptr) {
    Tell(trace_, "regex: does not compile");
    return false;
  }
  std::array<re2::StringPiece, kMaxGroups> groups;
  const int count = std::min(kMaxGroups, full->NumberOfCapturingGroups() + 1);
  const Window::Reach reach{rule_.rule->reach_before, rule_.rule->reach_after,
                            rule_.rule->newlines};
  if (!window_.MatchAround(*full, verdict_.hit.end(), reach, groups.data(),
                           count)) {
    Tell(trace_, "regex: the full form does not match around this hit");
    return false;
  }
  verdict_.match =
      window_.Locate(std::string_view(groups[0].data(), groups[0].size()));
  verdict_.secret = ChooseSecret(groups.data(), count);
  secret_ = window_.Bytes(verdict_.secret);
  if (trace_ != nullptr) {
    Tell(trace_, "regex: matches " + std::to_string(verdict_.match.size()) +
                     " bytes, the secret is " +
                     std::to_string(verdict_.secret.size()) + " of them");
  }
  return true;
}

bool LocalVerification::ReachesEntropy() {
  const double wanted = rule_.rule->entropy;
  if (wanted <= 0) {
    return true;
  }
  const double found = ShannonEntropy(secret_);
  if (trace_ != nullptr) {
    Tell(trace_, "entropy: " + FormatEntropy(found) + ", the rule asks for " +
                     FormatEntropy(wanted));
  }
  verdict_.marks |= kMarkEntropy;
  return found >= wanted;
}

// In the match, else on its lines, else three lines around: the nearest is
// looked at first, so that the verdict depends on as few bytes as may be.
bool LocalVerification::HasKeyword() {
  const std::vector<std::string>& keywords = rule_.rule->keywords;
  if (keywords.empty()) {
    return true;
  }
  const auto holds = [&keywords](std::string_view bytes) {
    return std::any_of(keywords.begin(), keywords.end(),
                       [bytes](const std::string& keyword) {
                         return ContainsWord(bytes, keyword);
                       });
  };
  if (holds(window_.Bytes(verdict_.match))) {
    return true;
  }
  if (holds(window_.Line(verdict_.match)) ||
      holds(window_.Lines(verdict_.match, Window::kMaxContextLines,
                          Window::kMaxContextLines))) {
    verdict_.marks |= kMarkKeyword;
    return true;
  }
  Tell(trace_, "keywords: none of the rule's is near");
  return false;
}

bool LocalVerification::PassesAllowlists() {
  int split = 0;
  for (const CompiledAllowlist* list : rule_.allowlists) {
    if (!list->has_content()) {
      continue;
    }
    std::string_view target = secret_;
    if (list->target() == Allowlist::Target::kMatch) {
      target = window_.Bytes(verdict_.match);
    } else if (list->target() == Allowlist::Target::kLine) {
      target = window_.Line(verdict_.match);
    }
    if (list->require_all() && list->has_place()) {
      // Judged by place later; here only whether the content half holds.
      const int number = split++;
      if (number < kMaxSplitAllowlists && list->ContentHolds(target, secret_)) {
        verdict_.marks |= kMarkAllowed << number;
      }
      continue;
    }
    if (list->ContentHolds(target, secret_)) {
      Tell(trace_, "dropped by " + list->Name());
      return false;
    }
  }
  return true;
}

bool LocalVerification::PassesChecks() {
  for (const Check* check : rule_.local_checks) {
    const CheckInput input{
        *rule_.rule, &window_, {}, verdict_.match, verdict_.secret};
    const CheckResult result = check->run(input);
    if (trace_ != nullptr && result.outcome != CheckResult::Outcome::kUnknown) {
      Tell(trace_, "check " + std::string(check->name) + ": " + result.reason);
    }
    verdict_.marks |= result.marks;
    switch (result.outcome) {
      case CheckResult::Outcome::kPass:
        if (check->weight == Check::Weight::kProof) {
          proved_ = true;
          verdict_.marks |= kMarkProved;
          verdict_.confidence = Confidence::kCertain;
        } else {
          verdict_.marks |= kMarkShaped;
        }
        break;
      case CheckResult::Outcome::kFail:
        verdict_.marks |= kMarkCheckFailed;
        verdict_.confidence = Lowered(verdict_.confidence);
        break;
      case CheckResult::Outcome::kDrop:
        return false;
      case CheckResult::Outcome::kUnknown:
        break;
    }
    verdict_.confidence = std::min(verdict_.confidence, result.at_most);
    if (!result.extent.empty()) {
      verdict_.secret = result.extent;
      secret_ = window_.Bytes(verdict_.secret);
    }
    if (result.written != nullptr) {
      verdict_.written = result.written;
      decoded_ = DecodeWritten(*result.written, secret_);
      secret_ = decoded_.text;
    }
  }
  return true;
}

void LocalVerification::Lower(uint32_t mark, bool sample) {
  // A check that failed, a placeholder word and a sequence are often one and
  // the same cause: an invented example. It costs one step, not three.
  const uint32_t causes =
      kMarkCheckFailed | kMarkPlaceholder | kMarkSequence | kMarkReference;
  if (sample) {
    verdict_.confidence = Confidence::kPossible;
  } else if ((verdict_.marks & causes) == 0 || rule_.generic) {
    verdict_.confidence = Lowered(verdict_.confidence);
  } else if (mark == kMarkReference) {
    verdict_.confidence = Confidence::kPossible;
  }
  verdict_.marks |= mark;
}

// Before the filters, as a published value may hold a valid checksum.
void LocalVerification::DoubtPublished() {
  if (IsPublishedValue(secret_)) {
    Tell(trace_, "published by its provider as an example");
    verdict_.marks |= kMarkSample;
    verdict_.confidence = Confidence::kPossible;
  }
}

// A quoted value that begins with a token and goes on behind it ("token?more")
// is something else, or a token that was spoilt on purpose. What may part two
// values (":", "&", "/", …) says nothing.
void LocalVerification::DoubtPieces() {
  const std::string_view before = window_.Before(verdict_.secret, 1);
  if (before.empty() ||
      std::string_view("\"'`").find(before[0]) == std::string_view::npos) {
    return;
  }
  const std::string_view after = window_.After(verdict_.secret, 2);
  if (after.size() == 2 &&
      std::string_view("?|!~^*").find(after[0]) != std::string_view::npos &&
      IsAlnum(after[1])) {
    Tell(trace_, "the quoted value goes on behind it");
    verdict_.marks |= kMarkLoose;
    verdict_.confidence = Confidence::kPossible;
  }
}

// Where a body decides (a PEM block), the match is only its head line, and
// says nothing. Where a checksum or a full parse passed, nothing drops it, but
// that proves a form: what was typed into it still opens nothing.
bool LocalVerification::PassesFilters() {
  if (!rule_.body_checks.empty()) {
    return true;
  }
  DoubtPublished();
  if (!proved_ && !rule_.generic) {
    DoubtPieces();
  }
  if (!proved_ && NamesObject(secret_)) {
    Tell(trace_, "filter: names an object of this repository");
    return false;
  }
  const FilterInput input{rule_, &window_, verdict_.match, verdict_.secret,
                          secret_};
  for (int i = 0; i < kFilterCount; ++i) {
    const FilterOutcome outcome = kFilters[i].run(input);
    if (outcome == FilterOutcome::kKeep ||
        (proved_ && outcome != FilterOutcome::kSample)) {
      continue;
    }
    const bool reject = outcome == FilterOutcome::kReject;
    if (trace_ != nullptr) {
      Tell(trace_, "filter: " + std::string(kFilters[i].name) +
                       (reject ? ", rejected" : ", lowered"));
    }
    if (reject) {
      return false;
    }
    Lower(kFilters[i].mark, outcome == FilterOutcome::kSample);
  }
  return true;
}

bool LocalVerification::NamesObject(std::string_view secret) const {
  return impl_.is_object_name && (secret.size() == 40 || secret.size() == 64) &&
         std::all_of(secret.begin(), secret.end(), IsHex) &&
         impl_.is_object_name(ToLower(secret));
}

}  // namespace

LocalVerdict Verifier::VerifyLocally(std::string_view text, Hit hit,
                                     Trace* trace) const {
  if (hit.pattern() >= impl_->rules.size() || hit.end() > text.size()) {
    LocalVerdict rejected;
    rejected.hit = hit;
    rejected.low = rejected.high = static_cast<int64_t>(hit.end());
    return rejected;
  }
  return LocalVerification(*impl_, text, hit, trace).Run();
}

}  // namespace keysift
