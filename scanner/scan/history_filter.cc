// SPDX-License-Identifier: Apache-2.0
#include "scan/history_filter.h"

#include <algorithm>

#include "source/wildmatch.h"

namespace keysift {

HistoryFilter::HistoryFilter(const ScanRequest& request,
                             const HistoryScan& history)
    : history_(history), since_(request.since), until_(request.until) {
  if (!request.ref_globs.empty()) {
    std::vector<uint32_t> tips;
    for (const RefTip& tip : history.tips()) {
      for (const std::string& glob : request.ref_globs) {
        if (MatchesRef(glob, tip.name)) {
          tips.push_back(tip.commit);
        }
      }
    }
    wanted_ = history.commits().ReachableFrom(tips);
  } else if (!request.with_unreachable) {
    for (uint32_t i = 0; i < history.commits().nodes().size(); ++i) {
      wanted_.push_back(history.provenance().IsReachableCommit(i));
    }
  } else {
    all_ = since_ == INT64_MIN && until_ == INT64_MAX;
  }
}

bool HistoryFilter::Keeps(const std::vector<uint32_t>& introductions) const {
  return all_ || std::any_of(introductions.begin(), introductions.end(),
                             [this](uint32_t commit) {
                               const int64_t time =
                                   history_.commits().nodes()[commit].time;
                               return since_ <= time && time <= until_ &&
                                      (wanted_.empty() || wanted_[commit]);
                             });
}

bool MatchesRef(const std::string& glob, const std::string& name) {
  const Wildmatch pattern(glob, Wildmatch::Slash::kPath);
  if (pattern.Matches(name)) {
    return true;
  }
  for (const char* prefix :
       {"refs/heads/", "refs/tags/", "refs/remotes/", "refs/"}) {
    if (name.starts_with(prefix) &&
        pattern.Matches(name.substr(std::string_view(prefix).size()))) {
      return true;
    }
  }
  return false;
}

Result<void> CheckRefGlobs(const std::vector<std::string>& globs,
                           const RefList& refs) {
  for (const std::string& glob : globs) {
    if (std::none_of(
            refs.refs().begin(), refs.refs().end(),
            [&](const Ref& ref) { return MatchesRef(glob, ref.name); })) {
      return Fail(ErrorKind::kUsage, "--refs: no ref matches \"" + glob + "\"");
    }
  }
  return {};
}

}  // namespace keysift
