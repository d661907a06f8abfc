#!/usr/bin/env python3
"""An instrumented web site on loopback: HTTP/1.1, a thread for each connection, keep-alive.

It serves a folder, or pages made by ``generated.py``, and writes one line of JSON for each request:
{"t0": start, "t1": end, "host": ..., "path": as it was sent, "status": ..., "n": which request of
this path it is, "agent": ...}. Status 0: no answer was sent, or not all of it.
"""

import argparse
import gzip
import http.server
import json
import mimetypes
import os
import socket
import socketserver
import struct
import sys
import threading
import time
import urllib.parse
from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Page:
    """What a path is answered with.

    fails_first: so many requests get a 503 before the first proper answer.
    mode: how it is sent: plain, chunked, gzip, close (no length, the end closes), reset (no answer).
    targets: the paths, or URLs of other sites, that it links to, in the order of the page.
    """

    body: bytes = b""
    status: int = 200
    type: str = "text/html; charset=utf-8"
    headers: list = field(default_factory=list)
    delay: float = 0.0
    fails_first: int = 0
    mode: str = "plain"
    targets: list = field(default_factory=list)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "site"
    disable_nagle_algorithm = True
    wbufsize = -1  # an answer is one packet, if it fits

    def do_GET(self):
        started = answer = time.time()
        host = self.headers.get("Host", "")
        target = self.requestline.split(" ")[1]  # self.path has lost slashes at its start
        number, page = self.server.site.answer(host, target)
        status = page.status
        try:
            if page.delay:
                time.sleep(page.delay)
            answer = time.time()
            if page.mode == "reset":
                status = 0
                self.reset()
            else:
                self.send(page)
        except OSError:
            status = 0
            self.close_connection = True
        self.server.site.log(
            t0=started, answer=answer, t1=time.time(), host=host, path=target, status=status, n=number,
            agent=self.headers.get("User-Agent", ""))

    do_HEAD = do_GET

    def reset(self):
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close_connection = True

    def send(self, page):
        zipped = page.mode == "gzip" and "gzip" in self.headers.get("Accept-Encoding", "")
        body = gzip.compress(page.body, 1) if zipped else page.body
        self.send_response(page.status)
        if page.type:
            self.send_header("Content-Type", page.type)
        for name, value in page.headers:
            self.send_header(name, value)
        if zipped:
            self.send_header("Content-Encoding", "gzip")
        if page.mode == "chunked":
            self.send_header("Transfer-Encoding", "chunked")
            body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts(body)) + b"0\r\n\r\n"
        elif page.mode == "close":
            self.send_header("Connection", "close")
        elif page.status not in (204, 304):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, *_):
        """Nothing: ``Site.log`` says it all."""


def parts(body, size=700):
    return [body[i:i + size] for i in range(0, len(body), size)]


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    request_queue_size = 512
    site = None

    def server_bind(self):
        socketserver.TCPServer.server_bind(self)  # without the look-up of a name
        self.server_name, self.server_port = self.server_address[:2]

    def handle_error(self, request, client_address):
        """A client that went away is no error of this server."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class Site:
    """A running site. ``pages`` is asked for (host, path) and gives a Page or None."""

    def __init__(self, pages, log_file, port=0, address="127.0.0.1"):
        self.pages = pages
        self.counts = Counter()
        self.lock = threading.Lock()
        self.file = open(log_file, "a", encoding="utf-8")
        self.log_file = log_file
        self.server = Server((address, port), Handler)
        self.server.site = self
        self.port = self.server.server_port
        self.authority = "%s:%d" % (address, self.port)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.1,), daemon=True)
        self.thread.start()

    def answer(self, host, path):
        with self.lock:
            self.counts[path] += 1
            number = self.counts[path]
        page = self.pages(host, path)
        if page is None:
            return number, Page(b"There is nothing here.", 404, "text/plain")
        if number <= page.fails_first:
            return number, Page(b"Later.", 503, "text/plain")
        return number, page

    def log(self, **entry):
        """Not of truth.py's requests: the last of them may be logged after a reset."""
        if entry["agent"] == "truth":
            return
        line = json.dumps(entry)
        with self.lock:
            if not self.file.closed:
                self.file.write(line + "\n")
                self.file.flush()

    def entries(self):
        """All requests so far, in the order in which they ended."""
        with open(self.log_file, encoding="utf-8") as file:
            return [json.loads(line) for line in file]

    def distinct(self):
        """How many paths were requested so far."""
        with self.lock:
            return len(self.counts)

    def reset(self):
        """Forgets all requests."""
        with self.lock:
            self.counts.clear()
            self.file.truncate(0)
            self.file.seek(0)

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        with self.lock:
            self.file.close()


def folder(root):
    """Pages of the files below a folder; index.html for the folders themselves."""
    root = os.path.realpath(root)

    def page(_, path):
        raw = urllib.parse.unquote(path.partition("?")[0])
        file = os.path.normpath(root + raw)
        if not (file + os.sep).startswith(root + os.sep) or "\0" in file:
            return None
        if os.path.isdir(file):
            if not raw.endswith("/"):
                return Page(b"", 301, headers=[("Location", path.partition("?")[0] + "/")])
            file = os.path.join(file, "index.html")
        if not os.path.isfile(file):
            return None
        with open(file, "rb") as content:
            kind = mimetypes.guess_type(file)[0] or "application/octet-stream"
            return Page(content.read(), type=kind)

    return page


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--folder", help="serve the files below it")
    what.add_argument("--generated", type=int, metavar="PAGES", help="serve a generated site")
    parser.add_argument("--seed", type=int, default=1, help="of the generated site")
    parser.add_argument("--delay", type=float, default=0, help="seconds before each answer")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--log", default=os.devnull, help="where requests are written, as JSON lines")
    options = parser.parse_args()
    if options.folder:
        site = Site(folder(options.folder), options.log, options.port)
    else:
        import generated
        site = Site(lambda host, path: None, options.log, options.port)
        made = generated.GeneratedSite(
            site.authority, options.generated, options.seed, delay=options.delay)
        site.pages = made.page
    print("http://%s/" % site.authority, flush=True)
    try:
        site.thread.join()
    except KeyboardInterrupt:
        site.close()


if __name__ == "__main__":
    main()
