// SPDX-License-Identifier: Apache-2.0
#include "rule/rule_codec.h"

#include <bit>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <utility>
#include <vector>

#include "base/sha.h"

namespace keysift {
namespace {

constexpr std::string_view kMagic = "KSRS\x03";

// Numbers are little-endian base-128 with a continuation bit; signed ones are
// sent plus one (their least value is -1).
class Encoder {
 public:
  void Put(uint64_t number) {
    for (; number >= 0x80; number >>= 7) {
      bytes_.push_back(static_cast<char>(number | 0x80));
    }
    bytes_.push_back(static_cast<char>(number));
  }
  void Put(const std::string& text) {
    Put(uint64_t{text.size()});
    bytes_ += text;
  }
  void PutPlain(const std::string& bytes) { bytes_ += bytes; }
  void Put(const std::vector<std::string>& texts) {
    Put(uint64_t{texts.size()});
    for (const std::string& text : texts) {
      Put(text);
    }
  }
  void PutSigned(int number) { Put(static_cast<uint64_t>(number + 1)); }
  void PutDouble(double number) { Put(std::bit_cast<uint64_t>(number)); }

  std::string Take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// After the first failure everything reads as empty; ask Good() at the end.
class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : bytes_(bytes) {}

  uint64_t Number() {
    uint64_t number = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (bytes_.empty()) {
        good_ = false;
        return 0;
      }
      uint8_t byte = static_cast<uint8_t>(bytes_.front());
      bytes_.remove_prefix(1);
      number |= static_cast<uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) {
        return number;
      }
    }
    good_ = false;
    return 0;
  }
  // A number of elements, each of which takes at least a byte.
  uint64_t Count() {
    uint64_t count = Number();
    good_ = good_ && count <= bytes_.size();
    return good_ ? count : 0;
  }
  // The next `size` bytes; fewer if there are not as many.
  std::string_view Take(uint64_t size) {
    good_ = good_ && size <= bytes_.size();
    const std::string_view taken = bytes_.substr(0, good_ ? size : 0);
    bytes_.remove_prefix(taken.size());
    return taken;
  }
  void Get(std::string* text) { text->assign(Take(Count())); }
  void Get(std::vector<std::string>* texts) {
    texts->resize(Count());
    for (std::string& text : *texts) {
      Get(&text);
    }
  }
  int Signed() { return static_cast<int>(Number()) - 1; }
  uint32_t Small() { return static_cast<uint32_t>(Number()); }
  double Double() { return std::bit_cast<double>(Number()); }
  // One of the values 0 to `last` of an enum.
  template <class Enum>
  Enum Choice(Enum last) {
    uint64_t number = Number();
    good_ = good_ && number <= static_cast<uint64_t>(last);
    return good_ ? static_cast<Enum>(number) : Enum{};
  }

  bool Good() const { return good_ && bytes_.empty(); }

 private:
  std::string_view bytes_;
  bool good_ = true;
};

void PutAllowlists(const std::vector<Allowlist>& allowlists, Encoder* out) {
  out->Put(uint64_t{allowlists.size()});
  for (const Allowlist& allowlist : allowlists) {
    out->Put(allowlist.description);
    out->Put(uint64_t{allowlist.require_all});
    out->Put(static_cast<uint64_t>(allowlist.target));
    out->Put(allowlist.commits);
    out->Put(allowlist.paths);
    out->Put(allowlist.regexes);
    out->Put(allowlist.stopwords);
    out->Put(allowlist.target_rules);
  }
}

void GetAllowlists(Decoder* in, std::vector<Allowlist>* allowlists) {
  allowlists->resize(in->Count());
  for (Allowlist& allowlist : *allowlists) {
    in->Get(&allowlist.description);
    allowlist.require_all = in->Number() != 0;
    allowlist.target = in->Choice(Allowlist::Target::kLine);
    in->Get(&allowlist.commits);
    in->Get(&allowlist.paths);
    in->Get(&allowlist.regexes);
    in->Get(&allowlist.stopwords);
    in->Get(&allowlist.target_rules);
  }
}

// All but the id.
void PutRule(const Rule& rule, Encoder* out) {
  out->Put(rule.description);
  out->Put(rule.regex);
  out->Put(rule.hits);
  out->Put(uint64_t{rule.reach_before});
  out->Put(uint64_t{rule.reach_after});
  out->Put(uint64_t{rule.newlines});
  out->PutSigned(rule.secret_group);
  out->PutDouble(rule.entropy);
  out->Put(static_cast<uint64_t>(rule.severity));
  out->Put(static_cast<uint64_t>(rule.confidence));
  out->Put(rule.keywords);
  out->Put(rule.path);
  out->Put(rule.tags);
  out->Put(rule.checks);
  PutAllowlists(rule.allowlists, out);
  out->Put(uint64_t{rule.required.size()});
  for (const RequiredPart& part : rule.required) {
    out->Put(part.id);
    out->PutSigned(part.within_lines);
    out->PutSigned(part.within_columns);
  }
  out->Put(uint64_t{rule.partners.size()});
  for (const Partner& partner : rule.partners) {
    out->Put(partner.id);
    out->PutSigned(partner.within_lines);
    out->Put(uint64_t{partner.proves});
  }
  out->Put(uint64_t{rule.report});
  out->Put(rule.references);
  out->Put(rule.remediation);
  out->Put(rule.revoke_url);
  out->Put(rule.origin);
}

