// SPDX-License-Identifier: Apache-2.0
#include "store/ignore_file.h"

#include <algorithm>
#include <array>

#include "finding/fingerprint.h"

namespace keysift {
namespace {

constexpr std::string_view kBlanks = " \t";

// One word of a line: up to a blank, or with a quoted part. Consumes it.
// Nothing if a quote is not closed.
std::optional<std::string> TakeWord(std::string_view* rest) {
  std::string word;
  bool quoted = false;
  size_t i = 0;
  for (; i < rest->size(); ++i) {
    const char c = (*rest)[i];
    if (c == '\\' && quoted && i + 1 < rest->size()) {
      word += (*rest)[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && kBlanks.find(c) != std::string_view::npos) {
      break;
    } else {
      word += c;
    }
  }
  if (quoted) {
    return std::nullopt;
  }
  rest->remove_prefix(i);
  rest->remove_prefix(std::min(rest->find_first_not_of(kBlanks), rest->size()));
  return word;
}

std::string* FieldOf(std::string_view name, IgnoreEntry* entry) {
  if (name == "rule") {
    return &entry->rule;
  }
  if (name == "reason") {
    return &entry->reason;
  }
  if (name == "owner") {
    return &entry->owner;
  }
  return name == "until" ? &entry->until : nullptr;
}

// What is wrong with a line's entry; "" if nothing is. The words of the line
// are not repeated: somebody may have pasted a secret.
std::string ParseEntry(std::string_view line, IgnoreEntry* entry) {
  std::optional<std::string> word = TakeWord(&line);
  if (!word.has_value() || !IsFingerprint(*word)) {
    return "the line does not begin with a fingerprint (ks1- and 32 digits)";
  }
  entry->fingerprint = *word;
  while (!line.empty()) {
    word = TakeWord(&line);
    if (!word.has_value()) {
      return "a quote is not closed";
    }
    const size_t equals = word->find('=');
    std::string* field =
        FieldOf(std::string_view(*word).substr(0, equals), entry);
    if (equals == std::string::npos || field == nullptr) {
      return "a field is none of rule=, reason=, owner=, until=";
    }
    *field = word->substr(equals + 1);
  }
  if (!entry->until.empty() && !IsDate(entry->until)) {
    return "until= is not a date like 2030-12-31";
  }
  return "";
}

void AppendField(const char* name, std::string_view value, std::string* text) {
  if (value.empty()) {
    return;
  }
  *text += ' ';
  *text += name;
  *text += '=';
  const bool quote = value.find_first_of(" \t\"\\") != std::string_view::npos ||
                     name == std::string_view("reason");
  *text += quote ? "\"" : "";
  for (const char c : value) {
    if (c == '"' || c == '\\') {
      *text += '\\';
    }
    *text += static_cast<uint8_t>(c) < ' ' || c == '\x7f' ? ' ' : c;
  }
  *text += quote ? "\"" : "";
}

std::string EntryText(const IgnoreEntry& entry) {
  std::string text = entry.fingerprint;
  AppendField("rule", entry.rule, &text);
  AppendField("reason", entry.reason, &text);
  AppendField("owner", entry.owner, &text);
  AppendField("until", entry.until, &text);
  return text;
}

}  // namespace

bool IsDate(std::string_view date) {
  if (date.size() != 10 || date[4] != '-' || date[7] != '-') {
    return false;
  }
  const auto number = [&date](size_t begin, size_t count) {
    int value = 0;
    for (const char c : date.substr(begin, count)) {
      value = c < '0' || c > '9' ? -10000 : value * 10 + (c - '0');
    }
    return value;
  };
  const int year = number(0, 4), month = number(5, 2), day = number(8, 2);
  if (year < 1 || month < 1 || month > 12) {
    return false;
  }
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30,
                                         31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  const int days =
      kDays[static_cast<size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
  return day >= 1 && day <= days;
}

bool IsExpired(const IgnoreEntry& entry, std::string_view today) {
  return !entry.until.empty() && entry.until < today;
}

Result<IgnoreFile> IgnoreFile::Parse(std::string_view text,
                                     const std::string& where) {
  IgnoreFile file;
  file.where_ = where;
  uint64_t number = 0;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view raw = text.substr(begin, end - begin);
    begin = end + 1;
    ++number;
    if (raw.ends_with('\r')) {
      raw.remove_suffix(1);
    }
    Line line{std::string(raw), std::nullopt};
    const size_t first = raw.find_first_not_of(kBlanks);
    if (first != std::string_view::npos && raw[first] != '#') {
      IgnoreEntry entry;
      entry.line = number;
      const std::string problem = ParseEntry(raw.substr(first), &entry);
      if (!problem.empty()) {
        return Fail(ErrorKind::kUsage, problem,
                    where + ":" + std::to_string(number));
      }
      line.entry = std::move(entry);
    }
    file.lines_.push_back(std::move(line));
  }
  return file;
}

std::vector<IgnoreEntry> IgnoreFile::Entries() const {
  std::vector<IgnoreEntry> entries;
  for (const Line& line : lines_) {
    if (line.entry.has_value()) {
      entries.push_back(*line.entry);
    }
  }
  return entries;
}

size_t IgnoreFile::BlockStart(size_t index) const {
  while (index > 0 && !lines_[index - 1].entry.has_value() &&
         lines_[index - 1].text.find('#') != std::string::npos) {
    --index;
  }
  return index;
}

Result<void> IgnoreFile::Add(IgnoreEntry entry) {
  if (!IsFingerprint(entry.fingerprint)) {
    return Fail(ErrorKind::kUsage,
                "that is no fingerprint: one is ks1- and 32 hex digits, as a "
                "report shows it");
  }
  if (entry.reason.empty()) {
    return Fail(ErrorKind::kUsage, "an ignored finding needs a reason");
  }
  if (!entry.until.empty() && !IsDate(entry.until)) {
    return Fail(ErrorKind::kUsage, "the date is not like 2030-12-31");
  }
  Line line{EntryText(entry), std::move(entry)};
  const std::string& fingerprint = line.entry->fingerprint;
  for (size_t i = 0; i < lines_.size(); ++i) {
    if (!lines_[i].entry.has_value() ||
        lines_[i].entry->fingerprint < fingerprint) {
      continue;
    }
    if (lines_[i].entry->fingerprint == fingerprint) {
      lines_[i] = std::move(line);
    } else {
      // Comments at the top are the file's own heading, not an entry's.
      const size_t block = BlockStart(i);
      lines_.insert(
          lines_.begin() + static_cast<std::ptrdiff_t>(block == 0 ? i : block),
          std::move(line));
    }
    return {};
  }
  lines_.push_back(std::move(line));
  return {};
}

size_t IgnoreFile::Prune(const std::function<bool(const IgnoreEntry&)>& drop) {
  size_t dropped = 0;
  for (size_t i = lines_.size(); i-- > 0;) {
    if (!lines_[i].entry.has_value() || !drop(*lines_[i].entry)) {
      continue;
    }
    const size_t block = BlockStart(i);
    const size_t begin = block == 0 ? i : block;
    lines_.erase(lines_.begin() + static_cast<std::ptrdiff_t>(begin),
                 lines_.begin() + static_cast<std::ptrdiff_t>(i + 1));
    i = begin;
    ++dropped;
  }
  return dropped;
}

std::string IgnoreFile::ToText() const {
  std::string text;
  for (const Line& line : lines_) {
    text += line.text;
    text += '\n';
  }
  return text;
}

}  // namespace keysift
