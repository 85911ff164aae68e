// SPDX-License-Identifier: Apache-2.0
#include "base/lazy_array.h"

#include <doctest/doctest.h>

#include <atomic>
#include <string>

#include "base/parallel.h"

namespace keysift {

TEST_CASE("a value is made when it is asked for, and only once") {
  const LazyArray<std::string> array(3);
  int made = 0;
  const auto make = [&made] {
    ++made;
    return std::make_unique<std::string>("value");
  };
  CHECK(array.size() == 3);
  CHECK(made == 0);
  const std::string& value = array.Get(1, make);
  CHECK(value == "value");
  CHECK(&array.Get(1, make) == &value);
  CHECK(made == 1);
  array.Get(2, make);
  CHECK(made == 2);
}

TEST_CASE("threads that ask at once get the same value") {
  constexpr size_t kValues = 1000;
  const LazyArray<size_t> array(kValues);
  std::vector<std::atomic<const size_t*>> first(kValues);
  std::atomic<int> differences = 0;
  ParallelFor(4, 4 * kValues, [&](size_t i, unsigned) {
    const size_t number = i % kValues;
    const size_t& value = array.Get(
        number, [number] { return std::make_unique<size_t>(number); });
    const size_t* known = nullptr;
    const bool same =
        first[number].compare_exchange_strong(known, &value) || known == &value;
    differences += same && value == number ? 0 : 1;
  });
  CHECK(differences == 0);
}

}  // namespace keysift
