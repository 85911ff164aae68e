// SPDX-License-Identifier: Apache-2.0
// Every check's entry point. A new check is one file check_<name>.cc, one line
// here and one line in checks.cc, where its name and meaning stand.
#pragma once

#include "verify/check.h"

namespace keysift {

CheckResult CheckAwsKeyId(const CheckInput& input);
CheckResult CheckAwsSecretKey(const CheckInput& input);
CheckResult CheckAzureKey(const CheckInput& input);
CheckResult CheckAzureSas(const CheckInput& input);
CheckResult CheckBase32Seed(const CheckInput& input);
CheckResult CheckBase64Password(const CheckInput& input);
CheckResult CheckBase64Payload(const CheckInput& input);
CheckResult CheckBech32Age(const CheckInput& input);
CheckResult CheckBedrockKey(const CheckInput& input);
CheckResult CheckCrc32Atlassian(const CheckInput& input);
CheckResult CheckCrc32Cloudflare(const CheckInput& input);
CheckResult CheckCrc32Confluent(const CheckInput& input);
CheckResult CheckCrc32Github(const CheckInput& input);
CheckResult CheckCrc32Grafana(const CheckInput& input);
CheckResult CheckCrc32Zuplo(const CheckInput& input);
CheckResult CheckDatabaseUri(const CheckInput& input);
CheckResult CheckDiscordToken(const CheckInput& input);
CheckResult CheckDockerAuth(const CheckInput& input);
CheckResult CheckGcpServiceAccount(const CheckInput& input);
CheckResult CheckGenericAssignment(const CheckInput& input);
CheckResult CheckGenericBasic(const CheckInput& input);
CheckResult CheckGenericBearer(const CheckInput& input);
CheckResult CheckGenericJose(const CheckInput& input);
CheckResult CheckGenericBytes(const CheckInput& input);
CheckResult CheckGenericValue(const CheckInput& input);
CheckResult CheckGitlabRoutable(const CheckInput& input);
CheckResult CheckJdbcUrl(const CheckInput& input);
CheckResult CheckJwt(const CheckInput& input);
CheckResult CheckOtpauthUri(const CheckInput& input);
CheckResult CheckPemPrivateKey(const CheckInput& input);
CheckResult CheckPypiMacaroon(const CheckInput& input);
CheckResult CheckUuid(const CheckInput& input);
CheckResult CheckUuid4(const CheckInput& input);

}  // namespace keysift
