"""What the gate picks."""

import pathlib
import subprocess
import unittest

import choice
import verify_full

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SUBJECTS = choice.read_subjects((HERE / "subjects.txt").read_text())
SECONDS = choice.read_seconds((HERE / "seconds.txt").read_text())
# Each of the scripts that a check covers, and that check.
COVERED = {
    ".ci/run": 19, "scripts/verify-full.sh": 19, "scripts/soak.sh": 19, "scripts/checks/choice.py": 19,
    "scripts/standalone.sh": 2, "scripts/fcrawler": 22, "scripts/benchmark.sh": 20, "scripts/benchmark/measures.py": 20,
    "scripts/jmh.sh": 21, "scripts/chaos.sh": 13, "scripts/persistence-test.sh": 11, "scripts/backup-redis.sh": 10,
    "scripts/restore-redis.sh": 10, "scripts/lib/redis-compose.sh": 11, "infra/images/build-local.sh": 11,
    "infra/docker-compose.yml": 11, "crawler-worker/Dockerfile": 11, "infra/secure/make-secrets.sh": 11,
    "scripts/acceptance/check_backup.py": 10, "scripts/acceptance/harness.py": 4}


class SubjectsTest(unittest.TestCase):
    def test_a_path_without_an_entry_selects_standalone_kill_and_chaos(self):
        self.assertEqual({2, 4, 13}, choice.checks_of("something/new", SUBJECTS))

    def test_a_path_has_the_checks_of_all_its_patterns(self):
        subjects = choice.read_subjects("# A comment\na/* 1 2\n\na/b/* 3\na/c -\n")
        self.assertEqual({1, 2, 3}, choice.checks_of("a/b/c", subjects))
        self.assertEqual({1, 2}, choice.checks_of("a/c", subjects))

    def test_what_no_check_can_show_selects_none(self):
        self.assertEqual(set(), choice.checks_of("docs/adr/0001-x.md", SUBJECTS))
        self.assertEqual(set(), choice.checks_of("README.md", SUBJECTS))

    def test_an_entry_that_is_none_is_refused(self):
        with self.assertRaises(ValueError):
            choice.read_subjects("a/* 1,2\n")

    def test_each_script_selects_the_check_that_covers_it(self):
        for path, check in COVERED.items():
            self.assertIn(check, choice.checks_of(path, SUBJECTS), path)

    def test_each_script_has_an_entry(self):
        listed = subprocess.run(["git", "-C", str(ROOT), "ls-files", "scripts", ".ci", "infra/images", "infra/secure"],
                                capture_output=True, text=True, check=True).stdout.split()
        for path in listed:
            self.assertTrue(any(choice.fnmatch.fnmatchcase(path, pattern) for pattern, _ in SUBJECTS
                                if pattern not in ("*.sh", "*.py")), path + " has no entry of its own")

    def test_each_check_has_its_place_and_its_time(self):
        known = set(verify_full.titles())
        self.assertEqual(sorted(known), sorted(choice.ORDER))
        self.assertEqual(known, set(SECONDS))
        self.assertLessEqual(set().union(*(checks for _, checks in SUBJECTS)), known)


class SharesTest(unittest.TestCase):
    def test_they_are_disjoint_cover_all_and_take_about_the_same_time(self):
        parts = choice.shares(SECONDS, SECONDS)
        self.assertEqual(4, len(parts))
        self.assertEqual(sorted(SECONDS), sorted(check for part in parts for check in part))
        times = [sum(SECONDS[check] for check in part) for part in parts]
        self.assertLess(max(times), 1.25 * min(times))

    def test_a_check_without_a_time_is_in_one_of_them(self):
        self.assertEqual(1, sum(99 in part for part in choice.shares([*SECONDS, 99], SECONDS)))


class DurationTest(unittest.TestCase):
    def test_those_that_wait_run_two_at_a_time(self):
        self.assertEqual(100 + 60, choice.duration([1, 6, 7, 8], {1: 100, 6: 30, 7: 30, 8: 60}))


class ChooseTest(unittest.TestCase):
    def test_with_time_enough_it_is_what_is_touched_and_the_share(self):
        chosen = choice.choose({10: ["a"], 7: ["b", "c", "d"]}, {7, 9}, SECONDS, 10_000)
        self.assertEqual({10: "touched: a", 7: "touched: b, c and 1 more", 9: "today's share"}, chosen.reasons)
        self.assertEqual({}, chosen.left_out)

    def test_it_keeps_to_the_time(self):
        everything = {check: ["x"] for check in SECONDS}
        for budget in (900, 1200, 1500):
            for share in choice.shares(SECONDS, SECONDS):
                chosen = choice.choose(everything, share, SECONDS, budget)
                self.assertLessEqual(choice.duration(chosen.reasons, SECONDS), budget)
                self.assertEqual(set(SECONDS), set(chosen.reasons) | set(chosen.left_out))

    def test_standalone_kill_and_chaos_are_never_left_out(self):
        everything = {check: ["x"] for check in SECONDS}
        for budget in (-100, 0, 100, 1500):
            self.assertLessEqual({2, 4, 13}, set(choice.choose(everything, {9}, SECONDS, budget).reasons))

    def test_it_leaves_out_in_the_fixed_order(self):
        seconds = dict.fromkeys(SECONDS, 100)
        everything = {check: ["x"] for check in choice.ORDER if check not in choice.WAITING}
        chosen = choice.choose(everything, set(), seconds, 1000)
        self.assertEqual([check for check in choice.ORDER if check in everything][10:], list(chosen.left_out))

    def test_a_small_change_meets_its_check_before_the_share(self):
        for check in (9, 10, 11, 18):
            for share in choice.shares(SECONDS, SECONDS):
                self.assertIn(check, choice.choose({check: ["x"]}, share, SECONDS, 1200).reasons)

    def test_a_big_change_does_not_put_off_the_share(self):
        seconds = dict.fromkeys(SECONDS, 100)
        everything = {check: ["x"] for check in SECONDS}
        self.assertIn(9, choice.choose(everything, {9}, seconds, 1000).reasons)


if __name__ == "__main__":
    unittest.main()
