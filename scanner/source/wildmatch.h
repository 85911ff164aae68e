// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <string_view>
#include <vector>

namespace keysift {

// One of git's file patterns (gitignore's: *, ?, [a-z], **), compiled.
// Immutable and shared by all threads.
class Wildmatch {
 public:
  // How `/` in a text behaves: kPath as in patterns with a slash (only ** and a
  // literal match it), kName where the text has none.
  enum class Slash { kPath, kName };

  Wildmatch(std::string_view pattern, Slash slash);

  // True if the whole of `text` matches. Time is pattern × text, whatever the
  // pattern: it may come from a hostile repository.
  bool Matches(std::string_view text) const;

 private:
  enum class Kind : uint8_t { kSet, kStar, kStarStar, kFolders };
  using ByteSet = std::bitset<256>;
  struct Token {
    Kind kind = Kind::kSet;
    ByteSet set = {};  // kSet: the bytes that it takes
  };

  // Where in the tokens the text read so far can have led to.
  struct States {
    std::vector<bool> before;  // just before token i
    std::vector<bool> inside;  // within token i, a kFolders
  };

  void Compile(std::string_view pattern, Slash slash);
  size_t CompileStars(std::string_view pattern, size_t at, Slash slash);
  // Returns the offset past the bracket, or npos if it never ends.
  size_t CompileBracket(std::string_view pattern, size_t at, Slash slash);
  // Adds what one place in a bracket stands for to `set`, a range too; as
  // above.
  static size_t CompileItem(std::string_view pattern, size_t at, ByteSet* set);
  void AddByte(uint8_t byte);
  // Adds the places that take no text to get to.
  void SkipEmpty(States* states) const;
  void Step(const States& now, char c, States* next) const;

  std::vector<Token> tokens_;
  bool broken_ = false;  // a pattern that matches nothing, as git has it
};

}  // namespace keysift
