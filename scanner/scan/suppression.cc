// SPDX-License-Identifier: Apache-2.0
#include "scan/suppression.h"

#include <ctime>
#include <memory>
#include <utility>

#include "base/buffer.h"
#include "base/file.h"
#include "base/time.h"
#include "git/tree.h"
#include "scan/own_configuration.h"

namespace keysift {
namespace {

constexpr uint64_t kMaxOwnFile = 16 << 20;
constexpr uint64_t kMaxBaseline = uint64_t{1} << 30;
constexpr const char* kOtherIgnoreFiles[] = {".gitleaksignore",
                                             ".betterleaksignore"};

Result<void> ReadBaselines(const ScanOptions& options, Suppressor* suppressor) {
  for (const std::string& path : options.baselines) {
    const Result<std::string> text = ReadFile(path, kMaxBaseline);
    if (!text) {
      return tl::unexpected(text.error());
    }
    Result<Baseline> baseline = Baseline::Read(*text, path);
    if (!baseline) {
      return tl::unexpected(std::move(baseline.error()));
    }
    suppressor->baselines.push_back(std::move(*baseline));
  }
  return {};
}

// Lists of other tools that do not parse are left out, and said to be: they
// were not written for keysift.
Result<void> ReadOwn(const ReadOwnFile& read, const std::string& from,
                     Suppressor* suppressor, ScanReport* report) {
  const Result<std::string> text = read(kIgnoreFileName);
  if (text) {
    Result<IgnoreFile> file =
        IgnoreFile::Parse(*text, std::string(kIgnoreFileName) + from);
    if (!file) {
      return tl::unexpected(std::move(file.error()));
    }
    suppressor->ignore_files.push_back(std::move(*file));
  } else if (text.error().kind != ErrorKind::kNotFound) {
    return tl::unexpected(text.error());
  }
  for (const char* name : kOtherIgnoreFiles) {
    const Result<std::string> other = read(name);
    if (!other) {
      continue;
    }
    Result<Baseline> list = Baseline::Read(*other, name + from);
    if (list) {
      suppressor->baselines.push_back(std::move(*list));
    } else {
      report->notes.push_back(list.error().ToString() +
                              "; the whole file is left out");
    }
  }
  return {};
}

// Only if there is something to take out, as parsing rules takes a while. One
// that does not parse is left out and said to be: it may be another tool's.
void ReadOwnConfiguration(const ReadOwnFile& read, const std::string& from,
                          Suppressor* suppressor, ScanReport* report) {
  for (const char* name : {".keysift.toml", ".gitleaks.toml"}) {
    const Result<std::string> text = read(name);
    if (!text) {
      continue;
    }
    const bool piece =
        report->target.kind == "range" || report->target.kind == "staged";
    if (text->find("[[rules]]") != text->npos && !piece) {
      report->notes.push_back(std::string(name) + from +
                              " has rules of its own: they run with --config "
                              "only");
    }
    if (report->findings.empty()) {
      return;
    }
    Result<OwnConfiguration> own = OwnConfiguration::Parse(*text, name + from);
    if (own) {
      report->notes.insert(report->notes.end(), own->notes().begin(),
                           own->notes().end());
      suppressor->configuration_name = own->where();
      suppressor->configuration =
          [kept = std::make_shared<const OwnConfiguration>(std::move(*own))](
              const Finding& finding, std::string* reason) {
            return kept->Accepts(finding, reason);
          };
    } else {
      report->notes.push_back(own.error().ToString() +
                              "; the whole file is left out");
    }
    return;
  }
}

std::string Today() {
  return FormatRfc3339Utc(std::time(nullptr)).substr(0, 10);
}

void TakeOutcome(SuppressionOutcome outcome, bool complete,
                 ScanReport* report) {
  report->suppressed = std::move(outcome.suppressed);
  const auto entry_words = [](const IgnoreEntry& entry) {
    return "line " + std::to_string(entry.line) + " of .keysiftignore (" +
           entry.fingerprint + ")";
  };
  for (const IgnoreEntry& entry : outcome.expired) {
    report->notes.push_back(entry_words(entry) + " expired on " + entry.until +
                            " and holds no longer");
  }
  for (const IgnoreEntry& entry : outcome.unused) {
    if (complete) {
      report->notes.push_back(entry_words(entry) +
                              " matches nothing; keysift ignore prune takes "
                              "such lines out");
    }
  }
  for (const std::string& place : outcome.ambiguous) {
    report->notes.push_back(place +
                            " matches several secrets, so it hides none of "
                            "them; use keysift ignore add");
  }
}

}  // namespace

ReadOwnFile OwnFilesOnDisk(const std::string& folder) {
  return [folder](const std::string& name) -> Result<std::string> {
    const std::string path = JoinPath(folder, name);
    if (folder.empty() || IsSymbolicLink(path)) {
      return Fail(ErrorKind::kNotFound, "no file of its own", path);
    }
    return ReadFile(path, kMaxOwnFile);
  };
}

ReadOwnFile OwnFilesInTree(const ObjectId& tree, const ReadObject& read) {
  return [tree, read](const std::string& name) -> Result<std::string> {
    Buffer content;
    Result<ObjectType> type = read(tree, &content);
    if (!type) {
      return tl::unexpected(std::move(type.error()));
    }
    TreeReader reader(content.view());
    TreeEntry entry;
    for (;;) {
      const Result<bool> more = reader.Next(&entry);
      if (!more) {
        return tl::unexpected(more.error());
      }
      if (!*more) {
        return Fail(ErrorKind::kNotFound, "not in the tree", name);
      }
      if (entry.name == name && entry.kind() == EntryKind::kFile) {
        break;
      }
    }
    const ObjectId id = entry.id();
    type = read(id, &content);
    if (!type) {
      return tl::unexpected(std::move(type.error()));
    }
    return std::string(content.view());
  };
}

Result<void> SuppressFindings(const ScanOptions& options,
                              const ReadOwnFile& read, const std::string& from,
                              bool complete, ScanReport* report) {
  Suppressor suppressor;
  Result<void> ready = ReadBaselines(options, &suppressor);
  if (ready && options.repo_config) {
    ready = ReadOwn(read, from, &suppressor, report);
    if (ready && options.own_configuration) {
      ReadOwnConfiguration(read, from, &suppressor, report);
    }
  }
  if (ready) {
    TakeOutcome(Suppress(suppressor, Today(), report), complete, report);
  }
  return ready;
}

}  // namespace keysift
