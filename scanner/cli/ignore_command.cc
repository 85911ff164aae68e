// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>

#include <algorithm>
#include <ctime>
#include <set>
#include <utility>

#include "base/file.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/engine.h"
#include "cli/git_settings.h"
#include "cli/help.h"
#include "cli/numbers.h"
#include "cli/output.h"
#include "cli/write_file.h"
#include "finding/escape.h"
#include "scan/scan.h"
#include "store/ignore_file.h"

namespace keysift {
namespace {

constexpr uint64_t kMaxFile = 16 << 20;

struct Words {
  IgnoreEntry entry;
  bool expired_only = false;
};

std::vector<Flag> IgnoreFlags(Words* words) {
  const char* adding = "ignore add";
  return {
      {"--reason", "WHY", adding, "why it is no leak; has to be there",
       SetText(&words->entry.reason)},
      {"--until", "DATE", adding, "the last day that it holds: 2030-12-31",
       SetText(&words->entry.until)},
      {"--owner", "WHO", adding, "who answers for it (default: git's user)",
       SetText(&words->entry.owner)},
      {"--rule", "ID", adding, "the rule's id, for readers",
       SetText(&words->entry.rule)},
      {"--expired", "", "ignore prune",
       "only what is past its date, without a scan",
       SetTrue(&words->expired_only)},
  };
}

// The ignore file of the repository around the current folder, or of that.
struct Place {
  std::string path;
  std::string owner;
};

Result<Place> FindPlace() {
  const Result<Repository> repository =
      Repository::FromEnvironment(GitEnvironment::FromProcess(), "");
  if (!repository && repository.error().kind != ErrorKind::kNotFound) {
    return tl::unexpected(repository.error());
  }
  const bool in_tree = repository && !repository->is_bare();
  const Result<GitSettings> settings =
      GitSettings::Read(repository ? &*repository : nullptr);
  Place place;
  place.path =
      JoinPath(in_tree ? repository->work_tree() : "", kIgnoreFileName);
  if (settings) {
    place.owner = settings->Get("user.email").value_or("");
  }
  return place;
}

Result<IgnoreFile> Load(const std::string& path) {
  const Result<std::string> text = ReadFile(path, kMaxFile);
  if (!text && text.error().kind != ErrorKind::kNotFound) {
    return tl::unexpected(text.error());
  }
  return IgnoreFile::Parse(text.value_or(""), path);
}

Result<void> Save(const std::string& path, const IgnoreFile& file) {
  struct stat status {};
  const unsigned mode =
      stat(path.c_str(), &status) == 0 ? status.st_mode & 0777 : 0644;
  return WriteFile(path, file.ToText(), mode);
}

std::string Today() {
  return FormatRfc3339Utc(std::time(nullptr)).substr(0, 10);
}

Result<std::string> Add(const Place& place, IgnoreEntry entry) {
  Result<IgnoreFile> file = Load(place.path);
  if (!file) {
    return tl::unexpected(std::move(file.error()));
  }
  if (entry.owner.empty()) {
    entry.owner = place.owner;
  }
  const std::string fingerprint = entry.fingerprint;
  Result<void> done = file->Add(std::move(entry));
  if (done) {
    done = Save(place.path, *file);
  }
  if (!done) {
    return tl::unexpected(std::move(done.error()));
  }
  return "added " + fingerprint + " to " + EscapeForTerminal(place.path) +
         "; commit the file\n";
}

Result<std::string> List(const Place& place) {
  const Result<IgnoreFile> file = Load(place.path);
  if (!file) {
    return tl::unexpected(file.error());
  }
  std::string text;
  for (const IgnoreEntry& entry : file->Entries()) {
    text += entry.fingerprint;
    const auto add = [&text](const char* name, const std::string& value) {
      text += value.empty() ? "" : std::string("  ") + name + value;
    };
    add("", EscapeForTerminal(entry.rule));
    add("\"", EscapeForTerminal(entry.reason) + "\"");
    add("by ", EscapeForTerminal(entry.owner));
    add("until ", entry.until);
    text += IsExpired(entry, Today()) ? "  EXPIRED\n" : "\n";
  }
  return text.empty() ? "no ignored findings\n" : text;
}

// What the repository still holds, by fingerprint; fails if it cannot be read
// whole, for then an entry that matches nothing may still be needed.
Result<std::set<std::string>> Present() {
  const Result<std::unique_ptr<Engine>> engine = Engine::Load(EngineOptions());
  if (!engine) {
    return tl::unexpected(engine.error());
  }
  ScanOptions options;
  options.min_confidence = Confidence::kPossible;
  options.repo_config = false;
  ScanProgress progress;
  const Result<ScanReport> report =
      Scan(ScanRequest(), options, (*engine)->ForScan(), &progress);
  if (!report) {
    return tl::unexpected(report.error());
  }
  if (!report->gaps.empty()) {
    return Fail(ErrorKind::kDamaged,
                "not everything could be scanned (keysift scan says what); "
                "`ignore prune --expired` works without");
  }
  std::set<std::string> present;
  for (const Finding& finding : report->findings) {
    present.insert(finding.fingerprint);
  }
  return present;
}

Result<std::string> Prune(const Place& place, bool expired_only) {
  Result<IgnoreFile> file = Load(place.path);
  if (!file) {
    return tl::unexpected(std::move(file.error()));
  }
  const std::string today = Today();
  std::optional<std::set<std::string>> present;
  if (!expired_only) {
    Result<std::set<std::string>> found = Present();
    if (!found) {
      return tl::unexpected(std::move(found.error()));
    }
    present = std::move(*found);
  }
  const size_t count = file->Prune([&](const IgnoreEntry& entry) {
    return IsExpired(entry, today) ||
           (present && present->count(entry.fingerprint) == 0);
  });
  if (count > 0) {
    const Result<void> saved = Save(place.path, *file);
    if (!saved) {
      return tl::unexpected(saved.error());
    }
  }
  return "took out " + ShowPlural(count, "line") + " of " +
         EscapeForTerminal(place.path) + "\n";
}

Result<std::string> Answer(const std::vector<std::string>& said) {
  Words words;
  const Result<ParsedWords> parsed = ParseFlags(IgnoreFlags(&words), said);
  if (!parsed) {
    return tl::unexpected(parsed.error());
  }
  if (parsed->help) {
    return CommandHelp(kIgnoreCommand);
  }
  const Result<Place> place = FindPlace();
  if (!place) {
    return tl::unexpected(place.error());
  }
  const std::vector<std::string>& rest = parsed->positionals;
  if (rest.size() == 2 && rest[0] == "add") {
    words.entry.fingerprint = rest[1];
    return Add(*place, words.entry);
  }
  if (rest.size() == 1 && rest[0] == "list") {
    return List(*place);
  }
  if (rest.size() == 1 && rest[0] == "prune") {
    return Prune(*place, words.expired_only);
  }
  return Fail(ErrorKind::kUsage,
              "ignore takes add FINGERPRINT --reason WHY, list, or prune");
}

int RunIgnore(const std::vector<std::string>& words) {
  return PrintAnswer(Answer(words));
}

std::vector<Flag> ListFlags() {
  static Words words;
  return IgnoreFlags(&words);
}

}  // namespace

const Command kIgnoreCommand = {
    "ignore",
    "add FINGERPRINT --reason WHY | list | prune",
    "accept findings in .keysiftignore, list them, drop what is stale",
    "  keysift ignore add ks1-... --reason \"a test's made-up key\"\n"
    "  keysift ignore add ks1-... --reason \"rotated\" --until 2030-12-31\n"
    "  keysift ignore prune               # expired, or in the history no "
    "more\n",
    ListFlags,
    RunIgnore,
};

}  // namespace keysift
