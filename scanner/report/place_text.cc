// SPDX-License-Identifier: Apache-2.0
#include "report/place_text.h"

#include "finding/escape.h"
#include "report/paragraph.h"

namespace keysift {
namespace {

std::string Id(const std::string& id) { return EscapeForTerminal(ShortId(id)); }

// What stands before the line: the file, or what a message belongs to.
std::string Holder(const Location& location) {
  if (location.kind == "commit message") {
    return Concat({"message of commit ", Id(location.commit)});
  }
  if (location.kind == "tag message") {
    return Concat({"message of tag ", Id(location.blob)});
  }
  if (location.kind == "stdin") {
    return "standard input";
  }
  if (location.kind == "file name") {
    return Concat({"file name ", EscapeForTerminal(location.path)});
  }
  if (location.path.empty()) {
    return Concat({"blob ", Id(location.blob)});
  }
  return EscapeForTerminal(location.path);
}

}  // namespace

std::string ShortPlaceText(const Location& location) {
  std::string text = Holder(location);
  if (location.kind == "file name") {
    return text;
  }
  const std::string line = std::to_string(location.line);
  if (!location.member.empty()) {
    text += Concat({", member ", EscapeForTerminal(location.member)});
  }
  if (location.path.empty() || !location.member.empty()) {
    return Concat({text, ", line ", line});
  }
  return Concat({text, ":", line, ":", std::to_string(location.column)});
}

std::string PlaceText(const Location& location) {
  std::string text = ShortPlaceText(location);
  if (!location.decoding.empty()) {
    text += " (decoded:";
    for (const std::string& step : location.decoding) {
      text += Concat({" ", EscapeForTerminal(step)});
    }
    text += ")";
  }
  if (location.kind == "index") {
    return text + " (staged)";
  }
  if (location.kind == "file") {
    return text + " (on disk)";
  }
  if (!location.commit.empty() && location.kind != "commit message") {
    text += Concat({" in commit ", Id(location.commit)});
  }
  return text;
}

const Location& MainLocation(const Finding& finding) {
  for (const Location& location : finding.locations) {
    if (location.kind == "file" || location.kind == "index") {
      return location;
    }
  }
  return finding.locations.front();
}

std::vector<std::string> RepositoryNames(const Finding& finding) {
  std::vector<std::string> names;
  for (const RepositoryHolding& holding : finding.repositories) {
    names.push_back(holding.repository);
  }
  return names;
}

}  // namespace keysift
