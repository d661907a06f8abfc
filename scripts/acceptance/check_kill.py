"""kill: everything is stopped and killed in mid-crawl, and the numbers stay exact, by a truth that
shares no code with fcrawler or its chaos runs."""

import pathlib
import random
import signal
import threading
import time

import generated
import harness
import testsite
import truth as true_site
import verify

DELAY = 0.025
CONNECTIONS = 6
PARTITIONS = 64  # of the log of commands

# Seconds before a fault of which the work may be lost. A worker loses what it has not settled:
# visits wait up to 150 ms for company, and for Kafka. Redis forgets up to two seconds, as it
# writes to disk every second and may be a second late.
REACH = {"worker": 1.5, "api": 0.0, "kafka": 1.5, "redis": 3.0, "group": 3.0, "term": 0.0,
         "freeze": 1.5, "rollback": 600.0, "corrupt": 600.0}
FAULTS = ("term", "group", "worker", "api", "redis", "kafka")
HARDER = ("freeze", "rollback", "corrupt")


def run(report, workspace, options):
    for number in range(options.runs):
        one_run(report, workspace, options, options.seed + number)


def one_run(report, workspace, options, seed):
    chance = random.Random(seed)
    folder = workspace / ("run-%d" % seed)
    folder.mkdir()
    site = testsite.Site(lambda host, path: None, folder / "requests.jsonl")
    made = generated.GeneratedSite(site.authority, options.pages, seed, delay=DELAY)
    site.pages = made.page
    fcrawler = harness.Standalone(folder)
    try:
        fcrawler.start()
        Run(report, fcrawler, site, made, chance).all(faults(options, chance))
    finally:
        fcrawler.destroy()
        site.close()


def faults(options, chance):
    names = list(options.faults or FAULTS + (HARDER if options.hard else ()))
    chance.shuffle(names)
    return names


class Watch(threading.Thread):
    """Asks for the progress all the while, and notes what can't be."""

    def __init__(self, fcrawler, seed):
        super().__init__(daemon=True)
        self.fcrawler, self.seed = fcrawler, seed
        self.over = threading.Event()
        self.may_go_back = threading.Event()
        self.answers, self.wrong = 0, []

    def run(self):
        last = 0
        while not self.over.wait(0.2):
            progress = self.fcrawler.api.progress(self.seed)
            if progress is None:
                continue
            self.answers += 1
            self.judge(progress, last)
            last = progress["crawled"] + progress["failed"]

    def judge(self, progress, last):
        done = progress["crawled"] + progress["failed"]
        right = (done + progress["pending"] == progress["total"]
                 and 0 <= progress["inFlight"] <= progress["pending"]
                 and 0 <= progress["progress"] <= 1
                 and progress["status"] in ("queued", "crawling", "done")
                 and (done >= last or self.may_go_back.is_set()))
        if not right:
            self.wrong.append(progress)


