"""corners: what users do beside waiting: pause, resume, cancel, submit again, ask for limits, name
sites that are down, empty or odd, and many at once. Small sites on one fcrawler."""

import contextlib
import http.client
import socket
import threading
import time

import harness
import testsite
import truth
import verify
from testsite import Page

FAST = {"delayMs": 0, "connectionsPerHost": 2}
SLOW_PAGE = 0.05


def run(report, workspace, options):
    fcrawler = harness.Standalone(
        workspace.path, workers=options.workers, FCRAWLER_RETRY_DELAY="200ms")
    corners = Corners(report, workspace, fcrawler)
    names = [options.only] if options.only else [
        name for name in vars(Corners) if not name.startswith("_")]
    try:
        fcrawler.start()
        for name in names:
            report.say(name.replace("_", " "))
            corners._one(name)
        report.equal("exit code of the orderly stop", fcrawler.stop(), 0)
        report.equal("processes left over", fcrawler.leftovers(), [])
        report.equal("parts that had to be started again", fcrawler.restarts(), 0)
    finally:
        corners._close()
        fcrawler.destroy()


def tree(count, delay=0.0):
    """Pages 0 to count - 1, each with links to two more and back to the first."""

    def page(_, path):
        number = 0 if path == "/" else int(path[1:]) if path[1:].isdigit() else count
        if number >= count:
            return None
        links = "".join("<a href='/%d'>x</a>" % i for i in (2 * number + 1, 2 * number + 2)
                        if i < count)
        return Page(("<title>%d</title><a href='/'>x</a>%s" % (number, links)).encode(),
                    delay=delay)

    return page


