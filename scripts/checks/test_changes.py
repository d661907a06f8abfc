"""What a change touches."""

import os
import pathlib
import subprocess
import tempfile
import unittest

import changes

HOUR = 3600
NOW = 1_700_000_000


class ChangesTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name) / "repository"
        self.root.mkdir()
        self.git("init", "--quiet")

    def git(self, *arguments, at=NOW):
        who = {"GIT_%s_%s" % (role, what): value for role in ("AUTHOR", "COMMITTER")
               for what, value in (("NAME", "n"), ("EMAIL", "e@example"), ("DATE", "%d +0000" % at))}
        done = subprocess.run(["git", "-C", str(self.root), *arguments], env={**os.environ, **who}, check=True,
                              capture_output=True, text=True)
        return done.stdout.strip()

    def commit(self, path, at):
        (self.root / path).write_text(path)
        self.git("add", path)
        self.git("commit", "--quiet", "--message", path, at=at)
        return self.git("rev-parse", "HEAD")

    def test_the_base_is_the_newest_commit_six_hours_older_than_head(self):
        self.commit("oldest", NOW - 20 * HOUR)
        expected = self.commit("old", NOW - 6 * HOUR)
        self.commit("new", NOW - 5 * HOUR)
        self.commit("newest", NOW)
        self.assertEqual(expected, changes.base_of(self.root))
        self.assertEqual(["new", "newest"], changes.paths_since(self.root, expected))

    def test_a_base_can_be_named(self):
        first = self.commit("first", NOW - 20 * HOUR)
        self.commit("second", NOW - 10 * HOUR)
        self.assertEqual(first, changes.base_of(self.root, "HEAD~1"))
        with self.assertRaises(changes.ChangesUnknown):
            changes.base_of(self.root, "nothing-of-that-name")

    def test_what_is_not_committed_counts(self):
        head = self.commit("first", NOW)
        (self.root / "first").write_text("changed")
        (self.root / "with a space").write_text("new")
        self.assertEqual(["first", "with a space"], changes.paths_since(self.root, head))

    def test_both_names_of_a_renamed_file_count(self):
        base = self.commit("before", NOW)
        self.git("mv", "before", "after")
        self.git("commit", "--quiet", "--message", "m")
        self.assertEqual(["after", "before"], changes.paths_since(self.root, base))

    def test_with_a_single_commit_all_paths_count(self):
        self.commit("only", NOW)
        self.assertIsNone(changes.base_of(self.root))
        self.assertEqual(["only"], changes.paths_since(self.root, None))

    def test_with_a_shallow_history_all_paths_count(self):
        self.commit("old", NOW - 20 * HOUR)
        self.commit("new", NOW)
        clone = self.root.parent / "clone"
        subprocess.run(["git", "clone", "--quiet", "--depth", "1", self.root.as_uri(), str(clone)], check=True)
        self.assertIsNone(changes.base_of(clone))
        self.assertEqual(["new", "old"], changes.paths_since(clone, None))

    def test_without_a_repository_the_change_is_not_known(self):
        with self.assertRaises(changes.ChangesUnknown):
            changes.base_of(self.root.parent)


if __name__ == "__main__":
    unittest.main()
