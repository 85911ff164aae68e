// SPDX-License-Identifier: Apache-2.0
#include "cli/hook_settings.h"

#include <cstdlib>
#include <optional>
#include <utility>

#include "cli/numbers.h"

namespace keysift {
namespace {

tl::unexpected<Error> BadValue(const std::string& key, const char* takes) {
  return Fail(ErrorKind::kUsage, key + " takes " + takes, "git config");
}

// "4s", "5m", "500ms", "0" for no limit.
Result<double> ParseDeadline(const std::string& text) {
  if (text == "0") {
    return 0.0;
  }
  if (text.ends_with("ms")) {
    return ParseCount(text.substr(0, text.size() - 2), 1, UINT32_MAX)
        .map([](uint64_t count) { return static_cast<double>(count) / 1000; });
  }
  return ParseDuration(text);
}

Result<void> ReadTimes(const GitSettings& settings, HookSettings* hook) {
  const std::optional<std::string> deadline = settings.Get("keysift.deadline");
  if (deadline) {
    const Result<double> seconds = ParseDeadline(*deadline);
    if (!seconds) {
      return BadValue("keysift.deadline", "a time like 4s, or 0 for none");
    }
    hook->deadline = *seconds;
  }
  const std::string policy =
      settings.Get("keysift.ontimeout").value_or("refuse");
  if (policy != "refuse" && policy != "accept") {
    return BadValue("keysift.onTimeout", "refuse or accept");
  }
  hook->accept_on_timeout = policy == "accept";
  return {};
}

Result<void> ReadScanOptions(const GitSettings& settings, HookSettings* hook) {
  const std::optional<std::string> confidence =
      settings.Get("keysift.minconfidence");
  if (confidence && !ParseConfidence(*confidence, &hook->scan.min_confidence)) {
    return BadValue("keysift.minConfidence", "possible, likely or certain");
  }
  for (const std::string& name : settings.All("keysift.allowgaps")) {
    GapKind kind;
    if (!ParseGapKind(name, &kind)) {
      return BadValue("keysift.allowGaps",
                      "a kind of gap, as reports name them");
    }
    hook->allowed_gaps.push_back(kind);
  }
  for (const std::string& path : settings.All("keysift.baseline")) {
    hook->scan.baselines.push_back(ExpandHome(path));
  }
  hook->repo_config = settings.GetBool("keysift.repoconfig");
  hook->scan.repo_config = hook->repo_config.value_or(true);
  hook->scan.inline_comments =
      hook->scan.repo_config &&
      settings.GetBool("keysift.inlinecomments").value_or(true);
  hook->inline_comments = settings.GetBool("keysift.inlinecomments");
  hook->engine.config = ExpandHome(settings.Get("keysift.config").value_or(""));
  hook->scan.own_configuration = hook->engine.config.empty();
  for (const std::string& path : settings.All("keysift.rules")) {
    hook->engine.files.push_back(ExpandHome(path));
  }
  const char* key = std::getenv("KEYSIFT_FINGERPRINT_KEY");
  hook->scan.fingerprint_key = key == nullptr ? "" : key;
  return {};
}

}  // namespace

Result<HookSettings> ReadHookSettings(const GitSettings& settings) {
  HookSettings hook;
  hook.allow_skip = settings.GetBool("keysift.allowskip").value_or(false);
  hook.skip_log = ExpandHome(settings.Get("keysift.skiplog").value_or(""));
  Result<void> read = ReadTimes(settings, &hook);
  if (read) {
    read = ReadScanOptions(settings, &hook);
  }
  if (!read) {
    return tl::unexpected(std::move(read.error()));
  }
  return hook;
}

}  // namespace keysift
