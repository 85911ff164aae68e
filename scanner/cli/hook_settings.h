// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/engine.h"
#include "cli/git_settings.h"
#include "finding/gap.h"
#include "scan/scan.h"

namespace keysift {

// How hooks behave, from git's configuration (keysift.*): on a server, what
// its administrator wrote there; never anything from pushed content.
struct HookSettings {
  // keysift.deadline: seconds that receiving hooks may take; 0: no limit.
  double deadline = 4;
  // keysift.onTimeout: "refuse" (default) or "accept".
  bool accept_on_timeout = false;
  // keysift.allowSkip: whether -o keysift.skip=REASON is obeyed.
  bool allow_skip = false;
  // keysift.skipLog: where skips are logged; default keysift-skips.log in the
  // git directory.
  std::string skip_log;
  // keysift.allowGaps: kinds of gaps that do not refuse; may be repeated.
  std::vector<GapKind> allowed_gaps;
  // keysift.minConfidence, keysift.baseline, keysift.repoConfig (false: the
  // repository's ignore files do not count).
  ScanOptions scan;
  // keysift.inlineComments: whether allow comments in the content count; not
  // set: on one's own side they do, on a server that receives they do not.
  std::optional<bool> inline_comments;
  // keysift.repoConfig as it was set: the repository's configuration counts on
  // a server only if that says so.
  std::optional<bool> repo_config;
  // keysift.config (a configuration file) and keysift.rules (files or folders
  // that add rules; may be repeated).
  EngineOptions engine;
};

// Fails with kUsage, naming the key, on a value that it does not take.
Result<HookSettings> ReadHookSettings(const GitSettings& settings);

}  // namespace keysift
