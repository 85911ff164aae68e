#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""An id and its secret: one finding, which says whose it is."""

import random

import harness

HEX = "0123456789abcdef"


def made_up(letters, count, seed):
    return "".join(random.Random(seed).choices(letters, k=count))


SID = "AC" + made_up(HEX, 32, 1)
KEY = "SK" + made_up(HEX, 32, 2)
TOKEN = made_up(HEX, 32, 3)
SECRET = made_up(harness.BASE62, 32, 4)
LTAI = "LTAI5t" + made_up(harness.BASE62, 18, 5)
ALIYUN = made_up(harness.BASE62, 30, 6)
DD_API = made_up(HEX, 32, 7)
DD_APP = made_up(HEX, 40, 8)

TWILIO = f"""TWILIO_ACCOUNT_SID={SID}
TWILIO_REGION=ie1
TWILIO_AUTH_TOKEN={TOKEN}
TWILIO_API_KEY={KEY}
TWILIO_API_SECRET={SECRET}
"""


class Partners(harness.Case):
    def findings(self, text, *words):
        (self.folder / "a.env").write_text(text)
        run = self.keysift("scan", "a.env", "--min-confidence", "possible", "-f", "json", *words)
        return {f["rule_id"]: f for f in run.report["findings"]}

    def test_a_secret_tells_whose_it_is(self):
        found = self.findings(TWILIO)
        self.assertEqual(set(found), {"twilio-auth-token", "twilio-api-secret"})
        token, secret = found["twilio-auth-token"], found["twilio-api-secret"]
        self.assertEqual(token["confidence"], "certain")
        self.assertEqual(token["details"]["partner"], SID)
        self.assertIn(f"belongs to Twilio account SID {SID}, 2 lines above", token["reason"])
        self.assertEqual(secret["details"]["partner_rule"], "twilio-api-key")

    def test_alone_nothing_changes(self):
        self.assertEqual(set(self.findings(f"api_key={KEY}\n")), {"twilio-api-key"})
        self.assertEqual(self.findings(f"account={SID}\n"), {})
        found = self.findings(f"TWILIO_AUTH_TOKEN={TOKEN}\n" + "\n" * 9 + SID + "\n")
        self.assertEqual(found["twilio-auth-token"]["confidence"], "likely")
        self.assertEqual(found["twilio-auth-token"]["details"], {})

    def test_the_id_behind_the_secret(self):
        found = self.findings(f"aliyun_access_key_secret: {ALIYUN}\naliyun_access_key_id: {LTAI}\n")
        self.assertEqual(set(found), {"alibaba-secret-key"})
        self.assertEqual(found["alibaba-secret-key"]["details"]["partner"], LTAI)

    def test_a_second_key_is_not_shown(self):
        found = self.findings(f"DD_API_KEY={DD_API}\nDD_APP_KEY={DD_APP}\n")
        self.assertEqual(set(found), {"datadog-application-key"})
        self.assertIn("stands with Datadog API key", str(found))
        self.assertNotIn(DD_API, str(found))

    def test_rules_left_out(self):
        found = self.findings(TWILIO, "--only", "twilio-auth-token")
        self.assertEqual(found["twilio-auth-token"]["details"]["partner"], SID)
        found = self.findings(TWILIO, "--skip", "twilio-api-secret")
        self.assertIn("twilio-api-key", found)


if __name__ == "__main__":
    harness.main()
