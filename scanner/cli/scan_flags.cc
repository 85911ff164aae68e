// SPDX-License-Identifier: Apache-2.0
#include "cli/scan_flags.h"

#include <cstdlib>
#include <ctime>
#include <utility>

#include "base/file.h"
#include "cli/nearest.h"
#include "cli/numbers.h"

namespace keysift {
namespace {

using Setter = std::function<Result<void>(const std::string&)>;

std::vector<std::string> FormatNames() {
  std::vector<std::string> names;
  for (const ReportFormat& format : ReportFormats()) {
    names.push_back(format.name);
  }
  return names;
}

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : ", ") + word;
  }
  return text;
}

Result<const ReportFormat*> FormatNamed(const std::string& name) {
  const ReportFormat* format = FindReportFormat(name);
  if (format == nullptr) {
    return Fail(ErrorKind::kUsage, "no format \"" + name + "\"; there are " +
                                       Joined(FormatNames()));
  }
  return format;
}

Setter SetNoRepoConfig(ScanOptions* options) {
  return [options](const std::string&) -> Result<void> {
    options->repo_config = false;
    options->inline_comments = false;
    return {};
  };
}

Setter SetFormat(std::string* target) {
  return [target](const std::string& value) -> Result<void> {
    return FormatNamed(value).map(
        [&](const ReportFormat*) { *target = value; });
  };
}

Setter AddReport(std::vector<ReportTarget>* target) {
  return [target](const std::string& value) -> Result<void> {
    const size_t equals = value.find('=');
    if (equals == std::string::npos || equals + 1 == value.size()) {
      return Fail(ErrorKind::kUsage,
                  "takes FORMAT=FILE, as in json=report.json");
    }
    Result<const ReportFormat*> format = FormatNamed(value.substr(0, equals));
    return format.map([&](const ReportFormat* found) {
      target->push_back({found, OutputPath{value.substr(equals + 1)}});
    });
  };
}

Setter SetWhen(When* target) {
  return [target](const std::string& value) -> Result<void> {
    if (!ParseWhen(value, target)) {
      return Fail(ErrorKind::kUsage, "takes auto, always or never");
    }
    return {};
  };
}

Setter SetPercent(double* target) {
  return [target](const std::string& value) -> Result<void> {
    return ParseCount(value, 0, 100).map([&](uint64_t percent) {
      *target = static_cast<double>(percent);
    });
  };
}

Setter SetConfidence(Confidence* target) {
  return [target](const std::string& value) -> Result<void> {
    if (!ParseConfidence(value, target)) {
      return Fail(ErrorKind::kUsage, "takes possible, likely or certain");
    }
    return {};
  };
}

Setter AddGapKind(std::vector<GapKind>* target) {
  return [target](const std::string& value) -> Result<void> {
    GapKind kind;
    if (!ParseGapKind(value, &kind)) {
      return Fail(ErrorKind::kUsage,
                  "no kind of gap \"" + value +
                      "\"; a report names the kinds that it has");
    }
    target->push_back(kind);
    return {};
  };
}

Setter SetSize(uint64_t* target) {
  return [target](const std::string& value) -> Result<void> {
    return ParseSize(value).map([&](uint64_t bytes) { *target = bytes; });
  };
}

Setter SetTime(int64_t* target) {
  return [target](const std::string& value) -> Result<void> {
    return ParseTime(value, std::time(nullptr)).map([&](int64_t seconds) {
      *target = seconds;
    });
  };
}

Setter SetThreads(unsigned* target) {
  return [target](const std::string& value) -> Result<void> {
    return ParseCount(value, 1, 1024).map([&](uint64_t count) {
      *target = static_cast<unsigned>(count);
    });
  };
}

Setter SetDepth(int* target) {
  return [target](const std::string& value) -> Result<void> {
    return ParseCount(value, 0, 16).map([&](uint64_t depth) {
      *target = static_cast<int>(depth);
    });
  };
}

Setter SetTimeout(double* target) {
  return [target](const std::string& value) -> Result<void> {
    return ParseDuration(value).map([&](double time) { *target = time; });
  };
}

Setter SetExitCode(int* target) {
  return [target](const std::string& value) -> Result<void> {
    Result<uint64_t> code = ParseCount(value, 0, 125);
    if (!code || *code == 2 || *code == 3) {
      return Fail(ErrorKind::kUsage, "takes 0, 1 or a number from 4 to 125");
    }
    *target = static_cast<int>(*code);
    return {};
  };
}

Setter AddExcluded(std::vector<std::string>* range) {
  return [range](const std::string& value) -> Result<void> {
    range->push_back("^" + value);
    return {};
  };
}

