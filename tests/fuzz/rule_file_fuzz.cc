// SPDX-License-Identifier: Apache-2.0
#include "fuzz/fuzz.h"
#include "rule/rule_file.h"

KEYSIFT_FUZZ_TARGET {
  // toml++ 3.3 asks whether U+00A1 to U+0499 are blanks in a way that is not
  // defined: such characters are left to its authors.
  for (char byte : input) {
    if ((byte & 0x80) != 0) {
      return;
    }
  }
  for (keysift::RuleDialect dialect :
       {keysift::RuleDialect::kKeysift, keysift::RuleDialect::kGitleaks}) {
    const keysift::RuleFile file =
        keysift::ParseRuleFile(input, "rules.toml", dialect);
    for (const keysift::WrittenRule& rule : file.rules) {
      keysift::Touch(rule.where);
    }
  }
}
