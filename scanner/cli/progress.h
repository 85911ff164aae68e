// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "cli/terminal.h"
#include "scan/scan.h"

namespace keysift {

// What a progress line shows; a copy of ScanProgress at one moment.
struct ProgressNow {
  const char* phase = "";
  uint64_t objects_done = 0;
  uint64_t objects_total = 0;  // 0: not known yet
  uint64_t bytes_done = 0;
  uint64_t findings = 0;
  double seconds = 0;  // since the start
};

// The line for people, at most `width` columns, no line end.
std::string ProgressLine(const ProgressNow& now, size_t width);

// One line on stderr, redrawn while a scan runs: shown after a second, and only
// on a terminal or where asked for; erased when it ends. Owns a thread where it
// shows anything. `progress` must outlive it.
class ProgressBar {
 public:
  ProgressBar(const ScanProgress* progress, When when, bool quiet);
  // Erases the line.
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

 private:
  void Draw();

  const ScanProgress* progress_;
  const std::chrono::steady_clock::time_point start_;
  std::mutex mutex_;  // guards done_
  std::condition_variable wake_;
  bool done_ = false;
  std::thread thread_;
};

}  // namespace keysift
