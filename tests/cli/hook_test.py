#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Hooks under real git: commits, merges and pushes that are refused, and those
that are not."""

import os
import pathlib
import subprocess

import harness

ONE = harness.github_token(1)
TWO = harness.github_token(2)


class Hooks(harness.Case):
    def setUp(self):
        super().setUp()
        self.home = self.folder / "home"
        self.home.mkdir()

    def git(self, cwd, *words, env=None, **options):
        return subprocess.run(
            ["git", *map(str, words)],
            cwd=cwd,
            capture_output=True,
            text=True,
            env=harness.ENVIRONMENT | (env or {}),
            check=False,
            **options,
        )

    def install(self, cwd, *words, **options):
        return self.keysift("hook", "install", *words, cwd=cwd, **options).expect(0)

    def server(self, *config):
        """A bare repository with the hook; one clean commit is there already."""
        server = self.repo("server.git", "--bare")
        for key, value in config:
            server.git("config", key, value)
        self.install(server.path)
        work = self.repo("work")
        work.git("remote", "add", "origin", server.path)
        work.commit(a_txt="x\n")
        self.push(work, 0, "main")
        return server, work

    def push(self, repo, code, *words):
        run = self.git(repo.path, "push", "-q", "origin", *words)
        self.assertEqual(run.returncode, code, run.stderr)
        return run.stderr

    def commit(self, repo, code, *words):
        repo.git("add", "-A")
        run = self.git(repo.path, "commit", "-q", "-m", "Change", *words)
        self.assertEqual(run.returncode, code, run.stderr)
        return run.stderr

    # Commits.

    def test_a_commit_is_refused(self):
        repo = self.repo()
        self.install(repo.path)
        repo.write("a.env", f"token = {ONE}\n")
        said = self.commit(repo, 1)
        self.assertIn("a.env:1:9", said)
        self.assertIn("the commit was refused", said)
        self.assertNotIn(ONE, said)
        repo.write("a.env", "token = from elsewhere\n")
        self.commit(repo, 0)

    def test_commit_all_and_commit_of_a_path(self):
        repo = self.repo()
        repo.commit(a_txt="x\n", b_txt="y\n")
        self.install(repo.path)
        repo.write("a.txt", f"token = {ONE}\n")
        run = self.git(repo.path, "commit", "-qam", "Change")
        self.assertEqual(run.returncode, 1, run.stderr)
        run = self.git(repo.path, "commit", "-qm", "Change", "a.txt")
        self.assertEqual(run.returncode, 1, run.stderr)
        repo.write("b.txt", "z\n")
        run = self.git(repo.path, "commit", "-qm", "Change", "b.txt")
        self.assertEqual(run.returncode, 0, run.stderr)

    def test_a_commit_from_a_subdirectory(self):
        repo = self.repo()
        self.install(repo.path)
        repo.write("sub/a.env", f"token = {ONE}\n")
        repo.git("add", "-A")
        run = self.git(repo.path / "sub", "commit", "-qm", "Change")
        self.assertEqual(run.returncode, 1, run.stderr)

    def test_a_merge_is_refused(self):
        repo = self.repo()
        repo.commit(a_txt="x\n")
        repo.git("checkout", "-qb", "side")
        repo.commit(a_env=f"token = {ONE}\n")
        repo.git("checkout", "-q", "main")
        repo.commit(b_txt="y\n")
        self.install(repo.path)
        run = self.git(repo.path, "merge", "-q", "-m", "Merge", "side")
        self.assertNotEqual(run.returncode, 0)
        self.assertIn("a.env:1:9", run.stderr)

    def test_ignoring_lets_a_commit_pass(self):
        repo = self.repo()
        self.install(repo.path)
        repo.write("a.env", f"token = {ONE}\n")
        said = self.commit(repo, 1)
        name = said[said.index("ks1-") :][:36]
        self.keysift("ignore", "add", name, "--reason", "x", cwd=repo.path).expect(0)
        self.assertIn(".keysiftignore:1", self.commit(repo, 0))

    # Pushes, on this side.

    def pushing(self):
        server = self.repo("plain.git", "--bare")
        work = self.repo("work")
        work.git("remote", "add", "origin", server.path)
        work.commit(a_txt="x\n")
        self.install(work.path, "--pre-push")
        self.push(work, 0, "main")
        return work

    def test_a_push_is_refused(self):
        work = self.pushing()
        leak = work.commit(a_env=f"token = {ONE}\n")
        work.commit("Take it out", a_env="clean\n")
        said = self.push(work, 1, "main")
        self.assertIn(leak[:12], said)
        self.assertIn("git rebase -i", said)
        self.assertNotIn(ONE, said)

    def test_a_push_of_a_new_branch_and_of_a_deletion(self):
        work = self.pushing()
        work.git("checkout", "-qb", "side")
        work.commit(b_txt="y\n")
        self.push(work, 0, "side")
        work.commit(a_env=f"token = {ONE}\n")
        self.push(work, 1, "side:other")
        self.push(work, 0, "--delete", "side")

    def test_a_forced_push(self):
        work = self.pushing()
        work.commit(b_txt="y\n")
        self.push(work, 0, "main")
        work.git("reset", "-q", "--hard", "HEAD~1")
        work.commit(c_txt="z\n")
        self.push(work, 0, "--force", "main")
        work.commit(a_env=f"token = {ONE}\n")
        self.push(work, 1, "--force", "main")

    def test_a_remote_value_that_is_not_here(self):
        work = self.pushing()
        other = self.folder / "other"
        self.git(self.folder, "clone", "-q", self.folder / "plain.git", other)
        (other / "new.txt").write_text("new\n")
        self.git(other, "add", "-A")
        self.git(other, "commit", "-qm", "New")
        self.git(other, "push", "-q", "origin", "HEAD:main")
        work.commit(b_txt="y\n")
        work.commit(a_env=f"token = {ONE}\n")
        self.push(work, 1, "--force", "main")
        work.git("reset", "-q", "--hard", "HEAD~1")
        self.push(work, 0, "--force", "main")

    def test_an_annotated_tags_message(self):
        work = self.pushing()
        work.git("tag", "-am", f"with {ONE}", "v1")
        said = self.push(work, 1, "v1")
        self.assertIn("tag", said)

    # Pushes, on the server.

    def test_a_push_is_refused_in_quarantine(self):
        server, work = self.server()
        leak = work.commit(a_env=f"token = {ONE}\n")
        work.commit("Take it out", a_env="clean\n")
        said = self.push(work, 1, "main")
        for words in ("a.env:1:9", leak[:12], "git rebase -i", "WHAT TO DO"):
            self.assertIn(words, said)
        self.assertNotIn(ONE, said)
        self.assertEqual(server.git("cat-file", "-e", leak, check=False), "")
        self.assertNotEqual(
            self.git(server.path, "cat-file", "-e", leak).returncode, 0
        )

    def test_a_clean_push_is_accepted(self):
        _, work = self.server()
        work.commit(b_txt="y\n")
        work.git("tag", "-am", "fine", "v1")
        work.git("branch", "side")
        self.push(work, 0, "main", "side", "v1")
        self.push(work, 0, "--delete", "side")

    def test_one_leak_in_a_thousand_commits(self):
        _, work = self.server()
        stream = [b"reset refs/heads/big\nfrom refs/heads/main\n"]
        for i in range(1000):
            text = f"file {i}\n" * 20
            if i == 500:
                text += f"token = {ONE}\n"
            stream.append(
                b"commit refs/heads/big\n"
                b"committer T <t@test.example> %d +0000\n"
                b"data 2\nc\n" % (1700100000 + i)
                + b"M 100644 inline d%d/f%d.txt\ndata %d\n%s\n"
                % (i % 50, i, len(text), text.encode())
            )
        work.git("fast-import", "--quiet", stdin=b"".join(stream))
        # How long it takes: tests/bench/push.py.
        self.assertIn("d0/f500.txt:21:9", self.push(work, 1, "big"))

    def test_what_is_pushed_cannot_hide_what_it_brings(self):
        server, work = self.server()
        report = None
        work.write("a.env", f"token = {ONE}\n")
        work.git("add", "a.env")
        report = self.scan("--staged", cwd=work.path).expect(1).report
        name = report["findings"][0]["fingerprint"]
        self.keysift("ignore", "add", name, "--reason", "x", cwd=work.path)
        work.write(".gitleaksignore", "a.env:github-pat:1\n")
        work.write(".keysift.toml", "[[allowlists]]\npaths = ['''.*''']\n")
        work.write(".gitleaks.toml", "[allowlist]\npaths = ['''.*''']\n")
        work.write(".gitattributes", "*.env -diff binary\n")
        work.commit("Hide it")
        self.push(work, 1, "main")
        self.push(work, 1, "main:new")
        work.git("reset", "-q", "--hard", "HEAD~1")
        # What maintainers accepted before does count.
        self.keysift("ignore", "add", name, "--reason", "x", cwd=work.path)
        work.commit("Accept it")
        self.push(work, 0, "main")
        work.commit(a_env=f"token = {ONE}\n")
        self.assertIn(".keysiftignore", self.push(work, 0, "main"))
        work.commit(a_env=f"token = {TWO}\n")
        self.push(work, 1, "main")

    def test_an_allow_comment_in_what_is_pushed_has_no_effect(self):
        server, work = self.server()
        work.commit(a_env=f"token = {ONE} # keysift:allow gitleaks:allow\n")
        self.assertIn("a.env:1:9", self.push(work, 1, "main"))
        server.git("config", "keysift.inlineComments", "true")
        self.push(work, 0, "main")

    def test_a_configuration_that_was_pushed_before_has_no_effect(self):
        server, work = self.server()
        work.commit(_gitleaks_toml="[allowlist]\npaths = ['''a.env''']\n")
        self.push(work, 0, "main")
        work.commit(a_env=f"token = {ONE}\n")
        self.assertIn("a.env:1:9", self.push(work, 1, "main"))
        server.git("config", "keysift.repoConfig", "true")
        self.push(work, 0, "main")

    def test_an_allow_comment_counts_on_ones_own_side(self):
        work = self.pushing()
        work.commit(a_env=f"token = {ONE} # gitleaks:allow\n")
        self.push(work, 0, "main")
        work.git("config", "keysift.inlineComments", "false")
        work.commit(b_env=f"token = {TWO} # gitleaks:allow\n")
        self.push(work, 1, "main")

    def test_zero_ids_of_64_digits(self):
        server, work = self.server()
        leak = work.commit(a_env=f"token = {ONE}\n")
        self.git(work.path, "push", "-q", "--no-verify", server.path, "main")
        hook = ("hook", "run", "pre-receive")
        work.git("bundle", "create", "-q", self.folder / "leak.bundle", "main")
        server.git("bundle", "unbundle", self.folder / "leak.bundle")
        zeros = "0" * 64
        for old in ("0" * 40, zeros):
            line = f"{old} {leak} refs/heads/new\n".encode()
            run = self.keysift(*hook, cwd=server.path, stdin=line)
            self.assertIn("a.env:1:9", run.expect(1).err)
            line = f"{leak} {old} refs/heads/new\n".encode()
            self.keysift(*hook, cwd=server.path, stdin=line).expect(0)

    def test_a_forced_update_and_a_deletion(self):
        _, work = self.server()
        work.commit(b_txt="y\n")
        self.push(work, 0, "main")
        work.git("commit", "-q", "--amend", "-m", "Other")
        self.push(work, 0, "--force", "main")
        work.commit(a_env=f"token = {ONE}\n")
        work.git("commit", "-q", "--amend", "-m", "Other")
        self.push(work, 1, "--force", "main")

    def test_skipping_needs_the_servers_leave_and_is_logged(self):
        server, work = self.server(("receive.advertisePushOptions", "true"))
        work.commit(a_env=f"token = {ONE}\n")
        said = self.push(work, 1, "main", "-o", "keysift.skip=urgent")
        self.assertIn("does not allow", said)
        server.git("config", "keysift.allowSkip", "true")
        self.assertIn("reason", self.push(work, 1, "main", "-o", "keysift.skip="))
        self.push(work, 0, "main", "-o", "keysift.skip=urgent")
        log = (server.path / "keysift-skips.log").read_text()
        self.assertIn("urgent", log)
        self.assertIn("refs/heads/main", log)

    def test_a_deadline_says_its_policy(self):
        server, work = self.server()
        server.git("config", "keysift.deadline", "1ms")
        work.commit(a_txt="0123456789abcdef\n" * 4000000)
        said = self.push(work, 1, "main")
        self.assertIn("onTimeout) is to refuse", said)
        server.git("config", "keysift.onTimeout", "accept")
        said = self.push(work, 0, "main")
        self.assertIn("NOT everything was scanned", said)

    def test_the_update_hook(self):
        server = self.repo("server.git", "--bare")
        hook = server.path / "hooks/update"
        hook.write_text(f'#!/bin/sh\nexec "{harness.PROGRAM}" hook run update "$@"\n')
        hook.chmod(0o755)
        work = self.repo("work")
        work.git("remote", "add", "origin", server.path)
        work.commit(a_txt="x\n")
        self.push(work, 0, "main")
        work.commit(a_env=f"token = {ONE}\n")
        self.assertIn("a.env:1:9", self.push(work, 1, "main"))

    def test_input_that_is_none_is_refused(self):
        server, _ = self.server()
        run = self.keysift(
            "hook", "run", "pre-receive", cwd=server.path, stdin=b"nonsense\n"
        )
        run.expect(2)
        self.keysift("hook", "run", "post-commit", cwd=server.path).expect(2)

    # Installing.

    def test_an_existing_hook_is_kept_and_called(self):
        repo = self.repo()
        mark = self.folder / "mark"
        hook = repo.path / ".git/hooks/pre-commit"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\necho ran >> {mark}\n")
        hook.chmod(0o755)
        before = hook.read_text()
        self.install(repo.path)
        self.install(repo.path)  # twice changes nothing
        repo.write("a.env", f"token = {ONE}\n")
        self.commit(repo, 1)
        self.assertEqual(mark.read_text(), "ran\n")
        self.keysift("hook", "uninstall", cwd=repo.path).expect(0)
        self.assertEqual(hook.read_text(), before)
        self.commit(repo, 0)

    def test_a_kept_hooks_refusal_is_final_and_it_gets_the_input(self):
        work = self.pushing()
        self.keysift("hook", "uninstall", cwd=work.path).expect(0)
        hook = work.path / ".git/hooks/pre-push"
        seen = self.folder / "seen"
        hook.write_text(f'#!/bin/sh\necho "$1" > {seen}\ncat >> {seen}\nexit 1\n')
        hook.chmod(0o755)
        self.install(work.path, "--pre-push")
        work.commit(b_txt="y\n")
        self.push(work, 1, "main")
        lines = seen.read_text().splitlines()
        self.assertEqual(lines[0], "origin")
        self.assertTrue(lines[1].startswith("refs/heads/main "))

    def test_core_hooks_path_and_linked_worktrees(self):
        repo = self.repo()
        repo.commit(a_txt="x\n")
        repo.git("worktree", "add", "-q", self.folder / "linked")
        linked = self.folder / "linked"
        self.install(linked)
        self.assertTrue((repo.path / ".git/hooks/pre-commit").exists())
        (linked / "a.env").write_text(f"token = {ONE}\n")
        self.git(linked, "add", "-A")
        self.assertEqual(self.git(linked, "commit", "-qm", "x").returncode, 1)
        repo.git("config", "core.hooksPath", "tools/hooks")
        self.install(repo.path)
        self.assertTrue((repo.path / "tools/hooks/pre-commit").exists())
        repo.write("b.env", f"token = {ONE}\n")
        repo.git("add", "b.env")
        self.assertEqual(self.git(repo.path, "commit", "-qm", "x").returncode, 1)

    def test_global_by_a_template_directory(self):
        config = self.home / ".gitconfig"
        env = {"HOME": str(self.home), "GIT_CONFIG_GLOBAL": str(config)}
        self.install(self.folder, "--global", env=env)
        self.git(self.folder, "init", "-q", "new", env=env)
        new = self.folder / "new"
        (new / "a.env").write_text(f"token = {ONE}\n")
        self.git(new, "add", "-A")
        self.assertEqual(self.git(new, "commit", "-qm", "x").returncode, 1)
        text = config.read_text()
        self.install(self.folder, "--global", "--pre-push", env=env)
        self.assertEqual(config.read_text(), text)

    def test_a_hook_without_its_program_refuses(self):
        repo = self.repo()
        self.install(repo.path)
        hook = repo.path / ".git/hooks/pre-commit"
        hook.write_text(hook.read_text().replace(os.path.realpath(harness.PROGRAM), "/gone"))
        repo.write("a.txt", "x\n")
        self.assertIn("gone", self.commit(repo, 1))

    def test_a_hook_that_is_not_ours_stays(self):
        repo = self.repo()
        hook = repo.path / ".git/hooks/pre-commit"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\n")
        self.keysift("hook", "uninstall", cwd=repo.path).expect(0)
        self.assertEqual(hook.read_text(), "#!/bin/sh\n")


class Framework(harness.Case):
    """What the pre-commit framework needs, without it (framework_test.py has it)."""

    def test_the_manifest(self):
        text = (harness.ROOT / ".pre-commit-hooks.yaml").read_text()
        for name in ("keysift", "keysift-docker", "keysift-system"):
            self.assertIn(f"- id: {name}\n", text)
        self.assertEqual(text.count("pass_filenames: false"), 3)

    def test_all_files_of_a_clean_checkout(self):
        repo = self.repo()
        repo.commit(a_env=f"token = {ONE}\n")
        words = ("hook", "run", "pre-commit")
        self.keysift(*words, cwd=repo.path, env={"PRE_COMMIT": "1"}).expect(1)
        env = {"PRE_COMMIT": "1", "GIT_INDEX_FILE": str(repo.path / ".git/index")}
        self.keysift(*words, cwd=repo.path, env=env).expect(0)

    def test_a_push_under_the_framework(self):
        repo = self.repo()
        base = repo.commit(a_txt="x\n")
        leak = repo.commit(a_env=f"token = {ONE}\n")
        repo.commit(a_env="clean\n")
        env = {"PRE_COMMIT": "1", "PRE_COMMIT_FROM_REF": base,
               "PRE_COMMIT_TO_REF": "HEAD"}
        words = ("hook", "run", "pre-commit")
        run = self.keysift(*words, cwd=repo.path, env=env).expect(1)
        self.assertIn(leak[:12], run.err)
        env = {"PRE_COMMIT": "1", "PRE_COMMIT_REMOTE_NAME": "origin"}
        self.keysift(*words, cwd=repo.path, env=env).expect(1)


if __name__ == "__main__":
    harness.main()
