// SPDX-License-Identifier: Apache-2.0
#include "cli/bulk_answers.h"

#include "base/json.h"
#include "cli/numbers.h"
#include "finding/escape.h"

namespace keysift {
namespace {

std::string CountText(int64_t count) {
  return ShowCount(static_cast<uint64_t>(count));
}

Json StatusJson(const BulkStatus& status) {
  Json failures = Json::array();
  for (const BulkStatus::Failure& failure : status.failures) {
    failures.push_back(
        {{"repository", failure.repository}, {"reason", failure.reason}});
  }
  return {{"scans", status.scans},     {"unfinished", status.unfinished},
          {"started", status.started}, {"finished", status.finished},
          {"done", status.done},       {"failed", status.failed},
          {"left", status.left},       {"findings", status.findings},
          {"open", status.open},       {"decided", status.decided},
          {"failures", failures}};
}

Json EntryJson(const TimelineEntry& entry) {
  return {{"account", entry.account},
          {"key", entry.key},
          {"fingerprint", entry.fingerprint},
          {"rule_id", entry.rule_id},
          {"repository", entry.repository},
          {"introduced", entry.introduced},
          {"removed", entry.removed},
          {"days", entry.days},
          {"in_head", entry.in_head},
          {"in_history", entry.in_history},
          {"refs", ParseJson(entry.refs, "refs").value_or(Json::array())},
          {"rotated", entry.rotated},
          {"state", entry.state}};
}

std::string RefsText(const TimelineEntry& entry) {
  const Json refs = ParseJson(entry.refs, "refs").value_or(Json::array());
  if (!refs.is_array() || refs.empty() || !refs[0].is_string()) {
    return "";
  }
  std::string text = " on " + EscapeForTerminal(refs[0].get<std::string>());
  return refs.size() == 1
             ? text
             : text + " and " + ShowCount(refs.size() - 1) + " more";
}

std::string EntryText(const TimelineEntry& entry) {
  std::string text =
      "  " +
      EscapeForTerminal(entry.key.empty() ? entry.fingerprint : entry.key) +
      "  " + EscapeForTerminal(entry.repository) + "  introduced " +
      (entry.introduced.empty() ? "by no commit"
                                : EscapeForTerminal(entry.introduced));
  if (entry.in_head) {
    text += ", still at HEAD";
  } else if (entry.removed.empty()) {
    text += ", not at HEAD";
  } else {
    text += ", removed " + EscapeForTerminal(entry.removed) +
            (entry.days < 1
                 ? " within a day"
                 : " after " +
                       ShowPlural(static_cast<uint64_t>(entry.days), "day"));
  }
  text += entry.in_history ? ", in history" + RefsText(entry)
                           : std::string(", reached by no ref");
  if (!entry.in_head) {
    text += entry.rotated ? ", a later key followed" : ", no later key there";
  }
  return text + ", " + EscapeForTerminal(entry.state) + "\n";
}

}  // namespace

std::string StatusText(const BulkStatus& status, bool json) {
  if (json) {
    return DumpJson(StatusJson(status)) + "\n";
  }
  if (status.scans == 0) {
    return "nothing was scanned into this store yet\n";
  }
  std::string text =
      "scan " + CountText(status.scans) + ": begun " + status.started +
      (status.unfinished ? ", not finished: `keysift bulk scan` goes on\n"
                         : ", finished " + status.finished + "\n");
  text += "repositories: " + CountText(status.done) + " done, " +
          CountText(status.failed) + " failed, " + CountText(status.left) +
          " not reached by it\n";
  text += "findings: " + CountText(status.findings) + ", open " +
          CountText(status.open);
  for (const auto& [state, count] : status.decided) {
    text += ", " + EscapeForTerminal(state) + " " + CountText(count);
  }
  text += "\n";
  for (const BulkStatus::Failure& failure : status.failures) {
    text += "failed: " + EscapeForTerminal(failure.repository) + ": " +
            EscapeForTerminal(failure.reason) + "\n";
  }
  return text;
}

std::string DiffText(const BulkDiff& diff, bool json) {
  if (json) {
    Json changes = Json::array();
    for (const BulkChange& change : diff.changes) {
      changes.push_back({{"change", change.is_new ? "new" : "gone"},
                         {"repository", change.repository},
                         {"fingerprint", change.fingerprint},
                         {"rule_id", change.rule_id}});
    }
    return DumpJson({{"changes", changes}, {"unchanged", diff.unchanged}}) +
           "\n";
  }
  std::string text;
  int64_t gained = 0;
  for (const BulkChange& change : diff.changes) {
    gained += change.is_new ? 1 : 0;
    text += std::string(change.is_new ? "new   " : "gone  ") +
            change.fingerprint + "  " + change.rule_id + "  " +
            EscapeForTerminal(change.repository) + "\n";
  }
  const int64_t lost = static_cast<int64_t>(diff.changes.size()) - gained;
  return text + CountText(gained) + " new, " + CountText(lost) + " gone, " +
         CountText(diff.unchanged) + " unchanged\n";
}

std::string TimelineText(const std::vector<TimelineEntry>& entries, bool json) {
  Json all = Json::array();
  std::string text;
  const std::string* account = nullptr;
  for (const TimelineEntry& entry : entries) {
    if (json) {
      all.push_back(EntryJson(entry));
      continue;
    }
    if (account == nullptr || *account != entry.account) {
      account = &entry.account;
      text += "account " +
              (account->empty() ? "not known" : EscapeForTerminal(*account)) +
              "\n";
    }
    text += EntryText(entry);
  }
  return json ? DumpJson({{"keys", all}}) + "\n"
              : text + ShowPlural(entries.size(), "key") + "\n";
}

}  // namespace keysift
