"""long-crawl: a site of very many pages, which nginx makes up as they are asked for, crawled by one
worker of 512 MiB: it must not get slower, nor its heap grow, as the crawl gets longer. ``--pages``
is a power of ten.

The site is a tree: / links to /p1 … /p9, and each page to the ten whose number has one digit more,
to its siblings and to some pages that all link to."""

import re
import threading
import time
import urllib.request

import harness
import nginx

CONNECTIONS = 16
POLL_SECONDS = 1
TENTHS = 10
HUBS = 12
WORDS = "crawled to the end and counted once whatever dies on the way there and comes back "


def run(report, workspace, options):
    digits = len(str(options.pages)) - 1
    if options.pages != 10 ** digits or digits < 3:
        raise harness.CannotRun("--pages %d is no power of ten from 1000 on" % options.pages)
    fcrawler = harness.Standalone(workspace.path)
    site = nginx.Nginx(workspace / "nginx", server(digits))
    try:
        fcrawler.start()
        samples = crawl(report, fcrawler, site, options)
        judge(report, samples, options.pages)
        report.equal("exit code of the orderly stop", fcrawler.stop(), 0)
        report.equal("processes left over", fcrawler.leftovers(), [])
        report.equal("parts that had to be started again", fcrawler.restarts(), 0)
    finally:
        fcrawler.destroy()
        site.close()


def server(digits):
    """Locations for /, for pages within the tree, and for its leaves."""
    hubs = ["/p%d" % (11 * number) for number in range(1, HUBS + 1) if len(str(11 * number)) < digits]
    child = ["/p${n}%d" % last for last in range(10)]
    sibling = ["/p${m}%d" % last for last in range(10)]
    first = ["/p%d" % last for last in range(1, 10)]
    inner, leaf = "{0,%d}" % (digits - 3), "{%d}" % (digits - 2)
    return "\n".join((
        "default_type text/html; charset utf-8;",
        location("= /", "Start", first),
        location('~ "^/p(?<n>[1-9])$"', "$n", child + first),
        location(r'~ "^/p(?<n>(?<m>[1-9]\d%s)\d)$"' % inner, "$n", child + sibling + hubs),
        location(r'~ "^/p(?<n>(?<m>[1-9]\d%s)\d)$"' % leaf, "$n", sibling + hubs),
    ))


def location(match, title, links):
    anchors = "".join("<p>%s<a href=%s>%s</a></p>" % (WORDS, link, link) for link in links)
    return "location %s { return 200 '<!doctype html><title>%s</title><h1>%s</h1>%s'; }" % (
        match, title, title, anchors)


def crawl(report, fcrawler, site, options):
    """The samples of a crawl from its start to its end."""
    began = time.time()
    fcrawler.api.must_submit(site.url("/"), delayMs=0, connectionsPerHost=CONNECTIONS)
    samples, over = [], threading.Event()
    sampler = threading.Thread(target=sample, args=(fcrawler, site.authority, samples, over))
    sampler.start()
    try:
        done = fcrawler.api.wait(site.authority, options.limit)
    finally:
        over.set()
        sampler.join()
    report.say("%d pages in %.0f s: %.0f pages/s" % (
        done["crawled"], time.time() - began, done["crawled"] / (time.time() - began)))
    report.equal("crawled, total", (done["crawled"], done["total"]), (options.pages, options.pages))
    report.equal("fetches, with robots.txt", meter(fcrawler, "fcrawler_fetch_seconds_count"),
                 options.pages + 1)
    report.equal("receipt", fcrawler.api.get(site.authority, "/receipt")["verdict"], "clean")
    memory = fcrawler.redis.command("INFO", "memory")
    used = int(re.search(r"used_memory:(\d+)", memory)[1])
    report.say("Redis: %.0f MB, %.0f bytes for each URL" % (used / 1e6, used / options.pages))
    return samples


def sample(fcrawler, seed, samples, over):
    """Time, pages so far, bytes of the heap in use."""
    while not over.wait(POLL_SECONDS):
        progress = fcrawler.api.progress(seed)
        try:
            if progress:
                samples.append((time.monotonic(), progress["crawled"], heap(fcrawler)))
        except OSError as error:
            print("     no sample: %s" % error, flush=True)


def heap(fcrawler):
    return meter(fcrawler, "jvm_memory_used_bytes", 'area="heap"')


def meter(fcrawler, name, label=""):
    """The sum of a meter of the worker."""
    address = re.findall(r"crawler-worker-1 is ready: (http://\S+)", fcrawler.lines())[-1]
    with urllib.request.urlopen(address + "/metrics", timeout=10) as response:
        lines = response.read().decode().splitlines()
    return sum(float(line.split()[-1]) for line in lines
               if re.match(name + r"[{ ]", line) and label in line)


def judge(report, samples, pages):
    rates, heaps = [], []
    for tenth in range(TENTHS):
        low, high = pages * tenth / TENTHS, pages * (tenth + 1) / TENTHS
        within = [one for one in samples if low <= one[1] <= high]
        if len(within) < 3:
            raise harness.CannotRun("a tenth of %d pages is too short to be measured" % pages)
        (since, before, _), (until, after, _) = within[0], within[-1]
        rates.append((after - before) / (until - since))
        heaps.append(min(one[2] for one in within) / (1 << 20))
    report.say("pages/s in each tenth: " + " ".join("%.0f" % rate for rate in rates))
    report.say("least heap in use in each tenth, MiB: " + " ".join("%.0f" % one for one in heaps))
    report.true("the last tenth is as fast as the first", rates[-1] >= 0.9 * rates[0],
                "%.2f of its pages/s, at least 0.90" % (rates[-1] / rates[0]))
    report.at_most("growth of the heap from the second tenth to the last, MiB",
                   round(heaps[-1] - heaps[1]), 32)
