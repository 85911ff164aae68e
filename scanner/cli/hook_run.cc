// SPDX-License-Identifier: Apache-2.0
//
// What each hook looks at:
//   pre-commit, pre-merge-commit   the index against HEAD
//   pre-push                       what the remote has not: every pushed ref
//                                  without the remote's old value, if that is
//                                  here, and without the remote's tracking
//                                  refs
//   pre-receive, update            every new value without the refs that the
//                                  repository has (in quarantine: nothing of
//                                  the push is among them yet)
// Ignore files count as they stand on disk for a commit, and at the start of
// what is pushed for a push: what somebody pushes cannot hide what it brings.
// For the same reason allow comments in the content count on one's own side
// only, unless the server's administrator says otherwise.
#include "cli/hook_run.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "base/file.h"
#include "cli/engine.h"
#include "cli/fatal.h"
#include "cli/hook_advice.h"
#include "cli/hook_settings.h"
#include "cli/interrupt.h"
#include "cli/join_reports.h"
#include "cli/numbers.h"
#include "cli/push_skip.h"
#include "cli/terminal.h"
#include "finding/escape.h"
#include "finding/exit_code.h"
#include "git/head.h"
#include "git/object_lookup.h"
#include "git/refs.h"
#include "report/format.h"
#include "report/summary.h"
#include "report/writers.h"
#include "scan/deadline.h"
#include "scan/range_scan.h"
#include "scan/scan.h"
#include "source/ref_update.h"

namespace keysift {
namespace {

ScanProgress the_progress;

int Refuse(const Error& error) {
  Say(error.ToString());
  return kExitError;
}

std::string Variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

Result<std::string> ReadInput() {
  std::string input;
  char piece[64 << 10];
  for (;;) {
    const ssize_t got = read(STDIN_FILENO, piece, sizeof piece);
    if (got == 0) {
      return input;
    }
    if (got < 0 && errno != EINTR) {
      return tl::unexpected(SystemError("read", "standard input", errno));
    }
    input.append(piece, got < 0 ? 0 : static_cast<size_t>(got));
  }
}

// What every hook needs at hand.
class Hook {
 public:
  static Result<std::unique_ptr<Hook>> Open();

  int RunStaged();
  int RunRange(const std::string& from, const std::string& to);
  int RunPush(const std::string& remote, std::vector<RefUpdate> updates);
  int RunReceive(const std::vector<RefUpdate>& updates);

 private:
  Hook() = default;

  int ScanUpdates(const std::vector<RefUpdate>& updates,
                  std::vector<ObjectId> known, bool at_server);
  Result<void> ScanUpdate(const RefUpdate& update,
                          const std::vector<ObjectId>& known, bool at_server,
                          ScanReport* report);
  int Report(const ScanReport& report, const std::string& advice,
             const char* refused);
  std::vector<ObjectId> RefIds(
      const std::function<bool(const Ref&)>& wanted) const;

