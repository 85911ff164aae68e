// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "rule/rule_list.h"
#include "verify/verdict.h"

namespace keysift {

// What `keysift explain` shows: one line per step, in order, without secrets.
using Trace = std::vector<std::string>;

class PreparedRules;

// Which inline allow comments count; by their exact spelling.
struct VerifierOptions {
  std::vector<std::string> ignored_comments;  // e.g. "trufflehog:ignore"
  bool allow_comments = true;                 // false: none counts
};

// Says whether `hex` (40 or 64 lower-case digits) names an object of the
// repository under scan. Must be callable from all threads.
using IsObjectName = std::function<bool(std::string_view hex)>;

// What a report says of one detection beyond its place.
struct Description {
  std::vector<std::string> reasons;            // "regex", "entropy 4.6", …
  std::map<std::string, std::string> details;  // "aws_account_id": "…"
  std::string description;                     // one sentence, what it is
  std::string remediation;                     // steps, in order
  std::string revoke_url;
};

// Where a detection stands, for what is judged by path.
struct PlaceVerdict {
  bool keep = true;
  std::string dropped_by;  // the allowlist or rule field, if not kept
  Severity severity = Severity::kHigh;
};

// Decides what is real. Immutable but for the lazily built regexes (built once,
// on a rule's first hit, under a lock of their own), so shared by all threads.
// `rules` must outlive it.
class Verifier {
 public:
  // `shared`: those rules with their regexes, for verifiers that follow each
  // other; it must outlive them. Null: made here.
  Verifier(const RuleSet* rules, IsObjectName is_object_name,
           VerifierOptions options = {}, const PreparedRules* shared = nullptr);
  ~Verifier();

  // Looks at one hit of a rule. Reads the text only through a Window. Tells
  // each step to `trace` where there is one.
  LocalVerdict VerifyLocally(std::string_view text, Hit hit,
                             Trace* trace = nullptr) const;

  // Looks at all accepted verdicts of one text together, sorted by hit: merges
  // equal matches, drops nested ones of one rule, pairs parts, parses bodies,
  // honours inline allow comments (counted in `*inline_allowed`). Appends to
  // `detections`, sorted by secret.
  void Conclude(std::string_view text,
                const std::vector<LocalVerdict>& verdicts,
                std::vector<Detection>* detections, uint64_t* inline_allowed,
                Trace* trace = nullptr) const;

  // Whether a rule, by its number, takes anything that looks secret, so that
  // one that knows the format has the say where both match.
  bool IsGeneric(uint32_t rule) const;

  // Whether an inline comment allows what stands at `match` in `text`.
  bool IsAllowedByComment(std::string_view text, Span match) const;

  // Everything a person should know of `detection`, in full sentences. Never
  // holds the secret itself. `path` is its strongest place, "" if unknown.
  Description Describe(std::string_view text, const Detection& detection,
                       std::string_view path = {}) const;

  // Judges by path and commit ("" where there is none).
  PlaceVerdict Judge(const Detection& detection, std::string_view secret,
                     std::string_view path, std::string_view commit) const;

  // The parts that all steps share; verify's own (verifier_impl.h).
  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace keysift
