// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>

namespace keysift {

// As many threads as the process may run on at once; at least 1.
unsigned UsableProcessors();

// Calls work(item, worker) once for each item below `count`, items in rising
// order, on up to `threads` threads (worker counts from 0; 0 is the caller's
// own thread). Returns when all are done. `work` must not throw but for
// std::bad_alloc, which ends the process.
void ParallelFor(unsigned threads, size_t count,
                 const std::function<void(size_t item, unsigned worker)>& work);

}  // namespace keysift
