#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A secret in each place that a repository has: found, named, and exit code 1.

tests/README.md maps each place to its test here.
"""

import base64
import hashlib
import shutil

import harness

TOKEN = harness.github_token(1)
LINE = f"token = {TOKEN}\n"


class Places(harness.Case):
    def only_finding(self, *words, code=1, **options):
        """The one finding of a scan; nothing else was found, nothing is missing."""
        report = self.scan(*words, **options).expect(code).report
        self.assertEqual(len(report["findings"]), 1, report)
        self.assertEqual(report["gaps"], [])
        return report["findings"][0]

    def kinds(self, finding):
        return {(place["kind"], place["path"]) for place in finding["locations"]}

    def bare(self, repo):
        """A copy that has nothing but objects and refs."""
        path = self.folder / "bare.git"
        repo.git("clone", "-q", "--mirror", repo.path, path)
        return path

    def test_a_normal_commit(self):
        repo = self.repo()
        commit = repo.commit(a_env=LINE)
        finding = self.only_finding("--no-worktree", repo.path)
        place = finding["locations"][0]
        self.assertEqual(
            (place["kind"], place["path"], place["line"], place["column"]),
            ("blob", "a.env", 1, 9),
        )
        self.assertEqual(place["commit"], commit)
        self.assertTrue(finding["in_head"])

    def test_added_then_removed(self):
        repo = self.repo()
        repo.commit(b_txt="first\n")
        added = repo.commit(a_env=LINE)
        removed = repo.commit(a_env="nothing\n")
        finding = self.only_finding(repo.path)
        self.assertEqual(finding["first_commit"]["id"], added)
        self.assertEqual(finding["removed_commit"]["id"], removed)
        self.assertFalse(finding["in_head"])

    def test_only_in_a_merge(self):
        repo = self.repo()
        repo.commit(a_txt="start\n")
        repo.git("checkout", "-qb", "side")
        repo.commit(a_txt="side\n")
        repo.git("checkout", "-q", "main")
        repo.commit(a_txt="main\n")
        repo.git("merge", "side", check=False)
        merge = repo.commit(a_txt=LINE)
        self.assertEqual(len(repo.git("rev-list", "--parents", "-1", merge).split()), 3)
        repo.commit(a_txt="gone\n")
        finding = self.only_finding(repo.path)
        self.assertEqual(finding["first_commit"]["id"], merge)

    def test_a_file_that_attributes_call_binary(self):
        for number, attribute in enumerate(("-diff", "binary", "-text")):
            repo = self.repo(f"repo{number}")
            repo.write(".gitattributes", f"*.env {attribute}\n")
            repo.commit(a_env=LINE)
            finding = self.only_finding("--no-worktree", repo.path)
            self.assertEqual(self.kinds(finding), {("blob", "a.env")})

    def test_a_commit_message(self):
        repo = self.repo()
        repo.commit(a_txt="a\n")
        commit = repo.commit(f"Deploy\n\nwith {TOKEN}")
        finding = self.only_finding(self.bare(repo))
        place = finding["locations"][0]
        self.assertEqual((place["kind"], place["path"]), ("commit message", ""))
        self.assertEqual(place["commit"], commit)

    def test_a_tag_message(self):
        repo = self.repo()
        repo.commit(a_txt="a\n")
        repo.git("tag", "-a", "v1", "-m", f"with {TOKEN}")
        finding = self.only_finding(repo.path)
        place = finding["locations"][0]
        self.assertEqual(place["kind"], "tag message")
        self.assertEqual(place["blob"], repo.git("rev-parse", "v1"))

    def test_a_note(self):
        repo = self.repo()
        repo.commit(a_txt="a\n")
        repo.git("notes", "add", "-m", f"with {TOKEN}")
        finding = self.only_finding(repo.path)
        self.assertEqual(finding["locations"][0]["kind"], "blob")
        self.assertEqual(finding["refs"], ["refs/notes/commits"])

    def test_a_stash(self):
        repo = self.repo()
        repo.commit(a_txt="a\n")
        repo.write("a.txt", LINE)
        repo.git("stash")
        finding = self.only_finding(repo.path)
        self.assertEqual(finding["refs"], ["refs/stash"])
        self.assertEqual(self.kinds(finding), {("blob", "a.txt")})

    def test_a_dropped_place_in_the_stash(self):
        repo = self.repo()
        repo.commit(a_txt="a\n")
        for text in (LINE, "other\n"):
            repo.write("a.txt", text)
            repo.git("stash")
        finding = self.only_finding(repo.path)
        self.assertEqual(finding["refs"], ["reflog of refs/stash"])

    def test_a_commit_that_only_the_reflog_has(self):
        repo = self.repo()
        first = repo.commit(a_txt="a\n")
        repo.commit(a_env=LINE)
        repo.git("reset", "-q", "--hard", first)
        finding = self.only_finding(repo.path)
        self.assertFalse(finding["reachable"])
        self.assertEqual(
            set(finding["refs"]), {"reflog of HEAD", "reflog of refs/heads/main"}
        )

    def test_a_dangling_commit(self):
        repo = self.repo()
        first = repo.commit(a_txt="a\n")
        gone = repo.commit(a_env=LINE)
        repo.git("reset", "-q", "--hard", first)
        repo.git("update-ref", "-d", "ORIG_HEAD")
        repo.git("reflog", "expire", "--expire=now", "--expire-unreachable=now", "--all")
        finding = self.only_finding(repo.path)
        self.assertEqual((finding["reachable"], finding["refs"]), (False, []))
        place = finding["locations"][0]
        self.assertEqual((place["path"], place["commit"]), ("a.env", gone))

    def test_a_dangling_commit_in_a_pack(self):
        repo = self.repo()
        first = repo.commit(a_txt="a\n")
        gone = repo.commit(a_env=LINE)
        repo.git("repack", "-adq")
        repo.git("reset", "-q", "--hard", first)
        repo.git("reflog", "expire", "--expire=now", "--expire-unreachable=now", "--all")
        finding = self.only_finding(repo.path)
        place = finding["locations"][0]
        self.assertEqual((place["path"], place["commit"]), ("a.env", gone))

    def test_staged_and_never_committed(self):
        repo = self.repo()
        repo.commit(a_txt="a\n")
        repo.write("folder/a.env", LINE)
        repo.git("add", "-A")
        repo.write("folder/a.env", "nothing\n")
        finding = self.only_finding(repo.path)
        self.assertEqual(self.kinds(finding), {("index", "folder/a.env")})
        self.assertEqual(finding["locations"][0]["commit"], "")

    def test_staged_and_staged_over(self):
        repo = self.repo()
        repo.commit(a_txt="a\n")
        for text in (LINE, "nothing\n"):
            repo.write("a.env", text)
            repo.git("add", "-A")
        finding = self.only_finding(repo.path)
        self.assertEqual(self.kinds(finding), {("blob", "")})

    def test_staged_again_after_it_was_removed(self):
        repo = self.repo()
        repo.commit(a_env=LINE)
        repo.commit(a_env="nothing\n")
        repo.write("a.env", LINE)
        repo.git("add", "-A")
        repo.write("a.env", "nothing\n")
        finding = self.only_finding(repo.path)
        self.assertEqual(self.kinds(finding), {("blob", "a.env"), ("index", "a.env")})

    def test_announced_and_not_staged(self):
        repo = self.repo()
        repo.commit(a_txt="a\n")
        repo.write("a.env", LINE)
        repo.git("add", "-N", "a.env")
        finding = self.only_finding(repo.path)
        self.assertEqual(self.kinds(finding), {("file", "a.env")})

    def test_an_unresolved_merge(self):
        repo = self.repo()
        repo.commit(a_txt="start\n")
        repo.git("checkout", "-qb", "side")
        repo.commit(a_txt=LINE)
        repo.git("checkout", "-q", "main")
        repo.commit(a_txt="main\n")
        repo.git("merge", "side", check=False)
        finding = self.only_finding(repo.path)
        self.assertIn(("index", "a.txt"), self.kinds(finding))

    def test_the_original_of_a_replaced_object(self):
        repo = self.repo()
        first = repo.commit(a_txt="a\n")
        bad = repo.commit(a_env=LINE)
        repo.git("checkout", "-q", first)
        good = repo.commit(a_env="nothing\n")
        repo.git("checkout", "-q", "main")
        repo.git("replace", bad, good)
        finding = self.only_finding("--no-worktree", repo.path)
        self.assertEqual(finding["first_commit"]["id"], bad)

    def test_the_replacement(self):
        repo = self.repo()
        blob = repo.git("hash-object", "-w", "--stdin", stdin=LINE.encode())
        repo.commit(a_txt="a\n")
        repo.git("replace", repo.git("rev-parse", "HEAD:a.txt"), blob)
        repo.git("pack-refs", "--all")
        finding = self.only_finding(repo.path)
        self.assertEqual([place["blob"] for place in finding["locations"]], [blob])

    def test_a_file_name(self):
        repo = self.repo()
        repo.write("backup \x1b[2J\x1b]0;x\x07 " + TOKEN, "nothing\n")
        repo.commit()
        bare = self.bare(repo)
        finding = self.only_finding(bare)
        place = finding["locations"][0]
        self.assertEqual(place["kind"], "file name")
        self.assertNotIn(TOKEN, place["path"])
        text = self.keysift("scan", bare).expect(1)
        for control in ("\x1b", "\x07"):
            self.assertNotIn(control, text.out + text.err)
        self.assertNotIn(TOKEN, text.out + text.err)

    def test_a_folder_name(self):
        repo = self.repo()
        repo.write(f"{TOKEN}/a", "nothing\n")
        repo.commit()
        finding = self.only_finding("--no-worktree", repo.path)
        self.assertEqual(finding["locations"][0]["kind"], "file name")

    def test_a_name_that_is_staged_only(self):
        repo = self.repo()
        repo.commit(a_txt="a\n")
        repo.write(f"below/{TOKEN}.txt", "nothing\n")
        repo.git("add", "-A")
        shutil.rmtree(repo.path / "below")
        finding = self.only_finding(repo.path)
        place = finding["locations"][0]
        self.assertEqual(place["kind"], "file name")
        self.assertTrue(place["path"].startswith("below/") and place["path"].endswith(".txt"))
        self.assertNotIn(TOKEN, place["path"])
        repo.git("commit", "-qm", "now in a tree")
        finding = self.only_finding("--no-worktree", repo.path)
        self.assertEqual(len(finding["locations"]), 1)
        self.assertNotEqual(finding["locations"][0]["commit"], "")

    def test_a_binary_with_nuls(self):
        repo = self.repo()
        repo.commit(a_bin=b"\0\1\2" + TOKEN.encode() + b"\0\xff\xfe")
        finding = self.only_finding("--no-worktree", repo.path)
        self.assertEqual(self.kinds(finding), {("blob", "a.bin")})

    def test_from_a_sub_directory(self):
        repo = self.repo()
        repo.commit(a_env=LINE, **{"below/b.txt": "b\n"})
        repo.commit(a_env="nothing\n")
        finding = self.only_finding(cwd=repo.path / "below")
        self.assertEqual(self.kinds(finding), {("blob", "a.env")})

    def test_the_first_commit(self):
        repo = self.repo()
        first = repo.commit(a_env=LINE)
        repo.commit(a_env="nothing\n")
        finding = self.only_finding(repo.path)
        self.assertEqual(finding["first_commit"]["id"], first)

    def test_an_unborn_branch(self):
        repo = self.repo()
        repo.write("a.env", LINE)
        repo.git("add", "-A")
        repo.write("a.env", "nothing\n")
        finding = self.only_finding(repo.path)
        self.assertEqual(self.kinds(finding), {("index", "a.env")})

    def test_alternates(self):
        origin = self.repo("origin")
        origin.commit(a_env=LINE)
        origin.commit(a_env="nothing\n")
        origin.git("clone", "-qs", origin.path, self.folder / "copy")
        finding = self.only_finding(self.folder / "copy")
        self.assertEqual(self.kinds(finding), {("blob", "a.env")})

    def test_alternates_that_are_gone(self):
        origin = self.repo("origin")
        origin.commit(a_env=LINE)
        origin.git("clone", "-qs", origin.path, self.folder / "copy")
        shutil.rmtree(origin.path)
        shutil.rmtree(self.folder / "copy" / ".git" / "logs")
        (self.folder / "copy" / "a.env").unlink()
        run = self.scan(self.folder / "copy").expect(3)
        self.assertIn("missing", {gap["kind"] for gap in run.report["gaps"]})

    def test_a_linked_worktree(self):
        repo = self.repo()
        first = repo.commit(a_txt="a\n")
        tree = harness.Repo.__new__(harness.Repo)
        tree.path, tree.day = self.folder / "linked", 5
        repo.git("worktree", "add", "-q", "--detach", tree.path, first)
        tree.commit(a_env=LINE)
        tree.commit(a_env="nothing\n")
        shutil.rmtree(repo.path / ".git/worktrees/linked/logs")
        for start in (repo.path, tree.path):
            finding = self.only_finding(start)
            self.assertTrue(finding["reachable"])
            self.assertEqual(self.kinds(finding), {("blob", "a.env")})

    def test_staged_in_a_linked_worktree(self):
        repo = self.repo()
        repo.commit(a_txt="a\n")
        tree = self.folder / "linked"
        repo.git("worktree", "add", "-q", "--detach", tree)
        (tree / "a.env").write_text(LINE)
        repo.git("-C", tree, "add", "-A")
        (tree / "a.env").write_text("nothing\n")
        for start in (repo.path, tree):
            finding = self.only_finding(start)
            self.assertEqual(self.kinds(finding), {("index", "a.env")})

    def test_a_bare_repository(self):
        repo = self.repo()
        repo.commit(a_env=LINE)
        finding = self.only_finding(self.bare(repo))
        self.assertEqual(self.kinds(finding), {("blob", "a.env")})

    def test_on_disk_only(self):
        repo = self.repo()
        repo.commit(a_txt="a\n")
        repo.write("b.env", LINE)
        finding = self.only_finding(repo.path)
        self.assertEqual(self.kinds(finding), {("file", "b.env")})

    def test_the_configuration_of_git(self):
        repo = self.repo()
        repo.commit(a_txt="a\n")
        repo.git("remote", "add", "x", f"https://u:{TOKEN}@host.example/a.git")
        finding = self.only_finding(repo.path)
        self.assertEqual(self.kinds(finding), {("file", ".git/config")})

    def test_the_configuration_of_a_bare_repository(self):
        repo = self.repo()
        repo.commit(a_txt="a\n")
        bare = self.bare(repo)
        repo.git("-C", bare, "remote", "add", "x", f"https://u:{TOKEN}@host.example/a")
        finding = self.only_finding(bare)
        self.assertEqual(self.kinds(finding), {("file", "config")})

    def test_a_hook_and_a_message_in_the_making(self):
        for number, name in enumerate(("hooks/pre-push", "COMMIT_EDITMSG", "logs/HEAD")):
            repo = self.repo(f"repo{number}")
            repo.commit(a_txt="a\n")
            path = repo.path / ".git" / name
            before = path.read_text() if path.exists() else ""
            path.parent.mkdir(exist_ok=True)
            zeros = "0" * 40
            line = f"{zeros} {repo.git('rev-parse', 'HEAD')} A <a@b.c> 1 +0000\t{TOKEN}\n"
            path.write_text(before + line)
            finding = self.only_finding(repo.path)
            self.assertEqual(self.kinds(finding), {("file", ".git/" + name)})


class Borders(harness.Case):
    """What cannot be looked at is said, and the rest is found."""

    def gaps(self, run):
        return sorted(gap["kind"] for gap in run.report["gaps"])

    def test_a_shallow_clone(self):
        origin = self.repo("origin")
        origin.commit(a_env=LINE)
        origin.commit(a_env="nothing\n")
        origin.commit(b_txt="b\n")
        copy = self.folder / "copy"
        origin.git("clone", "-q", "--depth=1", f"file://{origin.path}", copy)
        run = self.scan(copy).expect(3)
        self.assertEqual(self.gaps(run), ["shallow"])
        self.scan("--allow-gaps", "shallow", copy).expect(0)
        (copy / "c.env").write_text(LINE)
        self.scan(copy).expect(1)

    def test_a_secret_at_the_border_of_a_shallow_clone(self):
        origin = self.repo("origin")
        origin.commit(b_txt="b\n")
        tip = origin.commit(a_env=LINE)
        copy = self.folder / "copy"
        origin.git("clone", "-q", "--depth=1", f"file://{origin.path}", copy)
        run = self.scan("--no-worktree", copy).expect(1)
        self.assertEqual(self.gaps(run), ["shallow"])
        (finding,) = run.report["findings"]
        (place,) = finding["locations"]
        self.assertEqual(
            (place["kind"], place["path"], place["line"], place["commit"]),
            ("blob", "a.env", 1, tip),
        )

    def test_a_reused_shallow_clone(self):
        origin = self.repo("origin")
        for number in range(4):
            origin.commit(a_txt=f"{number}\n")
        copy = self.folder / "copy"
        origin.git("clone", "-q", "--depth=1", f"file://{origin.path}", copy)
        origin.commit(a_txt="next\n")
        origin.git("-C", copy, "fetch", "-q", "--depth=1")
        self.assertEqual(set(self.gaps(self.scan(copy).expect(3))), {"shallow"})

    def test_a_partial_clone(self):
        origin = self.repo("origin")
        origin.git("config", "uploadpack.allowFilter", "true")
        origin.commit(a_env=LINE)
        origin.commit(a_env="nothing\n")
        copy = self.folder / "copy"
        origin.git("clone", "-q", "--filter=blob:none", f"file://{origin.path}", copy)
        run = self.scan(copy).expect(3)
        self.assertEqual(self.gaps(run), ["promised"])
        self.assertEqual(run.report["coverage"]["objects_absent"], 1)

    def test_an_unsupported_repository(self):
        repo = self.repo("repo", "--object-format=sha256")
        repo.commit(a_txt="a\n")
        self.assertEqual(self.gaps(self.scan(repo.path).expect(3)), ["unsupported"])
        self.scan("--staged", cwd=repo.path).expect(3)
        repo.write("b.env", LINE)
        run = self.scan(repo.path).expect(1)
        self.assertEqual(run.report["findings"][0]["locations"][0]["path"], "b.env")

    def test_reftable_and_unknown_extensions(self):
        repo = self.repo()
        repo.commit(a_txt="a\n")
        repo.git("config", "core.repositoryFormatVersion", "1")
        repo.git("config", "extensions.refStorage", "reftable")
        self.assertEqual(self.gaps(self.scan(repo.path).expect(3)), ["unsupported"])
        repo.git("config", "--unset", "extensions.refStorage", check=False)
        text = (repo.path / ".git/config").read_text()
        text = text.replace("refStorage = reftable", "fromTheFuture = true")
        (repo.path / ".git/config").write_text(text)
        self.assertEqual(self.gaps(self.scan(repo.path).expect(3)), ["unsupported"])

    def test_a_damaged_configuration(self):
        repo = self.repo()
        repo.commit(a_txt="a\n")
        (repo.path / ".git/config").write_text("[core\n")
        self.assertEqual(self.gaps(self.scan(repo.path).expect(3)), ["damaged"])

    def test_a_git_file_that_leads_nowhere(self):
        folder = self.folder / "moved"
        folder.mkdir()
        (folder / ".git").write_text("gitdir: ../gone/.git/worktrees/moved\n")
        (folder / "a.env").write_text(LINE)
        report = self.scan(folder).expect(1).report
        self.assertEqual([gap["kind"] for gap in report["gaps"]], ["damaged"])
        self.assertEqual(report["findings"][0]["locations"][0]["path"], "a.env")
        (folder / "a.env").unlink()
        self.scan(folder).expect(3)
        self.scan(cwd=folder).expect(3)

    def test_a_submodule(self):
        inner = self.repo("inner")
        inner.commit(a_env=LINE)
        inner.commit(a_env="nothing\n")
        outer = self.repo("outer")
        outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.path, "sub")
        outer.commit()
        run = self.scan(outer.path).expect(3)
        self.assertEqual(self.gaps(run), ["submodule"])
        self.assertEqual(run.report["gaps"][0]["what"], "submodule sub")
        run = self.scan("--submodules", outer.path).expect(1)
        self.assertEqual(self.gaps(run), [])
        place = run.report["findings"][0]["locations"][0]
        self.assertEqual(place["path"], "sub/a.env")
        bare = self.folder / "bare.git"
        outer.git("clone", "-q", "--mirror", outer.path, bare)
        self.assertEqual(self.gaps(self.scan(bare).expect(3)), ["submodule"])
        self.scan("--submodules", bare).expect(3)

    def test_git_lfs(self):
        repo = self.repo()
        digest = hashlib.sha256(b"content").hexdigest()
        repo.commit(
            a_bin="version https://git-lfs.github.com/spec/v1\n"
            f"oid sha256:{digest}\nsize 7\n"
        )
        run = self.scan(repo.path).expect(3)
        self.assertEqual(self.gaps(run), ["lfs"])
        self.scan("--allow-gaps", "lfs", repo.path).expect(0)

    def test_encrypted_files(self):
        repo = self.repo()
        repo.commit(a_txt="a\n")
        vault = "$ANSIBLE_VAULT;1.1;AES256\n" + "".join(f"{30 + n % 10}" * 40 + "\n" for n in range(20))
        repo.commit(vault_yml=vault, key_bin=b"\0GITCRYPT\0" + bytes(range(60)))
        # A delta of the other, in a pack.
        repo.commit(vault_yml=vault + "3132\n")
        repo.git("repack", "-adfq")
        run = self.scan(repo.path, "--no-worktree").expect(3)
        (gap,) = run.report["gaps"]
        self.assertEqual((gap["kind"], gap["what"]), ("encrypted", "3 encrypted files"))
        self.assertIn("Ansible Vault, git-crypt", gap["detail"])
        # As files, too; and one that another folder has.
        run = self.scan(repo.path / "vault.yml").expect(3)
        (gap,) = run.report["gaps"]
        self.assertEqual((gap["kind"], gap["what"]), ("encrypted", "1 encrypted file"))
        self.assertTrue(gap["where"].endswith("vault.yml"))
        self.scan("-", stdin=b"age-encryption.org/v1\n-> X25519 a\n").expect(3)
        # What goes into a commit is what everybody may see.
        repo.write("other.yml", "$ANSIBLE_VAULT;1.1;AES256\n3132\n")
        repo.git("add", "-A")
        self.scan("--staged", repo.path).expect(0)

    def test_an_object_over_the_size_limit(self):
        repo = self.repo()
        repo.commit(a_txt="x" * 5000, b_env=LINE)
        run = self.scan("--max-file-size", "4k", "--no-worktree", repo.path).expect(1)
        self.assertEqual(self.gaps(run), ["too-large"])

    def test_a_file_that_may_not_be_read(self):
        repo = self.repo()
        repo.commit(a_txt="a\n")
        packed = repo.path / ".git/packed-refs"
        packed.mkdir()
        self.scan(repo.path).expect(3)

    def test_empty_and_unborn_repositories_are_complete(self):
        repo = self.repo()
        self.assertEqual(self.gaps(self.scan(repo.path).expect(0)), [])
        bare = self.repo("bare.git", "--bare")
        self.assertEqual(self.gaps(self.scan(bare.path).expect(0)), [])
        repo.write("a.txt", "a\n")
        repo.git("add", "-A")
        self.assertEqual(self.gaps(self.scan(repo.path).expect(0)), [])


class AllowedGaps(harness.Case):
    """--allow-gaps KIND accepts that kind and no other."""

    def expect_kind(self, kind, *words):
        run = self.scan(*words).expect(3)
        self.assertEqual({gap["kind"] for gap in run.report["gaps"]}, {kind})
        accepted = self.scan("--allow-gaps", kind, *words).expect(0)
        self.assertEqual(accepted.report["gaps"], run.report["gaps"])
        other = "shallow" if kind != "shallow" else "damaged"
        self.scan("--allow-gaps", other, *words).expect(3)

    def clone(self, *words):
        origin = self.repo("origin")
        origin.git("config", "uploadpack.allowFilter", "true")
        origin.commit(a_txt="a\n")
        origin.commit(a_txt="b\n")
        copy = self.folder / "copy"
        origin.git("clone", "-q", *words, f"file://{origin.path}", copy)
        return copy

    def test_missing(self):
        repo = self.repo()
        repo.commit(a_txt="a\n")
        blob = repo.git("rev-parse", "HEAD:a.txt")
        (repo.path / ".git/objects" / blob[:2] / blob[2:]).unlink()
        self.expect_kind("missing", repo.path)

    def test_promised(self):
        self.expect_kind("promised", self.clone("--filter=blob:none"))

    def test_shallow(self):
        self.expect_kind("shallow", self.clone("--depth=1"))

    def test_damaged(self):
        repo = self.repo()
        repo.commit(a_txt="a\n")
        blob = repo.git("rev-parse", "HEAD:a.txt")
        file = repo.path / ".git/objects" / blob[:2] / blob[2:]
        file.chmod(0o600)
        file.write_bytes(b"no object")
        self.expect_kind("damaged", repo.path)

    def test_unsupported(self):
        repo = self.repo("repo", "--object-format=sha256")
        repo.commit(a_txt="a\n")
        self.expect_kind("unsupported", repo.path)

    def test_too_large(self):
        repo = self.repo()
        repo.commit(a_txt="x" * 5000)
        self.expect_kind("too-large", "--max-file-size", "4k", repo.path)

    def test_unreadable(self):
        repo = self.repo()
        repo.commit(a_txt="a\n")
        (repo.path / ".git/packed-refs").mkdir()
        self.expect_kind("unreadable", repo.path)

    def test_submodule(self):
        inner = self.repo("inner")
        inner.commit(a_txt="a\n")
        outer = self.repo("outer")
        outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.path, "sub")
        outer.commit()
        self.expect_kind("submodule", outer.path)

    def test_lfs(self):
        repo = self.repo()
        digest = hashlib.sha256(b"content").hexdigest()
        repo.commit(a_bin=f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize 7\n")
        self.expect_kind("lfs", repo.path)

    def test_encrypted(self):
        repo = self.repo()
        repo.commit(a_age="age-encryption.org/v1\n-> X25519 abc\n")
        self.expect_kind("encrypted", repo.path)

    def test_budget(self):
        repo = self.repo()
        words = " ".join(f"word{number}" for number in range(300000))
        repo.commit(a_txt=base64.b64encode(words.encode()).decode() + "\n")
        self.expect_kind("budget", repo.path)

    def test_an_unknown_kind_is_an_error(self):
        self.scan("--allow-gaps", "small", self.folder).expect(2)


class Coverage(harness.Case):
    def test_git_can_recompute_the_digest(self):
        repo = self.repo()
        for number in range(5):
            repo.commit(a_txt=f"{number}\n" * 50)
        repo.git("repack", "-q")
        for number in range(5):
            repo.commit(b_txt=f"{number}\n" * 50)
        repo.git("repack", "-q")
        repo.git("repack", "-aq")  # some objects twice
        repo.commit(c_txt="c\n")
        coverage = self.scan("--no-worktree", repo.path).expect(0).report["coverage"]
        ids = repo.git("cat-file", "--batch-all-objects", "--batch-check=%(objectname)")
        digest = hashlib.sha256((ids + "\n").encode()).hexdigest()
        self.assertEqual(coverage["digest"], digest)
        count = len(ids.split())
        self.assertEqual(coverage["objects_total"], count)
        self.assertEqual(coverage["objects_scanned"], count)
        self.assertEqual(coverage["objects_reachable"], count)

    def test_reachable_is_what_git_reaches(self):
        repo = self.repo()
        repo.commit(a_txt="a\n")
        repo.write("b.txt", "staged\n")
        repo.git("add", "-A")
        listed = repo.git("rev-list", "--objects", "--all", "--reflog", "--indexed-objects")
        coverage = self.scan("--no-worktree", repo.path).expect(0).report["coverage"]
        self.assertEqual(coverage["objects_reachable"], len(listed.split("\n")))
        repo.git("hash-object", "-w", "--stdin", stdin=b"a single blob")
        coverage = self.scan("--no-worktree", repo.path).expect(0).report["coverage"]
        self.assertEqual(coverage["objects_reachable"], len(listed.split("\n")))

    def test_what_is_not_walked_is_not_called_reachable(self):
        for packed in (False, True):
            repo = self.repo(f"repo{packed}")
            repo.commit(a_txt="a\n")
            tree = repo.git("write-tree")
            repo.git("commit-tree", "-m", "dangling", tree)
            if packed:
                repo.git("repack", "-adq", "--keep-unreachable")
            coverage = self.scan("--no-worktree", repo.path).expect(0).report["coverage"]
            self.assertIsNone(coverage["objects_reachable"])


if __name__ == "__main__":
    harness.main()
