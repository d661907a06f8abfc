"""Runs the checks of check.sh: all, those with the given numbers, or those that the gate picks.

Checks that mostly wait run two at a time, and what they print comes when they end. Each runs in a session of its own,
and what it leaves running is ended. The table at the end tells what passed, failed, or could not run here and why.

Exit codes: 0 no check failed; 1 a check failed; 2 bad arguments.
"""

import argparse
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

import changes
import choice

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CANNOT_RUN = 77
DAY = 24 * 3600
# Read nothing that was built.
NEED_NO_BUILD = {1, 2, 15, 19}
# To end its servers and its engine, when it is broken off.
GRACE_SECONDS = 45
FULL_LIMIT_SECONDS = 3600
SECONDS_COMMENT = """\
# How long each check took last, in seconds, on a machine with 2 cores: scripts/verify-full.sh --record writes it.
# The gate balances its shares by it, and fits what it picks to its time.
"""


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="verify-full.sh", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("number", nargs="*", type=int, help="of a check; all of them without one")
    parser.add_argument("--list", action="store_true", help="print the numbers")
    parser.add_argument("--gate", action="store_true", help=(
        "pick the checks whose subject the change touches, and one share of four; FCRAWLER_GATE_BASE names the "
        "commit to compare with (else the newest that is at least six hours older than HEAD), "
        "FCRAWLER_GATE_SHARE the share, 0 to 3 (else by the date)"))
    parser.add_argument("--plan", action="store_true", help="with --gate: print what would run, and end")
    parser.add_argument("--seconds", type=int, default=os.environ.get("FCRAWLER_GATE_SECONDS", "1500"), help=(
        "with --gate: the time that there is, 1500 (FCRAWLER_GATE_SECONDS)"))
    parser.add_argument("--record", action="store_true", help="write how long checks took to scripts/checks/seconds.txt")
    parser.add_argument("--table", type=pathlib.Path, metavar="FILE", help="write the table to this file, too")
    options = parser.parse_args(arguments)
    if options.number and options.gate or options.plan and not options.gate:
        parser.error("--gate goes without numbers, --plan with --gate")
    return options, parser.error


def titles(checks=HERE / "check.sh"):
    """Number and title of each check, in their order."""
    listed = subprocess.run(["bash", str(checks), "--list"], capture_output=True, text=True, check=True).stdout
    return {int(line[:2]): line[3:] for line in listed.splitlines()}


# --- what the gate picks -------------------------------------------------------------------------

