#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The HTML report from outside: one file, no network, nothing of a repository
that could become markup. tests/bench/html_page.py looks at it in Chromium."""

import base64
import hashlib
import json
import re

from harness import Case, github_token, main


class Html(Case):
    def page(self, **files):
        repo = self.repo()
        repo.commit("</script><script>alert(1)</script>", **files)
        return self.keysift("scan", "-f", "html", "repo").expect(1).out

    def data(self, page):
        found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page)
        return json.loads(found.group(1))

    def test_a_hostile_repository_stays_text(self):
        repo = self.repo()
        repo.write("<img src=x onerror=alert(1)>.env", f"key = {github_token(1)} <b>\n")
        repo.commit("</script><script>alert(1)</script>")
        page = self.keysift("scan", "-f", "html", "repo").expect(1).out
        self.assertNotIn("<img", page)
        self.assertNotIn("alert(1)</script>", page)
        self.assertEqual(2, page.count("</script>"))
        self.assertIn("<img", json.dumps(self.data(page)))

    def test_the_policy_names_the_only_script_and_style(self):
        page = self.page(a_env=f"key = {github_token(1)}\n")
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page).group(1)
        self.assertTrue(policy.startswith("default-src 'none'"))
        for pattern in (r"<script>(.*?)</script>", r"<style>(.*?)</style>"):
            inside = re.search(pattern, page, re.S).group(1)
            digest = base64.b64encode(hashlib.sha256(inside.encode()).digest())
            self.assertIn(f"'sha256-{digest.decode()}'", policy)

    def test_nothing_is_loaded_from_elsewhere(self):
        page = self.page(a_env=f"key = {github_token(1)}\n")
        self.assertEqual([], re.findall(r"""(?:src|href)=["'](?!$)""", page))
        self.assertNotRegex(page, r"@import|url\(|fetch\(|XMLHttpRequest|innerHTML")

    def test_it_holds_the_findings_and_no_secret(self):
        page = self.page(a_env=f"key = {github_token(1)}\n")
        self.assertNotIn(github_token(1), page)
        data = self.data(page)
        self.assertEqual(1, len(data["findings"]))
        self.assertIn("a.env", [place[1] for place in data["findings"][0][11]])


if __name__ == "__main__":
    main()
