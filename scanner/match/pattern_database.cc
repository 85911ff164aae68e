// SPDX-License-Identifier: Apache-2.0
// Compiles all hit forms into one Hyperscan database in block mode.
//
// Problem: the delta scheme carries hits over along copies, which is exact only
// if a hit depends on bounded context: W bytes and one on each side.
//
// Idea: refuse at compile time whatever breaks that. Each expression is parsed
// by our own parser, printed free of flags and compiled with none: SINGLEMATCH,
// SOM_LEFTMOST, PREFILTER, UTF8, UCP, COMBINATION, QUIET, ALLOWEMPTY and the
// extended parameters stay out. \A, \z and ^, $ without (?m) are refused. The
// width comes from hs_expression_info, which leaves context bytes out.
//
// Serialized form: "KSPD" 1 W (4 bytes, little-endian), then Hyperscan's bytes.
// Hyperscan checks its own version, checksum and CPU features on loading.
//
// Image: "KSPI" 1 W, zeros up to 64 bytes, then the database as Hyperscan lays
// it out in memory aligned to 64. It refers to itself by offsets only, so it
// works wherever it lies at that alignment. A scan of one small file spends
// 0.4 ms less on it: no copy, no checksum, no page that no scan looks at.
// Test: tests/match/pattern_database_test.cc.
#include "match/pattern_database.h"

#include <hs/hs.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <optional>
#include <utility>

#include "rule/regex_syntax.h"

