// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "support/sample_report.h"
#include "support/written_report.h"

namespace keysift {

TEST_CASE("gitleaks' form has an entry per place, redacted") {
  const nlohmann::json report =
      nlohmann::json::parse(WrittenAs("gitleaks", SampleReport()));
  REQUIRE(report.size() == 9);
  CHECK(report[0]["Secret"] == "wJal********");
  CHECK(report[0]["Author"] == "Jane Doe");
  CHECK(report[0]["Email"] == "jane@example.org");
  CHECK(report[1]["Fingerprint"] ==
        "1f2e3d4c5b6a79881f2e3d4c5b6a79881f2e3d4c:deploy/config_1.ini:"
        "aws-secret-access-key:13");
  CHECK(report[7]["File"] == "backup.zip!etc/ssl/server.pem");
  CHECK(nlohmann::json::parse(WrittenAs("gitleaks", ScanReport())).empty());
}

}  // namespace keysift
