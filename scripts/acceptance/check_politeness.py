"""politeness: three workers on thirty hosts; one is killed, another joins; no host is hit harder
than asked. Then hosts shared by two seeds, a crawl-delay, and one seed that all workers share."""

import collections
import os
import signal
import subprocess
import threading
import time

import harness
import testsite
import truth as true_site
import verify
from testsite import Page

DELAY_MS = 200
MOVES_DELAY_MS = 150
MOVES_SECONDS = 10
SLACK = 0.05  # of the delay, for the clocks
LATE = 1.0  # seconds for a request to be seen, on a busy machine
HOSTS = 30
PAGES = 200


def run(report, workspace, options):
    fcrawler = harness.Standalone(workspace.path, workers=3)
    sites = [testsite.Site(None, workspace / ("requests-%d.jsonl" % i), address="0.0.0.0")
             for i in range(2)]
    try:
        fcrawler.start()
        many_hosts(report, fcrawler, sites[0])
        orderly_moves(report, fcrawler, sites[0])
        shared_host(report, fcrawler, sites)
        shared_host_without_delay(report, fcrawler, sites)
        crawl_delay(report, fcrawler, sites[0])
        crawl_delay_alone(report, fcrawler, sites[0])
        one_seed_for_all(report, fcrawler, sites[0])
        report.equal("exit code of the orderly stop", fcrawler.stop(), 0)
        report.equal("processes left over", fcrawler.leftovers(), [])
    finally:
        fcrawler.destroy()
        for site in sites:
            site.close()


def tree(pages, delay=0.0, robots=None):
    """A site of so many pages, each of which links to two further ones."""
    def page(_, path):
        if path == "/robots.txt":
            return Page(robots.encode(), type="text/plain") if robots else None
        number = int(path[3:]) if path.startswith("/p/") else 0
        links = [i for i in (2 * number + 1, 2 * number + 2) if i < pages]
        body = "".join("<a href='/p/%d'>%d</a>" % (i, i) for i in links)
        return Page(body.encode(), delay=delay)
    return page


class Growing:
    """A site like tree(PAGES), which grows by a page at each of its later pages until it is told to
    stop: a crawl of it goes on however long a worker takes to join."""

    def __init__(self):
        self.stopped = threading.Event()
        self.lock = threading.Lock()
        self.links = {}

    def __call__(self, host, path):
        if path == "/robots.txt":
            return None
        number = int(path[3:]) if path.startswith("/p/") else 0
        with self.lock:
            links = self.links.get((host, number))
            if links is None:  # a page that is asked for again is the same
                links = [i for i in (2 * number + 1, 2 * number + 2) if i < PAGES]
                if number >= PAGES - 1 and not self.stopped.is_set():
                    links.append(number + 1)
                self.links[host, number] = links
        return Page("".join("<a href='/p/%d'>%d</a>" % (i, i) for i in links).encode())

    def size(self, host):
        with self.lock:
            return 1 + max(link for (of, _), links in self.links.items() if of == host for link in links)


# The parts.

