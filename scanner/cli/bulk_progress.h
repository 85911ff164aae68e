// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "cli/terminal.h"
#include "scan/bulk_scan.h"

namespace keysift {

// "12 of 300 repositories, 1,234 objects (5,678/s), 2 failed, 3 min left".
std::string BulkProgressLine(const BulkProgress& progress, double seconds);

// That line on stderr while a bulk scan runs: redrawn twice a second on a
// terminal, written anew every 10 s where it was asked for and stderr is a
// file. Owns a thread; `progress` must outlive it.
class BulkProgressBar {
 public:
  BulkProgressBar(const BulkProgress* progress, When when, bool quiet);
  ~BulkProgressBar();
  BulkProgressBar(const BulkProgressBar&) = delete;
  BulkProgressBar& operator=(const BulkProgressBar&) = delete;

 private:
  void Draw(bool redraw);

  const BulkProgress* progress_;
  std::mutex mutex_;  // guards done_
  std::condition_variable wake_;
  bool done_ = false;
  std::thread thread_;
};

}  // namespace keysift
