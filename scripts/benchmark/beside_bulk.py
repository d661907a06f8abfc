#!/usr/bin/env python3
"""Shows what large bodies cost other requests: the time of /livez and of a crawl's progress beside
clients that send bodies of 100,000 bad lines over and over, as a ratio to that of an idle API.

Give it an API that runs, such as that of scripts/standalone.sh:
    python3 scripts/benchmark/beside_bulk.py --url http://127.0.0.1:3001 --seed example.com
It submits nothing. The figures of different machines can't be compared; their ratios can more or less.
"""

import argparse
import http.client
import statistics
import threading
import time
import urllib.parse

LINES = 100_000


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://127.0.0.1:3001", help="of the API")
    parser.add_argument("--seed", help="a known one, whose progress is asked for too")
    parser.add_argument("--clients", type=int, default=20, help="that send bodies; 20")
    parser.add_argument("--requests", type=int, default=300, help="of each kind; 300")
    options = parser.parse_args()
    address = urllib.parse.urlsplit(options.url).netloc
    paths = ["/livez"]
    if options.seed:
        paths.append("/api/fcrawler/seed/" + urllib.parse.quote(options.seed, safe=""))
    measure(address, paths, options.requests)  # so that the JVM has compiled what it can
    alone = measure(address, paths, options.requests)
    beside = beside_bodies(address, paths, options)
    print("%-40s %12s %12s %8s" % ("median and 99th percentile, in ms", "alone", "beside", "ratio"))
    for path in paths:
        for name, at in (("median", 0.5), ("p99", 0.99)):
            least, most = quantile(alone[path], at), quantile(beside[path], at)
            print("%-40s %12.2f %12.2f %8.1f" % (path + " " + name, least, most, most / least))


def beside_bodies(address, paths, options):
    """The times while bodies are sent, from when each client has begun."""
    stop = threading.Event()
    begun = threading.Barrier(options.clients + 1)
    bodies = [0] * options.clients
    clients = [threading.Thread(target=send, args=(address, stop, begun, bodies, i), daemon=True)
               for i in range(options.clients)]
    for client in clients:
        client.start()
    begun.wait()
    start = time.monotonic()
    try:
        return measure(address, paths, options.requests)
    finally:
        stop.set()
        for client in clients:
            client.join()
        rate = sum(bodies) * LINES / (time.monotonic() - start)
        print("%d clients had %d bodies refused, %.0f lines/s" % (options.clients, sum(bodies), rate))


def send(address, stop, begun, bodies, index):
    body = b"http://u@h\n" * LINES
    begun.wait()
    while not stop.is_set():
        connection = http.client.HTTPConnection(address, timeout=120)
        connection.request("POST", "/api/submit", body, {"Content-Type": "text/plain"})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status != 400:
            raise SystemExit("a body of bad lines got %d" % answer.status)
        bodies[index] += 1


def measure(address, paths, requests):
    """Milliseconds of each request, by path."""
    times = {path: [] for path in paths}
    connection = http.client.HTTPConnection(address, timeout=120)
    for _ in range(requests):
        for path in paths:
            start = time.perf_counter()
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            times[path].append((time.perf_counter() - start) * 1000)
            if answer.status != 200:
                raise SystemExit("%s got %d" % (path, answer.status))
    connection.close()
    return times


def quantile(values, at):
    return statistics.quantiles(values, n=100, method="inclusive")[round(at * 100) - 1]


if __name__ == "__main__":
    main()
