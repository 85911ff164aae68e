// SPDX-License-Identifier: Apache-2.0
#include "cli/join_reports.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <system_error>
#include <utility>

#include "base/file.h"

namespace keysift {
namespace {

// The same secret in two targets: the first keeps its history, both are named.
void JoinFinding(Finding finding, Finding* into) {
  std::move(finding.locations.begin(), finding.locations.end(),
            std::back_inserter(into->locations));
  into->severity = std::max(into->severity, finding.severity);
  into->confidence = std::max(into->confidence, finding.confidence);
  into->in_head = into->in_head || finding.in_head;
  into->reachable = into->reachable || finding.reachable;
  into->refs_total += finding.refs_total;
  for (std::string& ref : finding.refs) {
    if (into->refs.size() < Finding::kMaxRefs) {
      into->refs.push_back(std::move(ref));
    }
  }
}

void PrefixWith(const std::string& folder, const std::string& target,
                ScanReport* report) {
  const auto prefix = [&folder, &target](std::string* path) {
    if (!path->empty() && *path != target) {
      *path = JoinPath(folder, *path);
    }
  };
  for (Finding& finding : report->findings) {
    for (Location& location : finding.locations) {
      prefix(&location.path);
    }
  }
  for (Gap& gap : report->gaps) {
    prefix(&gap.where);
  }
}

// The way down from the current directory to `path`, or "" if there is none.
std::string WayDown(const std::string& path) {
  std::error_code error;
  const std::filesystem::path here = std::filesystem::current_path(error);
  const std::filesystem::path there =
      std::filesystem::absolute(path, error).lexically_normal();
  std::string way = there.lexically_relative(here).string();
  while (way.ends_with('/')) {
    way.pop_back();
  }
  return error || way == "." || way == ".." || way.starts_with("../") ? ""
                                                                      : way;
}

}  // namespace

void PrefixPaths(ScanReport* report) {
  const std::string& target = report->target.path;
  if (!target.empty() && target != "-") {
    PrefixWith(target, target, report);
  }
}

void ShowFromHere(ScanReport* report) {
  const std::string way = WayDown(report->target.path);
  if (report->target.kind == "directory" && !way.empty()) {
    PrefixWith(way, report->target.path, report);
  }
}

void JoinReport(ScanReport report, ScanReport* joined) {
  joined->rules_hash = report.rules_hash;
  joined->target.kind = "several";
  joined->target.path +=
      (joined->target.path.empty() ? "" : " ") + report.target.path;
  joined->target.head.clear();
  joined->target.branch.clear();
  joined->coverage.Add(report.coverage);
  for (Finding& finding : report.findings) {
    const auto same =
        std::find_if(joined->findings.begin(), joined->findings.end(),
                     [&](const Finding& known) {
                       return known.fingerprint == finding.fingerprint &&
                              known.rule_id == finding.rule_id;
                     });
    if (same == joined->findings.end()) {
      joined->findings.push_back(std::move(finding));
    } else {
      JoinFinding(std::move(finding), &*same);
    }
  }
  const auto append = [](auto* from, auto* to) {
    std::move(from->begin(), from->end(), std::back_inserter(*to));
  };
  append(&report.gaps, &joined->gaps);
  append(&report.already_there, &joined->already_there);
  append(&report.suppressed, &joined->suppressed);
  append(&report.notes, &joined->notes);
}

}  // namespace keysift
