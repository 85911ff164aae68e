// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

namespace keysift {

// The text of the file at `path` ("" if there is none). With
// KEYSIFT_UPDATE_GOLDEN set in the environment, `actual` is written there
// first.
inline std::string Golden(const std::string& path, const std::string& actual) {
  if (std::getenv("KEYSIFT_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << actual;
  }
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// `text` with every `from` replaced.
inline std::string Replaced(std::string text, const std::string& from,
                            const std::string& to) {
  for (size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

}  // namespace keysift
