// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"

namespace keysift {

Result<Json> ParseJson(std::string_view text, const std::string& where) {
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& error) {
    return Fail(ErrorKind::kDamaged,
                "not JSON from byte " + std::to_string(error.byte) + " on",
                where);
  } catch (const Json::exception&) {
    return Fail(ErrorKind::kDamaged, "not JSON that keysift can read", where);
  }
}

std::string DumpJson(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

const Json* JsonMember(const Json& json, const char* key) {
  if (!json.is_object()) {
    return nullptr;
  }
  const auto found = json.find(key);
  return found == json.end() ? nullptr : &*found;
}

std::string JsonText(const Json& json, const char* key) {
  const Json* member = JsonMember(json, key);
  return member != nullptr && member->is_string() ? member->get<std::string>()
                                                  : "";
}

uint64_t JsonNumber(const Json& json, const char* key) {
  const Json* member = JsonMember(json, key);
  return member != nullptr && member->is_number_unsigned()
             ? member->get<uint64_t>()
             : 0;
}

bool JsonBool(const Json& json, const char* key) {
  const Json* member = JsonMember(json, key);
  return member != nullptr && member->is_boolean() && member->get<bool>();
}

}  // namespace keysift
