"""That a check which finds a fault fails: the runner of single checks and the report of the acceptance checks."""

import contextlib
import io
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

SCRIPTS = pathlib.Path(__file__).resolve().parents[1]
sys.path.append(str(SCRIPTS / "acceptance"))
import harness  # pylint: disable=wrong-import-position

PATCH = "--- a/rule\n+++ b/rule\n@@ -1 +1 @@\n-%s\n+none\n"


class CheckTest(unittest.TestCase):
    """Check 15 in a project of one file, which has one patch."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name, "project")
        shutil.copytree(SCRIPTS / "lib", self.root / "scripts/lib")
        (self.root / "scripts/checks").mkdir()
        shutil.copy(SCRIPTS / "checks/check.sh", self.root / "scripts/checks/check.sh")
        (self.root / "rule").write_text("the rule\n")
        subprocess.run(["git", "init", "--quiet", str(self.root)], check=True)
        self.mutants = self.root / "infra/testing/chaos/mutants"
        self.mutants.mkdir(parents=True)
        self.work = pathlib.Path(folder.name, "work")
        self.work.mkdir()

    def check(self, removed):
        (self.mutants / "rule.patch").write_text(PATCH % removed)
        done = subprocess.run(
            [str(self.root / "scripts/checks/check.sh"), "15", str(self.work)], stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, check=False, timeout=200,
            env={**os.environ, "FCRAWLER_CHECK": "test-%d" % os.getpid()})
        return done.returncode, done.stdout

    def test_a_check_that_finds_no_fault_passes(self):
        self.assertEqual(0, self.check("the rule")[0])
        self.assertEqual([], list(self.work.iterdir()))

    def test_a_check_that_finds_a_fault_fails_and_says_why(self):
        code, output = self.check("another rule")
        self.assertEqual(1, code, output)
        self.assertEqual("rule.patch does not fit any more\n", (self.work / "why").read_text())


class ReportTest(unittest.TestCase):
    def verdict(self, *checks):
        report = harness.Report("test")
        with contextlib.redirect_stdout(io.StringIO()):
            for check in checks:
                check(report)
            return report.verdict()

    def test_it_passes_where_every_check_did(self):
        self.assertTrue(self.verdict(lambda it: it.equal("a", 1, 1), lambda it: it.same("b", {"x"}, {"x"}),
                                     lambda it: it.at_most("c", 1, 1), lambda it: it.true("d", True)))

    def test_it_fails_where_one_check_did(self):
        for wrong in (lambda it: it.equal("a", 1, 2), lambda it: it.true("b", False), lambda it: it.at_most("c", 2, 1),
                      lambda it: it.same("d", {"x"}, {"x", "y"}), lambda it: it.same("e", {"x", "y"}, {"x"}),
                      lambda it: it.same("f", {"x": 1}, {"x": 2})):
            self.assertFalse(self.verdict(lambda it: it.true("right", True), wrong))

    def test_it_fails_where_nothing_was_checked(self):
        self.assertFalse(self.verdict())


if __name__ == "__main__":
    unittest.main()