namespace keysift {
namespace {

constexpr std::string_view kMagic = "KSPD\x01";
constexpr std::string_view kImageMagic = "KSPI\x01";
constexpr size_t kHeaderSize = 9;

struct Level {
  std::string_view name;
  unsigned long long features;
};

// Hyperscan tells hosts by these flags; AVX-512 implies AVX2.
constexpr std::array<Level, 3> kLevels = {{
    {"sse42", 0},
    {"avx2", HS_CPU_FEATURES_AVX2},
    {"avx512", HS_CPU_FEATURES_AVX2 | HS_CPU_FEATURES_AVX512},
}};

tl::unexpected<Error> Refuse(const std::string& expression,
                             const std::string& why) {
  return Fail(ErrorKind::kUsage, "hit form `" + expression + "`: " + why);
}

// The expression for Hyperscan.
Result<std::string> Prepare(const std::string& expression) {
  Result<Regex> regex = ParseRegex(expression);
  if (!regex) {
    return Refuse(expression, regex.error().ToString());
  }
  if (HasAssertion(regex->root, RegexNode::Assertion::kTextStart)) {
    return Refuse(expression,
                  "needs the file's start, which moves with every edit; write "
                  "(?m)^ for a line's start, or check it in the full form");
  }
  if (HasAssertion(regex->root, RegexNode::Assertion::kTextEnd)) {
    return Refuse(expression,
                  "needs the file's end, which moves with every edit; write "
                  "(?m)$ for a line's end, or check it in the full form");
  }
  return PrintRegex(regex->root, false);
}

// The greatest width of `prepared`, checked against the limits.
Result<uint32_t> WidthOf(const std::string& expression,
                         const std::string& prepared) {
  hs_expr_info_t* info = nullptr;
  hs_compile_error_t* error = nullptr;
  if (hs_expression_info(prepared.c_str(), 0, &info, &error) != HS_SUCCESS) {
    std::string why = error == nullptr ? "not understood" : error->message;
    hs_free_compile_error(error);
    return Refuse(expression, "Hyperscan: " + why);
  }
  hs_expr_info_t widths = *info;
  free(info);
  if (widths.min_width == 0) {
    return Refuse(expression, "may match nothing at all; require some bytes");
  }
  if (widths.max_width > PatternDatabase::kMaxWidth) {
    return Refuse(expression,
                  "may match more than 256 bytes; bound its repetitions, as "
                  "in x{1,16}, and cut its tail");
  }
  return widths.max_width;
}

void PutHeader(std::string_view magic, uint32_t width, std::string* out) {
  *out += magic;
  for (unsigned shift = 0; shift < 32; shift += 8) {
    out->push_back(static_cast<char>(width >> shift & 0xff));
  }
}

// W; 0 if that is no header.
uint32_t WidthIn(std::string_view magic, std::string_view bytes) {
  if (bytes.size() < kHeaderSize || !bytes.starts_with(magic)) {
    return 0;
  }
  uint32_t width = 0;
  for (size_t i = kHeaderSize; i > magic.size(); --i) {
    width = width << 8 | static_cast<uint8_t>(bytes[i - 1]);
  }
  return width;
}

struct Compiled {
  hs_database_t* handle = nullptr;
  uint32_t width = 0;
};

Result<Compiled> CompileFor(const std::vector<PatternSource>& sources,
                            const hs_platform_info_t* platform) {
  std::vector<std::string> prepared;
  std::vector<const char*> expressions;
  std::vector<unsigned> ids;
  Compiled compiled;
  for (const PatternSource& source : sources) {
    Result<std::string> expression = Prepare(source.expression);
    if (!expression) {
      return tl::unexpected(expression.error());
    }
    Result<uint32_t> width = WidthOf(source.expression, *expression);
    if (!width) {
      return tl::unexpected(width.error());
    }
    compiled.width = std::max(compiled.width, *width);
    prepared.push_back(std::move(*expression));
    ids.push_back(source.pattern);
  }
  if (prepared.empty()) {
    return Fail(ErrorKind::kUsage, "no hit forms: there is nothing to find");
  }
  for (const std::string& expression : prepared) {
    expressions.push_back(expression.c_str());
  }
  hs_compile_error_t* error = nullptr;
  hs_error_t status =
      hs_compile_multi(expressions.data(), nullptr, ids.data(),
                       static_cast<unsigned>(expressions.size()), HS_MODE_BLOCK,
                       platform, &compiled.handle, &error);
  if (status == HS_SUCCESS) {
    return compiled;
  }
  std::string why = error == nullptr ? "no reason given" : error->message;
  int index = error == nullptr ? -1 : error->expression;
  hs_free_compile_error(error);
  if (index >= 0 && static_cast<size_t>(index) < sources.size()) {
    return Refuse(sources[static_cast<size_t>(index)].expression,
                  "Hyperscan: " + why);
  }
  return Fail(ErrorKind::kInternal, "Hyperscan cannot compile: " + why);
}

}  // namespace

PatternDatabase::PatternDatabase(PatternDatabase&& other) noexcept
    : owned_(std::exchange(other.owned_, nullptr)),
      handle_(std::exchange(other.handle_, nullptr)),
      width_(other.width_) {}

PatternDatabase& PatternDatabase::operator=(PatternDatabase&& other) noexcept {
  std::swap(owned_, other.owned_);
  std::swap(handle_, other.handle_);
  std::swap(width_, other.width_);
  return *this;
}

PatternDatabase::~PatternDatabase() { hs_free_database(owned_); }

Result<PatternDatabase> PatternDatabase::Compile(
    const std::vector<PatternSource>& sources) {
  Result<Compiled> compiled = CompileFor(sources, nullptr);
  if (!compiled) {
    return tl::unexpected(compiled.error());
  }
  return PatternDatabase(compiled->handle, compiled->width);
}

Result<std::string> PatternDatabase::CompileSerialized(
    const std::vector<PatternSource>& sources, std::string_view cpu_level) {
  for (const Level& level : kLevels) {
    if (level.name != cpu_level) {
      continue;
    }
    hs_platform_info_t platform = {};
    platform.tune = HS_TUNE_FAMILY_GENERIC;
    platform.cpu_features = level.features;
    Result<Compiled> compiled = CompileFor(sources, &platform);
    if (!compiled) {
      return tl::unexpected(compiled.error());
    }
    return PatternDatabase(compiled->handle, compiled->width).Serialize();
  }
  return Fail(ErrorKind::kUsage,
              "no such CPU level: " + std::string(cpu_level) +
                  "; there are sse42, avx2, avx512");
}

Result<PatternDatabase> PatternDatabase::Load(std::string_view bytes) {
  const uint32_t width = WidthIn(kMagic, bytes);
  if (width == 0) {
    return Fail(ErrorKind::kDamaged, "not a pattern database");
  }
  bytes.remove_prefix(kHeaderSize);
  hs_database_t* handle = nullptr;
  hs_error_t status =
      hs_deserialize_database(bytes.data(), bytes.size(), &handle);
  if (status == HS_DB_VERSION_ERROR || status == HS_DB_PLATFORM_ERROR) {
    return Fail(ErrorKind::kUnsupported,
                "the pattern database is of another Hyperscan version or CPU");
  }
  if (status != HS_SUCCESS || width > kMaxWidth) {
    hs_free_database(handle);
    return Fail(ErrorKind::kDamaged, "the pattern database is damaged");
  }
  return PatternDatabase(handle, width);
}

Result<std::string> PatternDatabase::Serialize() const {
  char* bytes = nullptr;
  size_t size = 0;
  if (hs_serialize_database(handle_, &bytes, &size) != HS_SUCCESS) {
    return Fail(ErrorKind::kInternal,
                "Hyperscan cannot serialize the pattern database");
  }
  std::string out;
  PutHeader(kMagic, width_, &out);
  out.append(bytes, size);
  free(bytes);
  return out;
}

Result<std::string> PatternDatabase::ToImage() const {
  const Result<std::string> bytes = Serialize();
  if (!bytes) {
    return bytes;
  }
  const std::string_view body = std::string_view(*bytes).substr(kHeaderSize);
  size_t size = 0;
  hs_error_t status =
      hs_serialized_database_size(body.data(), body.size(), &size);
  const size_t rounded =
      (size + kImageAlignment - 1) / kImageAlignment * kImageAlignment;
  const std::unique_ptr<char, decltype(&free)> memory(
      static_cast<char*>(std::aligned_alloc(kImageAlignment, rounded)), free);
  if (status == HS_SUCCESS && memory != nullptr) {
    std::fill_n(memory.get(), rounded, '\0');
    void* place = memory.get();
    status = hs_deserialize_database_at(body.data(), body.size(),
                                        static_cast<hs_database_t*>(place));
  }
  if (status != HS_SUCCESS || memory == nullptr) {
    return Fail(ErrorKind::kInternal,
                "Hyperscan cannot lay out the pattern database");
  }
  std::string out;
  PutHeader(kImageMagic, width_, &out);
  out.resize(kImageAlignment);
  return out.append(memory.get(), size);
}

Result<PatternDatabase> PatternDatabase::FromImage(std::string_view bytes) {
  const uint32_t width = WidthIn(kImageMagic, bytes);
  if (width == 0 || width > kMaxWidth || bytes.size() <= kImageAlignment) {
    return Fail(ErrorKind::kDamaged, "not an image of a pattern database");
  }
  const void* place = bytes.data() + kImageAlignment;
  const hs_database_t* handle = static_cast<const hs_database_t*>(place);
  size_t size = 0;  // asks for Hyperscan's version on the way
  if (hs_valid_platform() != HS_SUCCESS ||
      hs_database_size(handle, &size) != HS_SUCCESS ||
      size != bytes.size() - kImageAlignment) {
    return Fail(ErrorKind::kUnsupported,
                "the pattern database is of another Hyperscan version or CPU");
  }
  PatternDatabase database(nullptr, width);
  database.handle_ = handle;
  return database;
}

std::string_view PatternDatabase::HostCpuLevel() {
  hs_platform_info_t host = {};
  if (hs_populate_platform(&host) != HS_SUCCESS) {
    return kLevels.front().name;
  }
  std::string_view best = kLevels.front().name;
  for (const Level& level : kLevels) {
    if ((host.cpu_features & level.features) == level.features) {
      best = level.name;
    }
  }
  return best;
}

std::string_view PatternDatabase::EngineVersion() { return hs_version(); }

}  // namespace keysift