void AddScopeFlags(ScanSettings* s, std::vector<Flag>* flags) {
  const char* group = "What to scan";
  flags->insert(
      flags->end(),
      {{"--staged", "", group,
        "what the next commit would add: the index against HEAD",
        SetTrue(&s->staged)},
       {"--range", "A..B", group,
        "what the commits of a range add, merge results included (repeatable)",
        AddText(&s->request.range)},
       {"--not", "REV", group, "leaves out what REV reaches; with --range",
        AddExcluded(&s->request.range)},
       {"--worktree", "", group, "only the files on disk of a repository",
        SetTrue(&s->worktree_only)},
       {"--no-worktree", "", group, "only the history, not index and disk",
        SetFalse(&s->request.with_worktree)},
       {"--no-ignore", "", group, "files that .gitignore leaves out as well",
        SetTrue(&s->request.with_ignored)},
       {"--submodules", "", group, "the histories of submodules as well",
        SetTrue(&s->request.with_submodules)},
       {"--refs", "GLOB", group,
        "of the history, only findings that commits of these refs brought in: "
        "main, release/* (repeatable; all objects are read all the same)",
        AddText(&s->request.ref_globs)},
       {"--since", "TIME", group,
        "only what commits from then on brought in: 2026-01-31, or 30d ago",
        SetTime(&s->request.since)},
       {"--until", "TIME", group, "only what commits up to then brought in",
        SetTime(&s->request.until)},
       {"--no-unreachable", "", group,
        "only what commits that a ref reaches brought in",
        SetFalse(&s->request.with_unreachable)}});
}

void AddRuleFlags(ScanSettings* s, std::vector<Flag>* flags) {
  const char* group = "What to look for";
  flags->insert(flags->end(),
                {{"--rules", "FILE|DIR", group,
                  "rules of your own, added to the others (repeatable)",
                  AddText(&s->engine.files)},
                 {"--config", "FILE", group,
                  "a .keysift.toml or .gitleaks.toml: its rules instead, or on "
                  "top of the built-in ones where it extends them",
                  SetText(&s->engine.config)},
                 {"--only", "ID|TAG", group, "only these rules (repeatable)",
                  AddText(&s->engine.only)},
                 {"--skip", "ID|TAG", group, "not these rules (repeatable)",
                  AddText(&s->engine.skip)},
                 {"--min-confidence",
                  "LEVEL",
                  group,
                  "possible, likely (default) or certain",
                  SetConfidence(&s->options.min_confidence),
                  {"possible", "likely", "certain"}},
                 {"--baseline", "FILE", group,
                  "leaves out what an earlier report of keysift or gitleaks, a "
                  ".gitleaksignore or a .secrets.baseline has (repeatable)",
                  AddText(&s->options.baselines)},
                 {"--no-repo-config", "", group,
                  "the repository's own ignore files, configuration and allow "
                  "comments do not count",
                  SetNoRepoConfig(&s->options)}});
}

void AddReportFlags(ScanSettings* s, std::vector<Flag>* flags) {
  const char* group = "Reports";
  flags->insert(
      flags->end(),
      {{"-f,--format", "FORMAT", group,
        Joined(FormatNames()) + " (default text)", SetFormat(&s->format),
        FormatNames()},
       {"-o,--output", "FILE", group, "the report goes there, not to stdout",
        SetText(&s->output)},
       {"--report", "FORMAT=FILE", group, "one more report (repeatable)",
        AddReport(&s->extra_reports)},
       {"--show-secrets", "", group, "secrets in full, not redacted",
        SetTrue(&s->options.show_secrets)},
       {"--exit-code", "N", group, "what findings exit with (default 1)",
        SetExitCode(&s->findings_code)},
       {"--allow-gaps", "KIND", group,
        "this kind of gap is no reason for exit code 3 (repeatable)",
        AddGapKind(&s->allowed_gaps)},
       {"--fingerprint-key", "FILE", group,
        "your own key for fingerprints; or set KEYSIFT_FINGERPRINT_KEY to it",
        SetText(&s->fingerprint_key_file)}});
}

void AddLimitFlags(ScanSettings* s, std::vector<Flag>* flags) {
  const char* group = "Limits and speed";
  flags->insert(flags->end(),
                {{"-j,--threads", "N", group, "default: one per processor",
                  SetThreads(&s->options.threads)},
                 {"--max-file-size", "SIZE", group,
                  "larger texts become a gap (default: no limit)",
                  SetSize(&s->options.max_file_size)},
                 {"--max-decode-depth", "N", group,
                  "encodings inside of each other (default 3; 0: none)",
                  SetDepth(&s->options.max_decode_depth)},
                 {"--max-decode-region", "SIZE", group,
                  "a longer encoded piece becomes a gap (default 1M)",
                  SetSize(&s->options.max_decode_region)},
                 {"--max-decoded-size", "SIZE", group,
                  "more decoded of one text becomes a gap (default 64M)",
                  SetSize(&s->options.max_decoded_size)},
                 {"--memory-budget", "SIZE", group,
                  "for objects under reconstruction (default 100M)",
                  SetSize(&s->options.memory_budget)},
                 {"--timeout", "TIME", group,
                  "stop then; what is left becomes a gap (90s, 5m)",
                  SetTimeout(&s->options.timeout_seconds)},
                 {"--exhaustive", "", group,
                  "each object in full, each id: slow, and the same findings",
                  SetTrue(&s->options.exhaustive)},
                 {"--self-check", "PERCENT", group,
                  "scan so many texts twice; a difference is an error",
                  SetPercent(&s->options.self_check)}});
}

