"""hosts: a hanging host among ten holds up no other; Retry-After holds on all lanes of all workers
and seeds; a host that fails is backed off, named by the API, and crawled when it is back."""

import socket
import threading
import time

import harness
import testsite
from check_politeness import tree, with_urls
from testsite import Page

DELAY_MS = 60
PAGES = 150
OTHERS = 9
LEAST_SHARE = 0.95
RETRY_AFTER = 5
ON_ITS_WAY = 0.3  # seconds for requests that were sent when the answer was


def run(report, workspace, options):
    fcrawler = harness.Standalone(workspace.path, workers=3, FCRAWLER_HOST_FAILURES="5",
                                  FCRAWLER_HOST_PAUSE="4s")
    site = testsite.Site(None, workspace / "requests.jsonl", address="0.0.0.0")
    try:
        fcrawler.start()
        hanging_host(report, fcrawler, site)
        retry_after(report, fcrawler, site, workspace)
        back_again(report, fcrawler, site)
        report.equal("exit code of the orderly stop", fcrawler.stop(), 0)
        report.equal("processes left over", fcrawler.leftovers(), [])
    finally:
        fcrawler.destroy()
        site.close()


def hanging_host(report, fcrawler, site):
    """Nine hosts alone, and beside one that takes connections and says nothing, in turn."""
    throughput(fcrawler, site, 1)  # the workers get warm
    shares = []
    for turn in range(2):
        alone = throughput(fcrawler, site, 2 + 2 * turn)
        with socket.create_server(("127.0.60.1", 0), backlog=64) as hanging:
            seed = "127.0.60.1:%d" % hanging.getsockname()[1]
            fcrawler.api.must_submit("http://%s/" % seed, delayMs=0, connectionsPerHost=8)
            beside = throughput(fcrawler, site, 3 + 2 * turn)
            report.equal("hanging host: its URL is still pending", fcrawler.api.get(seed)["pending"], 1)
            fcrawler.api.post(seed, "/cancel")
        report.say("hanging host: nine others, %.1f pages/s alone, %.1f beside it" % (alone, beside))
        shares.append(beside / alone)
    report.true("hanging host: the others' throughput, of that without it", max(shares) >= LEAST_SHARE,
                "%s, at least %s" % (["%.3f" % share for share in shares], LEAST_SHARE))


def throughput(fcrawler, site, net):
    """Pages/s of nine hosts, each at its own pace."""
    site.reset()
    site.pages = tree(PAGES)
    seeds = ["127.0.%d.%d:%d" % (60 + net, i + 1, site.port) for i in range(OTHERS)]
    fcrawler.api.call("POST", "/api/submit", {
        "domains": ["http://%s/" % seed for seed in seeds], "delayMs": DELAY_MS})
    for seed in seeds:
        fcrawler.api.wait(seed, 120)
    starts = [one["t0"] for one in with_urls(site)]
    return OTHERS * PAGES / (max(starts) - min(starts))


def retry_after(report, fcrawler, site, workspace):
    """Twice, once in seconds and once as a date, while six lanes of three workers and another seed
    ask the same host."""
    site.reset()
    lock, asked, answered = threading.Lock(), [], [0]
    pages = tree(1200, delay=0.03)

    def page(host, path):
        with lock:
            answered[0] += path != "/robots.txt"
            if answered[0] not in (150, 700) or len(asked) == 1 + (answered[0] == 700):
                return pages(host, path)
            asked.append(time.time())
            until = RETRY_AFTER
            if answered[0] == 700:
                until = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + RETRY_AFTER + 1))
            return Page(b"Later.", 429, headers=[("Retry-After", str(until))])

    site.pages = page
    other = testsite.Site(tree(1200, delay=0.03), workspace / "other.jsonl", address="0.0.0.0")
    try:
        seeds = ["127.0.80.1:%d" % port for port in (site.port, other.port)]
        for seed in seeds:
            fcrawler.api.must_submit("http://%s/" % seed, delayMs=0, connectionsPerHost=6)
        for seed in seeds:
            progress = fcrawler.api.wait(seed, 120)
            report.equal("Retry-After: crawled", progress["crawled"], 1200)
            report.equal("Retry-After: receipt", fcrawler.api.get(seed, "/receipt")["verdict"], "clean")
        entries = with_urls(site) + with_urls(other)
    finally:
        other.close()
    report.equal("Retry-After: how often the host asked", len(asked), 2)
    for at in asked:
        early = [one["t0"] - at for one in entries if ON_ITS_WAY < one["t0"] - at < RETRY_AFTER - 0.05]
        on_their_way = [one["t0"] - at for one in entries if 0 < one["t0"] - at <= ON_ITS_WAY]
        report.say("Retry-After: %d requests were on their way, the last after %.0f ms" % (
            len(on_their_way), 1000 * max(on_their_way or [0])))
        report.equal("Retry-After: requests in the time that the host asked for", early[:3], [])


def back_again(report, fcrawler, site):
    """503 to everything for a while."""
    site.reset()
    down = threading.Event()
    pages = tree(300)
    site.pages = lambda host, path: Page(b"Down.", 503) if down.is_set() else pages(host, path)
    seed = "127.0.81.1:%d" % site.port
    fcrawler.api.must_submit("http://%s/" % seed, delayMs=20)
    harness.wait_for("some pages", lambda: fcrawler.api.get(seed)["crawled"] > 20, 60)
    down.set()

    def parked():
        return [host for host in fcrawler.api.get(seed).get("troubledHosts", [])
                if host["state"] == "parked" and "until" in host]

    harness.wait_for("the host is parked", parked, 60)
    host = fcrawler.api.get(seed)["troubledHosts"][0]
    report.equal("back again: the answer names host and reason", (host["host"], host["reason"]),
                 ("127.0.81.1", "http_503"))
    began, before = time.time(), len(site.entries())
    time.sleep(9)
    report.at_most("back again: requests to a parked host in %.1f s" % (time.time() - began),
                   len(site.entries()) - before, 3)
    report.true("back again: URLs stay pending", fcrawler.api.get(seed)["pending"] > 10)
    down.clear()
    progress = fcrawler.api.wait(seed, 90)
    report.equal("back again: crawled, failed", (progress["crawled"], progress["failed"]), (300, 0))
    report.equal("back again: receipt", fcrawler.api.get(seed, "/receipt")["verdict"], "clean")
