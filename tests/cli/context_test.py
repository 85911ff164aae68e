#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Formats in which a secret stands under its key: each is found, at its line."""

import base64
import json
import random

import harness


def b64(text):
    return base64.b64encode(text.encode()).decode()


def numbers(form):
    return lambda value: ", ".join(form % byte for byte in value.encode())


# Name of the file, its text, the line of the secret, how the value is written.
PLAIN = str
FORMATS = [
    (".netrc", "machine a.test\n  login eva\n  password %s\n", 3, PLAIN),
    (".npmrc", "//a.test/:_authToken=%s\n", 1, lambda v: v * 3),
    (".pypirc", "[pypi]\nusername = eva\npassword = %s\n", 3, PLAIN),
    (".bash_history", "ls\nmysql -u root -p%s app\n", 2, PLAIN),
    (".zsh_history", ": 17:0;curl -u eva:%s https://a.test\n", 1, PLAIN),
    (".env", "export DB_PASSWORD=%s\n", 1, PLAIN),
    ("a.ini", "[db]\npassword=%s\n", 2, PLAIN),
    ("a.toml", '[db]\npassword = "%s"\n', 2, PLAIN),
    ("a.yaml", "db:\n  user: x\n  password: %s\n", 3, PLAIN),
    ("pod.yaml", "env:\n  - name: DB_PASSWORD\n    value: %s\n", 3, PLAIN),
    ("nuget.config", '<f><add key="ClearTextPassword" value="%s" /></f>\n', 1, PLAIN),
    ("settings.xml", "<server>\n <password>%s</password>\n</server>\n", 2, PLAIN),
    ("bean.xml", '<property name="password" value="%s"/>\n', 1, PLAIN),
    ("line.json", '{"a":1,"db":{"user":"x","password":"%s","port":3}}', 1, PLAIN),
    ("x.tfstate", '{"attributes": {\n  "password": "%s",\n  "a": 1}}', 2, PLAIN),
    ("a.sql", "ALTER USER web IDENTIFIED BY '%s';\n", 1, PLAIN),
    ("a.html", "<p>password = &quot;%s&quot;</p>\n", 1, PLAIN),
    ("out.ipynb", '{"text": [\n "password: %s\\n"]}', 2, PLAIN),
    ("secret.yaml", "kind: Secret\ndata:\n  password: %s\n", 3, b64),
    (
        "config.json",
        '{"auths":{"a.test":{"auth":"%s"}}}',
        1,
        lambda value: b64("eva:" + value),
    ),
    ("a.go", "var secretKey = []byte{%s}\n", 1, numbers("%d")),
    ("a.py", "secret_key = bytes([%s])\n", 1, numbers("0x%02x")),
    ("A.java", "byte[] secretKey = {%s};\n", 1, numbers("(byte) 0x%02x")),
]


class Context(harness.Case):
    def test_each_format_leads_to_its_secret(self):
        lines = {}
        for number, (name, text, line, written) in enumerate(FORMATS):
            value = "".join(
                random.Random(number).sample("bcdfghjkmnpqrtvwxz23456789BDFGHKLMQRT", 12)
            )
            (self.folder / name).write_text(text % written(value + "7q"))
            lines[name] = line
        found = {}
        for finding in self.scan(self.folder).expect(1).report["findings"]:
            for place in finding["locations"]:
                found.setdefault(place["path"], set()).add(place["line"])
        for name, line in lines.items():
            with self.subTest(name):
                self.assertEqual(found.get(name), {line})

    def test_a_secret_in_json_in_a_string_of_json(self):
        inner = json.dumps({"client_secret": "hXk29dmQ81zB"})
        text = json.dumps({"body": inner}).encode()
        self.assertEqual(len(self.scan("-", stdin=text).report["findings"]), 1)

    def test_sample_words_in_base64_are_none(self):
        text = f"kind: Secret\ndata:\n  password: {b64('password')}\n".encode()
        self.scan("-", stdin=text).expect(0)


if __name__ == "__main__":
    harness.main()
