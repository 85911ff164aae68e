// SPDX-License-Identifier: Apache-2.0
// keysift-compile-rules OUTDIR FILE...: reads rule files, checks them and
// writes what the program links in: the rules, their examples, a pattern
// database per CPU level that pays, and builtin_rules.S that includes them. A
// tool of the build: it prints mistakes as compilers do and fails.
#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "match/pattern_database.h"
#include "match/triggers.h"
#include "rule/lint.h"
#include "rule/rule_codec.h"
#include "rule/rule_file.h"
#include "rule/rule_set.h"

namespace keysift {
namespace {

// Only what measurably pays: with 362 rules of short hit forms "avx2" and
// "avx512" scan the blobs of curl and redis no faster (within 1 %), since
// Hyperscan picks its code for the CPU at run time whatever the level.
constexpr std::array<const char*, 1> kLevels = {"sse42"};

struct Blob {
  std::string name;
  std::string bytes;
};

Result<std::string> ReadAll(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file),
                   std::istreambuf_iterator<char>()};
  if (!file) {
    return Fail(ErrorKind::kIo, "cannot read", path);
  }
  return text;
}

Result<void> WriteAll(const std::string& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary);
  file << bytes;
  file.close();
  if (!file) {
    return Fail(ErrorKind::kIo, "cannot write", path);
  }
  return {};
}

// "rules/aws.toml" from the full path, so that builds are alike everywhere.
std::string ShortName(const std::string& path) {
  return "rules/" + path.substr(path.rfind('/') + 1);
}

Result<std::vector<Blob>> MakeBlobs(const RuleSet& rules) {
  std::vector<Blob> blobs;
  blobs.push_back(Blob{"rules", EncodeRules(rules)});
  blobs.push_back(Blob{"examples", EncodeExamples(rules)});
  for (const char* level : kLevels) {
    Result<std::string> database =
        PatternDatabase::CompileSerialized(PatternSources(rules), level);
    Result<std::string> image = database
                                    ? PatternDatabase::Load(*database).and_then(
                                          [](const PatternDatabase& patterns) {
                                            return patterns.ToImage();
                                          })
                                    : std::move(database);
    if (!image) {
      return tl::unexpected(image.error());
    }
    blobs.push_back(Blob{std::string("patterns_") + level, std::move(*image)});
  }
  return blobs;
}

Result<void> WriteBlobs(const std::string& folder,
                        const std::vector<Blob>& blobs) {
  std::string assembly = ".section .rodata\n";
  for (const Blob& blob : blobs) {
    std::string path = folder + "/builtin_" + blob.name + ".bin";
    Result<void> written = WriteAll(path, blob.bytes);
    if (!written) {
      return written;
    }
    std::string symbol = "keysift_" + blob.name;
    assembly += ".balign 64\n.global " + symbol + "_begin\n.global " + symbol +
                "_end\n" + symbol + "_begin:\n.incbin \"builtin_" + blob.name +
                ".bin\"\n" + symbol + "_end:\n";
  }
  assembly += ".section .note.GNU-stack,\"\",%progbits\n";
  return WriteAll(folder + "/builtin_rules.S", assembly);
}

// How many mistakes there are; all are printed.
size_t Print(const char* kind, const std::vector<Error>& errors) {
  for (const Error& error : errors) {
    fprintf(stderr, "%s: %s: %s\n", error.where.c_str(), kind,
            error.message.c_str());
  }
  return errors.size();
}

Result<size_t> Run(const std::string& folder,
                   const std::vector<std::string>& paths) {
  std::vector<RuleFile> files;
  size_t mistakes = 0;
  for (const std::string& path : paths) {
    Result<std::string> text = ReadAll(path);
    if (!text) {
      return tl::unexpected(text.error());
    }
    RuleFile file =
        ParseRuleFile(*text, ShortName(path), RuleDialect::kKeysift);
    Problems problems = LintRuleFile(file, nullptr);
    Print("warning", problems.warnings);
    mistakes += Print("error", problems.errors);
    files.push_back(std::move(file));
  }
  if (mistakes > 0) {
    return mistakes;
  }
  Result<LoadedRules> loaded = MergeRuleFiles(RuleSet(), std::move(files));
  if (!loaded) {
    return tl::unexpected(loaded.error());
  }
  Result<std::vector<Blob>> blobs = MakeBlobs(loaded->rules);
  if (!blobs) {
    return tl::unexpected(blobs.error());
  }
  Result<void> written = WriteBlobs(folder, *blobs);
  if (!written) {
    return tl::unexpected(written.error());
  }
  return size_t{0};
}

}  // namespace
}  // namespace keysift

int main(int argc, char** argv) {
  if (argc < 3) {
    fprintf(stderr, "usage: keysift-compile-rules OUTDIR FILE...\n");
    return 2;
  }
  keysift::Result<size_t> mistakes =
      keysift::Run(argv[1], std::vector<std::string>(argv + 2, argv + argc));
  if (!mistakes) {
    keysift::Print("error", {mistakes.error()});
    return 1;
  }
  return *mistakes == 0 ? 0 : 1;
}
