// SPDX-License-Identifier: Apache-2.0
#include "store/suppressor.h"

#include <map>
#include <set>
#include <utility>

namespace keysift {
namespace {

// An ignore entry and whether a finding had its fingerprint.
struct Candidate {
  IgnoreEntry entry;
  const std::string* where;
  bool used = false;
};

// Which baseline's place stands for a finding: (baseline, place's number).
using PlaceUse = std::pair<const Baseline*, size_t>;

class Sieve {
 public:
  Sieve(const Suppressor& suppressor, const std::string& today,
        ScanReport* report)
      : suppressor_(suppressor), today_(today), report_(report) {
    for (const IgnoreFile& file : suppressor.ignore_files) {
      for (IgnoreEntry& entry : file.Entries()) {
        by_fingerprint_.emplace(entry.fingerprint, candidates_.size());
        candidates_.push_back({std::move(entry), &file.where()});
      }
    }
  }

  SuppressionOutcome Run() {
    CountPlaces();
    std::vector<Finding> kept;
    for (Finding& finding : report_->findings) {
      if (!TakenByIgnoreFile(finding) && !TakenByBaseline(finding) &&
          !TakenByConfiguration(finding)) {
        kept.push_back(std::move(finding));
      }
    }
    report_->findings = std::move(kept);
    for (const Candidate& candidate : candidates_) {
      if (!candidate.used) {
        outcome_.unused.push_back(candidate.entry);
      }
    }
    return std::move(outcome_);
  }

 private:
  // How many findings each place without a hash would take.
  void CountPlaces() {
    for (const Finding& finding : report_->findings) {
      for (const Baseline& baseline : suppressor_.baselines) {
        size_t place = 0;
        if (baseline.Accepts(finding, &place) && place > 0) {
          ++place_uses_[{&baseline, place}];
        }
      }
    }
  }

  void Take(const Finding& finding, std::string by, std::string reason) {
    outcome_.suppressed.push_back({finding.fingerprint, finding.rule_id,
                                   std::move(by), std::move(reason)});
  }

  bool TakenByIgnoreFile(const Finding& finding) {
    const auto [first, last] = by_fingerprint_.equal_range(finding.fingerprint);
    bool taken = false;
    for (auto it = first; it != last; ++it) {
      Candidate& candidate = candidates_[it->second];
      candidate.used = true;
      if (IsExpired(candidate.entry, today_)) {
        outcome_.expired.push_back(candidate.entry);
      } else if (!taken) {
        taken = true;
        Take(finding,
             *candidate.where + ":" + std::to_string(candidate.entry.line),
             candidate.entry.reason);
        ++report_->coverage.suppressed_ignore;
      }
    }
    return taken;
  }

  bool TakenByBaseline(const Finding& finding) {
    for (const Baseline& baseline : suppressor_.baselines) {
      size_t place = 0;
      if (!baseline.Accepts(finding, &place)) {
        continue;
      }
      const PlaceUse use = {&baseline, place};
      if (place > 0 && place_uses_[use] > 1) {
        if (named_.insert(use).second) {
          outcome_.ambiguous.push_back(baseline.where() + ": entry " +
                                       std::to_string(place));
        }
        continue;
      }
      Take(finding, baseline.where(), "");
      ++report_->coverage.suppressed_baseline;
      return true;
    }
    return false;
  }

  bool TakenByConfiguration(const Finding& finding) {
    std::string reason;
    if (suppressor_.configuration == nullptr ||
        !suppressor_.configuration(finding, &reason)) {
      return false;
    }
    Take(finding, suppressor_.configuration_name, std::move(reason));
    ++report_->coverage.suppressed_config;
    return true;
  }

  const Suppressor& suppressor_;
  const std::string& today_;
  ScanReport* report_;
  std::vector<Candidate> candidates_;
  std::multimap<std::string, size_t> by_fingerprint_;
  std::map<PlaceUse, size_t> place_uses_;
  std::set<PlaceUse> named_;
  SuppressionOutcome outcome_;
};

}  // namespace

SuppressionOutcome Suppress(const Suppressor& suppressor,
                            const std::string& today, ScanReport* report) {
  return Sieve(suppressor, today, report).Run();
}

}  // namespace keysift
