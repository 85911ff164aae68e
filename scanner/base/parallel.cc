// SPDX-License-Identifier: Apache-2.0
#include "base/parallel.h"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace keysift {

unsigned UsableProcessors() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof set, &set) != 0) {
    return 1;
  }
  return std::max(1u, static_cast<unsigned>(CPU_COUNT(&set)));
}

void ParallelFor(
    unsigned threads, size_t count,
    const std::function<void(size_t item, unsigned worker)>& work) {
  std::atomic<size_t> next = 0;
  std::mutex mutex;  // guards `thrown`
  std::exception_ptr thrown;
  auto run = [&](unsigned worker) {
    try {
      for (size_t item = next++; item < count; item = next++) {
        work(item, worker);
      }
    } catch (...) {
      next = count;
      std::lock_guard<std::mutex> lock(mutex);
      thrown = std::current_exception();
    }
  };
  std::vector<std::thread> helpers;
  const size_t wanted = std::min<size_t>(threads, count);
  for (unsigned worker = 1; worker < wanted; ++worker) {
    helpers.emplace_back(run, worker);
  }
  run(0);
  for (std::thread& helper : helpers) {
    helper.join();
  }
  if (thrown) {
    std::rethrow_exception(thrown);
  }
}

void ParallelSlices(unsigned threads, uint32_t count, uint32_t size,
                    const std::function<void(uint32_t begin, uint32_t end,
                                             unsigned worker)>& work) {
  const uint32_t slices = count / size + (count % size != 0);
  ParallelFor(threads, slices, [&](size_t slice, unsigned worker) {
    const uint32_t begin = static_cast<uint32_t>(slice) * size;
    work(begin, begin + std::min(size, count - begin), worker);
  });
}

void RunAll(unsigned threads, const std::vector<std::function<void()>>& jobs) {
  ParallelFor(threads, jobs.size(),
              [&jobs](size_t i, unsigned /*worker*/) { jobs[i](); });
}

}  // namespace keysift
