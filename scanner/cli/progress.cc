// SPDX-License-Identifier: Apache-2.0
#include "cli/progress.h"

#include <unistd.h>

#include <algorithm>

#include "cli/numbers.h"

namespace keysift {
namespace {

constexpr std::chrono::milliseconds kDelay(1000);
constexpr std::chrono::milliseconds kBetween(100);
// Back to the line's start, and all after it erased (ECMA-48 EL).
constexpr std::string_view kErase = "\r\x1b[K";

// Seconds left at the pace so far; below 0 if nobody can know.
double SecondsLeft(const ProgressNow& now) {
  if (now.objects_done == 0 || now.objects_total <= now.objects_done) {
    return -1;
  }
  const double done = static_cast<double>(now.objects_done);
  const double left = static_cast<double>(now.objects_total) - done;
  return left / done * now.seconds;
}

}  // namespace

std::string ProgressLine(const ProgressNow& now, size_t width) {
  std::string line = now.phase;
  if (now.objects_done > 0 || now.objects_total > 0) {
    line += "  " + ShowCount(now.objects_done);
    if (now.objects_total >= now.objects_done && now.objects_total > 0) {
      line += " of " + ShowCount(now.objects_total);
    }
    line += " objects";
  }
  if (now.bytes_done > 0 && now.seconds > 0) {
    const double rate = static_cast<double>(now.bytes_done) / now.seconds;
    line += "  " + ShowBytes(static_cast<uint64_t>(rate)) + "/s";
  }
  line += "  " + ShowPlural(now.findings, "finding");
  const double left = SecondsLeft(now);
  if (left >= 0) {
    line += "  " + ShowSeconds(left) + " left";
  }
  return line.substr(0, width);
}

ProgressBar::ProgressBar(const ScanProgress* progress, When when, bool quiet)
    : progress_(progress), start_(std::chrono::steady_clock::now()) {
  const bool shown = when == When::kAlways ||
                     (when == When::kAuto && IsTerminal(STDERR_FILENO));
  if (shown && !quiet) {
    thread_ = std::thread([this] { Draw(); });
  }
}

ProgressBar::~ProgressBar() {
  if (!thread_.joinable()) {
    return;
  }
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    done_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void ProgressBar::Draw() {
  std::unique_lock<std::mutex> lock(mutex_);
  bool drawn = false;
  std::chrono::milliseconds wait = kDelay;
  while (!wake_.wait_for(lock, wait, [this] { return done_; })) {
    ProgressNow now;
    now.phase = progress_->phase.load();
    now.objects_done = progress_->objects_done.load();
    now.objects_total = progress_->objects_total.load();
    now.bytes_done = progress_->bytes_done.load();
    now.findings = progress_->findings.load();
    now.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start_)
            .count();
    const size_t width = std::max<size_t>(20, TerminalWidth(STDERR_FILENO)) - 1;
    WriteAll(STDERR_FILENO, std::string(kErase) + ProgressLine(now, width));
    drawn = true;
    wait = kBetween;
  }
  if (drawn) {
    WriteAll(STDERR_FILENO, kErase);
  }
}

}  // namespace keysift
