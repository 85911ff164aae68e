// SPDX-License-Identifier: Apache-2.0
#include "store/baseline.h"

#include <algorithm>

#include "base/json.h"
#include "base/sha.h"

namespace keysift {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

bool IsHex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool IsObjectId(std::string_view text) {
  return (text.size() == 40 || text.size() == 64) && IsHex(text);
}

std::string WithSlashes(std::string path) {
  std::replace(path.begin(), path.end(), '\\', '/');
  if (path.starts_with("./")) {
    path.erase(0, 2);
  }
  return path;
}

std::string_view FirstWord(std::string_view rule) {
  return rule.substr(0, rule.find_first_of("-_ "));
}

// file:rule:line or commit:file:rule:line. The file may hold colons: rule and
// line are taken from the end. False if it is neither.
bool ParseGitleaksFingerprint(std::string_view text, AcceptedPlace* place) {
  const size_t line_at = text.rfind(':');
  if (line_at == std::string_view::npos || line_at == 0) {
    return false;
  }
  const std::string_view line = text.substr(line_at + 1);
  const size_t rule_at = text.rfind(':', line_at - 1);
  if (rule_at == std::string_view::npos || rule_at == 0 || line.empty() ||
      line.size() > 9 ||
      line.find_first_not_of("0123456789") != std::string_view::npos) {
    return false;
  }
  std::string_view file = text.substr(0, rule_at);
  const size_t colon = file.find(':');
  if (colon != std::string_view::npos && IsObjectId(file.substr(0, colon))) {
    place->commit = file.substr(0, colon);
    file.remove_prefix(colon + 1);
  }
  place->path = WithSlashes(std::string(file));
  place->rule = text.substr(rule_at + 1, line_at - rule_at - 1);
  for (const char c : line) {
    place->line = place->line * 10 + static_cast<uint64_t>(c - '0');
  }
  return !place->path.empty() && !place->rule.empty();
}

// Redacted reports have these, or shortened values, for the secret.
bool IsShown(std::string_view secret) {
  return !secret.empty() && secret != "REDACTED" && !secret.ends_with("...");
}

AcceptedPlace GitleaksPlace(const Json& entry) {
  AcceptedPlace place;
  const std::string secret = JsonText(entry, "Secret");
  place.path = WithSlashes(JsonText(entry, "File"));
  if (IsShown(secret)) {
    place.secret_sha1 = Sha1Hex(secret);
    return place;
  }
  place.rule = JsonText(entry, "RuleID");
  place.commit = JsonText(entry, "Commit");
  place.line = JsonNumber(entry, "StartLine");
  return place;
}

std::string PathIn(const Location& location) {
  return location.member.empty() ? location.path
                                 : location.path + "!" + location.member;
}

}  // namespace

Result<Baseline> Baseline::Read(std::string_view text,
                                const std::string& where) {
  Baseline baseline;
  baseline.where_ = where;
  const size_t first = text.find_first_not_of(kBlanks);
  const bool is_json = first != std::string_view::npos &&
                       (text[first] == '{' || text[first] == '[');
  const Result<void> read =
      is_json ? baseline.ReadJson(text) : baseline.ReadGitleaksIgnore(text);
  if (!read) {
    return tl::unexpected<Error>(read.error());
  }
  return baseline;
}

void Baseline::AddPlace(AcceptedPlace place) {
  by_path_[place.path].push_back(places_.size());
  places_.push_back(std::move(place));
}

Result<void> Baseline::ReadJson(std::string_view text) {
  const Result<Json> json = ParseJson(text, where_);
  if (!json) {
    return tl::unexpected<Error>(json.error());
  }
  if (json->is_array()) {
    for (const Json& entry : *json) {
      AddPlace(GitleaksPlace(entry));
      if (places_.back().path.empty()) {
        return Fail(ErrorKind::kUsage, "an entry has no File", where_);
      }
    }
    return {};
  }
  const Json* findings = JsonMember(*json, "findings");
  const Json* results = JsonMember(*json, "results");
  if (findings != nullptr && findings->is_array()) {
    for (const Json& finding : *findings) {
      fingerprints_.insert(JsonText(finding, "fingerprint"));
    }
    fingerprints_.erase("");
    return {};
  }
  if (results == nullptr || !results->is_object()) {
    return Fail(ErrorKind::kUsage,
                "neither a report of keysift or gitleaks nor a "
                ".secrets.baseline",
                where_);
  }
  for (const auto& [path, entries] : results->items()) {
    for (const Json& entry : entries) {
      AcceptedPlace place;
      place.path = WithSlashes(path);
      place.secret_sha1 = JsonText(entry, "hashed_secret");
      if (place.secret_sha1.size() == 40 && IsHex(place.secret_sha1)) {
        AddPlace(std::move(place));
      }
    }
  }
  return {};
}

Result<void> Baseline::ReadGitleaksIgnore(std::string_view text) {
  uint64_t number = 0;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    ++number;
    while (!line.empty() && kBlanks.find(line.back()) != kBlanks.npos) {
      line.remove_suffix(1);
    }
    if (line.empty() || line[0] == '#') {
      continue;
    }
    AcceptedPlace place;
    if (!ParseGitleaksFingerprint(line, &place)) {
      return Fail(ErrorKind::kUsage,
                  "the line is not file:rule:line or commit:file:rule:line",
                  where_ + ":" + std::to_string(number));
    }
    AddPlace(std::move(place));
  }
  return {};
}

bool Baseline::Matches(const AcceptedPlace& place, const Finding& finding,
                       const Location& location) const {
  if (!place.secret_sha1.empty()) {
    return place.secret_sha1 == finding.secret.sha1;
  }
  return place.line == location.line &&
         (place.commit.empty() || place.commit == location.commit) &&
         FirstWord(place.rule) == FirstWord(finding.rule_id);
}

bool Baseline::Accepts(const Finding& finding, size_t* by_place_only) const {
  size_t unused = 0;
  size_t& by_place = by_place_only == nullptr ? unused : *by_place_only;
  by_place = 0;
  if (fingerprints_.count(finding.fingerprint) > 0) {
    return true;
  }
  if (places_.empty()) {
    return false;
  }
  for (const Location& location : finding.locations) {
    const auto found = by_path_.find(PathIn(location));
    if (found == by_path_.end()) {
      continue;
    }
    for (const size_t index : found->second) {
      const AcceptedPlace& place = places_[index];
      if (!Matches(place, finding, location)) {
        continue;
      }
      if (!place.secret_sha1.empty()) {
        by_place = 0;
        return true;
      }
      by_place = by_place == 0 ? index + 1 : by_place;
    }
  }
  return by_place > 0;
}

}  // namespace keysift
