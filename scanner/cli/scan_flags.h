// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/engine.h"
#include "cli/flags.h"
#include "cli/output.h"
#include "cli/terminal.h"
#include "report/format.h"
#include "scan/scan.h"

namespace keysift {

// One report to write.
struct ReportTarget {
  const ReportFormat* format = nullptr;
  OutputPath output;
};

// Everything that the words after `keysift scan` may say.
struct ScanSettings {
  ScanRequest request;  // its path is set per target
  ScanOptions options;
  EngineOptions engine;
  std::vector<std::string> targets;  // empty: the current directory
  bool staged = false;
  bool worktree_only = false;

  std::string format = "text";
  std::string output;
  std::vector<ReportTarget> extra_reports;
  std::vector<GapKind> allowed_gaps;
  int findings_code = 1;

  std::string fingerprint_key_file;
  When progress = When::kAuto;
  When color = When::kAuto;
  bool quiet = false;
  bool verbose = false;
};

// The flags of `scan`, setting `settings`, which must outlive them.
std::vector<Flag> ScanFlags(ScanSettings* settings);

// Reads the words, checks that they fit together, and fills the rest (the
// fingerprint key from its file or KEYSIFT_FINGERPRINT_KEY). Returns false if
// help was asked for.
Result<bool> ReadScanSettings(const std::vector<std::string>& words,
                              ScanSettings* settings);

// Reads the fingerprint key, if one is asked for, into the options.
Result<void> ReadFingerprintKey(ScanSettings* settings);

}  // namespace keysift
