// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <vector>

namespace keysift {

// A fixed number of values, each made when it is first asked for, and then in
// its place until the end. All threads may ask at once: where two make the same
// value, the second is thrown away, so making one has no side effects.
template <class T>
class LazyArray {
 public:
  explicit LazyArray(size_t size) : slots_(size) {}
  LazyArray(const LazyArray&) = delete;
  LazyArray& operator=(const LazyArray&) = delete;
  ~LazyArray() {
    for (std::atomic<const T*>& slot : slots_) {
      delete slot.load(std::memory_order_relaxed);
    }
  }

  size_t size() const { return slots_.size(); }

  // The value of that number; `make` returns a std::unique_ptr to it.
  template <class Make>
  const T& Get(size_t number, const Make& make) const {
    const T* value = slots_[number].load(std::memory_order_acquire);
    return value != nullptr ? *value : Add(&slots_[number], make());
  }

 private:
  static const T& Add(std::atomic<const T*>* slot,
                      std::unique_ptr<const T> value) {
    const T* before = nullptr;
    if (slot->compare_exchange_strong(before, value.get(),
                                      std::memory_order_acq_rel)) {
      return *value.release();
    }
    return *before;
  }

  mutable std::vector<std::atomic<const T*>> slots_;
};

}  // namespace keysift
