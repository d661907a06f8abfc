"""kill: scripts/standalone.sh is stopped in order and killed as a whole in mid-crawl; by this truth,
which shares no code with fcrawler or its chaos runs, the numbers stay exact. Kills of single parts
and damaged files are scenarios of scripts/chaos.sh."""

import pathlib
import random

import generated
import harness
import testsite
import truth as true_site
import verify

DELAY = 0.025
CONNECTIONS = 6
WORKERS = 3
PARTITIONS = 64  # of the log of commands

# Seconds before a fault of which the work may be lost. A worker loses what it has not settled:
# visits wait up to 150 ms for company, and for Kafka. Redis forgets up to two seconds, as it
# writes to disk every second and may be a second late.
REACH = {"group": 3.0, "term": 0.0}


def run(report, workspace, options):
    for number in range(options.runs):
        one_run(report, workspace, options, options.seed + number)


def one_run(report, workspace, options, seed):
    folder = workspace / ("run-%d" % seed)
    folder.mkdir()
    site = testsite.Site(lambda host, path: None, folder / "requests.jsonl")
    made = generated.GeneratedSite(site.authority, options.pages, seed, delay=DELAY)
    site.pages = made.page
    fcrawler = harness.Standalone(folder, workers=WORKERS)
    try:
        fcrawler.start()
        Run(report, fcrawler, site, made).all(faults(options, random.Random(seed)))
    finally:
        fcrawler.destroy()
        site.close()


def faults(options, chance):
    names = list(options.faults or REACH)
    chance.shuffle(names)
    return names


class Run:
    """One crawl with its faults."""

    def __init__(self, report, fcrawler, site, made):
        self.report, self.fcrawler, self.site, self.made = report, fcrawler, site, made
        self.seed = site.authority
        self.faults = verify.Faults()

    def all(self, names):
        truth = self.made.truth()
        total = len(truth["reachable"])
        self.report.say("%d URLs, %d of them broken; faults: %s" % (
            total, len(truth["failed"]), ", ".join(names)))
        before = self.append_only_bytes()
        self.fcrawler.api.must_submit(
            "http://" + self.seed + "/", delayMs=0, connectionsPerHost=CONNECTIONS)
        for place, name in enumerate(names):
            self.await_requests(total * (place + 1) // (len(names) + 1))
            self.fault(name)
        self.fcrawler.api.wait(self.seed, 240)
        self.files(before)
        self.judge(truth)

    def await_requests(self, count):
        harness.wait_for("%d URLs were requested" % count,
                         lambda: self.site.distinct() >= count, 240, 0.01)

    def fault(self, name):
        before = self.fcrawler.api.get(self.seed)
        self.report.say("%s, at %d of %d" % (name, before["crawled"], before["total"]))
        self.faults.begin(name, REACH[name])
        getattr(self, name)()
        self.report.true(name + ": the API is silent meanwhile", not self.fcrawler.api.ready())
        self.report.equal(name + ": processes left over", self.fcrawler.leftovers(), [])
        self.report.true(name + ": the append-only file is still there",
                         self.append_only("*.manifest") and self.append_only("*.incr.aof"))
        self.fcrawler.start()
        self.faults.end(3.0)
        if name == "term":
            now = self.fcrawler.api.get(self.seed)["crawled"]
            self.report.true("term: it knows what it had crawled", now >= before["crawled"], now)

    # What may happen.

    def term(self):
        self.report.equal("term: exit code", self.fcrawler.stop(), 0)

    def group(self):
        self.fcrawler.kill_group()
        harness.wait_for("the group is gone", lambda: not self.fcrawler.leftovers(), 60)

    # What must hold in the end.

    def append_only(self, pattern):
        """The files of Redis's log by their names, as far as they are not empty."""
        files = pathlib.Path(self.fcrawler.data, "redis", "appendonlydir").glob(pattern)
        return [file for file in files if file.stat().st_size]

    def append_only_bytes(self):
        return sum(file.stat().st_size for file in self.append_only("appendonly.aof.*"))

    def files(self, before):
        report, data = self.report, pathlib.Path(self.fcrawler.data)
        report.equal("workers", len(list(data.glob("run/crawler-worker-*.pid"))), WORKERS)
        for what in ("*.manifest", "*.base.*", "*.incr.aof"):
            report.true("files of the append-only file: " + what, self.append_only(what))
        report.true("it has grown by the crawl", self.append_only_bytes() > before)
        report.equal("partitions of the log of commands",
                     len(list(data.glob("kafka/fcrawler.commands-*"))), PARTITIONS)

    def judge(self, truth):
        report, entries = self.report, self.entries()
        by_url = {self.made.url(path): self.made.requests(path) for path in self.made.pages}
        excused, unexcused = verify.repeats(
            entries, self.faults, lambda url: by_url.get(url, 1))
        report.equal("URLs requested again for no fault's sake", unexcused[:5], [])
        report.say("requested again, by fault: %s" % dict(excused))
        report.at_most("requested again for the sake of term", excused["term"], 0)
        verify.whole_crawl(report, self.fcrawler, self.seed, truth,
                           verify.Expectations(again=sum(excused.values())))
        report.same("URLs requested", {one["url"] for one in entries}, set(truth["reachable"]))
        calm = [one for one in entries if not self.faults.excuse(one)]
        report.at_most("requests at once", verify.most_at_once(calm), CONNECTIONS)
        report.equal("exit code of the orderly stop", self.fcrawler.stop(), 0)
        report.equal("processes left over", self.fcrawler.leftovers(), [])

    def entries(self):
        found = self.site.entries()
        for entry in found:
            entry["url"] = true_site.normal(self.made.url(entry["path"]))
        return [one for one in found if one["path"] != "/robots.txt"]
