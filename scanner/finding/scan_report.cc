// SPDX-License-Identifier: Apache-2.0
#include "finding/scan_report.h"

#include <functional>
#include <tuple>

namespace keysift {
namespace {

auto ReportOrder(const Finding& finding) {
  const Location& first = finding.locations.front();
  return std::make_tuple(-static_cast<int>(finding.severity),
                         -static_cast<int>(finding.confidence),
                         std::cref(finding.rule_id), std::cref(first.path),
                         first.line, first.column,
                         std::cref(finding.fingerprint));
}

}  // namespace

void Coverage::Add(const Coverage& other) {
  objects_total += other.objects_total;
  objects_scanned += other.objects_scanned;
  if (objects_reachable && other.objects_reachable) {
    *objects_reachable += *other.objects_reachable;
  } else {
    objects_reachable.reset();
  }
  objects_absent += other.objects_absent;
  objects_hashed += other.objects_hashed;
  bytes_total += other.bytes_total;
  bytes_scanned += other.bytes_scanned;
  refs += other.refs;
  files_scanned += other.files_scanned;
  digest.clear();
  suppressed_baseline += other.suppressed_baseline;
  suppressed_ignore += other.suppressed_ignore;
  suppressed_inline += other.suppressed_inline;
  suppressed_config += other.suppressed_config;
  below_confidence += other.below_confidence;
}

bool ComesBefore(const Finding& a, const Finding& b) {
  return ReportOrder(a) < ReportOrder(b);
}

bool GapComesBefore(const Gap& a, const Gap& b) {
  return std::tie(a.kind, a.what, a.where, a.detail) <
         std::tie(b.kind, b.what, b.where, b.detail);
}

}  // namespace keysift
