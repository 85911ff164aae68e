// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "finding/finding_set.h"
#include "finding/scan_report.h"
#include "scan/scan.h"
#include "scan/text_worker.h"
#include "source/file_source.h"
#include "verify/verifier.h"

namespace keysift {

// A scan of files on disk or of standard input, each text in full. Use once,
// from one thread; it starts its own workers.
class FileScan {
 public:
  FileScan(const ScanOptions* options, const ScanEngine* engine,
           const Verifier* verifier, ScanProgress* progress)
      : options_(options),
        engine_(engine),
        verifier_(verifier),
        progress_(progress) {}

  // Fails if the root cannot be read, or the pattern engine be set up.
  Result<void> RunDirectory(const std::string& root,
                            const FileSourceOptions& files);
  Result<void> RunFile(const std::string& path);
  // What a git directory holds beside objects, see ListGitFiles().
  Result<void> RunGitFiles(const std::string& git_dir,
                           const std::string& shown_as);
  Result<void> RunStandardInput();

  FindingSet& findings() { return tally_.findings(); }
  // Where the findings' places are: their object counts in this.
  const std::vector<std::string>& paths() const { return paths_; }
  std::vector<Gap> gaps() const;
  void FillCoverage(Coverage* coverage) const;

 private:
  Result<void> ScanAll(const std::vector<ListedFile>& files,
                       const FileSourceOptions& options);
  SourceSink ListingSink();
  Result<std::unique_ptr<TextWorker>> CreateWorker() const;

  const ScanOptions* options_;
  const ScanEngine* engine_;
  const Verifier* verifier_;
  ScanProgress* progress_;
  TextTally tally_;
  std::vector<std::string> paths_;
};

}  // namespace keysift
