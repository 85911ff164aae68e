// SPDX-License-Identifier: Apache-2.0
#include "store/bulk_text.h"

#include <array>
#include <utility>

#include "base/json.h"
#include "finding/escape.h"

namespace keysift {
namespace {

constexpr const char* kWhere = "a row of the store";

std::string HexOf(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (const char c : bytes) {
    hex += kDigits[static_cast<uint8_t>(c) >> 4];
    hex += kDigits[static_cast<uint8_t>(c) & 15];
  }
  return hex;
}

int DigitOf(char c) {
  return c >= '0' && c <= '9'   ? c - '0'
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                : 0;
}

std::string BytesOfHex(std::string_view hex) {
  std::string bytes;
  for (size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(DigitOf(hex[i]) << 4 | DigitOf(hex[i + 1]));
  }
  return bytes;
}

// `key`, and `key`_hex where JSON would lose bytes.
void PutBytes(const char* key, const std::string& bytes, Json* json) {
  (*json)[key] = bytes;
  if (!IsValidUtf8(bytes)) {
    (*json)[std::string(key) + "_hex"] = HexOf(bytes);
  }
}

std::string GetBytes(const Json& json, const char* key) {
  const std::string hex = std::string(key) + "_hex";
  return JsonMember(json, hex.c_str()) != nullptr
             ? BytesOfHex(JsonText(json, hex.c_str()))
             : JsonText(json, key);
}

std::vector<std::string> TextsOf(const Json* json) {
  std::vector<std::string> texts;
  if (json != nullptr && json->is_array()) {
    for (const Json& one : *json) {
      if (one.is_string()) {
        texts.push_back(one.get<std::string>());
      }
    }
  }
  return texts;
}

std::string TextAt(const Json& array, size_t index) {
  return index < array.size() && array[index].is_string()
             ? array[index].get<std::string>()
             : "";
}

uint64_t NumberAt(const Json& array, size_t index) {
  return index < array.size() && array[index].is_number_unsigned()
             ? array[index].get<uint64_t>()
             : 0;
}

Json PlaceJson(const Location& place) {
  Json json = {place.path,     place.kind,       place.line,   place.column,
               place.end_line, place.end_column, place.commit, place.blob,
               place.member,   place.decoding};
  if (!IsValidUtf8(place.path) || !IsValidUtf8(place.member)) {
    json.push_back(HexOf(place.path));
    json.push_back(HexOf(place.member));
  }
  return json;
}

Location ReadPlace(const Json& json) {
  Location place;
  place.path = TextAt(json, 0);
  place.kind = TextAt(json, 1);
  place.line = NumberAt(json, 2);
  place.column = NumberAt(json, 3);
  place.end_line = NumberAt(json, 4);
  place.end_column = NumberAt(json, 5);
  place.commit = TextAt(json, 6);
  place.blob = TextAt(json, 7);
  place.member = TextAt(json, 8);
  place.decoding = TextsOf(json.size() > 9 ? &json[9] : nullptr);
  if (json.size() > 11) {
    place.path = BytesOfHex(TextAt(json, 10));
    place.member = BytesOfHex(TextAt(json, 11));
  }
  return place;
}

// The numbers of a Coverage by name.
constexpr std::array<std::pair<const char*, uint64_t Coverage::*>, 12> kCounts =
    {{
        {"objects_total", &Coverage::objects_total},
        {"objects_scanned", &Coverage::objects_scanned},
        {"objects_absent", &Coverage::objects_absent},
        {"objects_hashed", &Coverage::objects_hashed},
        {"bytes_total", &Coverage::bytes_total},
        {"bytes_scanned", &Coverage::bytes_scanned},
        {"refs", &Coverage::refs},
        {"files_scanned", &Coverage::files_scanned},
        {"suppressed_baseline", &Coverage::suppressed_baseline},
        {"suppressed_ignore", &Coverage::suppressed_ignore},
        {"suppressed_inline", &Coverage::suppressed_inline},
        {"below_confidence", &Coverage::below_confidence},
    }};

}  // namespace

std::string FindingTextJson(const Finding& finding) {
  Json json = {{"description", finding.description},
               {"reasons", finding.reasons},
               {"length", finding.secret.length},
               {"details", finding.details},
               {"tags", finding.tags},
               {"remediation", finding.remediation},
               {"revoke_url", finding.revoke_url}};
  PutBytes("redacted", finding.secret.redacted, &json);
  PutBytes("snippet", finding.snippet, &json);
  if (finding.secret.value) {  // the user asked for it: --show-secrets
    PutBytes("value", *finding.secret.value, &json);
  }
  return DumpJson(json);
}

Result<void> ReadFindingText(const std::string& text, Finding* finding) {
  const Result<Json> json = ParseJson(text, kWhere);
  if (!json) {
    return tl::unexpected<Error>(json.error());
  }
  finding->description = JsonText(*json, "description");
  finding->reasons = TextsOf(JsonMember(*json, "reasons"));
  finding->secret.redacted = GetBytes(*json, "redacted");
  finding->secret.length = JsonNumber(*json, "length");
  if (JsonMember(*json, "value") != nullptr) {
    finding->secret.value = GetBytes(*json, "value");
  }
  const Json* details = JsonMember(*json, "details");
  if (details != nullptr && details->is_object()) {
    for (const auto& [name, value] : details->items()) {
      if (value.is_string()) {
        finding->details[name] = value.get<std::string>();
      }
    }
  }
  finding->snippet = GetBytes(*json, "snippet");
  finding->tags = TextsOf(JsonMember(*json, "tags"));
  finding->remediation = JsonText(*json, "remediation");
  finding->revoke_url = JsonText(*json, "revoke_url");
  return {};
}

std::string PlacesJson(const std::vector<Location>& places) {
  std::string text = "[";
  for (const Location& place : places) {
    text += (text.size() > 1 ? "," : "") + DumpJson(PlaceJson(place));
  }
  return text + "]";
}

Result<std::vector<Location>> ReadPlaces(const std::string& text) {
  const Result<Json> json = ParseJson(text, kWhere);
  if (!json || !json->is_array()) {
    return Fail(ErrorKind::kDamaged, "a list of places is none", kWhere);
  }
  std::vector<Location> places;
  places.reserve(json->size());
  for (const Json& place : *json) {
    places.push_back(ReadPlace(place));
  }
  return places;
}

std::string CommitJson(const CommitSummary& commit) {
  return DumpJson({{"id", commit.id},
                   {"author", commit.author},
                   {"date", commit.date},
                   {"summary", commit.summary}});
}

std::optional<CommitSummary> ReadCommitJson(const std::string& text) {
  const Result<Json> json = ParseJson(text, kWhere);
  if (!json) {
    return std::nullopt;
  }
  return CommitSummary{JsonText(*json, "id"), JsonText(*json, "author"),
                       JsonText(*json, "date"), JsonText(*json, "summary")};
}

std::string TextsJson(const std::vector<std::string>& texts) {
  return DumpJson(Json(texts));
}

std::vector<std::string> ReadTextsJson(const std::string& text) {
  const Result<Json> json = ParseJson(text, kWhere);
  return json ? TextsOf(&*json) : std::vector<std::string>();
}

std::string CoverageJson(const Coverage& coverage) {
  Json json = {{"digest", coverage.digest}};
  for (const auto& [name, member] : kCounts) {
    json[name] = coverage.*member;
  }
  if (coverage.objects_reachable) {
    json["objects_reachable"] = *coverage.objects_reachable;
  }
  return DumpJson(json);
}

Coverage ReadCoverageJson(const std::string& text) {
  Coverage coverage;
  const Result<Json> json = ParseJson(text, kWhere);
  if (json) {
    coverage.digest = JsonText(*json, "digest");
    for (const auto& [name, member] : kCounts) {
      coverage.*member = JsonNumber(*json, name);
    }
    if (JsonMember(*json, "objects_reachable") != nullptr) {
      coverage.objects_reachable = JsonNumber(*json, "objects_reachable");
    }
  }
  return coverage;
}

std::string GapsJson(const std::vector<Gap>& gaps) {
  Json json = Json::array();
  for (const Gap& gap : gaps) {
    Json one = {{"kind", GapKindName(gap.kind)},
                {"bytes", gap.bytes},
                {"detail", gap.detail}};
    PutBytes("what", gap.what, &one);
    PutBytes("where", gap.where, &one);
    json.push_back(std::move(one));
  }
  return DumpJson(json);
}

std::vector<Gap> ReadGapsJson(const std::string& text) {
  std::vector<Gap> gaps;
  const Result<Json> json = ParseJson(text, kWhere);
  if (!json || !json->is_array()) {
    return gaps;
  }
  for (const Json& one : *json) {
    Gap gap;
    if (ParseGapKind(JsonText(one, "kind"), &gap.kind)) {
      gap.bytes = JsonNumber(one, "bytes");
      gap.detail = JsonText(one, "detail");
      gap.what = GetBytes(one, "what");
      gap.where = GetBytes(one, "where");
      gaps.push_back(std::move(gap));
    }
  }
  return gaps;
}

}  // namespace keysift
