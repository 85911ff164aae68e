# SPDX-License-Identifier: Apache-2.0
"""Private keys in their file formats, well formed down to the last length.

RSA keys are real (random primes), since a check may multiply them; the others
are numbers of the right size in the right structure. Sources: RFC 8017, 5915,
5958, 8018, 9580, OpenSSH's PROTOCOL.key, PuTTY's appendix C.
"""

import base64
import hashlib
import struct


def der(tag, *parts):
    body = b"".join(parts)
    size = len(body)
    if size < 128:
        return bytes([tag, size]) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + body


def integer(number):
    return der(2, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def oid(text):
    first, second, *rest = (int(n) for n in text.split("."))
    body = [first * 40 + second]
    for number in rest:
        piece = [number & 127]
        while number := number >> 7:
            piece.insert(0, 128 | number & 127)
        body += piece
    return der(6, bytes(body))


def armour(label, data, headers=""):
    text = base64.b64encode(data).decode()
    lines = [text[i : i + 64] for i in range(0, len(text), 64)]
    body = headers + "\n".join(lines)
    return f"-----BEGIN {label}-----\n{body}\n-----END {label}-----"


def string(data):
    data = data.encode() if isinstance(data, str) else data
    return struct.pack(">I", len(data)) + data


def crc24(data):
    crc = 0xB704CE
    for byte in data:
        crc ^= byte << 16
        for _ in range(8):
            crc = crc << 1 ^ (0x1864CFB if crc & 0x800000 else 0)
    return crc & 0xFFFFFF


class KeyMaker:
    """What formats.Maker inherits; needs its rng and raw()."""

    def prime(self, bits):
        while True:
            n = self.rng.getrandbits(bits) | 1 | 3 << bits - 2
            if all(n % p for p in (3, 5, 7, 11, 13, 17, 19, 23)) and all(
                pow(a, n - 1, n) == 1 for a in (2, 3, 5, 7, 11)
            ):
                return n

    def rsa_der(self):
        while True:
            p, q = self.prime(512), self.prime(512)
            if p != q and (p - 1) % 65537 and (q - 1) % 65537:
                break
        d = pow(65537, -1, (p - 1) * (q - 1))
        numbers = (0, p * q, 65537, d, p, q, d % (p - 1), d % (q - 1))
        return der(48, *map(integer, numbers), integer(pow(q, -1, p)))

    def make_rsakey(self):
        return armour("RSA PRIVATE KEY", self.rsa_der())

    def make_pkcs8key(self):
        kind = der(48, oid("1.2.840.113549.1.1.1"), der(5))
        return armour(
            "PRIVATE KEY",
            der(48, integer(0), kind, der(4, self.rsa_der())),
        )

    def make_eckey(self):
        return armour(
            "EC PRIVATE KEY",
            der(
                48,
                integer(1),
                der(4, self.raw(32)),
                der(0xA0, oid("1.2.840.10045.3.1.7")),
                der(0xA1, der(3, b"\0\4" + self.raw(64))),
            ),
        )

    def make_dsakey(self):
        big = lambda bits: self.rng.getrandbits(bits) | 1 << bits - 1 | 1
        numbers = (0, big(1024), big(160), big(1023), big(1022), big(159))
        return armour("DSA PRIVATE KEY", der(48, *map(integer, numbers)))

    def make_encryptedkey(self):
        scheme = der(
            48,
            oid("1.2.840.113549.1.5.13"),
            der(
                48,
                der(
                    48,
                    oid("1.2.840.113549.1.5.12"),
                    der(48, der(4, self.raw(8)), integer(2048)),
                ),
                der(48, oid("2.16.840.1.101.3.4.1.42"), der(4, self.raw(16))),
            ),
        )
        return armour(
            "ENCRYPTED PRIVATE KEY", der(48, scheme, der(4, self.raw(320)))
        )

    def make_opensshkey(self):
        public, seed = self.raw(32), self.raw(32)
        check = self.raw(4)
        blob = string("ssh-ed25519") + string(public)
        private = check + check + blob + string(seed + public) + string("ci")
        private += bytes(range(1, 1 + -len(private) % 8))
        return armour(
            "OPENSSH PRIVATE KEY",
            b"openssh-key-v1\0"
            + string("none") * 2
            + string("")
            + struct.pack(">I", 1)
            + string(blob)
            + string(private),
        )

    def make_ssh2key(self):
        body = string("dl-modp{sign{dsa-nist-sha1},dh{plain}}")
        body += string("none") + string(string(self.raw(180)))
        data = struct.pack(">II", 0x3F6FF9EB, len(body) + 8) + body
        text = base64.b64encode(data).decode()
        lines = "\n".join(text[i : i + 70] for i in range(0, len(text), 70))
        label = "SSH2 ENCRYPTED PRIVATE KEY"
        return (
            f'---- BEGIN {label} ----\nComment: "ci"\n{lines}\n'
            f"---- END {label} ----"
        )

    def make_pgpkey(self):
        point = b"\x40" + self.raw(32)
        public = b"\x04" + struct.pack(">I", 1700000000) + b"\x16"
        public += b"\x09\x2b\x06\x01\x04\x01\xda\x47\x0f\x01"
        public += struct.pack(">H", 263) + point
        secret = struct.pack(">H", 255) + b"\x7f" + self.raw(31)
        body = public + b"\0" + secret
        body += struct.pack(">H", sum(secret) & 0xFFFF)
        packet = b"\xc5" + bytes([len(body)]) + body
        user = b"CI signer <ci@acme.io>"
        data = packet + b"\xcd" + bytes([len(user)]) + user
        text = armour("PGP PRIVATE KEY BLOCK", data, headers="\n")
        tail = base64.b64encode(crc24(data).to_bytes(3, "big")).decode()
        return text.replace("\n-----END", f"\n={tail}\n-----END")

    def make_puttykey(self):
        blob = string("ssh-ed25519") + string(self.raw(32))
        public = base64.b64encode(blob).decode()
        private = base64.b64encode(string(self.raw(32))).decode()
        mac = hashlib.sha256(self.raw(32)).hexdigest()
        return (
            "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n"
            f"Comment: ci\nPublic-Lines: 2\n{public[:64]}\n{public[64:]}\n"
            f"Private-Lines: 1\n{private}\nPrivate-MAC: {mac}\n"
        )

    def make_base64key(self):
        kind = (self.make_eckey, self.make_opensshkey)[self.turn % 2]
        return base64.b64encode((kind() + "\n").encode()).decode()

    def make_barekey(self):
        """A key's DER in base64, without PEM's lines."""
        kind = (self.make_pkcs8key, self.make_eckey, self.make_rsakey)
        return "".join(kind[self.turn % 3]().split("\n")[1:-1])

    def make_serviceaccount(self):
        """A Google service account's key file, on one line."""
        key = self.make_pkcs8key().replace("\n", "\\n") + "\\n"
        number = self.chars("123456789", 21)
        project = self.chars("bcdfghjklm", 7) + "-" + number[:6]
        return (
            '{"type": "service_account", "project_id": "%s", '
            '"private_key_id": "%s", "private_key": "%s", '
            '"client_email": "ci@%s.iam.gserviceaccount.com", '
            '"client_id": "%s", '
            '"auth_uri": "https://accounts.google.com/o/oauth2/auth", '
            '"token_uri": "https://oauth2.googleapis.com/token"}'
        ) % (project, self.chars("0123456789abcdef", 40), key, project, number)
