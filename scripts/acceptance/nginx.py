"""nginx on loopback, in the foreground, until it is closed."""

import os
import shutil
import subprocess

import harness

CONFIGURATION = """
daemon off; master_process on; pid %(folder)s/nginx.pid; error_log %(folder)s/nginx.error.log;
worker_processes 1; %(user)s
events { worker_connections 256; }
http {
  include /etc/nginx/mime.types; default_type application/octet-stream;
  log_format json escape=json
    '{"t1":$msec,"took":$request_time,"host":"$http_host","path":"$request_uri","line":"$request","status":$status}';
  access_log %(log)s;
  client_body_temp_path %(folder)s/t1; proxy_temp_path %(folder)s/t2;
  fastcgi_temp_path %(folder)s/t3; uwsgi_temp_path %(folder)s/t4; scgi_temp_path %(folder)s/t5;
  sendfile on; tcp_nopush on; keepalive_requests 10000000; port_in_redirect on;
  server { listen 127.0.0.1:%(port)d; %(server)s }
}
"""


class Nginx:
    """Without a log it costs as little as it can."""

    def __init__(self, folder, server, log="off"):
        """``server`` is what stands in nginx's section of that name."""
        if not program():
            raise harness.CannotRun("nginx is not installed")
        folder.mkdir()
        self.folder = folder
        self.port = harness.free_ports(1)[0]
        self.authority = "127.0.0.1:%d" % self.port
        configuration = folder / "nginx.conf"
        configuration.write_text(CONFIGURATION % {
            "folder": folder, "server": server, "port": self.port, "log": log,
            "user": "user root;" if os.getuid() == 0 else ""})
        self.process = subprocess.Popen([program(), "-c", str(configuration), "-p", str(folder)],
                                        stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            harness.wait_for("nginx answers", self.answers, 10)
        except BaseException:
            self.close()
            raise

    def answers(self):
        try:
            return harness.Api(self.port).call("HEAD", "/")[0] != 0
        except OSError:
            return False

    def url(self, path):
        return "http://%s%s" % (self.authority, path)

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)


def files(root):
    """A server of a folder."""
    return 'root "%s"; index index.html;' % os.path.realpath(root)


def program():
    return shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin")
