"""What a soak counts, and that it leaves nothing behind, by a Maven that is made up."""

import os
import pathlib
import signal
import subprocess
import tempfile
import types
import unittest

import soak
from test_verify_full import leftovers, wait_until

HERE = pathlib.Path(__file__).resolve().parent
# Passes, but for its second run; waits where there is a file named wait.
MAVEN = """#!/bin/sh
here=$(dirname "$0")
echo run >>"$here/runs"
echo "$FCRAWLER_SOAK" >"$here/mark"
while [ -e "$here/wait" ]; do sleep 0.1; done
[ "$(wc -l <"$here/runs")" != 2 ] || {
  echo '[ERROR] io.fcrawler.kafka.TopicsTest.theyAreThere(String)[1] -- Time elapsed: 0.1 s <<< FAILURE!'
  exit 1
}
"""


class SoakTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "mvn").write_text(MAVEN)
        (self.folder / "mvn").chmod(0o755)
        self.table = self.folder / "soak.md"
        self.wait = self.folder / "wait"

    def start(self, *arguments):
        env = {**os.environ, "PATH": "%s:%s" % (self.folder, os.environ["PATH"])}
        return subprocess.Popen(
            [str(HERE.parent / "soak.sh"), "--state", str(self.folder / "state"), "--table", str(self.table),
             *arguments], env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def runs(self):
        file = self.folder / "runs"
        return len(file.read_text().splitlines()) if file.exists() else 0

    def mark(self):
        return "FCRAWLER_SOAK=" + (self.folder / "mark").read_text().strip()

    def finish(self, *arguments):
        process = self.start(*arguments)
        return process.communicate(timeout=200)[0], process.returncode

    def test_it_runs_as_often_as_asked_and_names_what_failed(self):
        output, code = self.finish("--mvn", "3", "--loops", "1", "mvn")
        self.assertEqual((1, 3), (code, self.runs()), output)
        row = [line for line in self.table.read_text().splitlines() if line.startswith("| `mvn verify`")]
        self.assertEqual(1, len(row))
        self.assertIn("| 3 | 2 | 1: TopicsTest.theyAreThere(String)[1] |", row[0])
        self.assertEqual("", leftovers(self.mark()))

    def test_finished_runs_are_not_made_again(self):
        self.finish("--mvn", "1", "--loops", "0", "mvn")
        output, code = self.finish("--mvn", "1", "--loops", "0", "mvn")
        self.assertEqual((0, 1), (code, self.runs()), output)
        self.finish("--mvn", "1", "--loops", "1", "mvn")
        self.assertEqual(2, self.runs())

    def test_a_run_that_is_broken_off_is_made_again(self):
        self.wait.touch()
        process = self.start("--mvn", "1", "--loops", "2", "mvn")
        wait_until(lambda: self.runs() == 1)
        self.assertNotEqual("", leftovers(self.mark()))
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=200)
        self.assertEqual(143, process.returncode)
        self.assertEqual("", leftovers(self.mark()))
        self.wait.unlink()
        self.finish("--mvn", "1", "--loops", "2", "mvn")
        self.assertEqual(2, self.runs())

    def test_no_busy_loop_outlives_a_kill(self):
        self.wait.touch()
        process = self.start("--mvn", "1", "--loops", "2", "mvn")
        wait_until(lambda: self.runs() == 1)
        process.kill()
        process.wait()
        self.wait.unlink()
        wait_until(lambda: leftovers(self.mark()) == "")
        process.stdout.close()

    def test_what_it_does_not_know_is_refused(self):
        for arguments in (["99"], ["maven"], ["--loops", "-1"]):
            self.assertEqual(2, self.finish(*arguments)[1], arguments)


class LinesTest(unittest.TestCase):
    def test_a_line_that_was_being_written_does_not_count(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            line = soak.Line("06", "passed", "41", "2.0", "2026-01-01 00:00", "abc", "2", "")
            soak.add_line(folder, line)
            with open(folder / "runs.tsv", "a", encoding="utf-8") as file:
                file.write("07\tpas")
            self.assertEqual([line], soak.read_lines(folder))
            soak.add_line(folder, line._replace(names="two\nlines\t"))
            self.assertEqual(["", "two lines "], [one.names for one in soak.read_lines(folder)])

    def test_runs_count_for_their_commit_and_number_of_loops(self):
        options = types.SimpleNamespace(what=["mvn", "06"], mvn=2, checks=1, loops=2)
        lines = [soak.Line("mvn", "passed", "1", "1", "d", "abc", loops, "") for loops in ("2", "0")]
        self.assertEqual(["mvn", "06"], soak.still_to_run(options, lines, "abc"))
        self.assertEqual(["mvn", "mvn", "06"], soak.still_to_run(options, lines, "another"))


class JudgeTest(unittest.TestCase):
    def judge(self, rows, code=1):
        with tempfile.TemporaryDirectory() as name:
            table = pathlib.Path(name) / "table"
            table.write_text(rows)
            return soak.judge_check("11", table, code)

    def test_a_check_is_judged_by_its_row(self):
        self.assertEqual(("passed", 530, ""), self.judge("11  passed          530 s  compose on an engine\n", 0))
        self.assertEqual(("failed", 12, "it said: no"), self.judge("11  FAILED           12 s  compose: it said: no\n"))
        self.assertEqual(("could not run", 0, "not root"), self.judge("11  COULD NOT RUN     0 s  compose: not root\n", 0))

    def test_a_check_without_a_row_failed(self):
        self.assertEqual("failed", self.judge("", 1)[0])

    def test_a_build_that_broke_is_named(self):
        with tempfile.TemporaryDirectory() as name:
            log = pathlib.Path(name) / "log"
            log.write_text("[ERROR] Failed to execute goal x:compile on project common: no\n")
            self.assertIn("on project common", soak.judge_mvn(1, log)[2])


if __name__ == "__main__":
    unittest.main()