class Run:
    """One crawl with its faults."""

    def __init__(self, report, fcrawler, site, made, chance):
        self.report, self.fcrawler, self.site, self.made = report, fcrawler, site, made
        self.chance = chance
        self.seed = site.authority
        self.faults = verify.Faults()
        self.most = {"term": 0}  # requests that each kind of fault may have repeated
        self.watch = Watch(fcrawler, self.seed)

    def all(self, names):
        truth = self.made.truth()
        total = len(truth["reachable"])
        self.report.say("%d URLs, %d of them broken; faults: %s" % (
            total, len(truth["failed"]), ", ".join(names)))
        before = self.append_only_bytes()
        self.fcrawler.api.must_submit(
            "http://" + self.seed + "/", delayMs=0, connectionsPerHost=CONNECTIONS)
        self.watch.start()
        for place, name in enumerate(names):
            share = (place + self.chance.uniform(0.3, 0.9)) / (len(names) + 0.5)
            self.await_requests(int(total * share))
            self.fault(name)
        self.fcrawler.api.wait(self.seed, 240)
        self.watch.over.set()
        self.watch.join()
        self.files(before)
        self.judge(truth)

    def await_requests(self, count):
        harness.wait_for("%d URLs were requested" % count,
                         lambda: self.site.distinct() >= count, 240, 0.01)

    def fault(self, name):
        before = self.fcrawler.api.progress(self.seed) or {}
        self.report.say("%s, at %s of %s" % (name, before.get("crawled"), before.get("total")))
        self.faults.begin(name, REACH[name])
        if name in ("redis", "group", "rollback", "corrupt"):
            self.watch.may_go_back.set()
        getattr(self, name)()
        self.faults.end(3.0)

    # What may happen.

    def term(self):
        crawled = self.fcrawler.api.get(self.seed)["crawled"]
        self.report.equal("term: exit code", self.fcrawler.stop(), 0)
        self.report.equal("term: processes left over", self.fcrawler.leftovers(), [])
        self.while_down("term")
        self.fcrawler.start()
        now = self.fcrawler.api.get(self.seed)["crawled"]
        self.report.true("term: it knows what it had crawled", now >= crawled, now)

    def group(self):
        self.fcrawler.kill_group()
        harness.wait_for("the group is gone", lambda: not self.fcrawler.leftovers(), 60)
        self.while_down("group")
        self.fcrawler.start()

    def while_down(self, name):
        self.report.true(name + ": the API is silent meanwhile", not self.fcrawler.api.ready())
        self.report.true(name + ": the append-only file is still there",
                         self.append_only("*.manifest") and self.append_only("*.incr.aof"))

    def one(self, part):
        readies = self.fcrawler.readies(part)
        self.fcrawler.kill(part)
        self.fcrawler.await_restart(part, readies)

    def worker(self):
        readies = self.fcrawler.readies("crawler-worker-1")
        self.fcrawler.kill("crawler-worker-1")
        progress = self.fcrawler.api.progress(self.seed)  # nobody changes it now
        self.most["worker"] = self.most.get("worker", 0) + progress["inFlight"]
        self.fcrawler.await_restart("crawler-worker-1", readies)

    def api(self):
        self.one("submit-api")

    def redis(self):
        self.one("redis")

    def kafka(self):
        self.one("kafka")

    def freeze(self):
        """A worker that stands still for longer than Kafka waits for it."""
        self.fcrawler.signal("crawler-worker-1", signal.SIGSTOP)
        time.sleep(14)
        self.fcrawler.signal("crawler-worker-1", signal.SIGCONT)

    def rollback(self):
        """The machine dies, and the disk has lost the end of what Redis wrote."""
        self.fcrawler.kill_group()
        harness.wait_for("the group is gone", lambda: not self.fcrawler.leftovers(), 60)
        file = self.append_only_file()
        with open(file, "r+b") as log:
            log.truncate(int(file.stat().st_size * 0.8) + 7)
        self.fcrawler.start()

    def corrupt(self):
        """As before, and where the end should be there is something else."""
        self.fcrawler.kill_group()
        harness.wait_for("the group is gone", lambda: not self.fcrawler.leftovers(), 60)
        file = self.append_only_file()
        with open(file, "r+b") as log:
            log.seek(int(file.stat().st_size * 0.9))
            log.write(b"\0garbage\r\n" * 50)
            log.truncate()
        self.fcrawler.start()

    def append_only_file(self):
        """The part of Redis's log that grows."""
        files = pathlib.Path(self.fcrawler.data, "redis").rglob("*.incr.aof")
        return max(files, key=lambda file: file.stat().st_mtime)

    # What must hold in the end.

    def append_only(self, pattern):
        """The files of Redis's log by their names, as far as they are not empty."""
        files = pathlib.Path(self.fcrawler.data, "redis", "appendonlydir").glob(pattern)
        return [file for file in files if file.stat().st_size]

    def append_only_bytes(self):
        return sum(file.stat().st_size for file in self.append_only("appendonly.aof.*"))

    def files(self, before):
        report, data = self.report, pathlib.Path(self.fcrawler.data)
        for what in ("*.manifest", "*.base.*", "*.incr.aof"):
            report.true("files of the append-only file: " + what, self.append_only(what))
        report.true("it has grown by the crawl", self.append_only_bytes() > before)
        report.equal("partitions of the log of commands",
                     len(list(data.glob("kafka/fcrawler.commands-*"))), PARTITIONS)

    def judge(self, truth):
        report, entries = self.report, self.entries()
        report.true("progress was right at each of its answers", not self.watch.wrong,
                    self.watch.answers if not self.watch.wrong else self.watch.wrong[:2])
        by_url = {self.made.url(path): self.made.requests(path) for path in self.made.pages}
        excused, unexcused = verify.repeats(
            entries, self.faults, lambda url: by_url.get(url, 1))
        report.equal("URLs requested again for no fault's sake", unexcused[:5], [])
        again = sum(excused.values())
        report.say("requested again, by fault: %s" % dict(excused))
        for name in sorted(set(self.most) & {span[0] for span in self.faults.spans}):
            report.at_most("requested again for the sake of " + name, excused[name],
                           self.most[name])
        # What a worker had sent when Kafka died, and got no answer for, it sends again.
        unanswered = 25 * CONNECTIONS * sum(span[0] == "kafka" for span in self.faults.spans)
        verify.whole_crawl(report, self.fcrawler, self.seed, truth,
                           verify.Expectations(again=again + unanswered))
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
