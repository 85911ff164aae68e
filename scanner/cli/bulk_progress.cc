// SPDX-License-Identifier: Apache-2.0
#include "cli/bulk_progress.h"

#include <unistd.h>

#include "cli/numbers.h"

namespace keysift {
namespace {

// By packed bytes, which cost about the same everywhere; where there are none
// (loose objects only) by repositories.
double SecondsLeft(const BulkProgress& progress, double seconds) {
  const double packed = static_cast<double>(progress.bytes_packed);
  const double left = static_cast<double>(progress.bytes_left);
  if (packed > 0 && left > 0) {
    return seconds * left / packed;
  }
  const double done = static_cast<double>(progress.done) -
                      static_cast<double>(progress.unchanged);
  return done > 0
             ? seconds *
                   static_cast<double>(progress.repositories - progress.done) /
                   done
             : 0;
}

}  // namespace

std::string BulkProgressLine(const BulkProgress& progress, double seconds) {
  const uint64_t objects = progress.objects;
  std::string line = ShowCount(progress.done) + " of " +
                     ShowCount(progress.repositories) + " repositories";
  line += ", " + ShowCount(objects) + " objects";
  if (seconds > 0) {
    line += " (" +
            ShowCount(
                static_cast<uint64_t>(static_cast<double>(objects) / seconds)) +
            "/s)";
  }
  if (progress.unchanged > 0) {
    line += ", " + ShowCount(progress.unchanged) + " unchanged";
  }
  if (progress.failed > 0) {
    line += ", " + ShowCount(progress.failed) + " failed";
  }
  const double left = SecondsLeft(progress, seconds);
  return left > 0 ? line + ", " + ShowSeconds(left) + " left" : line;
}

BulkProgressBar::BulkProgressBar(const BulkProgress* progress, When when,
                                 bool quiet)
    : progress_(progress) {
  const bool terminal = IsTerminal(STDERR_FILENO);
  if (quiet || when == When::kNever || (when == When::kAuto && !terminal)) {
    return;
  }
  thread_ = std::thread([this, terminal]() { Draw(terminal); });
}

BulkProgressBar::~BulkProgressBar() {
  if (!thread_.joinable()) {
    return;
  }
  {
    std::lock_guard<std::mutex> lock(mutex_);
    done_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void BulkProgressBar::Draw(bool redraw) {
  const auto start = std::chrono::steady_clock::now();
  const std::chrono::milliseconds pause(redraw ? 500 : 10000);
  std::unique_lock<std::mutex> lock(mutex_);
  while (!wake_.wait_for(lock, pause, [this]() { return done_; })) {
    const std::chrono::duration<double> passed =
        std::chrono::steady_clock::now() - start;
    const std::string line = BulkProgressLine(*progress_, passed.count());
    if (redraw) {
      WriteAll(
          STDERR_FILENO,
          "\r" + line.substr(0, TerminalWidth(STDERR_FILENO) - 1) + "\x1b[K");
    } else {
      WriteAll(STDERR_FILENO, line + "\n");
    }
  }
  if (redraw) {
    WriteAll(STDERR_FILENO, "\r\x1b[K");
  }
}

}  // namespace keysift
