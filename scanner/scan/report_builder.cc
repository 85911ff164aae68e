// SPDX-License-Identifier: Apache-2.0
#include "scan/report_builder.h"

#include <algorithm>
#include <utility>

#include "base/parallel.h"
#include "base/sha.h"
#include "finding/fingerprint.h"
#include "finding/redact.h"
#include "finding/scrubber.h"
#include "scan/history_facts.h"

namespace keysift {
namespace {

bool SamePlace(const Location& a, const Location& b) {
  return a.path == b.path && a.blob == b.blob && a.line == b.line &&
         a.kind == b.kind;
}

// Places that were there before go out of each finding; a finding of nothing
// else is kept apart.
void SetAlreadyThereApart(ScanReport* report) {
  std::vector<Finding> blamed;
  for (Finding& finding : report->findings) {
    const auto is_old = [](const Location& place) {
      return place.already_there;
    };
    std::vector<Location>& places = finding.locations;
    if (std::all_of(places.begin(), places.end(), is_old)) {
      for (Location& place : places) {
        place.already_there = false;
      }
      report->already_there.push_back(std::move(finding));
      continue;
    }
    std::erase_if(places, is_old);
    blamed.push_back(std::move(finding));
  }
  report->findings = std::move(blamed);
}

void SetInside(const Inside& inside, Location* location) {
  location->member = inside.member;
  location->decoding = inside.decoding;
}

// A key's id alone is not worth a finding of its own where the id and its
// secret were found together: its places go to the pair.
void JoinIdsWithPairs(ScanReport* report) {
  constexpr const char* kIdDetail = "access_key_id";
  constexpr const char* kIdRule = "aws-access-key-id";
  std::map<std::string, Finding*> pairs;
  for (Finding& finding : report->findings) {
    const auto id = finding.details.find(kIdDetail);
    if (id != finding.details.end() && finding.rule_id != kIdRule) {
      pairs.emplace(id->second, &finding);
    }
  }
  for (Finding& finding : report->findings) {
    const auto id = finding.details.find(kIdDetail);
    const auto pair = finding.rule_id == kIdRule && id != finding.details.end()
                          ? pairs.find(id->second)
                          : pairs.end();
    if (pair == pairs.end()) {
      continue;
    }
    std::vector<Location>& places = pair->second->locations;
    for (Location& location : finding.locations) {
      if (std::none_of(places.begin(), places.end(),
                       [&](const Location& known) {
                         return known.blob == location.blob &&
                                known.path == location.path;
                       })) {
        places.push_back(std::move(location));
      }
    }
    finding.locations.clear();
  }
  std::erase_if(report->findings, [](const Finding& finding) {
    return finding.locations.empty();
  });
}

bool IsInTag(const FoundSecret& secret) {
  return std::any_of(secret.places.begin(), secret.places.end(),
                     [](const Place& place) {
                       return place.kind() == PlaceKind::kTagMessage;
                     });
}

}  // namespace

ReportBuilder::ReportBuilder(const ScanEngine* engine,
                             const ScanOptions* options,
                             const Verifier* verifier)
    : engine_(engine), options_(options), verifier_(verifier) {}

Finding ReportBuilder::Start(const FoundSecret& secret) {
  const Rule& rule = engine_->rules->rules[secret.rule];
  Finding finding;
  finding.fingerprint = secret.fingerprint;
  finding.rule_id = rule.id;
  finding.description = secret.text.description;
  finding.confidence = secret.confidence;
  finding.severity = Severity::kLow;
  finding.reasons = secret.text.reasons;
  finding.details = secret.text.details;
  finding.remediation = secret.text.remediation;
  finding.revoke_url = secret.text.revoke_url;
  finding.snippet = secret.text.snippet;
  finding.tags = rule.tags;
  finding.secret.redacted = Redact(secret.secret);
  finding.secret.length = secret.secret.size();
  finding.secret.sha1 = Sha1Hex(secret.secret);
  if (options_->show_secrets) {
    finding.secret.value = secret.secret;
  }
  return finding;
}

// Adds a place unless it is judged away by its path or commit.
bool ReportBuilder::AddLocation(const FoundSecret& secret, const Place& place,
                                Location location, Finding* finding) {
  Detection detection;
  detection.rule = secret.rule;
  detection.severity = place.severity();
  detection.confidence = place.confidence();
  const PlaceVerdict verdict = verifier_->Judge(detection, secret.secret,
                                                location.path, location.commit);
  if (!verdict.keep) {
    return false;
  }
  finding->severity = std::max(finding->severity, verdict.severity);
  if (location.kind.empty()) {
    location.kind = PlaceKindName(place.kind());
  }
  location.line = place.line;
  location.column = place.column;
  location.end_line = place.end_line;
  location.end_column = place.end_column;
  finding->locations.push_back(std::move(location));
  return true;
}

void ReportBuilder::Keep(const FoundSecret& secret, Finding finding,
                         ScanReport* report) {
  if (finding.locations.empty()) {
    return;
  }
  secrets_.push_back(secret.secret);
  report->findings.push_back(std::move(finding));
}

void ReportBuilder::AddHistory(const HistoryScan& history,
                               const HistoryFilter& filter,
                               ScanReport* report) {
  const std::vector<FoundSecret>& found = history.found();
  HistoryFacts facts(&history);
  for (uint32_t i = 0; i < found.size(); ++i) {
    if (!filter.Keeps(facts.IntroducedBy(i)) && !IsInTag(found[i])) {
      continue;
    }
    Finding finding = Start(found[i]);
    for (const Place& place : found[i].places) {
      for (Location& location : facts.LocationsOf(found[i], place)) {
        SetInside(history.inside(place.inside()), &location);
        AddLocation(found[i], place, std::move(location), &finding);
      }
    }
    facts.Fill(i, &finding);
    Keep(found[i], std::move(finding), report);
  }
}

void ReportBuilder::AddFiles(FindingSet* found,
                             const std::vector<std::string>& paths,
                             ScanReport* report) {
  const auto locate = [&paths](const Place& place) {
    std::vector<Location> locations(1);
    locations[0].path = paths[place.object];
    return locations;
  };
  AddLocated(found, locate, report);
}

void ReportBuilder::AddLocated(
    FindingSet* found,
    const std::function<std::vector<Location>(const Place&)>& locate,
    ScanReport* report) {
  for (const FoundSecret& secret : found->Take()) {
    Finding finding = Start(secret);
    for (const Place& place : secret.places) {
      for (Location& location : locate(place)) {
        SetInside(found->inside(place.inside()), &location);
        AddLocation(secret, place, std::move(location), &finding);
      }
    }
    Keep(secret, std::move(finding), report);
  }
}

void ReportBuilder::Finish(ScanReport* report) {
  const Fingerprinter fingerprinter(options_->fingerprint_key);
  ParallelFor(options_->ThreadCount(), report->findings.size(),
              [&](size_t i, unsigned) {
                Finding& finding = report->findings[i];
                if (finding.fingerprint.empty()) {
                  finding.fingerprint =
                      fingerprinter.Of(finding.rule_id, secrets_[i]);
                }
              });
  // The same secret may come from two sources: history and files on disk.
  std::map<std::string, size_t> first;
  for (size_t i = 0; i < report->findings.size(); ++i) {
    Finding& finding = report->findings[i];
    const auto [known, added] = first.emplace(finding.fingerprint, i);
    if (added) {
      continue;
    }
    Finding& kept = report->findings[known->second];
    for (Location& location : finding.locations) {
      if (std::none_of(kept.locations.begin(), kept.locations.end(),
                       [&](const Location& other) {
                         return SamePlace(other, location);
                       })) {
        kept.locations.push_back(std::move(location));
      }
    }
    kept.confidence = std::max(kept.confidence, finding.confidence);
    kept.severity = std::max(kept.severity, finding.severity);
    finding.locations.clear();
  }
  std::erase_if(report->findings, [](const Finding& finding) {
    return finding.locations.empty();
  });
  JoinIdsWithPairs(report);
  SetAlreadyThereApart(report);
  SortReport(report);
  if (!options_->show_secrets) {
    ScrubReport(Scrubber({secrets_.begin(), secrets_.end()}), report);
  }
}

void SortReport(ScanReport* report) {
  for (std::vector<Finding>* findings :
       {&report->findings, &report->already_there}) {
    std::sort(findings->begin(), findings->end(), ComesBefore);
  }
  std::sort(report->gaps.begin(), report->gaps.end(), GapComesBefore);
}

}  // namespace keysift
