#!/usr/bin/env python3
"""Acceptance checks: the whole of fcrawler, as scripts/standalone.sh runs it, against real sites on
loopback. Each check prints what it checked, and ends with a line that begins with PASS or FAIL.

It needs what scripts/standalone.sh needs, and Python 3.11; docs also nginx and Debian's packages of
documentation, which it installs where it may. It ends every process that it started. A failing
check keeps its logs and says where they are.
"""

import argparse
import os
import signal
import sys
import traceback

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import harness  # noqa: E402  (after the path is set)

CANNOT_RUN = 77
CHECKS = ("docs", "site", "kill", "redirect-host", "bad-input", "corners", "stall", "politeness", "hosts",
          "many-seeds", "long-crawl", "backup", "compose")


def parse():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("check", nargs="+", choices=CHECKS + ("all",))
    parser.add_argument("--runs", type=int, default=1, help="of the random checks, each by a seed")
    parser.add_argument("--seed", type=int, default=1, help="of the first run")
    parser.add_argument("--keep", action="store_true", help="keep the logs of passing checks too")
    parser.add_argument("--pages", type=int, default=1000, help="of a generated site, about")
    parser.add_argument("--workers", type=int, default=1, help="crawler workers, for site")
    parser.add_argument("--faults", type=lambda text: text.split(","), metavar="NAME,NAME",
                        help="for kill: these alone")
    parser.add_argument("--hard", action="store_true", help="for kill: also a damaged Redis")
    parser.add_argument("--trees", type=lambda text: text.split(","), metavar="PACKAGE,PACKAGE",
                        help="for docs: other trees than python3-doc")
    parser.add_argument("--only", help="for corners: this one alone")
    parser.add_argument("--limit", type=int, default=900, help="seconds for a crawl of docs")
    parser.add_argument("--timeout", type=int, default=1500, help="seconds for a check")
    options = parser.parse_args()
    if "all" in options.check:
        options.check = [name for name in CHECKS if name not in ("long-crawl", "compose")]
    return options


def check(name, options):
    """Runs one check: 0 where it passed, 1 where it failed, 77 where it can't be run here."""
    report = harness.Report(name)
    workspace = harness.Workspace(name, options.keep)
    signal.alarm(options.timeout)
    try:
        module = __import__("check_" + name.replace("-", "_"))
        module.run(report, workspace, options)
    except harness.CannotRun as reason:
        print("CANNOT RUN %s: %s" % (name, reason))
        workspace.close(True)
        return CANNOT_RUN
    except Exception as error:  # pylint: disable=broad-except
        traceback.print_exc(file=sys.stdout)
        report.true("it ran to its end", False, error)
    finally:
        signal.alarm(0)
    passed = report.verdict()
    workspace.close(passed)
    return 0 if passed else 1


def out_of_time(_, __):
    raise TimeoutError("the time for this check is over")


def main():
    options = parse()
    signal.signal(signal.SIGALRM, out_of_time)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    # Ignored in what a shell starts in the background; what is started here would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    results = [check(name, options) for name in options.check]
    sys.exit(1 if 1 in results else max(results))


if __name__ == "__main__":
    main()
