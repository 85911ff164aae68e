# SPDX-License-Identifier: Apache-2.0
"""The little language in which formats/*.txt describe credentials.

A format is text with parts in angle brackets:

    <hex:32>        32 characters of a named alphabet (ALPHABETS below)
    <b62:20-40>     20 to 40 of them, the number chosen at random
    <[ABC]:4>       4 characters of the alphabet written out
    <any:a_,b_>     one of the words, in turn
    <uuid>          a version 4 UUID
    <crc62>         a tail computed over the text before it (TAILS below)
    <lt> <gt> <nl> <sp>  the characters < > newline and space

The generator never reads a rule's regex: a format is written down from what
the provider documents, so that a rule is tested against something that it
did not make up itself.
"""

import base64
import hashlib
import hmac
import json
import re
import string
import struct
import uuid
import zlib

from keys import KeyMaker

HEX = "0123456789abcdef"
B36 = string.digits + string.ascii_lowercase
B62 = string.digits + string.ascii_uppercase + string.ascii_lowercase
BECH32 = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"
ALPHABETS = {
    "hex": HEX,
    "HEX": HEX.upper(),
    "digit": string.digits,
    "lower": string.ascii_lowercase,
    "upper": string.ascii_uppercase,
    "alpha": string.ascii_letters,
    "b32": string.ascii_uppercase + "234567",
    "b32l": string.ascii_lowercase + "234567",
    "b36": B36,
    "B36": B36.upper(),
    "b58": "".join(c for c in B62 if c not in "0OIl"),
    "b62": B62,
    "b64": B62 + "+/",
    "b64u": B62 + "-_",
    "word": B62 + "_",
}
CHARACTERS = {"lt": "<", "gt": ">", "nl": "\n", "sp": " "}
# Words and runs that a scanner's placeholder filter is right to drop.
UNLUCKY = re.compile(
    r"example|sample|test|fake|dummy|demo|null|none|todo|xxx|abcd|1234|changeme"
    r"|pass|secret|your|foo|bar|baz|(.)\1\1\1",
    re.IGNORECASE,
)


def crc32(text):
    return zlib.crc32(text.encode()) & 0xFFFFFFFF


def base62(number, width):
    digits = ""
    while number:
        number, digit = divmod(number, 62)
        digits = B62[digit] + digits
    return digits.rjust(width, "0")


def base36(number, width):
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = B36[digit] + digits
    return digits.rjust(width, "0")


