// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "finding/finding.h"
#include "rule/rule_file.h"
#include "verify/allowlist.h"

namespace keysift {

// The configuration that a scanned repository brings itself (.keysift.toml or
// .gitleaks.toml in its root), as far as it counts without anybody's asking:
// the rules that it disables and the paths and commits that its allowlists
// name. Each finding that it takes out is counted and named. What it cannot do:
// replace the rules of the scan, add any, or hide every path. Immutable.
class OwnConfiguration {
 public:
  // `name` is for messages and picks the dialect. Fails with kUsage if it does
  // not parse.
  static Result<OwnConfiguration> Parse(std::string_view text,
                                        const std::string& name);

  // Whether it takes the finding out: its rule is disabled, or one allowlist
  // holds at each of its places. `*reason` becomes which.
  bool Accepts(const Finding& finding, std::string* reason) const;

  const std::string& where() const { return where_; }
  // What of it does not count, in whole sentences.
  const std::vector<std::string>& notes() const { return notes_; }

 private:
  // An allowlist of a rule, or of all ("").
  struct Entry {
    std::string rule_id;
    CompiledAllowlist list;
  };

  void Take(const std::string& rule_id, const std::vector<Allowlist>& lists);

  std::string where_;
  // Lists point into it.
  std::unique_ptr<const RuleFile> file_;
  std::deque<Entry> entries_;
  std::vector<std::string> notes_;
  size_t by_content_ = 0;
};

}  // namespace keysift
