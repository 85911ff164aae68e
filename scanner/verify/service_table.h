// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "verify/key_form.h"

namespace keysift {

// "name form form…", a service each (service_list.cc).
const std::vector<std::string>& KnownServices();

// Services by name, with the forms of their keys, read on first use. Any
// thread. `lines` must outlive it.
class ServiceTable {
 public:
  struct Service {
    std::string name;      // lower case, "_" between words
    bool is_word = false;  // a common word as well ("~")
    std::vector<KeyForm> forms;
    std::vector<KeyForm> ids;  // of what names an account and opens nothing
  };
  // A service whose name `context` holds, and how much of `value` is its key.
  struct Found {
    const Service* service = nullptr;
    size_t length = 0;
    bool loosely = false;  // an id, or of the right lengths only
    size_t name_end = 0;   // in the context
  };

  explicit ServiceTable(const std::vector<std::string>* lines)
      : lines_(lines) {}

  // The service that is named last in `context`, of those that have a form in
  // which `value` begins, or failing that, begins loosely. Null if there is
  // none.
  Found Find(std::string_view context, std::string_view value) const;

 private:
  void Build() const;
  Found FindIn(std::string_view context, std::string_view value,
               bool loosely) const;
  Found TryNamesAt(std::string_view context, size_t at, std::string_view value,
                   bool loosely) const;

  const std::vector<std::string>* lines_;
  mutable std::once_flag once_;
  mutable std::vector<Service> services_;  // by name
};

}  // namespace keysift
