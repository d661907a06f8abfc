"""How checks are run and ended, by checks that are made up."""

import contextlib
import io
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import choice
import verify_full

HERE = pathlib.Path(__file__).resolve().parent
# 06 and 07 wait.
CHECKS = r"""
set -euo pipefail
case $1 in
  --list) printf '01 passes\n03 fails\n05 cannot\n06 waits\n07 waits too\n08 interrupts itself\n09 leaves something\n10 is slow\n' ;;
  01) echo "short: $FCRAWLER_CHECK_SHORT" ;;
  03) echo 'it is broken' >"$2/why" && exit 1 ;;
  05) echo 'no such program' >"$2/why" && exit 77 ;;
  06 | 07)
    touch "$2/began"
    until [[ -e $2/../06/began && -e $2/../07/began ]]; do ((SECONDS < 60)) || exit 1; sleep 0.05; done
    echo "out of $1"
    ;;
  08) kill -INT $$ ;;
  09) setsid sleep 600 & echo $! ;;
  10) trap 'echo told; exit 1' TERM INT; setsid sleep 600 & echo $! >"$2/../../pid"; sleep 600 & wait ;;
esac
"""


class VerifyFullTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.script = self.folder / "check.sh"
        self.script.write_text(CHECKS)
        self.known = verify_full.titles(self.script)
        self.runs = self.folder / "runs"
        self.runs.mkdir()

    def run_checks(self, *checks, short=False):
        """The runs by their number, and what the runner printed."""
        printed = io.TextIOWrapper(io.BytesIO(), write_through=True)
        with contextlib.redirect_stdout(printed):
            runs = []
            verify_full.run_checks(runs, checks, self.known, {}, short, self.runs, self.script)
        return {run.check: run for run in runs}, printed.buffer.getvalue().decode()

    def test_each_gets_its_verdict_and_its_reason(self):
        runs, _ = self.run_checks(1, 3, 5)
        self.assertEqual(("passed", ""), (runs[1].verdict, runs[1].why))
        self.assertEqual(("FAILED", "it is broken"), (runs[3].verdict, runs[3].why))
        self.assertEqual(("COULD NOT RUN", "no such program"), (runs[5].verdict, runs[5].why))
        self.assertIn("!!! COULD NOT RUN here: 05", verify_full.table_of(runs.values()))

    def test_those_that_wait_run_at_once_and_print_one_after_the_other(self):
        self.assertLessEqual({6, 7}, set(choice.WAITING))
        runs, printed = self.run_checks(6, 7)
        self.assertEqual({"passed"}, {run.verdict for run in runs.values()})
        for number, title in ((6, "waits"), (7, "waits too")):
            self.assertIn("=== %02d %s\nout of %02d\n=== %02d passed" % (number, title, number, number), printed)

    def test_a_check_hears_signals_that_were_ignored_when_this_was_started(self):
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        self.addCleanup(signal.signal, signal.SIGINT, before)
        self.assertEqual("FAILED", self.run_checks(8)[0][8].verdict)

    def test_what_a_check_leaves_running_is_ended(self):
        self.run_checks(9)
        self.assertEqual("", leftovers("FCRAWLER_CHECK=%d-" % os.getpid()))

    def test_broken_off_it_ends_its_checks_however_it_was_started(self):
        code = ("import signal, sys, pathlib, verify_full as v\n"
                "for one in (signal.SIGINT, signal.SIGTERM): signal.signal(one, v.BREAK_OFF.hear)\n"
                "runs, known = [], {10: 'is slow', 11: 'never begins'}\n"
                "try: v.run_checks(runs, known, known, {}, False, pathlib.Path(sys.argv[1]), sys.argv[2])\n"
                "finally: v.tell(runs, known, 0, None)\n")
        for number in (signal.SIGINT, signal.SIGTERM):
            runs = self.folder / str(number)
            runs.mkdir()
            pid_file = self.folder / "pid"
            pid_file.unlink(missing_ok=True)
            process = subprocess.Popen(
                [sys.executable, "-B", "-c", code, str(runs), str(self.script)], cwd=HERE, stdout=subprocess.PIPE,
                text=True, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
            wait_until(lambda: pid_file.exists() and pid_file.read_text().strip())
            process.send_signal(number)
            output = process.communicate(timeout=200)[0]
            self.assertEqual(128 + number, process.returncode, output)
            self.assertIn("told", output)
            self.assertRegex(output, "10  FAILED .* is slow: broken off\n!!! BROKEN OFF before: 11")
            self.assertEqual("", leftovers("FCRAWLER_CHECK=%d-" % process.pid))

    def test_times_are_written_as_they_are_read(self):
        text = choice.write_seconds({1: 20, 13: 260}, verify_full.SECONDS_COMMENT)
        self.assertEqual({1: 20, 13: 260}, choice.read_seconds(text))

    def test_numbers_that_are_none_are_refused(self):
        for arguments in (["99"], ["x"], ["--gate", "1"], ["--plan"]):
            done = subprocess.run([str(HERE.parent / "verify-full.sh"), *arguments],
                                  capture_output=True, text=True, check=False)
            self.assertEqual(2, done.returncode, arguments)
            self.assertIn("usage: verify-full.sh", done.stderr)


def leftovers(mark):
    """Processes whose environment has something that begins with this."""
    found = []
    for entry in pathlib.Path("/proc").glob("[0-9]*/environ"):
        try:
            if any(one.startswith(mark.encode()) for one in entry.read_bytes().split(b"\0")):
                found.append(entry.parent.name + " " + (entry.parent / "cmdline").read_text())
        except OSError:
            continue
    return "\n".join(found)


def wait_until(condition):
    deadline = time.monotonic() + 200
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("not within 200 s")
        time.sleep(0.05)


if __name__ == "__main__":
    unittest.main()
