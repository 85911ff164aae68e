// SPDX-License-Identifier: Apache-2.0
#include "fuzz/fuzz.h"
#include "git/config_file.h"

KEYSIFT_FUZZ_TARGET {
  const keysift::Result<keysift::ConfigFile> config =
      keysift::ConfigFile::Parse(input, "config");
  if (!config) {
    return;
  }
  config->has_includes();
  for (const keysift::ConfigEntry& entry : config->entries()) {
    keysift::Touch(entry.value);
    keysift::Expect(config->Get(entry.key).has_value());
    config->GetBool(entry.key);
  }
}
