// SPDX-License-Identifier: Apache-2.0
#include "scan/deadline.h"

#include <chrono>

namespace keysift {

Deadline::Deadline(double seconds, std::atomic<bool>* flag) : flag_(flag) {
  if (seconds > 0) {
    thread_ = std::thread([this, seconds] { Wait(seconds); });
  }
}

Deadline::~Deadline() {
  if (thread_.joinable()) {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      done_ = true;
    }
    wake_.notify_all();
    thread_.join();
  }
}

void Deadline::Wait(double seconds) {
  // Longer waits than this end with the process.
  constexpr double kLongest = 1e9;
  const std::chrono::duration<double> time(seconds < kLongest ? seconds
                                                              : kLongest);
  std::unique_lock<std::mutex> lock(mutex_);
  if (!wake_.wait_for(lock, time, [this] { return done_; }) &&
      !flag_->exchange(true)) {
    passed_ = true;
  }
}

}  // namespace keysift
