// SPDX-License-Identifier: Apache-2.0
#include "rule/toml_table.h"

#include "rule/toml_text.h"

// toml++ 3.3 asserts what a text may break ("[~a]"), and without assertions
// tells clang that it holds. Neither: its parser goes on to report it.
#undef NDEBUG
#define TOML_ASSERT(expression) static_cast<void>(0)
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

namespace keysift {
namespace {

std::string Place(const std::string& file, const toml::source_region& region) {
  return file + ":" + std::to_string(region.begin.line) + ":" +
         std::to_string(region.begin.column);
}

}  // namespace

TomlTable::TomlTable(const toml::table& table, std::string name,
                     const std::string& file, Problems* problems)
    : table_(table), name_(std::move(name)), file_(file), problems_(problems) {}

const toml::node* TomlTable::Find(std::string_view key) {
  known_.emplace(key);
  return table_.get(key);
}

bool TomlTable::Has(std::string_view key) const { return table_.contains(key); }

void TomlTable::Read(std::string_view key, std::string* value) {
  const toml::node* node = Find(key);
  if (node == nullptr) {
    return;
  }
  const toml::value<std::string>* text = node->as_string();
  if (text == nullptr) {
    AddError(key, "must be a string; write it in quotes");
    return;
  }
  *value = text->get();
}

void TomlTable::Read(std::string_view key, bool* value) {
  const toml::node* node = Find(key);
  if (node == nullptr) {
    return;
  }
  const toml::value<bool>* truth = node->as_boolean();
  if (truth == nullptr) {
    AddError(key, "must be true or false");
    return;
  }
  *value = truth->get();
}

void TomlTable::Read(std::string_view key, double* value) {
  const toml::node* node = Find(key);
  if (node == nullptr) {
    return;
  }
  if (!node->is_number()) {
    AddError(key, "must be a number, without quotes");
    return;
  }
  *value = node->value<double>().value_or(0);
}

void TomlTable::Read(std::string_view key, int least, int most, int* value) {
  const toml::node* node = Find(key);
  if (node == nullptr) {
    return;
  }
  const toml::value<int64_t>* number = node->as_integer();
  if (number == nullptr || number->get() < least || number->get() > most) {
    AddError(key, "must be a whole number from " + std::to_string(least) +
                      " to " + std::to_string(most));
    return;
  }
  *value = static_cast<int>(number->get());
}

void TomlTable::Read(std::string_view key, bool or_one,
                     std::vector<std::string>* value) {
  const toml::node* node = Find(key);
  if (node == nullptr) {
    return;
  }
  const toml::value<std::string>* one = node->as_string();
  if (one != nullptr && or_one) {
    *value = {one->get()};
    return;
  }
  std::vector<std::string> read;
  const toml::array* array = node->as_array();
  bool good = array != nullptr;
  for (size_t i = 0; good && i < array->size(); ++i) {
    const toml::value<std::string>* text = array->get(i)->as_string();
    good = text != nullptr;
    read.push_back(good ? text->get() : "");
  }
  if (!good) {
    AddError(key, "must be a list of strings, as in [\"a\", \"b\"]");
    return;
  }
  *value = std::move(read);
}

void TomlTable::Visit(std::string_view key,
                      const std::function<void(TomlTable&)>& visit) {
  const toml::node* node = Find(key);
  if (node == nullptr) {
    return;
  }
  std::string name = (name_.empty() ? "" : name_ + ".") + std::string(key);
  if (const toml::table* table = node->as_table()) {
    TomlTable inner(*table, name, file_, problems_);
    visit(inner);
    return;
  }
  const toml::array* array = node->as_array();
  bool good = array != nullptr;
  for (size_t i = 0; good && i < array->size(); ++i) {
    const toml::table* table = array->get(i)->as_table();
    good = table != nullptr;
    if (good) {
      TomlTable inner(*table, name, file_, problems_);
      visit(inner);
    }
  }
  if (!good) {
    AddError(key, "must be tables; write [[" + name + "]]");
  }
}

std::vector<std::string> TomlTable::UnknownKeys() const {
  std::vector<std::string> unknown;
  for (toml::table::const_iterator entry = table_.cbegin();
       entry != table_.cend(); ++entry) {
    std::string_view key = entry->first.str();
    if (known_.find(key) == known_.end()) {
      unknown.emplace_back(key);
    }
  }
  return unknown;
}

std::string TomlTable::Where(std::string_view key) const {
  const toml::node* node = table_.get(key);
  return node == nullptr ? Where() : Place(file_, node->source());
}

std::string TomlTable::Where() const { return Place(file_, table_.source()); }

void TomlTable::AddError(std::string_view key, std::string message) {
  problems_->errors.push_back(Error{
      ErrorKind::kUsage, "`" + std::string(key) + "`: " + message, Where(key)});
}

void TomlTable::AddWarning(std::string_view key, std::string message) {
  problems_->warnings.push_back(Error{
      ErrorKind::kUsage, "`" + std::string(key) + "`: " + message, Where(key)});
}

void ParseToml(std::string_view text, const std::string& file,
               Problems* problems,
               const std::function<void(TomlTable&)>& visit) {
  const Result<void> safe = CheckTomlText(text, file);
  if (!safe) {
    problems->errors.push_back(safe.error());
    return;
  }
  toml::parse_result parsed = toml::parse(text, std::string_view(file));
  if (!parsed) {
    problems->errors.push_back(
        Error{ErrorKind::kUsage,
              "not valid TOML: " + std::string(parsed.error().description()),
              Place(file, parsed.error().source())});
    return;
  }
  TomlTable root(parsed.table(), "", file, problems);
  visit(root);
}

}  // namespace keysift
