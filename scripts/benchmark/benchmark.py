#!/usr/bin/env python3
"""Measures fcrawler as scripts/standalone.sh runs it, against the raw limit: a program that fetches
and parses the same URLs, known beforehand, by the same libraries on the same JVM.

The site is synthetic (pages of about 12 KiB with 40 links each) or a folder of HTML, served by nginx
on loopback, on this same machine. Figures of different machines can't be compared, their ratios can
more or less. It ends every process that it started.
"""

import argparse
import json
import os
import pathlib
import shutil
import signal
import statistics
import subprocess
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "acceptance")]

import harness  # noqa: E402  (after the path is set)
import measures  # noqa: E402
import nginx  # noqa: E402
import synthetic  # noqa: E402
import truth  # noqa: E402

CANNOT_RUN = 77


def parse():
    parser = argparse.ArgumentParser(
        prog="benchmark.sh", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=positive, default=20000, help="of the synthetic site; 20000")
    parser.add_argument("--site", type=pathlib.Path, metavar="DIR",
                        help="a folder of HTML instead, whose index.html is the start page")
    parser.add_argument("--workers", type=positive, default=1, help="crawler workers; 1")
    parser.add_argument("--connections", type=numbers, default=[8, 16], metavar="N,N",
                        help="to the site, of which the best counts; 8,16")
    parser.add_argument("--runs", type=positive, default=1, help="of which the median counts; 1")
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE", help="for all figures, too")
    parser.add_argument("--limit", type=positive, default=900, help="seconds for each crawl; 900")
    parser.add_argument("--timeout", type=positive, default=7200, help="seconds for it all; 7200")
    options = parser.parse_args()
    if options.site and not (options.site / "index.html").is_file():
        parser.error("--site %s has no index.html" % options.site)
    return options


