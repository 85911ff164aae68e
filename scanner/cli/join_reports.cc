// SPDX-License-Identifier: Apache-2.0
#include "cli/join_reports.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/file.h"

namespace keysift {
namespace {

void JoinCoverage(const Coverage& one, Coverage* sum) {
  sum->objects_total += one.objects_total;
  sum->objects_scanned += one.objects_scanned;
  sum->objects_reachable += one.objects_reachable;
  sum->objects_absent += one.objects_absent;
  sum->bytes_total += one.bytes_total;
  sum->bytes_scanned += one.bytes_scanned;
  sum->refs += one.refs;
  sum->files_scanned += one.files_scanned;
  sum->digest.clear();  // each target has its own
  sum->suppressed_baseline += one.suppressed_baseline;
  sum->suppressed_ignore += one.suppressed_ignore;
  sum->suppressed_inline += one.suppressed_inline;
  sum->below_confidence += one.below_confidence;
}

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

}  // namespace

void PrefixPaths(ScanReport* report) {
  const std::string& target = report->target.path;
  const auto prefix = [&target](std::string* path) {
    if (!path->empty() && *path != target) {
      *path = JoinPath(target, *path);
    }
  };
  if (target.empty() || target == "-") {
    return;
  }
  for (Finding& finding : report->findings) {
    for (Location& location : finding.locations) {
      prefix(&location.path);
    }
  }
  for (Gap& gap : report->gaps) {
    prefix(&gap.where);
  }
}

void JoinReport(ScanReport report, ScanReport* joined) {
  joined->rules_hash = report.rules_hash;
  joined->target.kind = "several";
  joined->target.path +=
      (joined->target.path.empty() ? "" : " ") + report.target.path;
  joined->target.head.clear();
  joined->target.branch.clear();
  JoinCoverage(report.coverage, &joined->coverage);
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
