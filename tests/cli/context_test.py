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


def each(form):
    return lambda value: "".join(form % ord(letter) for letter in value)


def notebook(source, output="ok"):
    """A notebook whose source or output holds the value at "@"."""

    def write(value):
        cell = {
            "cell_type": "code",
            "source": [source.replace("@", value)],
            "outputs": [{"text": [output.replace("@", value)]}],
        }
        return json.dumps({"cells": [cell]}, indent=1)

    return write


# Name of the file, its text, the line of the secret, how the value is written,
# and, if it is found decoded, from what.
PLAIN = str
BASE64 = "base64"
FORMATS = [
    (".netrc", "machine a.test\n  login eva\n  password %s\n", 3, PLAIN, None),
    ("_netrc", "machine a.test login eva password %s\n", 1, PLAIN, None),
    (".npmrc", "//a.test/:_authToken=%s\n", 1, lambda v: v + v[::-1] + v.swapcase(), None),
    ("a.npmrc", "//a.test/:_password=%s\n", 1, b64, BASE64),
    ("b.npmrc", "_auth=%s\n", 1, lambda v: b64("eva:" + v), BASE64),
    ("c.npmrc", '//a.test/:_auth = "%s"\n', 1, lambda v: b64("eva:" + v[:6]), BASE64),
    (".pypirc", "[pypi]\nusername = eva\npassword = %s\n", 3, PLAIN, None),
    ("a.pypirc", "[pypi]\nusername: eva\npassword: %s\n", 3, PLAIN, None),
    (".bash_history", "ls\nmysql -u root -p%s app\n", 2, PLAIN, None),
    ("b_history", "mysql -uroot -p'%s' -h db app\n", 1, PLAIN, None),
    ("c_history", "docker login -u eva -p %s r.test\n", 1, PLAIN, None),
    ("d_history", "echo %s | docker login -u a --password-stdin\n", 1, PLAIN, None),
    ("e_history", "setenv DB_PASSWORD %s\n", 1, PLAIN, None),
    ("f_history", "git clone https://eva:%s@git.test/a.git\n", 1, PLAIN, None),
    (".zsh_history", ": 17:0;curl -u eva:%s https://a.test\n", 1, PLAIN, None),
    (".env", "export DB_PASSWORD=%s\n", 1, PLAIN, None),
    ("a.ini", "[db]\npassword=%s\n", 2, PLAIN, None),
    ("b.ini", "Password=%s ; main\n", 1, PLAIN, None),
    ("c.ini", "spring.datasource.password=%s\r\nx=1\r\n", 1, PLAIN, None),
    ("a.toml", '[db]\npassword = "%s"\n', 2, PLAIN, None),
    ("b.toml", "db = { user = \"a\", password = '%s' }\n", 1, PLAIN, None),
    ("c.toml", 'password = """%s"""\n', 1, PLAIN, None),
    ("a.yaml", "db:\n  user: x\n  password: %s\n", 3, PLAIN, None),
    ("b.yaml", "db:\n  password: |\n    %s\n  user: x\n", 3, PLAIN, None),
    ("c.yaml", "api-token: >-\n  %s\n", 2, PLAIN, None),
    ("pod.yaml", "env:\n  - name: DB_PASSWORD\n    value: %s\n", 3, PLAIN, None),
    ("pod2.yaml", "  env: [{name: DB_PASSWORD, value: '%s'}]\n", 1, PLAIN, None),
    (
        "pod3.yaml",
        "          - name: DB_PASSWORD\n            value: %s\n",
        2,
        PLAIN,
        None,
    ),
    (
        "nuget.config",
        '<f><add key="ClearTextPassword" value="%s" /></f>\n',
        1,
        PLAIN,
        None,
    ),
    (
        "nuget2.config",
        '<add\n  key="ClearTextPassword"\n  value="%s" />\n',
        3,
        PLAIN,
        None,
    ),
    (
        "settings.xml",
        "<server>\n <password>%s</password>\n</server>\n",
        2,
        PLAIN,
        None,
    ),
    ("settings3.xml", "<password><![CDATA[%s]]></password>\n", 1, PLAIN, None),
    (
        "settings4.xml",
        "<password>%s</password>\n",
        1,
        lambda v: v[:5] + "&amp;" + v[5:],
        "html-entity",
    ),
    ("bean.xml", '<property name="password" value="%s"/>\n', 1, PLAIN, None),
    (
        "line.json",
        '{"a":1,"db":{"user":"x","password":"%s","port":3}}',
        1,
        PLAIN,
        None,
    ),
    ("pair.json", '{"key":"DB_PASSWORD","value":"%s"}', 1, PLAIN, None),
    ("wide.json", '{\n "password" :   "%s"\n}', 2, PLAIN, None),
    ("next.json", '{\n "password":\n   "%s"\n}', 3, PLAIN, None),
    ("string.json", '{"x":"password = \\"%s\\"\\n"}', 1, PLAIN, None),
    ("string2.json", '{"x":"{\\"password\\" : \\"%s\\"}"}', 1, PLAIN, None),
    (
        "string3.json",
        '{"x":"{\\\\\\"password\\\\\\":\\\\\\"%s\\\\\\"}"}',
        1,
        PLAIN,
        None,
    ),
    ("short.json", '{"password":"%s"}', 1, each("\\u%04x"), "unicode-escape"),
    ("x.tfstate", '{"attributes": {\n  "password": "%s",\n  "a": 1}}', 2, PLAIN, None),
    (
        "y.tfstate",
        '{"outputs": {\n "db_password": {\n  "value": "%s",\n',
        3,
        PLAIN,
        None,
    ),
    (
        "z.tf",
        'variable "db_password" {\n  type = string\n  default = "%s"\n}\n',
        3,
        PLAIN,
        None,
    ),
    ("a.sql", "ALTER USER web IDENTIFIED BY '%s';\n", 1, PLAIN, None),
    ("a.html", "<p>password = &quot;%s&quot;</p>\n", 1, PLAIN, "html-entity"),
    ("out.ipynb", '{"text": [\n "password: %s\\n"]}', 2, PLAIN, None),
    ("a.ipynb", "%s", 6, notebook('password = "@"'), None),
    ("b.ipynb", "%s", 6, notebook('os.environ["API_KEY"] = "@"'), None),
    ("c.ipynb", "%s", 11, notebook("x", "{'password': '@'}"), None),
    ("secret.yaml", "kind: Secret\ndata:\n  password: %s\n", 3, b64, BASE64),
    (
        "secret2.yaml",
        "kind: Secret\ndata:\n  db-pass: %s\n",
        3,
        lambda v: b64(v[:8] + "\n"),
        BASE64,
    ),
    ("secret3.yaml", "kind: Secret\ndata:\n  token: |\n    %s\n", 4, b64, BASE64),
    (
        "secret4.yaml",
        "kind: Secret\ndata:\n  a.yaml: %s\n",
        3,
        lambda v: b64(f"db:\n  password: {v}\n"),
        BASE64,
    ),
    (
        "config.json",
        '{"auths":{"a.test":{"auth":"%s"}}}',
        1,
        lambda value: b64("eva:" + value),
        BASE64,
    ),
    ("a.go", "var secretKey = []byte{%s}\n", 1, numbers("%d"), None),
    ("a.py", "secret_key = bytes([%s])\n", 1, numbers("0x%02x"), None),
    ("b.py", 'password = "%s"\n', 1, each("\\%03o"), "octal-escape"),
    (
        "c.py",
        "password = base64.b64decode('%s')\n",
        1,
        lambda v: b64(v + v[:4]),
        BASE64,
    ),
    ("d.py", "auth = 'Basic %s'\n", 1, lambda v: b64("eva:" + v[:8]), BASE64),
    ("a.url", "https://a.test/?password=%s\n", 1, lambda v: v + "%24", "percent"),
    ("A.java", "byte[] secretKey = {%s};\n", 1, numbers("(byte) 0x%02x"), None),
]


class Context(harness.Case):
    def test_each_format_leads_to_its_secret(self):
        expected = {}
        for number, (name, text, line, written, chain) in enumerate(FORMATS):
            value = "".join(
                random.Random(number).sample("bcdfghjkmnpqrtvwxz23456789BDFGHKLMQRT", 12)
            )
            (self.folder / name).write_text(text % written(value + "7q"))
            expected[name] = (line, [chain] if chain else [])
        found = {}
        for finding in self.scan(self.folder).expect(1).report["findings"]:
            for place in finding["locations"]:
                told = (place["line"], place["decoding"])
                found.setdefault(place["path"], []).append(told)
        for name, told in expected.items():
            with self.subTest(name):
                self.assertEqual(found.get(name), [told])

    def test_a_secret_in_json_in_a_string_of_json(self):
        inner = json.dumps({"client_secret": "hXk29dmQ81zB"})
        text = json.dumps({"body": inner}).encode()
        self.assertEqual(len(self.scan("-", stdin=text).report["findings"]), 1)

    def test_sample_words_in_base64_are_none(self):
        text = f"kind: Secret\ndata:\n  password: {b64('password')}\n".encode()
        self.scan("-", stdin=text).expect(0)


if __name__ == "__main__":
    harness.main()
