// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <utility>

#include "base/file.h"
#include "cli/command.h"
#include "cli/fatal.h"
#include "cli/help.h"
#include "cli/output.h"
#include "cli/terminal.h"
#include "finding/exit_code.h"
#include "report/format.h"
#include "report/read_report.h"
#include "store/bulk_report.h"

namespace keysift {
namespace {

struct ReportSettings {
  std::string store;
  std::string format = "text";
  std::string output;
  When color = When::kAuto;
};

std::vector<std::string> FormatNames() {
  std::vector<std::string> names;
  for (const ReportFormat& format : ReportFormats()) {
    names.push_back(format.name);
  }
  return names;
}

std::vector<Flag> FlagsFor(ReportSettings* settings) {
  const std::vector<std::string> when = {"auto", "always", "never"};
  const auto set_color = [settings](const std::string& value) -> Result<void> {
    if (!ParseWhen(value, &settings->color)) {
      return Fail(ErrorKind::kUsage, "takes auto, always or never");
    }
    return {};
  };
  return {{"--store", "FILE", "Options", "a bulk store instead of a report",
           SetText(&settings->store)},
          {"-f,--format", "FORMAT", "Options", "default text",
           SetText(&settings->format), FormatNames()},
          {"-o,--output", "FILE", "Options",
           "the report goes there, not to stdout", SetText(&settings->output)},
          {"--color", "WHEN", "Options", "auto (default), always, never",
           set_color, when}};
}

Result<ScanReport> ReadFrom(const std::string& path) {
  constexpr uint64_t kLargestReport = uint64_t{4} << 30;
  const Result<std::string> text = ReadFile(path, kLargestReport);
  if (!text) {
    return tl::unexpected<Error>(text.error());
  }
  return ReadReport(*text, path);
}

Result<ScanReport> ReadStore(const std::string& path) {
  const Result<BulkStore> store = BulkStore::Open(path, Database::Mode::kRead);
  if (!store) {
    return tl::unexpected<Error>(store.error());
  }
  return ReadBulkReport(*store);
}

Result<void> Convert(const ReportSettings& settings, const std::string& path) {
  const ReportFormat* format = FindReportFormat(settings.format);
  if (format == nullptr) {
    return Fail(ErrorKind::kUsage, "--format: no format \"" + settings.format +
                                       "\"; `keysift scan --help` lists them");
  }
  const OutputPath output{settings.output};
  Result<void> checked = CheckOutput(output);
  if (!checked) {
    return checked;
  }
  const Result<ScanReport> report =
      settings.store.empty() ? ReadFrom(path) : ReadStore(settings.store);
  if (!report) {
    return tl::unexpected<Error>(report.error());
  }
  ReportOptions options;
  options.color = output.IsStandardOutput()
                      ? UseColor(settings.color, STDOUT_FILENO)
                      : settings.color == When::kAlways;
  options.with_summary = true;
  options.exit_code = ExitCode(*report, {}, 1);
  std::string bytes;
  format->write(*report, options, &bytes);
  return WriteOutput(output, bytes);
}

int RunReport(const std::vector<std::string>& words) {
  ReportSettings settings;
  const Result<ParsedWords> parsed = ParseFlags(FlagsFor(&settings), words);
  if (!parsed) {
    Say(parsed.error().ToString());
    return kExitError;
  }
  if (parsed->help) {
    return WriteAll(STDOUT_FILENO, CommandHelp(kReportCommand)) ? 0
                                                                : kExitError;
  }
  const std::vector<std::string>& files = parsed->positionals;
  if (files.size() + (settings.store.empty() ? 0 : 1) != 1) {
    Say("report takes one file, what `keysift scan -f json` wrote, or --store "
        "FILE");
    return kExitError;
  }
  const Result<void> converted =
      Convert(settings, files.empty() ? "" : files.front());
  if (!converted) {
    Say(converted.error().ToString());
    return kExitError;
  }
  return 0;
}

std::vector<Flag> ListFlags() {
  static ReportSettings settings;
  return FlagsFor(&settings);
}

}  // namespace

const Command kReportCommand = {
    "report",
    "[OPTIONS] REPORT.json | --store FILE",
    "an earlier JSON report, or a bulk store, in any format",
    "  keysift scan -f json -o report.json\n"
    "  keysift report report.json -f sarif -o report.sarif\n"
    "  keysift report --store all.db -f jsonl   # for a SIEM or DuckDB\n",
    ListFlags,
    RunReport,
};

}  // namespace keysift
