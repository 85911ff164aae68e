// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace keysift {

// Sets a flag when its time is up, from a thread of its own, which ends with
// the object. Without a time it has no thread and never sets anything.
class Deadline {
 public:
  // `flag` must outlive it. `seconds` not above 0: no deadline.
  Deadline(double seconds, std::atomic<bool>* flag);
  ~Deadline();

  // Whether it was this deadline that set the flag.
  bool passed() const { return passed_; }

 private:
  void Wait(double seconds);

  std::atomic<bool>* flag_;
  std::atomic<bool> passed_ = false;
  std::mutex mutex_;  // guards done_
  bool done_ = false;
  std::condition_variable wake_;
  std::thread thread_;
};

}  // namespace keysift
