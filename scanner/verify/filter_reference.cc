// SPDX-License-Identifier: Apache-2.0
// Text that names where a secret comes from instead of being one: template
// variables (${X}, {{ x }}, <x>, %s, %(x)s, $(x), @x@), look-ups in the
// environment, and references to a vault or parameter store. A secret that is
// nothing but such a thing is rejected whatever the rule; one that holds it is
// rejected by generic rules and lowered by others.
#include <string_view>

#include "verify/filter.h"
#include "verify/text.h"

namespace keysift {
namespace {

struct Brackets {
  std::string_view open;
  std::string_view close;
};

constexpr Brackets kBrackets[] = {{"${", "}"},  {"{{", "}}"}, {"$(", ")"},
                                  {"<", ">"},   {"%(", ")s"}, {"#{", "}"},
                                  {"<%", "%>"}, {"[[", "]]"}, {"$[", "]"}};

constexpr std::string_view kLookups[] = {
    "os.environ",
    "process.env",
    "getenv(",
    "env.",
    "env[",
    "system.getenv",
    "secrets.",
    "vault:",
    "vault.",
    "!vault",
    "op://",
    "ssm:/",
    "arn:aws:secrets",
    "keyvault",
    "secretref",
    "sops:",
    "env(",
    "fromsecret",
    "valuefrom",
    "secretmanager",
};

bool IsWholeTemplate(std::string_view secret) {
  for (const Brackets& brackets : kBrackets) {
    if (secret.size() > brackets.open.size() + brackets.close.size() &&
        secret.substr(0, brackets.open.size()) == brackets.open &&
        secret.substr(secret.size() - brackets.close.size()) ==
            brackets.close) {
      return true;
    }
  }
  return false;
}

bool HoldsTemplate(std::string_view secret) {
  for (const Brackets& brackets : kBrackets) {
    const size_t open = secret.find(brackets.open);
    if (open != std::string_view::npos &&
        secret.find(brackets.close, open) != std::string_view::npos) {
      return true;
    }
  }
  return secret.find("%s") != std::string_view::npos ||
         secret.find("%d") != std::string_view::npos;
}

// $NAME, %NAME%, @name@: nothing but a variable's name.
bool IsVariable(std::string_view secret) {
  if (secret.size() < 3) {
    return false;
  }
  const char first = secret.front();
  std::string_view name = secret.substr(1);
  if (first == '%' || first == '@') {
    if (name.back() != first) {
      return false;
    }
    name.remove_suffix(1);
  } else if (first != '$') {
    return false;
  }
  bool upper_only = true;
  for (char c : name) {
    if (!IsAlnum(c) && c != '_') {
      return false;
    }
    upper_only &= !IsLower(c);
  }
  // "$ecret1" is a password, "$SECRET" and "$my_secret" are names.
  return upper_only || name.find('_') != std::string_view::npos || first != '$';
}

}  // namespace

FilterOutcome FilterReference(const FilterInput& input) {
  const std::string_view secret = input.secret;
  if (IsWholeTemplate(secret) || IsVariable(secret)) {
    return FilterOutcome::kReject;
  }
  bool reference = HoldsTemplate(secret);
  for (std::string_view lookup : kLookups) {
    // "env.PASSWORD" is a look-up, "mylongenv.x" is not told apart here and
    // need not be: no token format holds these at its start by design.
    reference |= secret.size() >= lookup.size() &&
                 ContainsWord(secret.substr(0, lookup.size()), lookup);
  }
  if (!reference) {
    return FilterOutcome::kKeep;
  }
  return input.rule.generic ? FilterOutcome::kReject : FilterOutcome::kLower;
}

}  // namespace keysift
