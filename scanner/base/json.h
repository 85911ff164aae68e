// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace keysift {

using Json = nlohmann::json;

// The value that `text` is as a whole. On failure the error says the byte at
// which it stops being JSON, never what stands there (it may be a secret).
// Throws nothing; the accessors of Json do, so look with these:
Result<Json> ParseJson(std::string_view text, const std::string& where);

// The member `key` of an object, or null: also if `json` is no object.
const Json* JsonMember(const Json& json, const char* key);
// The same where it is a string, a number that is not negative, a boolean;
// else the fallback.
std::string JsonText(const Json& json, const char* key);
uint64_t JsonNumber(const Json& json, const char* key);
bool JsonBool(const Json& json, const char* key);

// `json` as text on one line; strings that are not UTF-8 get U+FFFD in place of
// the bytes that do not fit.
std::string DumpJson(const Json& json);

}  // namespace keysift
