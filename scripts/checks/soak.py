"""Runs `mvn verify` and the checks of verify-full.sh beside busy loops, and writes a table of what passed and failed.

It can be stopped at any time (Ctrl-C, SIGTERM), and goes on where it stopped when it is started again: finished runs
have a line each in the state folder, and one that was broken off is made again. Runs count for the commit, the number
of busy loops, and what they run. No busy loop outlives it, even if it is killed.

Examples:
  scripts/soak.sh                       4 runs of mvn verify and one of each check, beside 2 busy loops
  scripts/soak.sh --loops 0 --mvn 10 mvn   ten runs of mvn verify on a quiet machine
  scripts/soak.sh --checks 10 8 17      checks 8 and 17, ten times each

Exit codes: 0 every run passed; 1 one failed or could not run; 2 bad arguments or another soak has the state folder;
130, 143 stopped.
"""

import argparse
import collections
import datetime
import fcntl
import os
import pathlib
import re
import signal
import statistics
import subprocess
import sys
import time

import verify_full

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
MVN = "mvn"
GRACE_SECONDS = 60
LOAD_EVERY_SECONDS = 5
BUSY = "import os, sys\nwhile os.getppid() == int(sys.argv[1]):\n  for _ in range(100000): pass"
FIELDS = ("what", "outcome", "seconds", "load", "date", "commit", "loops", "names")
Line = collections.namedtuple("Line", FIELDS)
INTRODUCTION = """\
# Soak

`scripts/soak.sh` writes this table: `mvn verify` and the checks of `scripts/verify-full.sh`, run beside busy loops.
A test that fails here without a fault in the program is a defect of the test.
A + behind a commit stands for changes that were not committed.

"""
HEADER = ("| what | busy loops | commit | runs | passed | failed | minutes: least, median, most | load average | last run |\n"
          "| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n")


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="soak.sh", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", help="mvn, or the number of a check; without any mvn and all checks")
    parser.add_argument("--mvn", type=natural, default=4, metavar="N", help="runs of mvn verify; 4")
    parser.add_argument("--checks", type=natural, default=1, metavar="N", help="runs of each check; 1")
    parser.add_argument("--loops", type=natural, default=2, metavar="N", help="busy loops; 2")
    parser.add_argument("--state", type=pathlib.Path, default=ROOT / "target" / "soak", metavar="FOLDER",
                        help="for the lines of finished runs, and the logs; target/soak")
    parser.add_argument("--table", type=pathlib.Path, default=ROOT / "docs" / "soak.md", metavar="FILE",
                        help="to write; docs/soak.md")
    options = parser.parse_args(arguments)
    known = ["%02d" % number for number in verify_full.titles()]
    options.what = [one if one == MVN else one.zfill(2) for one in options.what] or [MVN, *known]
    unknown = set(options.what) - {MVN, *known}
    if unknown:
        parser.error("neither mvn nor the number of a check: %s" % ", ".join(sorted(unknown)))
    return options


def natural(text):
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("must be 0 or more")
    return number


# --- what was run --------------------------------------------------------------------------------

def read_lines(folder):
    """Of finished runs. A last line without its end was being written when the machine stopped."""
    file = folder / "runs.tsv"
    text = file.read_text() if file.exists() else ""
    return [Line(*line.rstrip("\n").split("\t")) for line in text.splitlines(True)
            if line.endswith("\n") and line.count("\t") == len(FIELDS) - 1]


def add_line(folder, line):
    file = folder / "runs.tsv"
    cut = file.exists() and not file.read_bytes().endswith(b"\n")
    with open(file, "a", encoding="utf-8") as lines:
        lines.write(("\n" if cut else "") + "\t".join(re.sub(r"\s+", " ", str(value)) for value in line) + "\n")


def still_to_run(options, lines, commit):
    """What, as often as it lacks a finished run."""
    done = collections.Counter(
        line.what for line in lines if (line.commit, line.loops) == (commit, str(options.loops)))
    wanted = {what: options.mvn if what == MVN else options.checks for what in options.what}
    return [what for what, times in wanted.items() for _ in range(times - done[what])]


def commit_of(table):
    """Of this folder; with a + where it differs, but for the table itself."""
    except_table = [":(exclude)" + str(table.resolve().relative_to(ROOT))] if table.resolve().is_relative_to(ROOT) else []
    git = ["git", "-C", str(ROOT)]
    commit = subprocess.run([*git, "rev-parse", "--short=10", "HEAD"], capture_output=True, text=True, check=True)
    changed = subprocess.run([*git, "status", "--porcelain", "--", ".", *except_table], capture_output=True, check=True)
    return commit.stdout.strip() + ("+" if changed.stdout else "")


# --- running -------------------------------------------------------------------------------------

class Loops:
    """Processes that keep the processors busy. They watch their parent, so that a kill of it ends them, too."""

    def __init__(self, count, env):
        self.processes = [
            subprocess.Popen([sys.executable, "-c", BUSY, str(os.getpid())], env=env, stdin=subprocess.DEVNULL,
                             start_new_session=True)
            for _ in range(count)]

    def close(self):
        for process in self.processes:
            process.kill()
            process.wait()


def command_of(what, table):
    return [MVN, "-B", "verify"] if what == MVN else [str(ROOT / "scripts/verify-full.sh"), "--table", str(table), what]


