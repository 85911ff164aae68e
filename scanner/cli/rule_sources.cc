// SPDX-License-Identifier: Apache-2.0
#include "cli/rule_sources.h"

#include <utility>

#include "base/file.h"
#include "rule/rule_file.h"

namespace keysift {
namespace {

constexpr uint64_t kLargestFile = 16 << 20;

Result<std::vector<std::string>> FilesOf(const std::string& path) {
  if (TypeOfPath(path) != FileType::kDirectory) {
    return std::vector<std::string>{path};
  }
  Result<std::vector<DirectoryEntry>> entries = ListDirectory(path);
  if (!entries) {
    return tl::unexpected<Error>(entries.error());
  }
  std::vector<std::string> files;
  for (const DirectoryEntry& entry : *entries) {
    if (entry.type == FileType::kFile && entry.name.ends_with(".toml")) {
      files.push_back(JoinPath(path, entry.name));
    }
  }
  if (files.empty()) {
    return Fail(ErrorKind::kUsage, "holds no *.toml", path);
  }
  return files;
}

}  // namespace

Result<NamedText> ReadRuleText(const std::string& path) {
  return ReadFile(path, kLargestFile).map([&](std::string text) {
    return NamedText{path, std::move(text)};
  });
}

Result<std::vector<NamedText>> ReadRuleTexts(
    const std::vector<std::string>& paths) {
  std::vector<NamedText> texts;
  for (const std::string& path : paths) {
    const Result<std::vector<std::string>> files = FilesOf(path);
    if (!files) {
      return tl::unexpected<Error>(files.error());
    }
    for (const std::string& file : *files) {
      Result<NamedText> text = ReadRuleText(file);
      if (!text) {
        return tl::unexpected<Error>(text.error());
      }
      texts.push_back(std::move(*text));
    }
  }
  return texts;
}

Result<LoadedRules> AddRuleTexts(const RuleSet& base,
                                 const std::vector<NamedText>& texts,
                                 std::vector<Error>* all) {
  std::vector<RuleFile> files;
  for (const NamedText& text : texts) {
    files.push_back(ParseRuleFile(text.text, text.name, DialectOf(text.name)));
    const ExtendClause& extend = files.back().extend;
    if (!extend.where.empty()) {
      files.back().problems.warnings.push_back(
          {ErrorKind::kUsage,
           "`extend` counts in a configuration only (--config); rule files add",
           extend.where});
    }
  }
  return MergeRuleFiles(base, std::move(files), all);
}

Result<LoadedRules> LoadConfigurationFile(const std::string& path,
                                          const RuleSet& defaults) {
  const Result<NamedText> text = ReadRuleText(path);
  if (!text) {
    return tl::unexpected<Error>(text.error());
  }
  return LoadConfigurationText(*text, defaults);
}

Result<LoadedRules> LoadConfigurationText(const NamedText& text,
                                          const RuleSet& defaults,
                                          std::vector<Error>* all) {
  const ReadText read = [](const std::string& next) -> Result<std::string> {
    return ReadFile(next, kLargestFile);
  };
  return LoadConfiguration(text, DialectOf(text.name), defaults, read, all);
}

std::string ConfigurationIn(const std::string& folder) {
  for (const char* name : {".keysift.toml", ".gitleaks.toml"}) {
    const std::string path = JoinPath(folder, name);
    if (TypeOfPath(path) == FileType::kFile) {
      return path;
    }
  }
  return "";
}

}  // namespace keysift
