"""The gate itself, by a Maven and by checks that are made up."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
CHECKS = r"""#!/bin/sh
echo "for the checks: $* $FCRAWLER_GATE_SECONDS s"
while [ "$1" != --table ]; do shift; done
echo '!!! COULD NOT RUN here: 11' >"$2"
"""

TESTS = """import unittest
class MadeUp(unittest.TestCase):
    def test(self):
        self.assertTrue(%s)
"""


class CiRunTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        (self.root / ".ci").mkdir()
        shutil.copy(ROOT / ".ci/run", self.root / ".ci/run")
        shutil.copytree(ROOT / "scripts/lib", self.root / "scripts/lib")
        self.script("scripts/verify-full.sh", CHECKS)
        self.script("scripts/checks/test_made_up.py", TESTS % "True")
        self.script("bin/dpkg", "#!/bin/sh\nexit 0\n")
        self.script("bin/mvn", "#!/bin/sh\nexit 0\n")
        self.script("jdk/bin/java", "#!/bin/sh\nexit 0\n")
        (self.root / "jdk/release").write_text('JAVA_VERSION="25"\n')

    def script(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        file.chmod(0o755)

    def gate(self, **env):
        done = subprocess.run(
            [str(self.root / ".ci/run")], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
            timeout=300, env={**os.environ, "JAVA_HOME": str(self.root / "jdk"),
                              "PATH": "%s/bin:%s" % (self.root, os.environ["PATH"]), **env})
        return done.returncode, done.stdout

    def test_it_passes_where_both_pass_and_tells_what_could_not_run(self):
        code, output = self.gate()
        self.assertEqual(0, code, output)
        self.assertIn("for the checks: --gate --table", output)
        self.assertIn(" 1500 s", output)
        summary = output.partition("##### Summary")[2]
        self.assertIn("!!! COULD NOT RUN here: 11", summary)
        self.assertTrue(output.rstrip().endswith(": passed"), output)

    def test_it_fails_where_a_test_of_the_checks_fails(self):
        self.script("scripts/checks/test_made_up.py", TESTS % "False")
        code, output = self.gate()
        self.assertEqual(1, code, output)
        self.assertIn("for the checks", output)

    def test_it_fails_where_maven_fails_and_runs_the_checks_all_the_same(self):
        self.script("bin/mvn", "#!/bin/sh\nexit 1\n")
        code, output = self.gate()
        self.assertEqual(1, code, output)
        self.assertIn("for the checks", output)
        self.assertTrue(output.rstrip().endswith(": FAILED"), output)

    def test_it_fails_where_a_check_fails(self):
        self.script("scripts/verify-full.sh", "#!/bin/sh\nexit 1\n")
        self.assertEqual(1, self.gate()[0])

    def test_it_ends_itself_at_its_limit_with_a_line_that_says_so(self):
        self.script("bin/mvn", "#!/bin/sh\nsleep 600\n")
        code, output = self.gate(FCRAWLER_CI_LIMIT="3")
        self.assertEqual(1, code, output)
        self.assertIn("!!! OUT OF TIME: mvn -Pformat verify did not end within the 3 s", output)


if __name__ == "__main__":
    unittest.main()