def positive(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def numbers(text):
    return [positive(one) for one in text.split(",")]


def benchmark(workspace, options):
    root = options.site or workspace / "site"
    paths = None
    if not options.site:
        need_space(options.pages)
        print("making a site of %d pages" % options.pages, flush=True)
        paths = synthetic.make(root, options.pages)
    web = nginx.Nginx(workspace / "nginx", nginx.files(root))
    try:
        urls = [web.url(path) for path in paths] if paths else reachable(web)
        urls_file = workspace / "urls.txt"
        urls_file.write_text("".join(url + "\n" for url in urls), encoding="utf-8")
        raw, trained, crawls = measure(workspace, web, urls_file, options)
    finally:
        web.close()
    report(len(urls), raw, trained, crawls, options)


def need_space(pages):
    """The site, its page records, Redis's file."""
    free, needed = shutil.disk_usage(os.environ.get("TMPDIR", "/tmp")).free, pages * (60 << 10)
    if free < needed:
        raise harness.CannotRun("%d MiB of disk are free, %d may be needed: choose another folder "
                                "by TMPDIR" % (free >> 20, needed >> 20))


def reachable(web):
    """All URLs of a folder that are linked: neither more nor fewer than a crawl requests."""
    print("finding out what can be reached", flush=True)
    return sorted(truth.find(web.url("/"))["reachable"])


def measure(workspace, web, urls_file, options):
    """For each number of connections a list with the figures of each run; all kinds in turn."""
    raw, trained, crawls = (
        {connections: [] for connections in options.connections} for _ in range(3))
    cache = workspace / "raw-limit.aot"
    print("training the raw limit", flush=True)
    measures.train_raw_limit(urls_file, options.connections[0], cache, options.limit)
    for run in range(options.runs):
        for connections in options.connections:
            print("run %d, %d connections: the raw limit" % (run + 1, connections), flush=True)
            raw[connections].append(measures.raw_limit(urls_file, connections, options.limit))
            trained[connections].append(measures.raw_limit(
                urls_file, connections, options.limit, cache))
            print("run %d, %d connections: fcrawler" % (run + 1, connections), flush=True)
            folder = workspace / ("run-%d-%d" % (run + 1, connections))
            crawl = measures.Crawl(folder, web, "/", options)
            crawls[connections].append(crawl.measure(connections))
            shutil.rmtree(folder, ignore_errors=True)
    return raw, trained, crawls


def median(runs):
    """The median of each figure by itself; of what is no number, the last."""
    def of(values):
        if isinstance(values[-1], dict):
            return {name: of([value[name] for value in values]) for name in values[-1]}
        return values[-1] if isinstance(values[-1], str) else statistics.median(values)
    return of(runs)


def report(urls, raw, trained, crawls, options):
    check(urls, raw, crawls)
    raw = {connections: median(runs) for connections, runs in raw.items()}
    trained = {connections: median(runs) for connections, runs in trained.items()}
    crawls = {connections: median(runs) for connections, runs in crawls.items()}
    print("\n%d URLs, %d processors, %d worker(s), %s\n" % (
        urls, os.cpu_count(), options.workers,
        "1 run" if options.runs == 1 else "medians of %d runs" % options.runs))
    for connections in options.connections:
        print("%3d connections   raw limit %7.0f pages/s   fcrawler %7.0f pages/s" % (
            connections, raw[connections]["pages/s"], crawls[connections]["pages/s"]))
    print_best(best(raw), best(trained), best(crawls))
    if options.json:
        options.json.write_text(json.dumps(
            {"raw": raw, "raw, from a cache": trained, "fcrawler": crawls}, indent=2) + "\n")


def best(by_connections):
    return max(by_connections.values(), key=lambda one: one["pages/s"])


def check(urls, raw, crawls):
    """Of each run: one that was not right measured nothing."""
    crawled = [one for runs in crawls.values() for one in runs]
    for one in crawled:
        if one["urls"] != urls or one["verdict"] != "clean":
            sys.exit("a crawl was not right: %s URLs of %d, receipt %s" % (
                one["urls"], urls, one["verdict"]))
    failed = {one["failed"] for runs in raw.values() for one in runs}
    if failed - {one["failed"] for one in crawled}:
        sys.exit("the raw limit failed at other URLs than the crawl: %s" % sorted(failed))


def print_best(limit, trained, crawl):
    rows = [
        ("raw limit", "%.0f pages/s, %.2f CPU-s per 1,000 pages" % (limit["pages/s"], limit["cpu"])),
        ("  from an AOT cache", "%.0f pages/s, %.2f CPU-s per 1,000 pages" % (
            trained["pages/s"], trained["cpu"])),
        ("fcrawler", "%.0f pages/s from submit to done, %.1f s" % (crawl["pages/s"], crawl["seconds"])),
        ("ratio to the limit", "%.2f, to that from an AOT cache %.2f" % (
            crawl["pages/s"] / limit["pages/s"], crawl["pages/s"] / trained["pages/s"])),
        ("CPU-s per 1,000 pages", listed(crawl["cpu"], "%.2f")),
        ("peak memory, MiB", listed(crawl["memory"], "%.0f")),
        ("per 1,000 pages", "%.0f turns that settled something, %.0f Redis scripts (EVALSHA), %.0f "
         "other commands, most within these, %.0f fetches" % (
             crawl["turns"], crawl["scripts"], crawl["commands"], crawl["fetches"])),
        ("mean fetch", "%.1f ms" % crawl["fetch ms"]),
        ("Redis per known URL", "%.0f bytes at the end, %.0f at the peak of the crawl" % (
            crawl["redis bytes"], crawl["redis peak"])),
        ("crawl", "%d URLs, %d failed, %d excluded, %.1f MB, receipt %s" % (
            crawl["urls"], crawl["failed"], crawl["excluded"], crawl["bytes"] / 1e6, crawl["verdict"])),
    ]
    print("\nthe best of each:")
    for name, text in rows:
        print("  %-22s %s" % (name, text))


def listed(values, form):
    return ", ".join("%s %s" % (name, form % value) for name, value in values.items())


def out_of_time(_, __):
    raise TimeoutError("the time for this is over")


def main():
    options = parse()
    signal.signal(signal.SIGALRM, out_of_time)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    signal.alarm(options.timeout)
    workspace = harness.Workspace("benchmark", False)
    try:
        benchmark(workspace, options)
    except harness.CannotRun as reason:
        print("CANNOT RUN: %s" % reason, file=sys.stderr)
        sys.exit(CANNOT_RUN)
    except (OSError, RuntimeError, subprocess.SubprocessError) as error:
        sys.exit("benchmark: %s" % error)
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        signal.alarm(0)
        workspace.close(True)


if __name__ == "__main__":
    main()
