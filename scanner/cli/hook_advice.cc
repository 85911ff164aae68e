// SPDX-License-Identifier: Apache-2.0
#include "cli/hook_advice.h"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "cli/numbers.h"
#include "finding/escape.h"
#include "git/commit.h"
#include "git/object_lookup.h"
#include "report/paragraph.h"

namespace keysift {
namespace {

constexpr size_t kShownCommits = 20;

// A commit that brought secrets.
struct Offender {
  ObjectId id;
  int64_t time = 0;
  std::string summary;
  bool has_parent = false;
  std::set<std::string> places;
};

std::vector<Offender> ListOffenders(const Repository& repository,
                                    const ScanReport& report) {
  std::map<std::string, Offender> by_commit;
  for (const Finding& finding : report.findings) {
    for (const Location& location : finding.locations) {
      if (!location.commit.empty()) {
        by_commit[location.commit].places.insert(
            location.path.empty() ? "its message" : location.path);
      }
    }
  }
  ObjectLookup objects(repository);
  std::vector<Offender> offenders;
  for (auto& [hex, offender] : by_commit) {
    offender.id = *ObjectId::FromHex(hex);
    Buffer content;
    if (objects.Read(offender.id, &content)) {
      const Result<Commit> commit = Commit::Parse(content.view());
      if (commit) {
        offender.time = commit->committer.time;
        offender.summary = commit->Summary();
        offender.has_parent = !commit->parents.empty();
      }
    }
    offenders.push_back(std::move(offender));
  }
  std::sort(offenders.begin(), offenders.end(),
            [](const Offender& a, const Offender& b) {
              return std::pair(a.time, a.id) < std::pair(b.time, b.id);
            });
  return offenders;
}

std::string Step(int number, const std::string& text) {
  return Paragraph("  " + std::to_string(number) + ". ", text);
}

std::string Listing(const std::vector<Offender>& offenders) {
  std::string text;
  for (size_t i = 0; i < std::min(offenders.size(), kShownCommits); ++i) {
    const Offender& offender = offenders[i];
    std::string places;
    for (const std::string& place : offender.places) {
      places += (places.empty() ? "" : ", ") + EscapeForTerminal(place);
    }
    text += Paragraph("  " + std::string(ShortId(offender.id.ToHex())) + "  ",
                      places);
  }
  if (offenders.size() > kShownCommits) {
    text += "  and " + ShowCount(offenders.size() - kShownCommits) + " more\n";
  }
  return text;
}

}  // namespace

std::string RewriteAdvice(const Repository& repository,
                          const ScanReport& report) {
  const std::vector<Offender> offenders = ListOffenders(repository, report);
  if (offenders.empty()) {
    return "";
  }
  const Offender& oldest = offenders[0];
  const std::string id(ShortId(oldest.id.ToHex()));
  std::string text = ShowPlural(offenders.size(), "commit") +
                     " to rewrite, the oldest first:\n" + Listing(offenders);
  text += "WHAT TO DO\n";
  text += Step(1,
               "Take each secret for known to others: revoke it and make a new "
               "one (above: how).");
  text +=
      Step(2, "Rewrite the commits: git rebase -i " +
                  (oldest.has_parent ? id + "^" : "--root") +
                  ", mark them \"edit\", take the secret out, then git commit "
                  "--amend and git rebase --continue. If it is the last commit "
                  "only: git commit --amend.");
  text += Step(3,
               "Push again. Another commit that takes the secret out does not "
               "help: the old one would be pushed with it.");
  text += Step(4,
               "Is it no secret? keysift ignore add FINGERPRINT --reason WHY. "
               "A line in .keysiftignore counts once it is where your push "
               "goes: ask who maintains that.");
  return text;
}

std::string CommitAdvice(const ScanReport& report) {
  if (report.findings.empty()) {
    return "";
  }
  std::string text = "Nothing was committed. WHAT TO DO\n";
  text += Step(1,
               "Take the secret out of the file, git add it, and commit again. "
               "If it ever left this machine, revoke it.");
  text += Step(2,
               "Is it no secret? keysift ignore add FINGERPRINT --reason WHY, "
               "and commit .keysiftignore with it.");
  return text;
}

}  // namespace keysift
