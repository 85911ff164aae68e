// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace keysift {

// How many single edits (insert, drop, replace, swap neighbours) make `b` of
// `a`.
size_t EditDistance(std::string_view a, std::string_view b);

// The word of `words` that a person who typed `word` most likely meant, or ""
// if none is near: at most a third of its letters wrong, or a word that `word`
// begins.
std::string Nearest(std::string_view word,
                    const std::vector<std::string>& words);

}  // namespace keysift
