#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""keysift on its own sources: nothing in them looks like a secret.

Left out are the folders whose content is made to look like one: the rules'
examples, and the tests that plant secrets; and generic rules, since tests write
passwords in all the ways that those look for.
"""

import harness

CLEAN = (".ci", ".github", "fixtures", "scanner", "third_party", "tests/cli",
         "tests/layering", "tests/support", "CMakeLists.txt", "README.md",
         "CONTRIBUTING.md", "SECURITY.md")


class SelfScan(harness.Case):
    def test_our_own_sources_are_clean(self):
        there = [path for path in CLEAN if (harness.ROOT / path).exists()]
        self.keysift("scan", "--skip", "generic", *there,
                     cwd=harness.ROOT).expect(0)


if __name__ == "__main__":
    harness.main()
