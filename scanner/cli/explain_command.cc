// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "base/file.h"
#include "cli/command.h"
#include "cli/engine.h"
#include "cli/git_settings.h"
#include "cli/help.h"
#include "cli/numbers.h"
#include "cli/output.h"
#include "finding/escape.h"
#include "finding/fingerprint.h"
#include "finding/redact.h"
#include "match/delta_scan.h"
#include "match/matcher.h"
#include "store/ignore_file.h"
#include "verify/line_index.h"
#include "verify/verifier.h"
#include "verify/written_value.h"

namespace keysift {
namespace {

constexpr uint64_t kMaxFile = 256 << 20;
constexpr uint64_t kMaxIgnoreFile = 16 << 20;

struct Words {
  EngineOptions engine;
  std::string rule;
};

std::vector<Flag> ExplainFlags(Words* words) {
  const char* group = "What to explain";
  return {{"--rule", "ID", group, "only this rule", SetText(&words->rule)},
          {"--config", "FILE", group, "as for scan",
           SetText(&words->engine.config)},
          {"--rules", "FILE|DIR", group, "as for scan",
           AddText(&words->engine.files)}};
}

// A file, and a line of it where one was named.
struct Place {
  std::string path;
  uint64_t line = 0;  // from 1; 0: all
};

Place ParsePlace(const std::string& word) {
  const size_t colon = word.rfind(':');
  if (TypeOfPath(word) != FileType::kNone || colon == std::string::npos) {
    return {word, 0};
  }
  const Result<uint64_t> line =
      ParseCount(word.substr(colon + 1), 1, UINT32_MAX);
  return line ? Place{word.substr(0, colon), *line} : Place{word, 0};
}

// What accepts a finding of this name, from the ignore file nearest to the
// file: "" if nothing does.
std::string IgnoredBy(const std::string& path, const std::string& fingerprint) {
  const size_t slash = path.rfind('/');
  const Result<Repository> repository = Repository::Discover(
      slash == std::string::npos ? "." : path.substr(0, slash + 1));
  if (!repository || repository->is_bare()) {
    return "";
  }
  const Result<std::string> text = ReadFile(
      JoinPath(repository->work_tree(), kIgnoreFileName), kMaxIgnoreFile);
  const Result<IgnoreFile> file =
      IgnoreFile::Parse(text.value_or(""), kIgnoreFileName);
  if (!file) {
    return "";
  }
  for (const IgnoreEntry& entry : file->Entries()) {
    if (entry.fingerprint == fingerprint) {
      return std::string(kIgnoreFileName) + ":" + std::to_string(entry.line) +
             (entry.until.empty() ? "" : ", until " + entry.until);
    }
  }
  return "";
}

class Explanation {
 public:
  Explanation(const Engine& engine, Place place, std::string text)
      : engine_(engine),
        place_(std::move(place)),
        text_(std::move(text)),
        lines_(text_),
        verifier_(&engine.rules(), [](std::string_view) { return false; }) {}

  Result<std::string> Run(int only_rule) {
    Result<Matcher> matcher = Matcher::Create(engine_.patterns());
    if (!matcher) {
      return tl::unexpected(std::move(matcher.error()));
    }
    std::vector<Hit> hits;
    const Result<void> scanned = DeltaScan(&*matcher).ScanWhole(text_, &hits);
    if (!scanned) {
      return tl::unexpected(scanned.error());
    }
    for (const Hit& hit : hits) {
      if (hit.pattern() < engine_.rules().rules.size()) {
        ExplainHit(hit, only_rule);
      }
    }
    ExplainWhole(only_rule);
    if (out_.empty()) {
      out_ = place_.path +
             (place_.line == 0 ? std::string()
                               : ":" + std::to_string(place_.line)) +
             ": no candidate: no rule's pattern matches here\n";
    }
    return EscapeLines(out_);
  }

 private:
  static std::string EscapeLines(const std::string& text) {
    std::string out;
    for (size_t begin = 0; begin < text.size();) {
      const size_t end = std::min(text.find('\n', begin), text.size());
      out += EscapeForTerminal(text.substr(begin, end - begin)) + "\n";
      begin = end + 1;
    }
    return out;
  }

  bool Wanted(uint64_t first, uint64_t last) const {
    return place_.line == 0 || (first <= place_.line && place_.line <= last);
  }

  uint64_t LineOf(uint64_t offset) const {
    return lines_.PlaceOf(offset).line + 1;
  }

