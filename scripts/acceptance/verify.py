"""Compares a finished crawl with the truth, through all of fcrawler's doors."""

import time
from collections import Counter

import truth as true_site


def whole_crawl(report, fcrawler, seed, truth, options):
    """All that must hold of any crawl that is done; ``options`` are those of ``Expectations``."""
    progress = fcrawler.api.get(seed)
    numbers(report, progress, truth)
    failures(report, fcrawler, seed, truth, options)
    receipt(report, fcrawler, seed, progress)
    counters(report, fcrawler, seed, progress, truth)
    records(report, fcrawler, progress["crawlId"], truth, options)


class Expectations:
    """What differs from check to check.

    again: how many URLs may have been fetched, and so recorded, a second time.
    unanswered: the reason of failures without a status.
    excluded: whether the truth's exclusions are all there are.
    """

    def __init__(self, again=0, unanswered="connection_reset", excluded=True):
        self.again = again
        self.unanswered = unanswered
        self.excluded = excluded


def numbers(report, progress, truth):
    report.equal("status", progress["status"], "done")
    report.equal("total", progress["total"], len(truth["reachable"]))
    report.equal("crawled", progress["crawled"], len(truth["ok"]))
    report.equal("failed", progress["failed"], len(truth["failed"]))
    report.equal("crawled + failed = total", progress["crawled"] + progress["failed"],
                 progress["total"])
    report.equal("excluded", progress["excluded"], len(truth["excluded"]))
    report.equal("pending, inFlight, progress",
                 (progress["pending"], progress["inFlight"], progress["progress"]), (0, 0, 1))
    report.true("finishedAt is there, etaSeconds is not",
                "finishedAt" in progress and "etaSeconds" not in progress)


def reason(url, truth, options):
    status = truth["failed"][url]
    if status == 0:
        return options.unanswered
    if url in truth.get("endless", ()):
        return "redirect_to_itself"
    return "redirect_without_target" if status < 400 else "http_%d" % status


def failures(report, fcrawler, seed, truth, options):
    listed = fcrawler.api.failures(seed)
    report.same("failures, each with its reason",
                {canonical(one["url"]): one["reason"] for one in listed},
                {url: reason(url, truth, options) for url in truth["failed"]})
    report.equal("each failure is listed once", len(listed), len(truth["failed"]))
    incomplete = [one for one in listed if "time" not in one or one["attempts"] < 1
                  or one.get("httpStatus", 0) != truth["failed"].get(canonical(one["url"]), 0)
                  or ("referrer" not in one and len(truth["reachable"]) > 1)]
    report.equal("failures without status, attempts, referrer or time", incomplete[:3], [])


def receipt(report, fcrawler, seed, progress):
    got = fcrawler.api.get(seed, "/receipt")
    report.equal("receipt", (got["verdict"], got["differences"]), ("clean", []))
    report.equal("receipt's fingerprints", got["fingerprints"],
                 progress["total"] + progress["excluded"])


def counters(report, fcrawler, seed, progress, truth):
    for name in ("total", "crawled", "failed"):
        key = "fcrawler:seed:{%s}:%s" % (seed, name)
        report.equal("redis: GET " + key, fcrawler.redis.command("GET", key), str(progress[name]))
    keys = fcrawler.redis.keys("fcrawler:seed:{%s}:*:excluded" % seed)
    found = [url for key in keys[:1] for url in fcrawler.redis.command("HKEYS", key)]
    report.same("redis: excluded URLs", {canonical(url.partition("[cut:")[0]) for url in found},
                {url[:true_site.MAX_URL] for url in truth["excluded"]})


def records(report, fcrawler, crawl_id, truth, options):
    records = [one for one in fcrawler.pages() if one["crawlId"] == crawl_id]
    statuses = {canonical(one["url"]): one.get("status", 0) for one in records}
    expected = {url: None for url in truth["reachable"]}
    report.same("kafka: URLs in fcrawler.pages", dict.fromkeys(statuses), expected)
    wrong = [(url, status) for url, status in statuses.items()
             if (url in truth["failed"]) != (status == 0 or status >= 400 or
                                             truth["failed"].get(url) == status)]
    report.equal("kafka: records with another verdict", wrong[:3], [])
    report.at_most("kafka: repeated records", len(records) - len(statuses), options.again)


def canonical(url):
    return true_site.normal(url) or url


# Requests, as the site logged them: objects with t0, t1, url.

def requested_once(report, entries, expected):
    """Each URL as often as it should be; robots.txt apart."""
    got = Counter(one["url"] for one in entries if not one["url"].endswith("/robots.txt"))
    wrong = {url: "%d times, not %d" % (got[url], expected.get(url, 0))
             for url in set(got) | set(expected) if got[url] != expected.get(url, 0)}
    report.true("each URL was requested once (or as often as it is retried)", not wrong,
                len(got) if not wrong else list(wrong.items())[:5])


def most_at_once(entries):
    """The most requests under way at one time."""
    # Until the answer begins: its client may have all of it before the server's thread goes on.
    ends = [(one.get("answer", one["t1"]), -1) for one in entries]
    events = sorted([(one["t0"], 1) for one in entries] + ends)
    most = now = 0
    for _, change in events:
        now += change
        most = max(most, now)
    return most


class Faults:
    """When something was done to fcrawler; tells whether a repeated request has an excuse."""

    def __init__(self):
        self.spans = []

    def begin(self, name, reach):
        """``reach``: so many seconds before the fault may have been in vain."""
        self.spans.append([name, time.time() - reach, None])

    def end(self, grace=0.0):
        self.spans[-1][2] = time.time() + grace

    def excuse(self, entry):
        """The fault in whose time a request ended, so that it may be made again."""
        for name, start, end in reversed(self.spans):
            if entry["t1"] >= start and entry["t0"] <= (end or time.time()):
                return name
        return None


def repeats(entries, faults, attempts):
    """Requests made again: how many for each fault, and those without excuse.

    attempts: of a URL, how often it is asked for when nothing happens.
    """
    excused, unexcused = Counter(), []
    by_url = {}
    for entry in sorted(entries, key=lambda one: one["t0"]):
        by_url.setdefault(entry["url"], []).append(entry)
    for url, some in by_url.items():
        surplus = len(some) - attempts(url)
        if surplus <= 0:
            continue
        excuses = [name for name in map(faults.excuse, some[:-1]) if name]
        excused.update(excuses[:surplus])
        if len(excuses) < surplus:
            unexcused.append("%s: %d times, %d excused" % (url, len(some), len(excuses)))
    return excused, unexcused
