#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The HTML report with many findings in headless Chromium: how long it takes
to open and to filter, and whether it does what its keys promise.

    tests/bench/html_page.py KEYSIFT [FINDINGS] [FOLDER for page and screenshots]

Needs chromium and chromium-driver. Limits: 2 s to open, 100 ms to filter.
"""

import base64
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time
import urllib.request

KEY = "element-6066-11e4-a52e-4f735466cecf"  # W3C WebDriver, "Elements"


def make_report(count):
    """A report of a store as `keysift report -f json` writes it, made up."""
    source = random.Random(5)
    repositories = [f"team{i % 17}/service-{i}.git" for i in range(400)]
    rules = [f"provider-{i}-token" for i in range(120)]
    hostile = '<img src=x onerror="document.title=1">'
    findings = []
    for i in range(count):
        commit = f"{source.getrandbits(160):040x}"
        year, month, day = 2012 + i % 14, 1 + i % 12, 1 + i % 28
        where = source.sample(repositories, 1 + (i % 9 == 0))
        date = f"{year}-{month:02}-{day:02}T09:00:00Z"
        path = f"src/module{i % 300}/{hostile if i % 1000 == 7 else 'config'}{i % 50}.yaml"
        first = {"id": commit, "author": "A <a@test.example>", "date": date, "summary": "Add"}
        findings.append({
            "fingerprint": f"ks1-{source.getrandbits(128):032x}", "rule_id": rules[i % 120],
            "description": f"Token of provider {i % 120}",
            "severity": ["critical", "high", "medium", "low"][i % 4],
            "confidence": ["certain", "likely"][i % 2], "reason": ["regex", "entropy 4.60"],
            "secret": {"redacted": "abcd********", "length": 40},
            "details": {"aws_account_id": f"{100000000000 + i % 50}"} if i % 5 == 0 else {},
            "first_commit": first, "removed_commit": None, "in_head": i % 3 == 0,
            "refs": [f"{where[0]}:refs/heads/main"], "refs_total": 1, "reachable": True,
            "locations": [{"path": f"{name}/{path}", "repository": name, "kind": "blob",
                           "line": i % 400 + 1, "column": 3, "end_line": i % 400 + 1,
                           "end_column": 43, "commit": commit, "blob": commit, "member": "",
                           "decoding": []} for name in where],
            "snippet": "token: abcd********", "tags": ["provider"],
            "remediation": "Revoke it.", "revoke_url": "https://provider.example/keys",
            "repositories": [{"repository": name, "first_commit": first, "removed_commit": None,
                              "in_head": i % 3 == 0, "reachable": True, "refs": [],
                              "refs_total": 1, "places": 1} for name in where]})
    return {"schema_version": 1, "tool": {"name": "keysift", "rules_hash": "0"},
            "target": {"kind": "store", "path": ""}, "coverage": {}, "findings": findings,
            "gaps": [{"kind": "shallow", "what": "commit 77", "where": "x.git", "bytes": 0,
                      "detail": "cut"}]}


class Browser:
    def __init__(self, port=9517):
        self.root = f"http://127.0.0.1:{port}"
        self.driver = subprocess.Popen(["chromedriver", f"--port={port}"],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        words = ["--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1400,900"]
        for _ in range(100):
            try:
                answer = self.call("POST", "/session", {"capabilities": {"alwaysMatch": {
                    "goog:chromeOptions": {"args": words},
                    "goog:loggingPrefs": {"browser": "ALL"}}}})
                break
            except OSError:
                time.sleep(0.1)
        self.session = "/session/" + answer["sessionId"]

    def call(self, method, path, body=None):
        request = urllib.request.Request(
            self.root + path, method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.load(answer)["value"]

    def open(self, url):
        self.call("POST", self.session + "/url", {"url": url})

    def run(self, script, *words):
        return self.call("POST", self.session + "/execute/sync", {"script": script, "args": words})

    def keys(self, text):
        element = self.call("GET", self.session + "/element/active")
        self.call("POST", f"{self.session}/element/{element[KEY]}/value", {"text": text})

    def screenshot(self, path):
        path.write_bytes(base64.b64decode(self.call("GET", self.session + "/screenshot")))

    def dark(self):
        self.call("POST", self.session + "/goog/cdp/execute",
                  {"cmd": "Emulation.setEmulatedMedia", "params": {"features": [
                      {"name": "prefers-color-scheme", "value": "dark"}]}})

    def errors(self):
        return self.call("POST", self.session + "/se/log", {"type": "browser"})

    def close(self):
        self.call("DELETE", self.session)
        self.driver.terminate()


FILTER = """
const [id, value] = arguments, element = document.getElementById(id);
const start = performance.now();
element.value = value;
element.dispatchEvent(new Event("input", {bubbles: true}));
document.getElementById("list").getBoundingClientRect();
return [performance.now() - start, document.getElementById("count").textContent];
"""


def main():
    keysift = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 50000
    folder = pathlib.Path(sys.argv[3] if len(sys.argv) > 3 else tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.json").write_text(json.dumps(make_report(count)))
    page = folder / "page.html"
    subprocess.run([keysift, "report", folder / "report.json", "-f", "html", "-o", page],
                   check=True)
    print(f"{count} findings, {page.stat().st_size / 1e6:.1f} MB")
    browser, slow = Browser(), 0
    try:
        browser.open("about:blank")
        start = time.monotonic()
        browser.open(page.as_uri())
        ready = browser.run("return document.documentElement.dataset.ready")
        opened = time.monotonic() - start
        inside = browser.run("return performance.now()")
        print(f"opened in {opened:.2f} s (page's own clock {inside / 1000:.2f} s), ready {ready}")
        for words in (("search", "service-12"), ("search", "nothing at all"), ("search", ""),
                      ("repository", "7"), ("repository", ""), ("severity", "3"),
                      ("severity", ""), ("age", "365"), ("age", ""), ("account", "100000000005"),
                      ("account", ""), ("where", "1"), ("where", "")):
            took, shown = browser.run(FILTER, *words)
            slow = max(slow, took)
            print(f"  {words[0]} = {words[1]!r}: {took:.1f} ms, {shown}")
        browser.screenshot(folder / "list.png")
        browser.run("document.getElementById('list').focus()")
        browser.keys("\ue015\ue015\ue015")  # arrow down, three times
        browser.screenshot(folder / "detail.png")
        picked = browser.run("return document.querySelector('.picked').dataset.at")
        browser.keys("/")
        focus = browser.run("return document.activeElement.id")
        browser.keys("onerror")
        hostile = browser.run("return [document.images.length, document.title,"
                              " document.querySelector('#space .row').textContent]")
        rows = browser.run("return document.querySelectorAll('#space .row').length")
        browser.dark()
        browser.run("document.getElementById('space').firstChild.click()")
        browser.screenshot(folder / "dark.png")
        print(f"picked row {picked}, / goes to {focus}, {rows} row elements, hostile: {hostile}")
        problems = [entry["message"] for entry in browser.errors()]
        print("console:", problems)
        good = (ready == "yes" and opened < 2 and slow < 100 and picked == "2"
                and focus == "search" and hostile[0] == 0 and not problems)
        print(f"slowest filter {slow:.1f} ms; {'passed' if good else 'FAILED'}; see {folder}")
        return 0 if good else 1
    finally:
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
