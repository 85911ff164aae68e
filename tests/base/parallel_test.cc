// SPDX-License-Identifier: Apache-2.0
#include "base/parallel.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <span>
#include <stdexcept>
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

TEST_CASE("what a worker throws comes to the caller, and the rest is left") {
  for (unsigned threads : {1u, 2u, 5u}) {
    std::atomic<size_t> done = 0;
    CHECK_THROWS_AS(ParallelFor(threads, 100000,
                                [&](size_t item, unsigned) {
                                  if (item == 50) {
                                    throw std::out_of_range("fifty");
                                  }
                                  ++done;
                                }),
                    std::out_of_range);
    CHECK(done < 99999);
  }
}

TEST_CASE("all jobs are done, also by fewer threads than jobs") {
  for (unsigned threads : {1u, 2u, 8u}) {
    std::array<std::atomic<int>, 3> done{};
    RunAll(threads,
           {[&] { ++done[0]; }, [&] { ++done[1]; }, [&] { ++done[2]; }});
    for (const std::atomic<int>& one : done) {
      CHECK(one == 1);
    }
  }
}

TEST_CASE("sorting on several threads is sorting") {
  for (unsigned threads : {1u, 2u, 3u, 8u}) {
    for (size_t count : {0u, 1u, 100u, 200000u}) {
      std::vector<uint64_t> items(count);
      for (size_t i = 0; i < count; ++i) {
        items[i] = i * 2654435761u % 100003;
      }
      std::vector<uint64_t> expected = items;
      std::sort(expected.begin(), expected.end());
      ParallelSort(threads, std::span(items));
      CHECK(items == expected);
    }
  }
}

TEST_CASE("there is a processor at least") { CHECK(UsableProcessors() >= 1); }

}  // namespace keysift
