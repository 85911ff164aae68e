// SPDX-License-Identifier: Apache-2.0
#include "base/parallel.h"

#include <doctest/doctest.h>

#include <atomic>
#include <vector>

namespace keysift {

TEST_CASE("each item is worked on once, by a worker below the count") {
  for (unsigned threads : {1u, 2u, 7u}) {
    for (size_t count : {0u, 1u, 5u, 1000u}) {
      std::vector<std::atomic<int>> done(count);
      std::atomic<unsigned> highest = 0;
      ParallelFor(threads, count, [&](size_t item, unsigned worker) {
        ++done[item];
        for (unsigned seen = highest;
             worker > seen && !highest.compare_exchange_weak(seen, worker);) {
        }
      });
      for (const std::atomic<int>& one : done) {
        CHECK(one == 1);
      }
      CHECK(highest < threads);
    }
  }
}

TEST_CASE("one thread takes the items in rising order, on the caller's own") {
  std::vector<size_t> order;
  ParallelFor(1, 5, [&](size_t item, unsigned worker) {
    order.push_back(item);
    CHECK(worker == 0);
  });
  CHECK(order == std::vector<size_t>{0, 1, 2, 3, 4});
}

TEST_CASE("there is a processor at least") { CHECK(UsableProcessors() >= 1); }

}  // namespace keysift
