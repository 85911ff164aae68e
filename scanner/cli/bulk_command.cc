// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <utility>

#include "base/file_lock.h"
#include "cli/bulk_answers.h"
#include "cli/bulk_progress.h"
#include "cli/bulk_targets.h"
#include "cli/command.h"
#include "cli/fatal.h"
#include "cli/help.h"
#include "cli/interrupt.h"
#include "cli/numbers.h"
#include "cli/scan_flags.h"
#include "finding/exit_code.h"
#include "report/version.h"
#include "store/bulk_merge.h"
#include "store/triage.h"

namespace keysift {
namespace {

// Interrupts reach it until the process ends.
BulkProgress the_progress;

struct BulkSettings {
  std::string store;
  BulkSources sources;
  BulkOptions options;
  ScanSettings scan;  // what is shared with `keysift scan`
  TriageDecision decision;
  std::string account;
  bool json = false;
};

// The options of `keysift scan` that bulk scans take too.
constexpr std::array<const char*, 15> kScanFlags = {
    "--rules",    "--config",           "--only",
    "--skip",     "--min-confidence",   "--show-secrets",
    "--threads",  "--fingerprint-key",  "--max-file-size",
    "--timeout",  "--max-decode-depth", "--max-decode-region",
    "--progress", "--max-decoded-size", "--quiet"};

std::function<Result<void>(const std::string&)> SetShard(BulkOptions* options) {
  return [options](const std::string& value) -> Result<void> {
    const size_t slash = value.find('/');
    const Result<uint64_t> count =
        slash == std::string::npos
            ? Fail(ErrorKind::kUsage, "")
            : ParseCount(value.substr(slash + 1), 1, 1000000);
    const Result<uint64_t> index =
        count ? ParseCount(value.substr(0, slash), 0, *count - 1) : count;
    if (!index) {
      return Fail(ErrorKind::kUsage, "takes I/N, I from 0 to N-1");
    }
    options->shard = *index;
    options->shards = *count;
    return {};
  };
}

std::vector<Flag> BulkFlags(BulkSettings* s) {
  const auto set_memory = [s](const std::string& value) {
    const Result<uint64_t> bytes = ParseSize(value);
    if (bytes && *bytes < BulkOptions::kLeastMemory) {
      return Result<void>(Fail(ErrorKind::kUsage, "takes 192M or more"));
    }
    return bytes.map([s](uint64_t size) { s->options.memory = size; });
  };
  std::vector<Flag> flags = {
      {"--store", "FILE", "The store", "an SQLite file; scan and merge make it",
       SetText(&s->store)},
      {"--list", "FILE", "bulk scan",
       "repositories, one path or NAME=PATH a line; -: stdin (repeatable)",
       AddText(&s->sources.lists)},
      {"--root", "DIR", "bulk scan",
       "all repositories below a folder, named by their path in it "
       "(repeatable)",
       AddText(&s->sources.roots)},
      {"--shard", "I/N", "bulk scan",
       "only the I-th of N parts (I from 0); forks stay together",
       SetShard(&s->options)},
      {"--memory", "SIZE", "bulk scan",
       "for the process, with the packs that it maps, 192M or more (default "
       "2G); a repository that needs more is read alone, and told",
       set_memory},
      {"--state", "STATE", "bulk triage",
       "open, revoked, false alarm or accepted", SetText(&s->decision.state)},
      {"--reason", "WHY", "bulk triage", "needed",
       SetText(&s->decision.reason)},
      {"--author", "WHO", "bulk triage", "default: the user's name",
       SetText(&s->decision.author)},
      {"--account", "ID", "bulk timeline", "only the keys of this account",
       SetText(&s->account)},
      {"--json", "", "status, diff, timeline", "for programs",
       SetTrue(&s->json)}};
  for (Flag& flag : ScanFlags(&s->scan)) {
    if (std::find(kScanFlags.begin(), kScanFlags.end(), flag.LongName()) !=
        kScanFlags.end()) {
      flag.group = "As for `keysift scan`";
      flags.push_back(std::move(flag));
    }
  }
  return flags;
}

int64_t Now() { return static_cast<int64_t>(std::time(nullptr)); }

int Refuse(const Error& error) {
  Say(error.ToString());
  return kExitError;
}

Result<FileLock> LockStore(const std::string& store) {
  return FileLock::Take(store + ".lock");
}

// What the process ends with: as `keysift scan`, for the whole store.
int ExitCodeOf(const BulkStatus& status, uint64_t gaps) {
  if (the_progress.cancelled) {
    return kExitInterrupted;
  }
  if (status.open > 0) {
    return kExitFindings;
  }
  return status.failed > 0 || gaps > 0 ? kExitIncomplete : kExitClean;
}

// `unseen`: folders that were not looked into.
int Conclude(const BulkSettings& settings, const BulkStore& store,
             uint64_t unseen, double seconds) {
  const Result<BulkStatus> status = ReadStatus(store);
  const Result<int64_t> gaps = store.database().Number(
      "SELECT coalesce(sum(json_array_length(gaps)), 0) FROM repository");
  if (!status || !gaps) {
    return Refuse(status ? gaps.error() : status.error());
  }
  if (!settings.scan.quiet) {
    WriteAll(STDERR_FILENO, StatusText(*status, false) + "gaps: " +
                                ShowCount(static_cast<uint64_t>(*gaps)) +
                                "\ntook " + ShowSeconds(seconds) + "\n");
  }
  return ExitCodeOf(*status, static_cast<uint64_t>(*gaps) + unseen);
}

Result<std::vector<BulkTarget>> TargetsOf(const BulkSettings& settings,
                                          uint64_t* unseen) {
  std::vector<Error> problems;
  Result<std::vector<BulkTarget>> targets =
      ListBulkTargets(settings.sources, &problems);
  for (const Error& problem : problems) {
    Say("not looked into: " + problem.ToString());
  }
  *unseen = problems.size();
  if (targets && targets->empty()) {
    return Fail(ErrorKind::kUsage,
                "no repositories: give paths, --list FILE or --root DIR");
  }
  return targets;
}

// Of repositories that were read over the budget.
void TellOversized(uint64_t memory) {
  const uint64_t count = the_progress.oversized;
  if (count > 0) {
    Say("read over --memory " + ShowBytes(memory) + ", one at a time: " +
        ShowCount(count) + (count == 1 ? " repository" : " repositories") +
        ", which may take up to " + ShowBytes(the_progress.largest_need));
  }
}

int ScanAll(BulkSettings* settings) {
  uint64_t unseen = 0;
  const Result<std::vector<BulkTarget>> targets = TargetsOf(*settings, &unseen);
  if (!targets) {
    return Refuse(targets.error());
  }
  Result<void> key = ReadFingerprintKey(&settings->scan);
  Result<std::unique_ptr<Engine>> engine = Engine::Load(settings->scan.engine);
  if (!key || !engine) {
    return Refuse(key ? engine.error() : key.error());
  }
  for (const std::string& note : (*engine)->notes()) {
    Say(note);
  }
  const Result<FileLock> lock = LockStore(settings->store);
  if (!lock) {
    return Refuse(lock.error());
  }
  Result<BulkStore> store =
      BulkStore::Open(settings->store, Database::Mode::kCreate);
  if (!store) {
    return Refuse(store.error());
  }
  HandleInterrupts(&the_progress.cancelled);
  const auto start = std::chrono::steady_clock::now();
  settings->options.scan = settings->scan.options;
  settings->options.note = ToolVersion();
  Result<void> scanned;
  {
    const BulkProgressBar bar(&the_progress, settings->scan.progress,
                              settings->scan.quiet);
    scanned = ScanIntoStore(*targets, settings->options, (*engine)->ForScan(),
                            &*store, &the_progress);
  }
  if (!scanned) {
    return Refuse(scanned.error());
  }
  if (!settings->scan.quiet) {
    TellOversized(settings->options.memory);
  }
  const std::chrono::duration<double> took =
      std::chrono::steady_clock::now() - start;
  return Conclude(*settings, *store, unseen, took.count());
}

Result<std::string> MergeAll(const std::string& path,
                             const std::vector<std::string>& parts) {
  const Result<FileLock> lock = LockStore(path);
  Result<BulkStore> store = lock
                                ? BulkStore::Open(path, Database::Mode::kCreate)
                                : tl::unexpected(lock.error());
  if (!store) {
    return tl::unexpected(std::move(store.error()));
  }
  for (const std::string& part : parts) {
    Result<void> merged = MergeStore(*store, part);
    if (!merged) {
      return tl::unexpected(std::move(merged.error()));
    }
  }
  return ReadStatus(*store).map(
      [](const BulkStatus& status) { return StatusText(status, false); });
}

Result<std::string> DecideAll(BulkSettings* settings,
                              std::vector<std::string> fingerprints) {
  const char* user = std::getenv("USER");
  if (settings->decision.author.empty() && user != nullptr) {
    settings->decision.author = user;
  }
  settings->decision.fingerprints = std::move(fingerprints);
  Result<BulkStore> store =
      BulkStore::Open(settings->store, Database::Mode::kWrite);
  Result<void> decided = store ? Decide(*store, settings->decision, Now())
                               : tl::unexpected(std::move(store.error()));
  return decided.map([&]() {
    return ShowPlural(settings->decision.fingerprints.size(), "finding") +
           " now " + settings->decision.state + "\n";
  });
}

// The commands that only read.
Result<std::string> Look(const BulkSettings& settings,
                         const std::vector<std::string>& words) {
  const Result<BulkStore> store =
      BulkStore::Open(settings.store, Database::Mode::kRead);
  if (!store) {
    return tl::unexpected(store.error());
  }
  if (words.size() == 1 && words[0] == "status") {
    return ReadStatus(*store).map([&](const BulkStatus& status) {
      return StatusText(status, settings.json);
    });
  }
  if (words.size() == 1 && words[0] == "timeline") {
    return ReadTimeline(*store, settings.account)
        .map([&](const std::vector<TimelineEntry>& entries) {
          return TimelineText(entries, settings.json);
        });
  }
  if (words.size() == 3 && words[0] == "diff") {
    const Result<uint64_t> from = ParseCount(words[1], 0, 1000000000);
    const Result<uint64_t> to = ParseCount(words[2], 0, 1000000000);
    if (from && to) {
      return DiffScans(*store, static_cast<int64_t>(*from),
                       static_cast<int64_t>(*to))
          .map([&](const BulkDiff& diff) {
            return DiffText(diff, settings.json);
          });
    }
  }
  return Fail(ErrorKind::kUsage,
              "bulk takes scan [TARGET...], merge STORE..., triage "
              "FINGERPRINT..., status, diff FROM TO, or timeline");
}

Result<std::string> Answer(BulkSettings* settings,
                           const std::vector<std::string>& words) {
  const std::vector<std::string> rest(words.begin() + (words.empty() ? 0 : 1),
                                      words.end());
  if (!words.empty() && !rest.empty() && words[0] == "merge") {
    return MergeAll(settings->store, rest);
  }
  if (!words.empty() && !rest.empty() && words[0] == "triage") {
    return DecideAll(settings, rest);
  }
  return Look(*settings, words);
}

int RunBulk(const std::vector<std::string>& said) {
  BulkSettings settings;
  const Result<ParsedWords> parsed = ParseFlags(BulkFlags(&settings), said);
  if (!parsed) {
    return Refuse(parsed.error());
  }
  if (parsed->help) {
    return WriteAll(STDOUT_FILENO, CommandHelp(kBulkCommand)) ? 0 : kExitError;
  }
  const std::vector<std::string>& words = parsed->positionals;
  if (settings.store.empty()) {
    return Refuse({ErrorKind::kUsage, "bulk needs --store FILE", ""});
  }
  if (!words.empty() && words[0] == "scan") {
    settings.sources.targets.assign(words.begin() + 1, words.end());
    return ScanAll(&settings);
  }
  const Result<std::string> answer = Answer(&settings, words);
  if (!answer) {
    return Refuse(answer.error());
  }
  return WriteAll(STDOUT_FILENO, *answer) ? 0 : kExitError;
}

std::vector<Flag> ListFlags() {
  static BulkSettings settings;
  return BulkFlags(&settings);
}

}  // namespace

const Command kBulkCommand = {
    "bulk",
    "scan [TARGET...] | merge STORE... | status | diff FROM TO | triage "
    "FINGERPRINT... | timeline",
    "many repositories into one store: scan, resume, merge, triage",
    "  keysift bulk scan --store all.db --root /srv/git\n"
    "  keysift bulk scan --store part3.db --list repos.txt --shard 3/16\n"
    "  keysift bulk merge --store all.db part*.db\n"
    "  keysift bulk diff --store all.db 1 2     # what came, what went\n"
    "  keysift bulk triage --store all.db ks1-... --state revoked --reason "
    "\"ticket 7\"\n"
    "  keysift report --store all.db -f html -o findings.html\n",
    ListFlags,
    RunBulk,
};

}  // namespace keysift