  Repository repository_;
  HookSettings settings_;
  std::unique_ptr<Engine> engine_;
};

Result<std::unique_ptr<Hook>> Hook::Open() {
  std::unique_ptr<Hook> hook(new Hook);
  Result<Repository> repository =
      Repository::FromEnvironment(GitEnvironment::FromProcess(), "");
  if (!repository) {
    return tl::unexpected(std::move(repository.error()));
  }
  hook->repository_ = std::move(*repository);
  const Result<GitSettings> git = GitSettings::Read(&hook->repository_);
  if (!git) {
    return tl::unexpected(git.error());
  }
  Result<HookSettings> settings = ReadHookSettings(*git);
  if (!settings) {
    return tl::unexpected(std::move(settings.error()));
  }
  hook->settings_ = std::move(*settings);
  Result<std::unique_ptr<Engine>> engine = Engine::Load(hook->settings_.engine);
  if (!engine) {
    return tl::unexpected(std::move(engine.error()));
  }
  hook->engine_ = std::move(*engine);
  HandleInterrupts(&the_progress.cancelled);
  return hook;
}

int Hook::Report(const ScanReport& report, const std::string& advice,
                 const char* refused) {
  const int code = ExitCode(report, settings_.allowed_gaps);
  if (report.findings.empty() && code == kExitClean) {
    if (!report.suppressed.empty() || !report.notes.empty()) {
      WriteAll(STDERR_FILENO, SummaryText(report, ReportOptions()));
    }
    return code;
  }
  ReportOptions options;
  options.color = UseColor(When::kAuto, STDERR_FILENO);
  options.exit_code = code;
  options.allowed_gaps = settings_.allowed_gaps;
  std::string text;
  WriteTextReport(report, options, &text);
  text += SummaryText(report, options) + advice;
  WriteAll(STDERR_FILENO, text);
  Say(refused);
  return code;
}

// git commit, or the pre-commit framework in its place.
int Hook::RunStaged() {
  ScanRequest request;
  request.scope = ScanRequest::Scope::kStaged;
  Result<ScanReport> report =
      Scan(request, settings_.scan, engine_->ForScan(), &the_progress);
  // `pre-commit run --all-files`: no commit is under way and nothing is
  // staged, so everything is asked for.
  const bool no_commit =
      !Variable("PRE_COMMIT").empty() && Variable("GIT_INDEX_FILE").empty();
  if (report && no_commit && report->coverage.objects_total == 0) {
    request.whole_index = true;
    report = Scan(request, settings_.scan, engine_->ForScan(), &the_progress);
  }
  if (!report) {
    return Refuse(report.error());
  }
  return Report(*report, CommitAdvice(*report), "the commit was refused");
}

int Hook::RunRange(const std::string& from, const std::string& to) {
  ScanRequest request;
  request.scope = ScanRequest::Scope::kRange;
  request.range = {from + ".." + to};
  const Result<ScanReport> report =
      Scan(request, settings_.scan, engine_->ForScan(), &the_progress);
  if (!report) {
    return Refuse(report.error());
  }
  return Report(*report, RewriteAdvice(repository_, *report),
                "the range was refused");
}

std::vector<ObjectId> Hook::RefIds(
    const std::function<bool(const Ref&)>& wanted) const {
  std::vector<ObjectId> ids;
  const RefList refs = RefList::Read(repository_);
  for (const Ref& ref : refs.refs()) {
    if (!ref.is_dangling() && ref.name.starts_with("refs/") && wanted(ref)) {
      ids.push_back(ref.id);
    }
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

int Hook::RunPush(const std::string& remote, std::vector<RefUpdate> updates) {
  // A remote given as a URL has no tracking refs: then those of all others
  // tell nothing of it, and everything is looked at.
  const std::string tracking = "refs/remotes/" + remote + "/";
  std::vector<ObjectId> known =
      RefIds([&](const Ref& ref) { return ref.name.starts_with(tracking); });
  ObjectLookup objects(repository_);
  for (RefUpdate& update : updates) {
    if (update.from && !objects.Has(*update.from)) {
      update.from.reset();
    }
    if (update.from) {
      known.push_back(*update.from);
    }
  }
  return ScanUpdates(updates, std::move(known), false);
}

int Hook::RunReceive(const std::vector<RefUpdate>& updates) {
  const std::optional<std::string> reason = SkipReason();
  if (reason && settings_.allow_skip && !reason->empty()) {
    std::string what = "push to";
    for (const RefUpdate& update : updates) {
      what += " " + update.ref + "=" +
              (update.to ? update.to->ToHex() : std::string("deleted"));
    }
    const Result<void> logged = LogSkip(repository_, settings_, *reason, what);
    if (!logged) {
      return Refuse(logged.error());
    }
    Say("nothing was scanned, as you asked by keysift.skip; this was logged");
    return kExitClean;
  }
  if (reason) {
    Say(settings_.allow_skip
            ? "keysift.skip needs a reason: -o keysift.skip=REASON"
            : "keysift.skip has no effect here: the server does not allow it "
              "(git config keysift.allowSkip)");
  }
  // Who pushes does not decide what counts here.
  settings_.scan.inline_comments = settings_.inline_comments.value_or(false);
  settings_.scan.own_configuration =
      settings_.scan.own_configuration && settings_.repo_config.value_or(false);
  std::vector<ObjectId> known = RefIds([](const Ref&) { return true; });
  for (const RefUpdate& update : updates) {
    // In `update`, and where hooks run late, the ref may be there already.
    if (update.from) {
      known.push_back(*update.from);
    }
  }
  return ScanUpdates(updates, std::move(known), true);
}

Result<void> Hook::ScanUpdate(const RefUpdate& update,
                              const std::vector<ObjectId>& known,
                              bool at_server, ScanReport* report) {
  RangeEnds ends;
  ends.include = {*update.to};
  ends.exclude = known;
  ends.start = update.from;
  if (!ends.start && at_server) {
    const Result<std::optional<ObjectId>> head = ReadHead(repository_);
    ends.start = head ? *head : std::nullopt;
    ends.only_start = true;
  }
  return ScanRange(repository_, ends, settings_.scan, engine_->ForScan(),
                   &the_progress, report);
}

int Hook::ScanUpdates(const std::vector<RefUpdate>& updates,
                      std::vector<ObjectId> known, bool at_server) {
  const Deadline deadline(at_server ? settings_.deadline : 0,
                          &the_progress.cancelled);
  ScanReport report;
  for (const RefUpdate& update : updates) {
    if (!update.to || the_progress.cancelled) {
      continue;  // a deletion brings nothing
    }
    ScanReport one;
    one.target = {"range", repository_.git_dir(), "", "", update.ref};
    one.rules_hash = engine_->rules().hash;
    const Result<void> scanned = ScanUpdate(update, known, at_server, &one);
    if (!scanned) {
      Error error = scanned.error();
      error.message = update.ref + ": " + error.message;
      return Refuse(error);
    }
    known.push_back(*update.to);
    JoinReport(std::move(one), &report);
  }
  const char* refused = "the push was refused";
  if (deadline.passed()) {
    const std::string limit = "the time limit of " +
                              ShowSeconds(settings_.deadline) +
                              " (keysift.deadline) has passed";
    if (settings_.accept_on_timeout && report.findings.empty()) {
      Say(limit +
          "; NOT everything was scanned. The policy here "
          "(keysift.onTimeout) is to accept");
      return kExitClean;
    }
    report.gaps.push_back({GapKind::kTimeout, "the push", "", 0, limit});
    Say(limit + "; the policy here (keysift.onTimeout) is to refuse");
  } else if (the_progress.cancelled) {
    report.gaps.push_back({GapKind::kInterrupted, "the push", "", 0,
                           "stopped before everything was read"});
  }
  return Report(report, RewriteAdvice(repository_, report), refused);
}

// The framework runs all stages as one command: its environment tells which.
// (Without PRE_COMMIT_FROM_REF a push has no common ground with the remote.)
int RunFramework(Hook* hook) {
  const std::string from = Variable("PRE_COMMIT_FROM_REF");
  const std::string to = Variable("PRE_COMMIT_TO_REF");
  if (!from.empty() && !to.empty()) {
    return hook->RunRange(from, to);
  }
  const std::string remote = Variable("PRE_COMMIT_REMOTE_NAME");
  if (remote.empty()) {
    return hook->RunStaged();
  }
  const Result<Repository> repository = Repository::Discover("");
  const Result<std::optional<ObjectId>> head =
      repository ? ReadHead(*repository)
                 : tl::unexpected<Error>(repository.error());
  if (!head) {
    return Refuse(head.error());
  }
  return hook->RunPush(remote, {{"HEAD", std::nullopt, *head}});
}

int RunWithInput(Hook* hook, const std::string& name,
                 const std::vector<std::string>& arguments) {
  const Result<std::string> input = ReadInput();
  if (!input) {
    return Refuse(input.error());
  }
  const bool push = name == "pre-push";
  Result<std::vector<RefUpdate>> updates =
      push ? ParsePushedUpdates(*input) : ParseReceivedUpdates(*input);
  if (!updates) {
    return Refuse(updates.error());
  }
  return push ? hook->RunPush(arguments[0], std::move(*updates))
              : hook->RunReceive(*updates);
}

int RunUpdate(Hook* hook, const std::vector<std::string>& arguments) {
  const Result<std::optional<ObjectId>> from = ParseHookId(arguments[1]);
  const Result<std::optional<ObjectId>> to = ParseHookId(arguments[2]);
  if (!from || !to) {
    return Refuse((from ? to : from).error());
  }
  return hook->RunReceive({{arguments[0], *from, *to}});
}

}  // namespace

const std::vector<std::string>& HookNames() {
  static const std::vector<std::string> names = {
      "pre-commit", "pre-merge-commit", "pre-push", "pre-receive", "update"};
  return names;
}

int RunHook(const std::string& name,
            const std::vector<std::string>& arguments) {
  const size_t least = name == "pre-push" ? 1 : name == "update" ? 3 : 0;
  if (arguments.size() < least) {
    Say(name + " is called by git with " + std::to_string(least) +
        " or more words; see githooks(5)");
    return kExitError;
  }
  const Result<std::unique_ptr<Hook>> hook = Hook::Open();
  if (!hook) {
    return Refuse(hook.error());
  }
  if (name == "pre-commit" || name == "pre-merge-commit") {
    return RunFramework(hook->get());
  }
  return name == "update" ? RunUpdate(hook->get(), arguments)
                          : RunWithInput(hook->get(), name, arguments);
}

}  // namespace keysift