def many_hosts(report, fcrawler, site):
    site.pages = growing = Growing()
    seeds = ["127.0.1.%d:%d" % (i + 1, site.port) for i in range(HOSTS)]
    status, _, answer = fcrawler.api.call("POST", "/api/submit", {
        "domains": ["http://%s/" % seed for seed in seeds], "delayMs": DELAY_MS})
    report.equal("many hosts: taken", (status, answer["accepted"]), (202, HOSTS))
    await_requests(site, HOSTS * PAGES // 6)
    busy = [worker for worker in workers(fcrawler) if worker["lanes"] > 0]
    report.equal("many hosts: workers with lanes", len(busy), 3)
    fcrawler.kill("crawler-worker-2")
    await_requests(site, HOSTS * PAGES // 3)
    joiner = join(fcrawler)
    try:
        await_lanes(fcrawler, joiner)
        report.true("many hosts: a worker that joined has lanes", True)
        growing.stopped.set()
        for seed in seeds:
            fcrawler.api.wait(seed, 120)
    finally:
        joiner.send_signal(signal.SIGTERM)
        report.equal("many hosts: exit code of the worker that joined", joiner.wait(120), 143)
    for seed in seeds:
        progress = fcrawler.api.get(seed)
        receipt = fcrawler.api.get(seed, "/receipt")
        if (progress["crawled"], receipt["verdict"]) != (growing.size(seed), "clean"):
            report.equal("many hosts: " + seed, (progress, receipt), "done and clean")
    report.true("many hosts: all receipts are clean", True)
    entries = with_urls(site)
    gaps(report, "many hosts", entries, DELAY_MS / 1000, 1)
    report.equal("many hosts: hosts asked again for more than the page that was under way at the kill",
                 [host for host, times in asked_again(entries).items() if times > 1], [])


def orderly_moves(report, fcrawler, site):
    """A worker joins and leaves: how long hosts are asked nothing. Told, since a busy machine adds
    its own pauses; what must hold is the delay."""
    site.reset()
    site.pages = growing = Growing()
    seeds = ["127.0.7.%d:%d" % (i + 1, site.port) for i in range(HOSTS)]
    fcrawler.api.call("POST", "/api/submit", {
        "domains": ["http://%s/" % seed for seed in seeds], "delayMs": MOVES_DELAY_MS})
    await_requests(site, HOSTS * PAGES // 8)
    joining = time.time()
    joiner = join(fcrawler)
    await_lanes(fcrawler, joiner)
    time.sleep(max(0.0, joining + MOVES_SECONDS - time.time()))
    left = time.time()
    joiner.send_signal(signal.SIGTERM)
    report.equal("moves: exit code of the worker that left", joiner.wait(120), 143)
    time.sleep(MOVES_SECONDS)
    growing.stopped.set()
    for seed in seeds:
        fcrawler.api.wait(seed, 120)
    entries = with_urls(site)
    gaps(report, "moves", entries, MOVES_DELAY_MS / 1000, 1)
    for what, since in (("joined", joining), ("left", left)):
        pauses = sorted(pause(entries, seed, since, since + MOVES_SECONDS) for seed in seeds)
        report.say("moves: a worker %s; a host was asked nothing for %.2f s at most, %.2f s in the "
                   "median" % (what, pauses[-1], pauses[len(pauses) // 2]))


def pause(entries, host, since, until):
    """The longest time without a request start at a host."""
    starts = sorted(one["t0"] for one in entries if one["host"] == host)
    return max([second - first for first, second in zip(starts, starts[1:])
                if since < second and first < until] or [0.0])


def shared_host(report, fcrawler, sites):
    for site in sites:
        site.reset()
        site.pages = tree(25)
    seeds = ["127.0.2.1:%d" % site.port for site in sites]
    for seed in seeds:
        fcrawler.api.must_submit("http://%s/" % seed, delayMs=DELAY_MS, connectionsPerHost=2)
    for seed in seeds:
        fcrawler.api.wait(seed, 60)
    gaps(report, "two seeds on one host", with_urls(sites[0]) + with_urls(sites[1]),
         DELAY_MS / 1000, 2)


def shared_host_without_delay(report, fcrawler, sites):
    """Their lanes are on all workers."""
    for site in sites:
        site.reset()
        site.pages = tree(300, delay=0.02)
    seeds = ["127.0.5.1:%d" % site.port for site in sites]
    for seed in seeds:
        fcrawler.api.must_submit("http://%s/" % seed, delayMs=0, connectionsPerHost=3)
    for seed in seeds:
        fcrawler.api.wait(seed, 60)
    entries = [one for one in with_urls(sites[0]) + with_urls(sites[1])
               if one["path"] != "/robots.txt"]
    report.equal("two seeds without delay: pages", len(entries), 600)
    report.at_most("two seeds without delay: requests at once at their host",
                   verify.most_at_once(entries), 3)


def crawl_delay(report, fcrawler, site):
    """robots.txt asks for more than the user."""
    site.reset()
    site.pages = tree(25, robots="User-agent: *\nCrawl-delay: 0.3\n")
    seed = "127.0.3.1:%d" % site.port
    fcrawler.api.must_submit("http://%s/" % seed, delayMs=50, connectionsPerHost=6)
    fcrawler.api.wait(seed, 60)
    gaps(report, "crawl-delay", with_urls(site), 0.3, 6)


def crawl_delay_alone(report, fcrawler, site):
    """The user asks for none, so that the lanes might be on all workers."""
    site.reset()
    site.pages = tree(40, robots="User-agent: *\nCrawl-delay: 0.3\n")
    seeds = ["127.0.6.%d:%d" % (i + 1, site.port) for i in range(6)]
    for seed in seeds:
        fcrawler.api.must_submit("http://%s/" % seed, delayMs=0, connectionsPerHost=6)
    for seed in seeds:
        progress = fcrawler.api.wait(seed, 60)
        report.equal("crawl-delay alone: crawled", progress["crawled"], 40)
    gaps(report, "crawl-delay alone", with_urls(site), 0.3, 6)


def one_seed_for_all(report, fcrawler, site):
    site.reset()
    site.pages = tree(4000, delay=0.04)
    seed = "127.0.4.1:%d" % site.port
    fcrawler.api.must_submit("http://%s/" % seed, delayMs=0, connectionsPerHost=6)
    harness.wait_for("three workers crawl the seed", lambda: 3 == len(
        [one for one in workers(fcrawler) if one["lanes"] > 0]), 60, 0.5)
    report.equal("one seed: status while three workers have lanes",
                 fcrawler.api.get(seed)["status"], "crawling")
    progress = fcrawler.api.wait(seed, 120)
    report.equal("one seed: crawled", progress["crawled"], 4000)
    report.equal("one seed: receipt", fcrawler.api.get(seed, "/receipt")["verdict"], "clean")
    entries = with_urls(site)
    verify.requested_once(report, entries, {
        "http://%s%s" % (seed, "/p/%d" % i if i else "/"): 1 for i in range(4000)})
    report.at_most("one seed: requests at once", verify.most_at_once(entries), 6)


# What they use.

def workers(fcrawler):
    listed = fcrawler.api.call("GET", "/api/fcrawler/workers")[2]["workers"]
    return [worker for worker in listed if worker["alive"]]


def join(fcrawler):
    """A worker that no launcher started."""
    env = {**fcrawler.env, "REDIS_PORT": str(fcrawler.redis_port), "FCRAWLER_WORKER_PORT": "0",
           "KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:%d" % fcrawler.kafka_port}
    jar = harness.ROOT / "crawler-worker/target/crawler-worker.jar"
    with open(fcrawler.data.parent / "joiner.log", "w", encoding="utf-8") as log:
        return subprocess.Popen([harness.java(), "-Xmx512m", "-XX:+UseSerialGC", "-jar", str(jar)],
                                env=env, stdin=subprocess.DEVNULL, stdout=log,
                                stderr=subprocess.STDOUT, cwd=os.fspath(fcrawler.data))


def await_lanes(fcrawler, joiner):
    harness.wait_for("the new worker has lanes", lambda: any(
        str(joiner.pid) in one["host"] and one["lanes"] > 0 for one in workers(fcrawler)), 60)


def await_requests(site, count):
    def enough():
        with site.lock:
            return sum(site.counts.values()) >= count
    harness.wait_for("%d requests" % count, enough, 120, 0.05)


def with_urls(site):
    time.sleep(0.2)  # the last ones are being logged
    entries = site.entries()
    for entry in entries:
        entry["url"] = true_site.normal("http://" + entry["host"] + entry["path"])
    return [one for one in entries if one["path"] != "/robots.txt" or one["status"]]


def gaps(report, what, entries, delay, at_once):
    """Between request starts at each host, and requests under way there.

    Over one connection no two are seen closer than the delay. Over several it counts from the sending, and a
    busy machine sees some late (ADR 6), the next ones close behind: so they must fit a schedule, each in time.
    """
    hosts = {}
    for entry in entries:
        hosts.setdefault(entry["host"].partition(":")[0], []).append(entry)
    least, most, late = 9.0, 0, 0.0
    for some in hosts.values():
        some.sort(key=lambda one: one["t0"])
        for first, second in zip(some, some[1:]):
            apart = second["t0"] - first["t0"]
            if at_once == 1 and apart < delay * (1 - SLACK):
                report.say("%.1f ms: %s, %s at %.3f" % (
                    apart * 1000, first["url"], second["url"], second["t0"]))
            least = min(least, apart)
        most = max(most, verify.most_at_once(some))
        late = max(late, lateness([one["t0"] for one in some], delay * (1 - SLACK)))
    if at_once == 1:
        report.true("%s: least time between request starts at a host" % what,
                    least >= delay * (1 - SLACK), "%.1f ms, at least %.0f" % (
                        least * 1000, delay * 1000 * (1 - SLACK)))
    else:
        report.say("%s: least time between request starts at a host: %.1f ms" % (what, least * 1000))
        report.true("%s: how late a request was seen, if all were sent in time" % what, late <= LATE,
                    "%.0f ms, at most %.0f" % (late * 1000, LATE * 1000))
    report.at_most("%s: requests at once at a host" % what, most, at_once)


def asked_again(entries):
    """For each host how many requests were for a page that had been requested before."""
    pages = collections.Counter((one["host"], one["path"]) for one in entries if one["path"] != "/robots.txt")
    again = collections.Counter()
    for (host, _), times in pages.items():
        again[host] += times - 1
    return again


def lateness(starts, delay):
    """The most that a start must lie behind one of a schedule with this delay. It grows with each request
    of a crawler that asks too often."""
    worst, due = 0.0, float("inf")
    for start in reversed(starts):
        due = min(start, due - delay)
        worst = max(worst, start - due)
    return worst