void GetRule(Decoder* in, Rule* rule) {
  in->Get(&rule->description);
  in->Get(&rule->regex);
  in->Get(&rule->hits);
  rule->reach_before = in->Small();
  rule->reach_after = in->Small();
  rule->newlines = in->Small();
  rule->secret_group = in->Signed();
  rule->entropy = in->Double();
  rule->severity = in->Choice(Severity::kCritical);
  rule->confidence = in->Choice(Confidence::kCertain);
  in->Get(&rule->keywords);
  in->Get(&rule->path);
  in->Get(&rule->tags);
  in->Get(&rule->checks);
  GetAllowlists(in, &rule->allowlists);
  rule->required.resize(in->Count());
  for (RequiredPart& part : rule->required) {
    in->Get(&part.id);
    part.within_lines = in->Signed();
    part.within_columns = in->Signed();
  }
  rule->partners.resize(in->Count());
  for (Partner& partner : rule->partners) {
    in->Get(&partner.id);
    partner.within_lines = in->Signed();
    partner.proves = in->Number() != 0;
  }
  rule->report = in->Number() != 0;
  in->Get(&rule->references);
  in->Get(&rule->remediation);
  in->Get(&rule->revoke_url);
  in->Get(&rule->origin);
}

// Whether these are a rule's bytes, and nothing but.
bool DecodeInto(const RuleList::Encoded& encoded, Rule* rule) {
  Decoder in(encoded.bytes);
  rule->id = encoded.id;
  GetRule(&in, rule);
  return in.Good();
}

std::unique_ptr<const Rule> DecodeOwn(const RuleList::Encoded& encoded) {
  auto rule = std::make_unique<Rule>();
  if (!DecodeInto(encoded, rule.get())) {
    std::abort();  // our own build wrote it
  }
  return rule;
}

// Everything but the rules, which are only told apart.
bool Split(std::string_view bytes, RuleSet* rules,
           std::vector<RuleList::Encoded>* encoded) {
  Decoder in(bytes);
  if (in.Take(in.Count()) != kMagic) {
    return false;
  }
  GetAllowlists(&in, &rules->allowlists);
  in.Get(&rules->hash);
  encoded->resize(in.Count());
  std::vector<uint64_t> sizes(encoded->size());
  for (size_t i = 0; i < sizes.size(); ++i) {
    (*encoded)[i].id = in.Take(in.Count());
    sizes[i] = in.Count();
  }
  for (size_t i = 0; i < sizes.size(); ++i) {
    (*encoded)[i].bytes = in.Take(sizes[i]);
  }
  return in.Good();
}

}  // namespace

std::string EncodeRules(const RuleSet& rules) {
  Encoder out;
  out.Put(std::string(kMagic));
  PutAllowlists(rules.allowlists, &out);
  out.Put(rules.hash);
  out.Put(uint64_t{rules.rules.size()});
  std::string bodies;
  for (const Rule& rule : rules.rules) {
    Encoder body;
    PutRule(rule, &body);
    const std::string bytes = body.Take();
    out.Put(rule.id);
    out.Put(uint64_t{bytes.size()});
    bodies += bytes;
  }
  out.PutPlain(bodies);
  return out.Take();
}

RuleSet OpenRules(std::string_view bytes) {
  RuleSet rules;
  std::vector<RuleList::Encoded> encoded;
  if (!Split(bytes, &rules, &encoded)) {
    std::abort();  // our own build wrote them
  }
  rules.rules = RuleList(std::move(encoded), DecodeOwn);
  return rules;
}

Result<RuleSet> DecodeRules(std::string_view bytes) {
  RuleSet rules;
  std::vector<RuleList::Encoded> encoded;
  bool good = Split(bytes, &rules, &encoded);
  rules.rules.resize(good ? encoded.size() : 0);
  for (size_t i = 0; good && i < encoded.size(); ++i) {
    good = DecodeInto(encoded[i], &rules.rules[i]);
  }
  if (!good) {
    return Fail(ErrorKind::kDamaged, "the encoded rules are damaged");
  }
  return rules;
}

std::string EncodeExamples(const RuleSet& rules) {
  Encoder out;
  for (const Rule& rule : rules.rules) {
    out.Put(rule.examples);
    out.Put(rule.negative_examples);
  }
  return out.Take();
}

Result<void> AddExamples(std::string_view bytes, RuleSet* rules) {
  Decoder in(bytes);
  for (Rule& rule : rules->rules) {
    in.Get(&rule.examples);
    in.Get(&rule.negative_examples);
  }
  if (!in.Good()) {
    return Fail(ErrorKind::kDamaged, "the encoded examples are damaged");
  }
  return {};
}

std::string HashRules(const RuleSet& rules) {
  RuleSet plain = rules;
  plain.hash.clear();
  for (Rule& rule : plain.rules) {
    rule.origin.clear();
  }
  return Sha256Hex(EncodeRules(plain));
}

}  // namespace keysift
