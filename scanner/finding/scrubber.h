// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace keysift {

// Finds secrets of a scan in strings where nobody expects them (a path, a
// commit's summary, another finding's line) and masks them. Built once from all
// secrets that the scan found; immutable after that and shared by threads. It
// keeps the secrets in full: it goes into no report.
class Scrubber {
 public:
  // Shorter secrets are not sought in other strings: they would blot out
  // ordinary words everywhere.
  static constexpr size_t kShortest = 6;
  // Of a secret that a text's edge cuts, this much must be there.
  static constexpr size_t kShortestPart = 8;

  Scrubber() = default;
  // Takes copies. A secret of several lines counts as its lines, those under
  // 16 bytes and PEM's BEGIN and END left out.
  explicit Scrubber(const std::vector<std::string_view>& secrets);

  // `text` with every occurrence of a secret masked as Redact would; secrets
  // that overlap become one mask that shows nothing. A secret that the start
  // or the end of the text cuts is masked too.
  std::string Scrub(std::string_view text) const;

  // The same for a path or the name of a ref, where secrets that are plain
  // words stay: a password that is the project's name would blot out half of
  // all paths, and a word in a path says nothing of a password.
  std::string ScrubName(std::string_view text) const;

  // Whether Scrub would change `text`.
  bool Holds(std::string_view text) const;

 private:
  struct Mark {
    size_t begin;
    size_t end;
    bool whole;  // exactly one secret from end to end
  };

  void AddOne(std::string_view secret);
  static std::string Mask(std::string_view text,
                          const std::vector<Mark>& marks);
  std::vector<Mark> Find(std::string_view text) const;
  void FindAt(std::string_view text, size_t at, std::vector<Mark>* marks) const;

  std::vector<std::string> secrets_;
  // By the first and by the last kShortest bytes.
  std::unordered_map<uint64_t, std::vector<uint32_t>> by_head_;
  std::unordered_map<uint64_t, std::vector<uint32_t>> by_tail_;
  // One bit per hash of the keys of both maps: most places need no look-up.
  std::vector<bool> filter_;
};

}  // namespace keysift
