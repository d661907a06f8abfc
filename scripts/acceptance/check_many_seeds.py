"""many-seeds: a thousand domains in one request, each crawled to the end; what listing, starting
again and recovering take with so many. ``--pages`` is the number of seeds."""

import concurrent.futures
import re
import statistics
import time

import harness
import testsite
from testsite import Page

# Of a worker while it crawls many seeds, MiB of resident memory; measured with 20,000.
MEMORY = 700


def run(report, workspace, options):
    fcrawler = harness.Standalone(workspace.path, workers=options.workers)
    site = testsite.Site(page, workspace / "requests.jsonl", address="0.0.0.0")
    try:
        fcrawler.start()
        seeds = ["127.%d.%d.%d:%d" % (10 + i // 62500, i // 250 % 250, i % 250 + 1, site.port)
                 for i in range(options.pages)]
        began = time.time()
        submit(report, fcrawler, seeds)
        await_done(report, fcrawler, len(seeds), options.limit)
        report.say("all done after %.1f s" % (time.time() - began))
        report.at_most("MiB of resident memory at the worker's peak",
                       fcrawler.peak_mib("crawler-worker-1"), MEMORY)
        audit(report, fcrawler, seeds)
        listing(report, fcrawler, len(seeds))
        recovering(report, fcrawler, seeds, options.limit)
        starting_again(report, fcrawler, seeds)
    finally:
        fcrawler.destroy()
        site.close()


def page(_, path):
    return Page(b"<a href='/a'>a</a>") if path in ("/", "/a") else None


def submit(report, fcrawler, seeds, delay=1):
    body = "".join("http://%s/\n" % seed for seed in seeds)
    began = time.time()
    status, _, answer = fcrawler.api.call(
        "POST", "/api/submit?delayMs=%d" % delay, body, {"Content-Type": "text/plain"}, limit=300)
    report.say("%d domains were taken in %.2f s" % (len(seeds), time.time() - began))
    report.equal("taken", (status, answer["accepted"]), (202, len(seeds)))


def await_done(report, fcrawler, count, limit):
    def done():
        return len(listed(fcrawler, "done", count)) >= count
    harness.wait_for("%d crawls are done" % count, done, limit, 2)
    report.true("all are listed as done, and no other", not listed(fcrawler, "crawling", count))


def listed(fcrawler, status, most):
    """The seeds of a status, by pages of a thousand."""
    found, cursor = [], ""
    while len(found) < most:
        _, _, answer = fcrawler.api.call(
            "GET", "/api/fcrawler/seeds?limit=1000&status=%s%s" % (status, cursor), limit=60)
        found += [one["seed"] for one in answer["seeds"]]
        if "cursor" not in answer:
            break
        cursor = "&cursor=" + answer["cursor"]
    return found


def audit(report, fcrawler, seeds):
    def wrong(seed):
        progress = fcrawler.api.get(seed)
        receipt = fcrawler.api.get(seed, "/receipt")
        right = (progress["crawled"], progress["total"], receipt["verdict"]) == (2, 2, "clean")
        return None if right else (seed, progress, receipt)
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        bad = [one for one in pool.map(wrong, seeds[:5000]) if one]
    report.equal("crawls that are not whole and clean", bad[:2], [])


def listing(report, fcrawler, count):
    for query in ("limit=100", "limit=100&status=done", "limit=100&q=.7:", "limit=100&q=nothing"):
        times = []
        for _ in range(20):
            began = time.time()
            fcrawler.api.call("GET", "/api/fcrawler/seeds?" + query)
            times.append((time.time() - began) * 1000)
        report.say("GET seeds?%s at %d seeds: median %.1f ms" % (
            query, count, statistics.median(times)))


def recovering(report, fcrawler, seeds, limit):
    """kill -9 of everything while every seed is active: each waits long for its second page."""
    submit(report, fcrawler, seeds, max(60_000, 30 * len(seeds)))
    harness.wait_for("every seed is crawled", lambda: len(
        listed(fcrawler, "crawling", len(seeds))) >= len(seeds), limit, 2)
    dead = {worker["id"] for worker in workers(fcrawler)}
    fcrawler.kill_group()
    harness.wait_for("the group is gone", lambda: not fcrawler.leftovers(), 60)
    began = time.time()
    fcrawler.start()
    ready = time.time()
    harness.wait_for("every seed's lane is held", lambda: sum(
        worker["lanes"] for worker in workers(fcrawler) if worker["id"] not in dead) >= len(seeds), limit)
    report.say("%d active seeds: every lane is held %.1f s after the start, %.1f s after all was ready" % (
        len(seeds), time.time() - began, time.time() - ready))
    logs = "".join(log.read_text(errors="replace") for log in fcrawler.data.rglob("*worker*.log"))
    for told in re.findall(r"looked at \d+ active seeds in \d+ ms", logs)[-3:]:
        report.say("a worker " + told)
    harness.wait_for("the dead workers are removed", lambda: not dead & {
        worker["id"] for worker in workers(fcrawler)}, 120, 1)
    await_done(report, fcrawler, len(seeds), limit)
    audit(report, fcrawler, seeds)


def workers(fcrawler):
    return fcrawler.api.call("GET", "/api/fcrawler/workers", limit=60)[2]["workers"]


def starting_again(report, fcrawler, seeds):
    """After kill -9 of everything."""
    fcrawler.kill_group()
    harness.wait_for("the group is gone", lambda: not fcrawler.leftovers(), 60)
    began = time.time()
    fcrawler.start()
    report.say("ready again after %.1f s" % (time.time() - began))
    last = fcrawler.api.must_submit("http://%s/" % seeds[0])
    fcrawler.api.wait(last["seed"], 120)
    report.say("a seed that was submitted again is done %.1f s after the start" % (
        time.time() - began))
    report.equal("exit code of the orderly stop", fcrawler.stop(), 0)
    report.equal("processes left over", fcrawler.leftovers(), [])