void AddTerminalFlags(ScanSettings* s, std::vector<Flag>* flags) {
  const char* group = "Terminal";
  const std::vector<std::string> when = {"auto", "always", "never"};
  flags->insert(
      flags->end(),
      {{"--progress", "WHEN", group, "auto (default), always, never",
        SetWhen(&s->progress), when},
       {"--color", "WHEN", group,
        "auto (default), always, never; NO_COLOR is honoured",
        SetWhen(&s->color), when},
       {"-q,--quiet", "", group, "no summary and no progress",
        SetTrue(&s->quiet)},
       {"-v,--verbose", "", group, "say more", SetTrue(&s->verbose)}});
}

// Scopes exclude each other, and each takes one repository.
Result<void> SetScope(ScanSettings* s) {
  const bool range = !s->request.range.empty();
  if (int{s->staged} + int{range} + int{s->worktree_only} > 1) {
    return Fail(ErrorKind::kUsage,
                "--staged, --range and --worktree exclude each other");
  }
  if ((s->staged || range) && s->targets.size() > 1) {
    return Fail(ErrorKind::kUsage,
                "--staged and --range take one repository at a time");
  }
  if (s->worktree_only && !s->request.with_worktree) {
    return Fail(ErrorKind::kUsage,
                "--worktree and --no-worktree exclude each other");
  }
  const bool history = !s->staged && !range && !s->worktree_only;
  if (!history && (s->request.FiltersHistory() || s->request.with_submodules)) {
    return Fail(ErrorKind::kUsage,
                "--refs, --since, --until, --no-unreachable and --submodules "
                "go with a history, not with --staged, --range or --worktree");
  }
  if ((s->staged || range) &&
      (s->request.with_ignored || !s->request.with_worktree)) {
    return Fail(ErrorKind::kUsage,
                "--no-ignore and --no-worktree are of files on disk; --staged "
                "and --range read none");
  }
  s->request.scope = s->staged          ? ScanRequest::Scope::kStaged
                     : range            ? ScanRequest::Scope::kRange
                     : s->worktree_only ? ScanRequest::Scope::kWorktree
                                        : ScanRequest::Scope::kAuto;
  return {};
}

}  // namespace

Result<void> ReadFingerprintKey(ScanSettings* s) {
  constexpr uint64_t kLargestKey = 64 << 10;
  if (!s->fingerprint_key_file.empty()) {
    Result<std::string> key = ReadFile(s->fingerprint_key_file, kLargestKey);
    if (!key) {
      return tl::unexpected<Error>(key.error());
    }
    s->options.fingerprint_key = *key;
  } else if (const char* key = std::getenv("KEYSIFT_FINGERPRINT_KEY")) {
    s->options.fingerprint_key = key;
    return {};
  } else {
    return {};
  }
  while (s->options.fingerprint_key.ends_with('\n')) {
    s->options.fingerprint_key.pop_back();
  }
  if (s->options.fingerprint_key.empty()) {
    return Fail(ErrorKind::kUsage, "the key file is empty",
                s->fingerprint_key_file);
  }
  return {};
}

std::vector<Flag> ScanFlags(ScanSettings* settings) {
  std::vector<Flag> flags;
  AddScopeFlags(settings, &flags);
  AddRuleFlags(settings, &flags);
  AddReportFlags(settings, &flags);
  AddLimitFlags(settings, &flags);
  AddTerminalFlags(settings, &flags);
  return flags;
}

Result<bool> ReadScanSettings(const std::vector<std::string>& words,
                              ScanSettings* settings) {
  Result<ParsedWords> parsed = ParseFlags(ScanFlags(settings), words);
  if (!parsed) {
    return tl::unexpected<Error>(parsed.error());
  }
  if (parsed->help) {
    return false;
  }
  settings->targets = std::move(parsed->positionals);
  Result<void> scope = SetScope(settings);
  if (!scope) {
    return tl::unexpected<Error>(scope.error());
  }
  Result<void> key = ReadFingerprintKey(settings);
  if (!key) {
    return tl::unexpected<Error>(key.error());
  }
  return true;
}

}  // namespace keysift