  void ExplainHit(const Hit& hit, int only_rule) {
    Trace trace;
    const LocalVerdict verdict = verifier_.VerifyLocally(text_, hit, &trace);
    if (verdict.accepted) {
      accepted_.push_back(verdict);
    }
    const uint64_t end = hit.end() > 0 ? hit.end() - 1 : 0;
    const uint64_t line = LineOf(verdict.accepted ? verdict.secret.begin : end);
    const Rule& rule = engine_.rules().rules[hit.pattern()];
    const bool is_other =
        only_rule >= 0 && static_cast<uint32_t>(only_rule) != hit.pattern();
    if (is_other || !(Wanted(line, line) || Wanted(LineOf(end), LineOf(end)))) {
      return;
    }
    std::string text = place_.path + ":" + std::to_string(line) + "  " +
                       rule.id + " (" + rule.origin + ")\n";
    text += "  candidate: the rule's pattern hits\n";
    for (const std::string& step : trace) {
      text += "  " + step + "\n";
    }
    text += verdict.accepted ? "  accepted by itself\n" : "  dropped\n";
    if (told_.insert(text).second) {
      out_ += text;
    }
  }

  // What the verdicts of the whole text mean together.
  void ExplainWhole(int only_rule) {
    Trace trace;
    std::vector<Detection> detections;
    uint64_t allowed = 0;
    verifier_.Conclude(text_, accepted_, &detections, &allowed, &trace);
    if (!trace.empty() && !out_.empty()) {
      out_ += "together\n";
      for (const std::string& step : trace) {
        out_ += "  " + step + "\n";
      }
    }
    for (const Detection& detection : detections) {
      const bool is_other =
          only_rule >= 0 && static_cast<uint32_t>(only_rule) != detection.rule;
      if (!is_other && Wanted(LineOf(detection.secret.begin),
                              LineOf(detection.secret.end))) {
        ExplainFinding(detection);
      }
    }
  }

  void ExplainFinding(const Detection& detection) {
    std::string encoding;
    const std::string secret = SecretOf(text_, detection, &encoding);
    const Rule& rule = engine_.rules().rules[detection.rule];
    const PlaceVerdict place =
        verifier_.Judge(detection, secret, place_.path, "");
    const std::string name = Fingerprinter("").Of(rule.id, secret);
    out_ += place_.path + ":" + std::to_string(LineOf(detection.secret.begin)) +
            "  " + rule.id + ", " + Redact(secret) + "\n";
    if (!encoding.empty()) {
      out_ += "  decoded: " + encoding + "\n";
    }
    for (const std::string& reason :
         verifier_.Describe(text_, detection, place_.path).reasons) {
      out_ += "  because: " + reason + "\n";
    }
    out_ += std::string("  confidence: ") +
            ConfidenceName(detection.confidence) + "\n";
    if (!place.keep) {
      out_ += "  dropped here by " + place.dropped_by + "\n";
      return;
    }
    const std::string ignored = IgnoredBy(place_.path, name);
    out_ += "  severity: " + std::string(SeverityName(place.severity)) + "\n";
    out_ += "  fingerprint: " + name + "\n";
    if (!ignored.empty()) {
      out_ += "  ignored by " + ignored + "\n";
    } else if (detection.confidence < Confidence::kLikely) {
      out_ += "  left out unless --min-confidence possible\n";
    } else {
      out_ += "  reported\n";
    }
  }

  const Engine& engine_;
  const Place place_;
  const std::string text_;
  const LineIndex lines_;
  const Verifier verifier_;
  std::vector<LocalVerdict> accepted_;
  std::set<std::string> told_;
  std::string out_;
};

Result<std::string> Answer(const std::vector<std::string>& said) {
  Words words;
  const Result<ParsedWords> parsed = ParseFlags(ExplainFlags(&words), said);
  if (!parsed) {
    return tl::unexpected(parsed.error());
  }
  if (parsed->help) {
    return CommandHelp(kExplainCommand);
  }
  if (parsed->positionals.size() != 1) {
    return Fail(ErrorKind::kUsage, "explain takes FILE or FILE:LINE");
  }
  const Result<std::unique_ptr<Engine>> engine = Engine::Load(words.engine);
  if (!engine) {
    return tl::unexpected(engine.error());
  }
  const int rule =
      words.rule.empty() ? -1 : (*engine)->rules().Find(words.rule);
  if (!words.rule.empty() && rule < 0) {
    return Fail(ErrorKind::kUsage,
                "no rule " + words.rule + "; `keysift rules list` shows all");
  }
  Place place = ParsePlace(parsed->positionals[0]);
  Result<std::string> text = ReadFile(place.path, kMaxFile);
  if (!text) {
    return text;
  }
  return Explanation(**engine, std::move(place), std::move(*text)).Run(rule);
}

int RunExplain(const std::vector<std::string>& words) {
  return PrintAnswer(Answer(words));
}

std::vector<Flag> ListFlags() {
  static Words words;
  return ExplainFlags(&words);
}

}  // namespace

const Command kExplainCommand = {
    "explain",
    "FILE[:LINE] [--rule ID]",
    "every step for a line: what matched, what was checked, what dropped it",
    "  keysift explain src/config.py:12\n"
    "  keysift explain src/config.py --rule github-personal-access-token\n",
    ListFlags,
    RunExplain,
};

}  // namespace keysift