def run(what, folder, env):
    """Runs it once, and returns the outcome, the seconds, the load and the names of what failed."""
    number = len(list(folder.glob(what + "-*.log"))) + 1
    log, table = folder / ("%s-%d.log" % (what, number)), folder / "table"
    table.unlink(missing_ok=True)
    began, loads = time.monotonic(), []
    with open(log, "wb") as output:
        process = subprocess.Popen(command_of(what, table), cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=output,
                                   stderr=subprocess.STDOUT, start_new_session=True,
                                   preexec_fn=verify_full.hear_signals)
        try:
            await_end(process, loads)
        except BaseException:
            end(process)
            log.rename(log.with_suffix(".broken-off"))
            raise
    seconds = time.monotonic() - began
    judge = judge_mvn(process.returncode, log) if what == MVN else judge_check(what, table, process.returncode)
    return judge[0], round(judge[1] or seconds), "%.1f" % statistics.mean(loads), judge[2]


def await_end(process, loads):
    while True:
        loads.append(os.getloadavg()[0])
        try:
            process.wait(LOAD_EVERY_SECONDS)
            return
        except subprocess.TimeoutExpired:
            continue


def end(process):
    """With all that it started; what does not end by itself is ended by the mark of this soak."""
    try:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(GRACE_SECONDS)
    except (ProcessLookupError, subprocess.TimeoutExpired):
        pass


def judge_mvn(code, log):
    """Outcome, seconds if known, names."""
    if code == 0:
        return "passed", None, ""
    text = log.read_text(errors="replace")
    names = re.findall(r"^\[ERROR\] (?:[a-z0-9_]+\.)*(\S+) -- Time elapsed.*<<< (?:FAILURE|ERROR)!", text, re.M)
    if not names:
        names = re.findall(r"^\[ERROR\] (Failed to execute goal .{0,200})", text, re.M)[:1] or ["exit code %d" % code]
    return "failed", None, ", ".join(dict.fromkeys(names))


def judge_check(what, table, code):
    rows = table.read_text() if table.exists() else ""
    row = re.search(r"^%s  (passed|FAILED|COULD NOT RUN) +(\d+) s  [^:\n]*(?:: (.*))?$" % what, rows, re.M)
    if not row:
        return "failed", None, "exit code %d without a table, see the log" % code
    return row[1].lower(), int(row[2]), row[3] or ""


# --- the table -----------------------------------------------------------------------------------

def table_of(lines, titles):
    groups = {}
    for line in lines:
        groups.setdefault((line.commit, line.loops, line.what), []).append(line)
    return INTRODUCTION + HEADER + "".join(row_of(group, titles) for group in groups.values())


def row_of(group, titles):
    first = group[0]
    minutes = sorted(int(line.seconds) / 60 for line in group)
    names = collections.Counter(
        line.names if line.outcome == "failed" else line.outcome + ": " + line.names
        for line in group if line.outcome != "passed")
    failed = "; ".join("%d times %s" % (times, name) if times > 1 else name for name, times in names.items())
    count = sum(line.outcome == "failed" for line in group)
    return "| %s | %s | %s | %d | %d | %s | %.1f, %.1f, %.1f | %.1f | %s |\n" % (
        "`mvn verify`" if first.what == MVN else "%s %s" % (first.what, titles.get(int(first.what), "")), first.loops,
        first.commit, len(group), sum(line.outcome == "passed" for line in group),
        "%d%s" % (count, ": " + failed.replace("|", "\\|") if failed else ""),
        minutes[0], statistics.median(minutes), minutes[-1], statistics.mean(float(line.load) for line in group),
        group[-1].date)


def main(arguments):
    options = parse(arguments)
    options.state.mkdir(parents=True, exist_ok=True)
    lock = open(options.state / "lock", "w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        print("soak: another soak has the folder %s" % options.state, file=sys.stderr)
        return 2
    env = {**os.environ, "FCRAWLER_SOAK": "%d-%d" % (os.getpid(), time.time_ns())}
    try:
        return soak(options, env)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        end_all_with("FCRAWLER_SOAK=" + env["FCRAWLER_SOAK"])


def end_all_with(mark):
    subprocess.run(["bash", "-c", 'source "$1" && end_processes_with "$2"', "bash",
                    str(ROOT / "scripts/lib/processes.sh"), mark], check=False)


def soak(options, env):
    commit, titles = commit_of(options.table), verify_full.titles()
    todo = still_to_run(options, read_lines(options.state), commit)
    if todo:
        loops = Loops(options.loops, env)
        try:
            for place, what in enumerate(todo, 1):
                print("run %d of %d: %s" % (place, len(todo), what), flush=True)
                outcome = run(what, options.state, env)
                now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M")
                add_line(options.state, Line(what, *outcome[:3], now, commit, options.loops, outcome[3]))
                options.table.write_text(table_of(read_lines(options.state), titles))
                print("%s after %d s, load %s %s" % outcome, flush=True)
        finally:
            loops.close()
    options.table.write_text(table_of(read_lines(options.state), titles))
    print("the table: %s" % options.table)
    mine = [line for line in read_lines(options.state)
            if (line.commit, line.loops) == (commit, str(options.loops)) and line.what in options.what]
    return 1 if any(line.outcome != "passed" for line in mine) else 0


if __name__ == "__main__":
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, lambda number, _: sys.exit(128 + number))
    sys.exit(main(sys.argv[1:]))
