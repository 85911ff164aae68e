// SPDX-License-Identifier: Apache-2.0
#include "verify/service_table.h"

#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <vector>

#include "verify/check_service_key.h"
#include "verify/marks.h"

namespace keysift {
namespace {

const std::vector<std::string> kLines = {
    "acmedata <hex:8> <b62:12>", "~front <hex:8>", "new_york_news <hex:8>",
    "acmedatabase <hex:8>", "shopdata <hex:6> ?<digit:5>"};

std::string Named(const std::string& context, const std::string& value) {
  const ServiceTable table(&kLines);
  const ServiceTable::Found found = table.Find(context, value);
  return found.service == nullptr
             ? ""
             : found.service->name + " " + std::to_string(found.length) +
                   (found.loosely ? " loosely" : "");
}

TEST_CASE("a service is found by its name and the form of its key") {
  CHECK(Named("ACMEDATA_API_KEY = ", "0123abcd") == "acmedata 8");
  CHECK(Named("my acmeData key: ", "Zz0123456789") == "acmedata 12");
  CHECK(Named("acmedata_key=", "0123abc") == "");
  CHECK(Named("acmedato_key=", "0123abcd") == "");
}

TEST_CASE("the longest run that could be a key must have the form") {
  CHECK(Named("acmedata_key=", "0123abcd\", ") == "acmedata 8");
  CHECK(Named("acmedata_key=", "0123abcd.") == "acmedata 8");
  CHECK(Named("acmedata_key=", "0123abcd=") == "");
  CHECK(Named("acmedata_key=", "0123abcd-x") == "");
}

TEST_CASE("words of a name are parted by any separator, or by none") {
  CHECK(Named("new-york-news token ", "0123abcd") == "new_york_news 8");
  CHECK(Named("NewYorkNews token ", "0123abcd") == "new_york_news 8");
  CHECK(Named("new york times token ", "0123abcd") == "");
}

TEST_CASE("a common word counts only where a credential word follows it") {
  CHECK(Named("FRONT_API_KEY=", "0123abcd") == "front 8");
  CHECK(Named("the front door key=", "0123abcd") == "");
  CHECK(Named("confront_token=", "0123abcd") == "");
}

TEST_CASE("the name that stands last wins") {
  CHECK(Named("acmedata, front token: ", "0123abcd") == "front 8");
}

TEST_CASE("an id, or what has but the length of a key, is found loosely") {
  CHECK(Named("shopdata_key=", "12345") == "shopdata 5 loosely");
  CHECK(Named("shopdata_key=", "1234x") == "");
  CHECK(Named("shopdata_key=", "12xyz6") == "shopdata 6 loosely");
  CHECK(Named("shopdata key, front key=", "0123abcd") == "front 8");
  // A form that fits exactly wins over a nearer name that fits loosely.
  CHECK(Named("acmedata, shopdata key=", "0123abcd") == "acmedata 8");
}

CheckResult CheckIn(const std::string& lead, const std::string& key) {
  const std::string text = lead + key + ";";
  Window window(text);
  const Rule rule;
  const uint64_t begin = text.find("key");
  const CheckInput input{rule,
                         &window,
                         {},
                         Span{begin, lead.size() + key.size()},
                         Span{lead.size(), lead.size() + key.size()}};
  return CheckServiceKey(input);
}

TEST_CASE("only an assigned key of the exact form is more than possible") {
  const std::string key = "9f0c7a52d18be3649f0c7a52d18be364000000ff";
  CHECK(CheckIn("klipfolio key=", key).at_most == Confidence::kCertain);
  CHECK(CheckIn("klipfolio key \"", key).at_most == Confidence::kPossible);
  CHECK(CheckIn("klipfolio key - ", key).at_most == Confidence::kPossible);
  const CheckResult loose = CheckIn("klipfolio key=", "X" + key.substr(1));
  CHECK(loose.at_most == Confidence::kPossible);
  CHECK((loose.marks & kMarkLoose) != 0);
}

TEST_CASE("a service that is named in passing does not own the key") {
  const std::string key = "9f0c7a52d18be3649f0c7a52d18be364000000ff";
  for (const char* lead :
       {"Request to klipfolio\nkey=", "klipfolio API.\n  key="}) {
    CAPTURE(lead);
    const CheckResult result = CheckIn(lead, key);
    CHECK(result.at_most == Confidence::kPossible);
    CHECK((result.marks & kMarkLoose) != 0);
  }
  for (const char* lead : {"klipfolio:\n  key: ", "klipfolio = {\n  key: "}) {
    CAPTURE(lead);
    CHECK(CheckIn(lead, key).at_most == Confidence::kCertain);
  }
  // More of the value follows: another form.
  CHECK(CheckIn("klipfolio key='", key + "|x7").at_most ==
        Confidence::kPossible);
}

TEST_CASE("the check cuts the key out and names the service") {
  const std::string text =
      "KLIPFOLIO: key=9f0c7a52d18be3649f0c7a52d18be364000000ff;";
  Window window(text);
  const Rule rule;
  const CheckInput input{rule, &window, {}, Span{11, 56}, Span{15, 56}};
  const CheckResult result = CheckServiceKey(input);
  CHECK(result.outcome == CheckResult::Outcome::kPass);
  CHECK(result.extent.begin == 15);
  CHECK(result.extent.end == 55);
  REQUIRE(result.details.size() == 1);
  CHECK(result.details[0].second == "klipfolio");
  CHECK(window.low() <= 0);  // what it read moves the verdict's window
}

TEST_CASE("every line of the list parses and is in its place") {
  std::string last;
  for (const std::string& line : KnownServices()) {
    std::istringstream words(line);
    std::string name;
    std::string form;
    words >> name;
    int forms = 0;
    for (; words >> form; ++forms) {
      form.erase(0, form.front() == '?' ? 1 : 0);
      CHECK_MESSAGE(KeyForm::Parse(form).has_value(), line);
    }
    CHECK_MESSAGE(forms > 0, line);
    name.erase(0, name.front() == '~' ? 1 : 0);
    CHECK_MESSAGE(last < name, line);
    last = name;
  }
}

}  // namespace
}  // namespace keysift
