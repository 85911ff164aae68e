#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the examples and near misses of rules/*.toml from formats/*.txt.

    generate_examples.py            rewrite the examples of all rules
    generate_examples.py aws npm    only those of rules/aws.toml, rules/npm.toml
    generate_examples.py --check    change nothing; fail if a file would change

A line of formats/*.txt describes one rule, in columns parted by two spaces or
more:

    rule-id  format  [context]  [near misses]

`format` is the language of formats.py. `context` says what stands around it:
`-` takes the usual places of a token in turn, a NAME in upper case becomes the
key of an assignment in several languages, and text with {} is taken as it is.
`near misses` lists what to break, one element each (MISSES below); `=` begins
a whole text of its own, up to the end of the column. The random source is
seeded by the rule's id: a rule's examples change only if its line does.
"""

import json
import pathlib
import random
import re
import sys

import formats

HERE = pathlib.Path(__file__).resolve().parent
RULES = HERE.parent.parent / "rules"

PLAIN_PLACES = (
    '{}',
    'api_token = "{}"',
    '  "credential": "{}",',
    'curl -H "Authorization: Bearer {}" https://api.acme.io/',
)
# K: the name as it is, k: in lower case.
NAMED_PLACES = ("K={}", '"k": "{}",', "export K='{}'", "k: {}")
OTHER_NAME = "COLOUR_OF_BIKE_SHED"


def place(text, context, turn):
    if context == "-":
        return PLAIN_PLACES[turn % len(PLAIN_PLACES)].replace("{}", text)
    if "{}" in context:
        for name, character in formats.CHARACTERS.items():
            context = context.replace(f"<{name}>", character)
        return context.replace("{}", text)
    shape = NAMED_PLACES[turn % len(NAMED_PLACES)]
    name = context if "K" in shape else context.lower()
    return re.sub("[Kk]", lambda _: name, shape, count=1).replace("{}", text)


def swap_letter(text):
    """The text with its middle letter or digit replaced by another one."""
    spots = [i for i, c in enumerate(text) if c.isalnum()]
    if not spots:
        raise ValueError(f"no letter to swap in {text!r}")
    at = spots[len(spots) // 2]
    old = text[at]
    pool = "7531" if old.isdigit() else "wqjv" if old.islower() else "WQJV"
    return text[:at] + next(c for c in pool if c != old) + text[at + 1 :]


def longest_set(parts):
    sets = [i for i, p in enumerate(parts) if p[0] == "set"]
    if not sets:
        raise ValueError("a format without a random part")
    return max(sets, key=lambda i: parts[i][2])


def miss_prefix(parts, maker):
    at = next(i for i, p in enumerate(parts) if p[0] in ("text", "any"))
    kind, word = parts[at]
    word = word if kind == "text" else word[0]
    return build_with(parts, at, ("text", swap_letter(word)), maker)


def miss_middle(parts, maker):
    """Breaks the second fixed text (or the only one), such as an infix."""
    fixed = [i for i, p in enumerate(parts) if p[0] in ("text", "any")]
    at = fixed[1] if len(fixed) > 1 else fixed[0]
    kind, word = parts[at]
    word = word if kind == "text" else word[0]
    if not any(c.isalnum() for c in word):
        changed = "".join("~" for _ in word)
    else:
        changed = swap_letter(word)
    return build_with(parts, at, ("text", changed), maker)


def miss_short(parts, maker):
    at = longest_set(parts)
    _, chars, low, _ = parts[at]
    return build_with(parts, at, ("set", chars, low - 1, low - 1), maker)


def miss_long(parts, maker):
    at = longest_set(parts)
    _, chars, _, high = parts[at]
    return build_with(parts, at, ("set", chars, high + 1, high + 1), maker)


def miss_charset(parts, maker):
    at = longest_set(parts)
    _, chars, low, _ = parts[at]
    text = maker.chars(chars, low)
    text = text[: low // 2] + "!" + text[low // 2 + 1 :]
    return build_with(parts, at, ("text", text), maker)


def miss_case(parts, maker):
    """One letter of the other case, for alphabets of one case."""
    at = longest_set(parts)
    _, chars, low, _ = parts[at]
    text = maker.chars(chars, low)
    odd = "Q" if "q" not in chars.upper() and "z" in chars.lower() else "G"
    odd = odd if chars.lower() == chars else odd.lower()
    text = text[: low // 2] + odd + text[low // 2 + 1 :]
    return build_with(parts, at, ("text", text), maker)


def miss_entropy(parts, maker):
    at = longest_set(parts)
    _, chars, low, _ = parts[at]
    text = (chars[0] * 7 + chars[1]) * (low // 8 + 1)
    return build_with(parts, at, ("text", text[:low]), maker)


def build_with(parts, at, part, maker):
    return formats.build(parts[:at] + [part] + parts[at + 1 :], maker)


# What a near miss may break: one named element.
MISSES = {
    "prefix": miss_prefix,
    "middle": miss_middle,
    "short": miss_short,
    "long": miss_long,
    "charset": miss_charset,
    "case": miss_case,
    "entropy": miss_entropy,
}


def make_miss(kind, parts, context, maker):
    if kind.startswith("="):
        return formats.build(formats.parse(kind[1:]), maker)
    if kind == "keyword":
        text = formats.build(parts, maker)
        if "{}" in context:
            key, _, rest = context.partition("{}")
            name = re.compile(r"[A-Za-z][A-Za-z_.-]+")
            key = name.sub(OTHER_NAME.lower(), key)
            return place(text, key + "{}" + rest, maker.turn)
        return place(text, OTHER_NAME, maker.turn)
    return place(MISSES[kind](parts, maker), context, maker.turn)


class Format:
    """One line of formats/*.txt."""

    def __init__(self, line, where):
        columns = re.split(r"\s{2,}", line.strip())
        self.where = where
        self.id = columns[0]
        self.form = columns[1]
        self.context = columns[2] if len(columns) > 2 else "-"
        self.misses = []
        for column in columns[3:]:
            names, equals, text = column.partition("=")
            self.misses += names.split()
            self.misses += [equals + text] if equals else []
        if not self.misses:
            self.misses = ["prefix", "short", "charset"]
            if self.context != "-":
                self.misses = ["keyword", "short", "charset"]

    def examples(self):
        maker = formats.Maker(random.Random("keysift:" + self.id))
        parts = formats.parse(self.form)
        turns = max([2] + [len(p[1]) for p in parts if p[0] == "any"])
        good = []
        for maker.turn in range(turns):
            text = formats.build(parts, maker)
            good.append(place(text, self.context, maker.turn))
        bad = []
        for maker.turn, kind in enumerate(self.misses):
            bad.append(make_miss(kind, parts, self.context, maker))
        return good, bad


def read_formats():
    found = {}
    for path in sorted((HERE / "formats").glob("*.txt")):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            where = f"{path.name}:{number}"
            if len(re.split(r"\s{2,}", line.strip())) < 2:
                sys.exit(f"{where}: a rule id and a format are needed")
            form = Format(line, where)
            if form.id in found:
                sys.exit(f"{where}: {form.id} has two formats")
            found[form.id] = form
    return found


def toml_list(key, texts):
    lines = [f"{key} = ["]
    lines += [f"  {json.dumps(text, ensure_ascii=True)}," for text in texts]
    return "\n".join(lines + ["]", ""])


OLD = re.compile(r"^(?:negative_)?examples = \[\n(?:  .*\n)*\]\n", re.MULTILINE)
RULE_ID = re.compile(r'^id = "([^"]+)"$', re.MULTILINE)
SUBTABLE = re.compile(r"^\[\[rules\.", re.MULTILINE)


def rewrite(text, known, unknown):
    """The text of a rule file with the examples of its rules made anew."""
    head, *blocks = re.split(r"^(?=\[\[rules\]\]\n)", text, flags=re.MULTILINE)
    for i, block in enumerate(blocks):
        name = RULE_ID.search(block).group(1)
        if name not in known:
            unknown.append(name)
            continue
        try:
            good, bad = known[name].examples()
        except (ValueError, StopIteration, KeyError, IndexError) as error:
            unknown.append(f"{name} ({known[name].where}: {error!r})")
            continue
        block = OLD.sub("", block)
        lists = toml_list("examples", good)
        lists += toml_list("negative_examples", bad)
        sub = SUBTABLE.search(block)
        at = sub.start() if sub else len(block)
        body = block[:at].rstrip("\n") + "\n" + lists + "\n" + block[at:]
        blocks[i] = body
    return (head + "".join(blocks)).rstrip("\n") + "\n"


# Rules whose examples are made by hand, with the checks that they need.
BY_HAND = {"nats-nkey-seed"}


def main(arguments):
    check = "--check" in arguments
    only = {name for name in arguments if not name.startswith("--")}
    known, unknown, stale = read_formats(), [], []
    for path in sorted(RULES.glob("*.toml")):
        if only and path.stem not in only:
            continue
        if path.stem == "generic":
            continue  # forms of assignment, not formats: written by hand
        text = path.read_text()
        new = rewrite(text, known, unknown)
        if new != text:
            stale.append(path.name)
            if not check:
                path.write_text(new)
    unknown = [name for name in unknown if name not in BY_HAND]
    for name in unknown:
        print(f"no examples for rule {name}", file=sys.stderr)
    if check and stale:
        print("out of date:", ", ".join(stale), file=sys.stderr)
    return 1 if unknown or (check and stale) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