def pick(known, seconds, options):
    """The choice, told on standard output."""
    subjects = choice.read_subjects((HERE / "subjects.txt").read_text())
    day = int(time.time() // DAY)
    share = int(os.environ.get("FCRAWLER_GATE_SHARE") or day % choice.SHARES)
    if share not in range(choice.SHARES):
        sys.exit("verify-full.sh: FCRAWLER_GATE_SHARE is %d: it must be 0 to %d" % (share, choice.SHARES - 1))
    touched = touched_checks(known, subjects)
    picked = choice.choose(touched, choice.shares(known, seconds)[share], seconds, options.seconds)
    print("The gate, share %d of 0 to %d, within %d s, picks checks of about %d s:" % (
        share, choice.SHARES - 1, options.seconds, choice.duration(picked.reasons, seconds)))
    for check, reason in sorted(picked.reasons.items()):
        print("  %02d %-48s %s" % (check, known[check], reason))
    if picked.left_out:
        print("It leaves out for want of time, to be run by scripts/verify-full.sh %s:" % " ".join(
            str(check) for check in picked.left_out))
        for check, reason in picked.left_out.items():
            print("  %02d %-48s %s" % (check, known[check], reason))
    sys.stdout.flush()
    return picked


def touched_checks(known, subjects):
    try:
        base = changes.base_of(ROOT, os.environ.get("FCRAWLER_GATE_BASE"))
        paths = changes.paths_since(ROOT, base)
    except changes.ChangesUnknown as unknown:
        if os.environ.get("FCRAWLER_GATE_BASE"):
            sys.exit("verify-full.sh: FCRAWLER_GATE_BASE: %s" % unknown)
        print("All checks count as touched, as the change is not known: %s" % unknown)
        return {check: ["the change is not known"] for check in known}
    print("The change: %d paths, %s" % (len(paths), "all of them, as no commit is six hours older than HEAD"
                                        if base is None else "against %s" % base[:10]))
    return {check: where for check, where in choice.touched(paths, subjects).items() if check in known}


# --- running them --------------------------------------------------------------------------------

class Run:
    """One check, as it runs in a process of its own. Its output is kept in a file where it runs beside another."""

    def __init__(self, check, title, folder, short, beside, script=HERE / "check.sh"):
        self.check, self.title, self.beside = check, title, beside
        self.folder = folder / ("%02d" % check)
        self.folder.mkdir()
        self.mark = "%d-%d-%02d" % (os.getpid(), time.time_ns(), check)
        self.seconds = 0
        self.verdict, self.why = "FAILED", "broken off"
        self.began = time.monotonic()
        self.output = open(folder / ("%02d.output" % check), "w+b") if beside else None
        if not beside:
            self.say("=== %02d %s" % (check, title), "\n")
        self.process = subprocess.Popen(
            ["bash", str(script), "%02d" % check, str(self.folder)], stdin=subprocess.DEVNULL, stdout=self.output,
            stderr=subprocess.STDOUT if beside else None, start_new_session=True, preexec_fn=hear_signals,
            env={**os.environ, "FCRAWLER_CHECK": self.mark, "FCRAWLER_CHECK_SHORT": "yes" if short else "no"})

    @staticmethod
    def say(text, before=""):
        print(before + text, flush=True)

    def has_ended(self):
        return self.process.poll() is not None

    def end(self):
        """What is to be done when it has ended: a verdict, and nothing of it is left."""
        self.seconds = round(time.monotonic() - self.began)
        code = self.process.returncode
        self.verdict = {0: "passed", CANNOT_RUN: "COULD NOT RUN"}.get(code, "FAILED")
        reason = self.folder / "why"
        self.why = reason.read_text(errors="replace").strip() if reason.exists() else ""
        if self.verdict == "FAILED" and not self.why:
            self.why = "exit code %d, see its output" % code
        self.kill_all()
        if self.beside:
            self.print_output()
        self.say("=== %02d %s %s" % (self.check, self.verdict, self.why))

    def print_output(self):
        self.say("=== %02d %s" % (self.check, self.title), "\n")
        self.output.seek(0)
        sys.stdout.buffer.write(self.output.read())
        self.output.close()
        sys.stdout.flush()

    def kill_all(self):
        subprocess.run(["bash", "-c", 'source "$1" && end_processes_with "$2"', "bash",
                        str(ROOT / "scripts/lib/processes.sh"), "FCRAWLER_CHECK=" + self.mark],
                       stdout=self.output, check=False)

    def break_off(self):
        try:
            os.killpg(self.process.pid, signal.SIGTERM)
        except ProcessLookupError:
            pass

    def row(self):
        return "%02d  %-13s  %4d s  %s%s" % (
            self.check, self.verdict, self.seconds, self.title, ": " + self.why if self.why else "")


def hear_signals():
    """However this was started: a script that is started with a signal ignored cannot trap it."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


class BreakOff:
    """The signal that ends all this. It is heeded between the steps where a check could get lost in the middle of one."""

    def __init__(self):
        self.number, self.deferred = None, False

    def hear(self, number, _):
        self.number = number
        if not self.deferred:
            self.heed()

    def heed(self):
        if self.number:
            sys.exit(128 + self.number)


BREAK_OFF = BreakOff()


def run_all(runs, start, at_once):
    """Starts the checks in this order, so many at once; adds them to runs as they end."""
    waiting, running = list(start), []
    BREAK_OFF.deferred = True
    try:
        while waiting or running:
            BREAK_OFF.heed()
            while waiting and len(running) < at_once:
                running.append(waiting.pop(0)())
            for run in [one for one in running if one.has_ended()]:
                running.remove(run)
                run.end()
                runs.append(run)
            time.sleep(0.1)
    finally:
        break_off_all(running)
        runs += running
        BREAK_OFF.deferred = False


def break_off_all(running):
    for run in running:
        run.break_off()
    deadline = time.monotonic() + GRACE_SECONDS
    for run in running:
        while not run.has_ended() and time.monotonic() < deadline:
            time.sleep(0.1)
        run.kill_all()
        run.seconds = round(time.monotonic() - run.began)
        if run.beside:
            run.print_output()


def run_checks(runs, checks, known, seconds, short, folder, script=HERE / "check.sh"):
    """Adds the runs as they end. Those that wait come last, the longest of them first."""
    waiting = choice.longest_first(set(checks) & set(choice.WAITING), seconds)
    alone = sorted(set(checks) - set(waiting))

    def starting(some, beside):
        return [lambda check=check: Run(check, known[check], folder, short, beside, script) for check in some]

    run_all(runs, starting(alone, False), 1)
    run_all(runs, starting(waiting, len(waiting) > 1), 2)


def build():
    """Whether all is built, or this machine cannot, which the checks tell then."""
    process = subprocess.Popen(["bash", str(HERE / "build.sh")], stdin=subprocess.DEVNULL, preexec_fn=hear_signals)
    try:
        return process.wait() in (0, CANNOT_RUN)
    except BaseException:
        process.terminate()
        process.wait()
        raise


def table_of(runs):
    lines = [run.row() for run in sorted(runs, key=lambda one: one.check)]
    missing = ["%02d" % run.check for run in runs if run.verdict == "COULD NOT RUN"]
    if missing:
        lines.append("!!! COULD NOT RUN here: %s. What these would find is not known." % ", ".join(sorted(missing)))
    return "".join(line + "\n" for line in lines)


def record(runs, seconds):
    passed = {run.check: run.seconds for run in runs if run.verdict == "passed"}
    (HERE / "seconds.txt").write_text(choice.write_seconds({**seconds, **passed}, SECONDS_COMMENT))


def main(arguments):
    options, bad_arguments = parse(arguments)
    known = titles()
    if options.list:
        print("\n".join("%02d %s" % one for one in known.items()))
        return 0
    unknown = set(options.number) - set(known)
    if unknown:
        bad_arguments("there is no check %s: see --list" % ", ".join(map(str, sorted(unknown))))
    seconds = choice.read_seconds((HERE / "seconds.txt").read_text())
    checks = set(pick(known, seconds, options).reasons) if options.gate else set(options.number) or set(known)
    if options.plan:
        return 0
    return run_and_tell(checks, known, seconds, options)


def run_and_tell(checks, known, seconds, options):
    began = time.monotonic()
    if checks - NEED_NO_BUILD and not build():
        print("FAILED: the build, see above")
        return 1
    runs = []
    try:
        with tempfile.TemporaryDirectory(prefix="fcrawler-checks-", ignore_cleanup_errors=True) as folder:
            run_checks(runs, checks, known, seconds, options.gate, pathlib.Path(folder))
    finally:
        tell(runs, checks, time.monotonic() - began, options.table)
    if options.record:
        record(runs, seconds)
    return 1 if any(run.verdict == "FAILED" for run in runs) else 0


def tell(runs, checks, took, file):
    """Also of what was broken off, or never began."""
    table = table_of(runs)
    never = sorted(set(checks) - {run.check for run in runs})
    if never:
        table += "!!! BROKEN OFF before: %s\n" % " ".join("%02d" % check for check in never)
    print("\n%s%d checks in %d min %02d s" % (table, len(runs), took // 60, took % 60), flush=True)
    if took > FULL_LIMIT_SECONDS:
        print("!!! That is more than the %d minutes that all checks may take" % (FULL_LIMIT_SECONDS // 60))
    if file:
        file.write_text(table)


if __name__ == "__main__":
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, BREAK_OFF.hear)
    sys.exit(main(sys.argv[1:]))
