// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "cli/command.h"
#include "cli/fatal.h"
#include "cli/help.h"
#include "cli/interrupt.h"
#include "cli/join_reports.h"
#include "cli/numbers.h"
#include "cli/progress.h"
#include "cli/scan_flags.h"
#include "finding/exit_code.h"
#include "report/format.h"
#include "report/summary.h"

namespace keysift {
namespace {

// Interrupts reach it until the process ends.
ScanProgress the_progress;

// All targets into one report; false (said on stderr) if one could not be
// scanned at all.
bool ScanTargets(const ScanSettings& settings, const ScanEngine& engine,
                 ScanReport* report) {
  const ProgressBar bar(&the_progress, settings.progress, settings.quiet);
  std::vector<std::string> targets = settings.targets;
  if (targets.empty()) {
    targets.push_back("");
  }
  bool all = true;
  for (const std::string& target : targets) {
    ScanRequest request = settings.request;
    request.path = target;
    Result<ScanReport> one =
        Scan(request, settings.options, engine, &the_progress);
    if (!one) {
      Say(one.error().ToString());
      all = false;
    } else if (targets.size() == 1) {
      ShowFromHere(&*one);
      *report = std::move(*one);
    } else {
      PrefixPaths(&*one);
      JoinReport(std::move(*one), report);
    }
  }
  return all;
}

ReportOptions OptionsFor(const ScanSettings& settings, bool color,
                         int exit_code) {
  ReportOptions options;
  options.color = color;
  options.verbose = settings.verbose;
  options.exit_code = exit_code;
  options.allowed_gaps = settings.allowed_gaps;
  return options;
}

Result<void> WriteReports(const ScanSettings& settings,
                          const ScanReport& report, int exit_code) {
  std::vector<ReportTarget> targets = settings.extra_reports;
  targets.push_back(
      {FindReportFormat(settings.format), OutputPath{settings.output}});
  for (const ReportTarget& target : targets) {
    const bool color = target.output.IsStandardOutput()
                           ? UseColor(settings.color, STDOUT_FILENO)
                           : settings.color == When::kAlways;
    std::string bytes;
    target.format->write(report, OptionsFor(settings, color, exit_code),
                         &bytes);
    Result<void> written = WriteOutput(target.output, bytes);
    if (!written) {
      return written;
    }
  }
  return {};
}

void WriteSummary(const ScanSettings& settings, const ScanReport& report,
                  int exit_code, double seconds) {
  const bool color = UseColor(settings.color, STDERR_FILENO);
  WriteAll(STDERR_FILENO,
           SummaryText(report, OptionsFor(settings, color, exit_code)) +
               "took " + ShowSeconds(seconds) + "\n");
}

Result<void> CheckOutputs(const ScanSettings& settings) {
  Result<void> checked = CheckOutput(OutputPath{settings.output});
  for (const ReportTarget& target : settings.extra_reports) {
    if (checked) {
      checked = CheckOutput(target.output);
    }
  }
  return checked;
}

int Refuse(const Error& error) {
  Say(error.ToString());
  return kExitError;
}

int ScanAndReport(const ScanSettings& settings, const ScanEngine& engine) {
  const auto start = std::chrono::steady_clock::now();
  ScanReport report;
  const bool all = ScanTargets(settings, engine, &report);
  if (!all && report.target.kind.empty()) {
    return kExitError;  // nothing was scanned: no report that could mislead
  }
  const std::chrono::duration<double> took =
      std::chrono::steady_clock::now() - start;

  const int exit_code =
      all ? ExitCode(report, settings.allowed_gaps, settings.findings_code)
          : kExitError;
  Result<void> written = WriteReports(settings, report, exit_code);
  if (!written) {
    return Refuse(written.error());
  }
  if (!settings.quiet) {
    WriteSummary(settings, report, exit_code, took.count());
  }
  return exit_code;
}

int RunScan(const std::vector<std::string>& words) {
  ScanSettings settings;
  Result<bool> read = ReadScanSettings(words, &settings);
  if (!read) {
    return Refuse(read.error());
  }
  if (!*read) {
    return WriteAll(STDOUT_FILENO, CommandHelp(kScanCommand)) ? 0 : kExitError;
  }
  Result<void> outputs = CheckOutputs(settings);
  if (!outputs) {
    return Refuse(outputs.error());
  }
  settings.options.own_configuration = settings.engine.config.empty();
  Result<std::unique_ptr<Engine>> engine = Engine::Load(settings.engine);
  if (!engine) {
    return Refuse(engine.error());
  }
  for (const std::string& note : (*engine)->notes()) {
    Say(note);
  }
  HandleInterrupts(&the_progress.cancelled);
  return ScanAndReport(settings, (*engine)->ForScan());
}

std::vector<Flag> ListFlags() {
  static ScanSettings settings;
  return ScanFlags(&settings);
}

}  // namespace

const Command kScanCommand = {
    "scan",
    "[OPTIONS] [TARGET...]",
    "scan a repository's history, a directory, a file, or - (standard input)",
    "  keysift scan                     # the repository you are in, or files\n"
    "  keysift scan ~/src/project       # all of its history, index and disk\n"
    "  keysift scan --staged            # before a commit\n"
    "  keysift scan --range main..HEAD  # what a branch adds\n"
    "  keysift scan -f sarif -o keysift.sarif --report json=keysift.json\n"
    "  git diff | keysift scan -        # anything\n",
    ListFlags,
    RunScan,
};

}  // namespace keysift
