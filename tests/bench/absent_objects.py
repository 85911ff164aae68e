#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Takes single objects out of a copy of a real repository: is each one missed?

    absent_objects.py KEYSIFT REPOSITORY [COUNT] [SEED]

Half of them are left out of a repack, half were loose and are deleted. No file
marks what is gone. Every scan must end with 3 (or 1, with findings) and name the
object. Needs the space of three copies, and a few seconds for each object.
"""

import json
import pathlib
import random
import subprocess
import sys
import tempfile


def git(folder, *words, stdin=None):
    return subprocess.run(
        ["git", "-C", folder, *words],
        input=stdin,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def scan(keysift, folder):
    run = subprocess.run(
        [keysift, "scan", "-q", "-f", "json", folder],
        capture_output=True,
        text=True,
        check=False,
    )
    return run.returncode, json.loads(run.stdout)


def is_named(keysift, folder, object_id):
    code, report = scan(keysift, folder)
    named = any(object_id in gap["what"] for gap in report["gaps"])
    return code in (1, 3) and named


def copy_without(whole, copy, ids, left_out):
    """A copy of `whole` with one pack of all objects but those."""
    git(".", "clone", "-q", "--mirror", whole, copy)
    packs = pathlib.Path(copy, "objects/pack")
    for old in packs.iterdir():
        old.unlink()
    rest = "\n".join(one for one in ids if one not in left_out) + "\n"
    git(whole, "pack-objects", "-q", "--window=0", str(packs / "pack"), stdin=rest)


def add_loose(whole, copy, object_id):
    """Puts one object back, in a file of its own; that file."""
    kind = git(whole, "cat-file", "-t", object_id).strip()
    content = subprocess.run(
        ["git", "-C", whole, "cat-file", kind, object_id],
        capture_output=True,
        check=True,
    ).stdout
    subprocess.run(
        ["git", "-C", copy, "hash-object", "-t", kind, "-w", "--stdin"],
        input=content,
        capture_output=True,
        check=True,
    )
    return pathlib.Path(copy, "objects", object_id[:2], object_id[2:])


def missed_in_pack(keysift, whole, folder, ids, object_id):
    """A repack leaves the object out."""
    copy = f"{folder}/copy.git"
    copy_without(whole, copy, ids, {object_id})
    named = is_named(keysift, copy, object_id)
    subprocess.run(["rm", "-rf", copy], check=True)
    return not named


def missed_loose(keysift, whole, folder, ids, object_ids):
    """Those whose file is deleted, one at a time, and that are not named."""
    copy = f"{folder}/loose.git"
    copy_without(whole, copy, ids, set(object_ids))
    files = {one: add_loose(whole, copy, one) for one in object_ids}
    before = scan(keysift, copy)[1]["gaps"]
    if any("object" in gap["what"] for gap in before):
        yield f"a gap before anything was gone: {before}"
    for object_id, file in files.items():
        aside = file.with_suffix(".aside")
        file.rename(aside)
        if not is_named(keysift, copy, object_id):
            yield object_id
        aside.rename(file)


def main():
    keysift, repository = sys.argv[1:3]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 100
    choice = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
    with tempfile.TemporaryDirectory() as folder:
        whole = f"{folder}/whole.git"
        git(".", "clone", "-q", "--mirror", repository, whole)
        ids = git(whole, "rev-list", "--objects", "--all", "--no-object-names").split()
        chosen = choice.sample(ids, count)
        half = count // 2
        missed = list(missed_loose(keysift, whole, folder, ids, chosen[:half]))
        print(f"{half} loose objects: {len(missed)} not named", file=sys.stderr)
        for number, object_id in enumerate(chosen[half:], 1):
            if missed_in_pack(keysift, whole, folder, ids, object_id):
                missed.append(object_id)
            print(f"{number} left out of a pack", file=sys.stderr)
    print(f"{count - len(missed)} of {count} were named")
    for line in missed:
        print(line)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