def unpadded(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def tail_of_body(text):
    """CRC-32 in base62 of what follows the first underscore."""
    return base62(crc32(text[text.index("_") + 1 :]), 6)


def bech32_checksum(text):
    hrp, data = "age-secret-key-", text[len("AGE-SECRET-KEY-1") :]
    values = [ord(c) >> 5 for c in hrp] + [0] + [ord(c) & 31 for c in hrp]
    values += [BECH32.index(c) for c in data] + [0] * 6
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for i, poly in enumerate(
            (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
        ):
            check ^= poly if top >> i & 1 else 0
    check ^= 1
    return "".join(BECH32[check >> 5 * (5 - i) & 31] for i in range(6))


# Tails: text so far -> the characters that end it.
TAILS = {
    "crc62": tail_of_body,
    "crchex": lambda text: f"{crc32(text.rstrip('_').rsplit('_')[-1]):08x}",
    "crcHEX": lambda text: f"{crc32(text):08X}",
    "crchexle": lambda text: struct.pack(
        "<I", crc32(text.rstrip("_"))
    ).hex(),
    "crc64le": lambda text: base64.b64encode(
        struct.pack("<I", crc32(text[len("cflt") :]))
    ).decode()[:6],
    "bech32": bech32_checksum,
    # A routable GitLab token: the payload's length, then a CRC-32.
    "gllen": lambda text: base36(len(re.split("[-.]", text, 1)[1]) - 4, 2),
    "gitlab": lambda text: base36(crc32(text), 7),
}


class Maker(KeyMaker):
    """Makes values of formats from one random source."""

    def __init__(self, rng):
        self.rng = rng
        self.turn = 0

    def chars(self, alphabet, length):
        if length == 0:
            return ""
        for _ in range(1000):
            text = "".join(self.rng.choice(alphabet) for _ in range(length))
            mixed = len(set(text)) >= min(length, len(alphabet)) / 3
            if mixed and not UNLUCKY.search(text):
                return text
        raise ValueError("no lucky text of this alphabet")

    def raw(self, length):
        return bytes(self.rng.getrandbits(8) for _ in range(length))

    def special(self, name, text):
        if name in TAILS:
            return TAILS[name](text)
        if name == "uuid":
            return str(uuid.UUID(bytes=self.raw(16), version=4))
        if name in CHARACTERS:
            return CHARACTERS[name]
        return getattr(self, "make_" + name)()

    def make_jwt(self):
        head = unpadded(b'{"alg":"HS256","typ":"JWT"}')
        body = json.dumps(
            {"sub": self.chars(string.digits, 9), "iat": 1700000000 + self.turn}
        )
        text = head + "." + unpadded(body.encode())
        mac = hmac.new(self.raw(32), text.encode(), hashlib.sha256).digest()
        return text + "." + unpadded(mac)

    def make_macaroon(self, location=b"pypi.org"):
        """PyPI's: macaroon v2 with location, identifier and one caveat."""
        field = lambda kind, data: bytes([kind, len(data)]) + data
        owner = str(uuid.UUID(bytes=self.raw(16), version=4)).encode()
        caveat = b'[3, "' + owner + b'"]'
        return unpadded(
            b"\x02"
            + field(1, location)
            + field(2, owner)
            + b"\x00"
            + field(2, caveat)
            + b"\x00\x00"
            + b"\x06\x20"
            + self.raw(32)
        )

    def make_macaroontest(self):
        return self.make_macaroon(b"test.pypi.org")

    def make_key64(self):
        return base64.b64encode(self.raw(64)).decode()

    def make_key32(self):
        return base64.b64encode(self.raw(32)).decode()

    def make_bedrock(self):
        name = "BedrockAPIKey-" + self.chars(B36, 4)
        name += "-at-" + self.chars("123456789", 12) + ":"
        key = base64.b64encode(self.raw(33)).decode()
        return base64.b64encode((name + key).encode()).decode()

    def make_dockerauth(self):
        user = self.chars(string.ascii_lowercase, 8)
        pair = user + ":" + self.chars(B62, 20)
        return base64.b64encode(pair.encode()).decode()

    def make_dockerconfig(self):
        registry = {"auth": self.make_dockerauth()}
        return self.json64({"auths": {"r.acme.io": registry}})

    def make_cftunnel(self):
        return self.json64(
            {
                "a": self.chars(HEX, 32),
                "t": self.special("uuid", ""),
                "s": base64.b64encode(self.chars(B62, 48).encode()).decode(),
            }
        )

    def make_discordid(self):
        snowflake = "7" + self.chars(string.digits, 17)
        return unpadded(snowflake.encode())

    def make_discordtime(self):
        seconds = 0x1000000 + self.rng.getrandbits(24)
        return unpadded(struct.pack(">I", seconds))

    def json64(self, fields):
        return base64.b64encode(
            json.dumps(fields, separators=(",", ":")).encode()
        ).decode()

    def make_grafanalegacy(self):
        return self.json64(
            {"k": self.chars(B62, 32), "n": self.chars(HEX, 6), "id": 1}
        )

    def make_grafanacloud(self):
        return self.json64(
            {
                "o": self.chars("123456789", 6),
                "n": self.chars(string.ascii_lowercase, 9),
                "k": self.chars(B62, 24),
                "m": {"r": "eu"},
            }
        )

    def make_intercom(self):
        parts = "_".join(self.chars(HEX, n) for n in (8, 4, 4, 4, 12))
        return base64.b64encode(f"tok:{parts}:1:0".encode()).decode()

    def make_sentry(self):
        return self.json64(
            {
                "iat": 1700000000.25,
                "url": "https://sentry.io",
                "region_url": "https://us.sentry.io",
                "org": self.chars(string.ascii_lowercase, 7),
            }
        ).rstrip("=")

    def make_onepassword(self):
        return unpadded(
            json.dumps(
                {
                    "signInAddress": "my.1password.com",
                    "userAuth": {"method": "SRPg-4096", "alg": "PBES2g-HS256"},
                    "email": self.chars(string.ascii_lowercase, 8)
                    + "@1passwordserviceaccounts.com",
                    "srpX": self.chars(HEX, 64),
                    "secretKey": "A3-" + self.chars(string.ascii_uppercase, 26),
                },
                separators=(",", ":"),
            ).encode()
        )

    def make_mapbox(self):
        return unpadded(
            json.dumps(
                {
                    "u": self.chars(string.ascii_lowercase, 8),
                    "a": "ck" + self.chars(B36, 23),
                },
                separators=(",", ":"),
            ).encode()
        )

    def make_reftkn(self):
        text = "reftkn:01:" + self.chars("123456789", 10) + ":"
        return base64.b64encode((text + self.chars(B62, 27)).encode()).decode()


PART = re.compile(r"<(\[[^\]]+\]|[A-Za-z0-9]+)(?::([^<>]*))?>")


def parse(form):
    """A format as a list of ("text", s) | ("set", chars, low, high) |
    ("any", words) | ("special", name)."""
    parts, at = [], 0
    for match in PART.finditer(form):
        if match.start() > at:
            parts.append(("text", form[at : match.start()]))
        at = match.end()
        name, argument = match.groups()
        if name == "any":
            parts.append(("any", argument.split(",")))
        elif argument is not None:
            low, _, high = argument.partition("-")
            chars = name[1:-1] if name[0] == "[" else ALPHABETS[name]
            parts.append(("set", chars, int(low), int(high or low)))
        else:
            parts.append(("special", name))
    if at < len(form):
        parts.append(("text", form[at:]))
    return parts


def build(parts, maker):
    text = ""
    for part in parts:
        if part[0] == "text":
            text += part[1]
        elif part[0] == "any":
            text += part[1][maker.turn % len(part[1])]
        elif part[0] == "set":
            text += maker.chars(part[1], maker.rng.randint(part[2], part[3]))
        else:
            text += maker.special(part[1], text)
    return text
