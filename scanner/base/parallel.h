// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace keysift {

// As many threads as the process may run on at once; at least 1.
unsigned UsableProcessors();

// Calls work(item, worker) once for each item below `count`, items in rising
// order, on up to `threads` threads (worker counts from 0; 0 is the caller's
// own thread). Returns when all are done. What `work` throws (std::bad_alloc,
// or a bug of ours) is thrown here once all threads have stopped; items may
// have been left out then.
void ParallelFor(unsigned threads, size_t count,
                 const std::function<void(size_t item, unsigned worker)>& work);

// The same for slices [begin, end) of `size` items and fewer.
void ParallelSlices(unsigned threads, uint32_t count, uint32_t size,
                    const std::function<void(uint32_t begin, uint32_t end,
                                             unsigned worker)>& work);

// Does all jobs, which know nothing of each other, the same way; the longest
// had best come first.
void RunAll(unsigned threads, const std::vector<std::function<void()>>& jobs);

// Sorts items; more than a few are split among the threads and merged.
template <typename T>
void ParallelSort(unsigned threads, std::span<T> items) {
  constexpr size_t kWorthIt = 1u << 15;
  if (threads < 2 || items.size() < kWorthIt) {
    std::sort(items.begin(), items.end());
    return;
  }
  const size_t half = items.size() / 2;
  RunAll(2,
         {[&] { ParallelSort(threads / 2, items.first(half)); },
          [&] { ParallelSort(threads - threads / 2, items.subspan(half)); }});
  std::inplace_merge(items.begin(),
                     items.begin() + static_cast<std::ptrdiff_t>(half),
                     items.end());
}

}  // namespace keysift
