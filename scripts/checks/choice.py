"""Which checks the gate runs: those whose subject a change touches, and a quarter of all, as the time allows.

Pure functions: nothing here reads a file, a clock or git. Checks are known by their number.
"""

import fnmatch
import re
from dataclasses import dataclass, field

# Run when a path without an entry is touched, and never left out: standalone, kill, chaos.
KEPT = (2, 4, 13)
# What a lack of time leaves out comes last.
ORDER = KEPT + (1, 19, 15, 22, 21, 20, 6, 5, 10, 12, 7, 8, 17, 14, 16, 3, 11, 18, 9)
# These mostly wait, so that two of them run at a time.
WAITING = (6, 7, 8, 17)
SHARES = 4
# Of a check that was never timed.
UNKNOWN_SECONDS = 120


@dataclass
class Choice:
    """reasons: of each check to run, why. left_out: of each touched or due check without time, why it was wanted."""

    reasons: dict = field(default_factory=dict)
    left_out: dict = field(default_factory=dict)


def read_subjects(text):
    """The entries of subjects.txt: pattern and numbers."""
    found = []
    for line in meaningful_lines(text):
        pattern, _, checks = line.partition(" ")
        if not re.fullmatch(r"-|\d+(?: \d+)*", checks.strip()):
            raise ValueError("subjects.txt: %r must be a pattern, and numbers or -" % line)
        found.append((pattern, frozenset(int(number) for number in checks.split() if number != "-")))
    return found


def read_seconds(text):
    """The entries of seconds.txt: number and seconds."""
    return {int(number): int(seconds) for number, seconds in map(str.split, meaningful_lines(text))}


def write_seconds(seconds, comment):
    return comment + "".join("%02d %d\n" % one for one in sorted(seconds.items()))


def meaningful_lines(text):
    return [line for line in (raw.strip() for raw in text.splitlines()) if line and not line.startswith("#")]


def checks_of(path, subjects):
    """Of all patterns that match, whose * stands for slashes too; KEPT where none does."""
    matching = [checks for pattern, checks in subjects if fnmatch.fnmatchcase(path, pattern)]
    return frozenset().union(*matching) if matching else frozenset(KEPT)


def touched(paths, subjects):
    """For each touched check the paths that touch it."""
    found = {}
    for path in paths:
        for check in checks_of(path, subjects):
            found.setdefault(check, []).append(path)
    return found


def shares(checks, seconds):
    """All checks in SHARES parts of about the same time. It depends on no change, so that all come round."""
    parts = [set() for _ in range(SHARES)]
    for check in sorted(checks, key=lambda one: (-seconds_of(one, seconds), one)):
        least = min(parts, key=lambda part: sum(seconds_of(one, seconds) for one in part))
        least.add(check)
    return parts


def seconds_of(check, seconds):
    return seconds.get(check, UNKNOWN_SECONDS)


def duration(checks, seconds):
    """How long they take together: the waiting ones two at a time, the others one after the other."""
    lanes = [0, 0]
    for check in longest_first(set(checks) & set(WAITING), seconds):
        lanes[lanes.index(min(lanes))] += seconds_of(check, seconds)
    return max(lanes) + sum(seconds_of(check, seconds) for check in set(checks) - set(WAITING))


def longest_first(checks, seconds):
    return sorted(checks, key=lambda one: (-seconds_of(one, seconds), one))


def choose(touched_by, share, seconds, budget):
    """What fits the budget, in seconds.

    Half of it is first for what is touched, so that a small change meets its check; then comes the share, so that
    big changes do not put it off for ever; then what else is touched.
    """
    wanted = {check: "touched: " + some_of(paths) for check, paths in touched_by.items()}
    for check in share:
        wanted.setdefault(check, "today's share")
    choice = Choice({check: wanted[check] for check in KEPT if check in touched_by})

    def fill(checks, limit):
        for check in sorted(checks, key=place):
            if check not in choice.reasons and duration([*choice.reasons, check], seconds) <= limit:
                choice.reasons[check] = wanted[check]

    fill(touched_by, budget / 2)
    choice.reasons.update({check: wanted[check] for check in KEPT if check in share})
    fill(share, budget)
    fill(touched_by, budget)
    choice.left_out = {check: wanted[check] for check in sorted(wanted, key=place) if check not in choice.reasons}
    return choice


def place(check):
    """In ORDER; a check that has none there comes last."""
    return (ORDER.index(check) if check in ORDER else len(ORDER), check)


def some_of(paths):
    more = len(paths) - 2
    return ", ".join(paths[:2]) + (" and %d more" % more if more > 0 else "")
