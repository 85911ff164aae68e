// SPDX-License-Identifier: Apache-2.0
#include "fuzz/fuzz.h"
#include "rule/rule_file.h"

KEYSIFT_FUZZ_TARGET {
  for (keysift::RuleDialect dialect :
       {keysift::RuleDialect::kKeysift, keysift::RuleDialect::kGitleaks}) {
    const keysift::RuleFile file =
        keysift::ParseRuleFile(input, "rules.toml", dialect);
    for (const keysift::WrittenRule& rule : file.rules) {
      keysift::Touch(rule.where);
    }
  }
}