class Corners:
    def __init__(self, report, workspace, fcrawler):
        self._report, self._workspace = report, workspace
        self._fcrawler, self._api = fcrawler, fcrawler.api
        self._sites = []

    # Helpers.

    def _one(self, name):
        """Runs one; the others are run even where it breaks off."""
        try:
            getattr(self, name)()
        except (RuntimeError, TimeoutError, OSError) as error:
            self._report.true(name, False, error)

    def _site(self, pages, **more):
        site = testsite.Site(
            pages, self._workspace / ("requests-%d.jsonl" % len(self._sites)), **more)
        self._sites.append(site)
        return site

    def _close(self):
        for site in self._sites:
            site.close()

    def _crawl(self, site, limit=60, domain=None, **options):
        """Submits the site, and gives its progress when it is done."""
        seed = self._api.must_submit(domain or "http://%s/" % site.authority,
                                     **{**FAST, **options})["seed"]
        progress = self._api.wait(seed, limit)
        self._clean(seed)
        return progress

    def _clean(self, seed):
        receipt = self._api.get(seed, "/receipt")
        self._report.equal("receipt", (receipt["verdict"], receipt["differences"]), ("clean", []))

    def _numbers(self, what, got, /, **expected):
        self._report.equal(what, {name: got.get(name) for name in expected}, expected)

    def _reasons(self, seed):
        return [one["reason"] for one in self._api.failures(seed)]

    def _started(self, seed, crawled):
        """Waits until a crawl is under way."""
        harness.wait_for("%d URLs of %s are crawled" % (crawled, seed), lambda: (
            self._api.progress(seed) or {"crawled": 0})["crawled"] >= crawled, 60, 0.02)

    def _whole(self, site, once=True):
        """A crawl that is done equals the truth."""
        entries = site.entries()
        expected = truth.find("http://%s/" % site.authority)
        verify.whole_crawl(self._report, self._fcrawler, site.authority, expected,
                           verify.Expectations())
        for entry in entries:
            entry["url"] = truth.normal("http://" + site.authority + entry["path"])
        if once:
            verify.requested_once(self._report, entries, dict.fromkeys(expected["reachable"], 1))

    # Odd sites.

    def a_site_of_one_empty_page(self):
        site = self._site(lambda host, path: Page(b"") if path == "/" else None)
        self._numbers("numbers", self._crawl(site), total=1, crawled=1, failed=0, progress=1)

    def a_start_page_that_is_not_there(self):
        site = self._site(lambda host, path: None)
        self._numbers("numbers", self._crawl(site), total=1, crawled=0, failed=1, progress=1)
        self._report.equal("reasons", self._reasons(site.authority), ["http_404"])

    def a_start_page_that_always_fails(self):
        site = self._site(lambda host, path: Page(b"", 500) if path == "/" else None)
        self._numbers("numbers", self._crawl(site), total=1, crawled=0, failed=1)
        self._report.equal("reasons", self._reasons(site.authority), ["http_500"])
        self._report.equal("requests", site.counts["/"], 4)

    def a_site_that_is_down(self):
        port = harness.free_ports(1)[0]
        seed = "127.0.0.1:%d" % port
        for domain in (seed, "http://" + seed + "/x", "https://127.0.0.1:%d/" % port):
            self._api.must_submit(domain, **FAST)
            progress = self._api.wait(seed, 60)
            self._numbers(domain, progress, total=1, crawled=0, failed=1)
            self._report.equal("reasons", self._reasons(seed), ["connection_refused"])
            self._clean(seed)

    def a_site_that_accepts_and_never_answers(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            seed = "127.0.0.1:%d" % server.getsockname()[1]
            self._api.must_submit("http://" + seed + "/", **FAST)
            self._started(seed, 0)
            time.sleep(3)
            self._report.equal("status", self._api.get(seed)["status"], "crawling")
            self._report.equal("cancel", self._api.post(seed, "/cancel"), 202)
            progress = self._api.wait(seed, 20, ("cancelled",))
            self._numbers("numbers", progress, total=1, crawled=0)

    def a_site_whose_robots_txt_forbids_all(self):
        pages = {"/robots.txt": Page(b"User-agent: *\nDisallow: /", type="text/plain"),
                 "/": Page(b"<a href='/x'>x</a>")}
        site = self._site(lambda host, path: pages.get(path))
        self._numbers("numbers", self._crawl(site), total=0, crawled=0, failed=0, excluded=1,
                      progress=1)
        self._report.equal("requests of the start page", site.counts["/"], 0)

    def a_site_whose_robots_txt_fails(self):
        site = self._site(
            lambda host, path: Page(b"", 500) if path == "/robots.txt" else Page(b""))
        progress = self._crawl(site, limit=120)
        self._numbers("numbers", progress, total=1, crawled=0, failed=1)
        self._report.equal("requests of the start page", site.counts["/"], 0)

    def a_page_of_5000_links(self):
        links = "".join("<a href='/%d'>x</a>" % i for i in range(5000)).encode()
        site = self._site(lambda host, path: Page(links) if path == "/" else
                          None if path == "/robots.txt" else Page(b"<title>x</title>"))
        self._crawl(site, connectionsPerHost=6)
        self._whole(site)

    def a_page_that_is_cut_at_10_mib(self):
        body = b"<a href='/early'>x</a>" + b"x" * (10 << 20) + b"<a href='/late'>x</a>"
        site = self._site(lambda host, path: Page(body) if path == "/" else Page(b"")
                          if path in ("/early", "/late") else None)
        self._numbers("numbers", self._crawl(site), total=2, crawled=2)
        self._report.equal("requests of /late", site.counts["/late"], 0)

    def pages_that_grow_without_end(self):
        """Each page links to two new ones: a trap, which maxPages and maxDepth end."""
        site = self._site(lambda host, path: None if path == "/robots.txt" else Page(
            b"<a href='a/'>x</a><a href='b/?%d'>x</a>" % len(path)))
        self._numbers("maxPages", self._crawl(site, maxPages=500), total=500, crawled=500)
        self._numbers("maxDepth", self._crawl(site, maxDepth=4), crawled=31, total=31)

    def a_session_that_redirects_to_itself_by_a_cookie(self):
        site = self._site(lambda host, path: None if path == "/robots.txt" else Page(
            status=302, headers=[("Location", path), ("Set-Cookie", "a=b")]))
        self._numbers("numbers", self._crawl(site), total=1, crawled=0, failed=1)
        self._report.equal("reasons", self._reasons(site.authority), ["redirect_to_itself"])
        self._report.equal("requests", site.counts["/"], 3)  # with the cookie once more

    # Options.

    def max_pages_exactly(self):
        site = self._site(tree(300))
        for limit in (1, 2, 7, 299, 300, 301):
            progress = self._crawl(site, maxPages=limit, connectionsPerHost=4)
            self._numbers("maxPages %d" % limit, progress, total=min(limit, 300),
                          crawled=min(limit, 300), excluded=progress["excluded"])

    def delay_between_requests(self):
        site = self._site(tree(12))
        self._crawl(site, delayMs=300, connectionsPerHost=3)
        starts = sorted(entry["t0"] for entry in site.entries())
        gaps = [after - before for before, after in zip(starts, starts[1:])]
        self._report.true("300 ms lie between all requests", min(gaps) > 0.285,
                          "least %.3f s of %d" % (min(gaps), len(gaps)))

    def two_seeds_of_one_host_share_its_delay(self):
        one, other = self._site(tree(8)), self._site(tree(8))
        for site in (one, other):
            self._api.must_submit("http://%s/" % site.authority, delayMs=300)
        for site in (one, other):
            self._api.wait(site.authority, 60)
        starts = sorted(entry["t0"] for site in (one, other) for entry in site.entries())
        gaps = [after - before for before, after in zip(starts, starts[1:])]
        self._report.true("300 ms lie between all requests of both", min(gaps) > 0.285,
                          "least %.3f s of %d" % (min(gaps), len(gaps)))

    def include_and_exclude(self):
        site = self._site(tree(100))
        progress = self._crawl(site, exclude=["/1$"], maxDepth=3)
        self._numbers("exclude", progress, total=8, crawled=8)  # 0; 2; 5, 6; 11 to 14
        progress = self._crawl(site, include=["^http://[^/]*/$", "/[12]$"])
        self._numbers("include", progress, total=3, crawled=3)

    # Commands.

    def pause_resume_in_the_middle(self):
        site = self._site(tree(400, SLOW_PAGE))
        seed = site.authority
        self._api.must_submit("http://%s/" % seed, **FAST)
        self._started(seed, 50)
        self._report.equal("pause", self._api.post(seed, "/pause"), 202)
        paused = self._api.wait(seed, 20, ("paused",))
        time.sleep(1.5)
        before = self._api.get(seed)
        self._numbers("some is done, some not", {"so": 0 < before["crawled"] < 400}, so=True)
        time.sleep(2)
        after = self._api.get(seed)
        self._report.equal("crawled while paused", after["crawled"] - before["crawled"], 0)
        self._report.equal("in flight while paused", after["inFlight"], 0)
        self._report.true("etaSeconds is absent while paused", "etaSeconds" not in after)
        status, body = self._api.submit("http://%s/" % seed)
        self._report.equal("submitted again: the same crawl, still paused",
                           (status, body["crawlId"], body["status"]),
                           (200, paused["crawlId"], "paused"))
        self._report.equal("resume", self._api.post(seed, "/resume"), 202)
        self._api.wait(seed, 60)
        self._whole(site)

    def stop_of_everything_while_paused(self):
        site = self._site(tree(300, SLOW_PAGE))
        seed = site.authority
        self._api.must_submit("http://%s/" % seed, **FAST)
        self._started(seed, 40)
        self._api.post(seed, "/pause")
        self._api.wait(seed, 20, ("paused",))
        self._report.equal("exit code of the orderly stop", self._fcrawler.stop(), 0)
        self._fcrawler.start()
        before = self._api.get(seed)
        self._report.equal("status after the start", before["status"], "paused")
        time.sleep(5)
        self._report.equal("crawled while paused", self._api.get(seed)["crawled"],
                           before["crawled"])
        self._api.post(seed, "/resume")
        self._api.wait(seed, 60)
        self._whole(site)

    def cancel_in_the_middle_and_submit_again(self):
        site = self._site(tree(200, SLOW_PAGE))
        seed = site.authority
        first = self._api.must_submit("http://%s/" % seed, **FAST)
        self._started(seed, 30)
        self._report.equal("cancel", self._api.post(seed, "/cancel"), 202)
        cancelled = self._api.wait(seed, 20, ("cancelled",))
        self._report.true("finishedAt is there", "finishedAt" in cancelled)
        time.sleep(1)
        count = site.distinct()
        time.sleep(2)
        self._report.equal("requests after the end", site.distinct() - count, 0)
        for verb in ("/pause", "/resume", "/cancel"):
            self._report.equal(verb + " of a cancelled crawl", self._api.post(seed, verb), 409)
        site.reset()
        second = self._api.must_submit("http://%s/" % seed, **FAST)
        self._report.true("another crawlId", first["crawlId"] != second["crawlId"])
        self._api.wait(seed, 60)
        self._whole(site)
        former = self._api.get(seed, "/crawls")["crawls"]
        self._numbers("former crawls", former[0], crawlId=first["crawlId"], status="cancelled",
                      crawled=cancelled["crawled"], total=cancelled["total"])

    def commands_in_quick_succession(self):
        site = self._site(tree(300, SLOW_PAGE))
        seed = site.authority
        self._api.must_submit("http://%s/" % seed, **FAST)
        answers = set()
        for _ in range(10):
            answers |= {self._api.post(seed, "/pause"), self._api.post(seed, "/resume")}
        self._report.true("answers", answers <= {202, 409}, sorted(answers))
        time.sleep(1)
        if self._api.get(seed)["status"] == "paused":
            self._api.post(seed, "/resume")
        self._api.wait(seed, 60)
        self._whole(site)

    def submissions_while_crawling(self):
        site = self._site(tree(200, SLOW_PAGE))
        seed = site.authority
        first = self._api.must_submit("http://%s/" % seed, **FAST)
        spelled = ("http://%s/" % seed, "HTTP://%s" % seed, "http://%s/199" % seed, seed,
                   " %s " % seed)
        for domain in spelled * 3:
            status, body = self._api.submit(domain, maxPages=3)
            self._report.equal("%r again" % domain, (status, body.get("crawlId")),
                               (200, first["crawlId"]))
        self._api.wait(seed, 60)
        self._whole(site)

    def many_submissions_of_one_seed_at_once(self):
        site = self._site(tree(50))
        answers = self._at_once(["http://%s/" % site.authority] * 40)
        self._report.equal("crawlIds", len({body["crawlId"] for _, body in answers}), 1)
        self._report.equal("new crawls", [status for status, _ in answers].count(202), 1)
        self._api.wait(site.authority, 60)
        self._whole(site)

    def submitted_again_and_again_when_done(self):
        site = self._site(tree(10))
        ids = []
        for _ in range(5):
            ids.append(self._crawl(site)["crawlId"])
        self._report.equal("crawlIds", len(set(ids)), 5)
        former = self._api.get(site.authority, "/crawls")["crawls"]
        self._report.equal("former crawls, the last first or the first first",
                           {one["crawlId"] for one in former}, set(ids[:-1]))
        self._report.equal("requests of /", site.counts["/"], 5)

    def two_hundred_seeds_at_once(self):
        hosts = ["127.0.%d.%d" % (1 + i // 100, 1 + i % 100) for i in range(200)]
        site = self._site(tree(20), address="0.0.0.0")
        seeds = ["%s:%d" % (host, site.port) for host in hosts]
        answers = self._at_once(["http://%s/" % seed for seed in seeds])
        self._report.equal("answers", {status for status, _ in answers}, {202})
        wrong = []
        for seed in seeds:
            progress = self._api.wait(seed, 180)
            receipt = self._api.get(seed, "/receipt")["verdict"]
            if (progress["total"], progress["crawled"], receipt) != (20, 20, "clean"):
                wrong.append((seed, progress, receipt))
        self._report.equal("seeds with other numbers", wrong[:2], [])
        self._report.equal("requests of pages", site.counts["/"] + site.counts["/7"], 400)

    def _at_once(self, domains):
        answers, lock = [], threading.Lock()

        def submit(domain):
            for _ in range(3):
                with contextlib.suppress(OSError, http.client.HTTPException):
                    answer = self._api.submit(domain, **FAST)
                    with lock:
                        answers.append(answer)
                    return

        threads = [threading.Thread(target=submit, args=(domain,)) for domain in domains]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self._report.equal("answered", len(answers), len(domains))
        return answers
