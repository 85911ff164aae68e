// SPDX-License-Identifier: Apache-2.0
#include "match/rule_cache.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "base/sha.h"
#include "match/triggers.h"

namespace keysift {
namespace {

// 400 rules take about 2 MB.
constexpr off_t kMaxCacheSize = off_t{1} << 28;
constexpr size_t kChecksumSize = 64;

// Everything that the compiled bytes depend on.
std::string CacheKey(const std::vector<PatternSource>& sources) {
  std::string content = "keysift patterns 1\n";
  content += PatternDatabase::EngineVersion();
  content += '\n';
  content += PatternDatabase::HostCpuLevel();
  for (const PatternSource& source : sources) {
    content += '\n';
    content += std::to_string(source.pattern);
    content += ' ';
    content += std::to_string(source.expression.size());
    content += ' ';
    content += source.expression;
  }
  return Sha256Hex(content);
}

// A whole file that belongs to us and that nobody else may write: its bytes
// are trusted by Hyperscan. "" for anything else.
std::string ReadOwnFile(const std::string& path) {
  int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (file < 0) {
    return "";
  }
  std::string bytes;
  struct stat status = {};
  if (fstat(file, &status) == 0 && S_ISREG(status.st_mode) &&
      status.st_uid == geteuid() && (status.st_mode & 022) == 0 &&
      status.st_size <= kMaxCacheSize) {
    bytes.resize(static_cast<size_t>(status.st_size));
    size_t have = 0;
    ssize_t got = 1;
    while (have < bytes.size() && got > 0) {
      got = read(file, bytes.data() + have, bytes.size() - have);
      have += got > 0 ? static_cast<size_t>(got) : 0;
    }
    bytes.resize(have);
  }
  close(file);
  return bytes;
}

// A SHA-256 in hex, then what it is of.
std::string_view Verified(std::string_view bytes) {
  if (bytes.size() < kChecksumSize) {
    return {};
  }
  std::string_view content = bytes.substr(kChecksumSize);
  return Sha256Hex(content) == bytes.substr(0, kChecksumSize)
             ? content
             : std::string_view();
}

void MakeFolders(const std::string& path) {
  for (size_t slash = path.find('/', 1); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    mkdir(path.substr(0, slash).c_str(), 0700);
  }
  mkdir(path.c_str(), 0700);
}

// Best effort: a cache that cannot be written is left out.
void WriteAtomically(const std::string& folder, const std::string& path,
                     const std::string& bytes) {
  MakeFolders(folder);
  std::string temporary = path + ".XXXXXX";
  int file = mkstemp(temporary.data());  // mode 0600
  if (file < 0) {
    return;
  }
  size_t done = 0;
  ssize_t wrote = 1;
  while (done < bytes.size() && wrote > 0) {
    wrote = write(file, bytes.data() + done, bytes.size() - done);
    done += wrote > 0 ? static_cast<size_t>(wrote) : 0;
  }
  bool good = close(file) == 0 && done == bytes.size() &&
              rename(temporary.c_str(), path.c_str()) == 0;
  if (!good) {
    unlink(temporary.c_str());
  }
}

}  // namespace

Result<PatternDatabase> CompileRules(const RuleSet& rules,
                                     const std::string& cache_dir,
                                     bool* from_cache) {
  std::vector<PatternSource> sources = PatternSources(rules);
  *from_cache = false;
  if (cache_dir.empty()) {
    return PatternDatabase::Compile(sources);
  }
  std::string path = cache_dir + "/patterns-" + CacheKey(sources);
  std::string cached = ReadOwnFile(path);
  std::string_view content = Verified(cached);
  if (!content.empty()) {
    Result<PatternDatabase> loaded = PatternDatabase::Load(content);
    if (loaded) {
      *from_cache = true;
      return loaded;
    }
  }
  Result<PatternDatabase> compiled = PatternDatabase::Compile(sources);
  if (compiled) {
    Result<std::string> bytes = compiled->Serialize();
    if (bytes) {
      WriteAtomically(cache_dir, path, Sha256Hex(*bytes) + *bytes);
    }
  }
  return compiled;
}

std::string DefaultCacheDirectory() {
  const char* cache = getenv("XDG_CACHE_HOME");
  if (cache != nullptr && cache[0] == '/') {
    return std::string(cache) + "/keysift";
  }
  const char* home = getenv("HOME");
  if (home != nullptr && home[0] == '/') {
    return std::string(home) + "/.cache/keysift";
  }
  return "";
}

}  // namespace keysift
