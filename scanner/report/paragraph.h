// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace keysift {

// The widest line of a text report, in characters.
inline constexpr size_t kTextWidth = 80;

// `text` (escaped already) broken into lines at spaces: the first line begins
// with `head`, the others with as many spaces, each ends in '\n'. A word that
// is wider than the line stands alone.
std::string Paragraph(std::string_view head, std::string_view text);

// All of `parts`, one after the other.
std::string Concat(std::initializer_list<std::string_view> parts);

// The first characters of `text` that fit into `bytes`.
std::string Clipped(std::string_view text, size_t bytes);

// "1,234,567".
std::string WithCommas(uint64_t number);
// "2 findings", "1 finding".
std::string Count(uint64_t number, std::string_view one, std::string_view many);
// "512 bytes", "1.5 MB": powers of 1,000.
std::string Size(uint64_t bytes);

// The steps of a remediation: its lines; or, of one line, its sentences that
// begin with "1. ", "2. " …; their numbers, "-" and "*" taken off.
std::vector<std::string> Steps(std::string_view remediation);

// The first 12 digits of an object's id.
std::string_view ShortId(std::string_view id);

}  // namespace keysift
