"""nginx on loopback, without a log, so that it costs as little as it can."""

import os
import subprocess

import check_docs
import harness

CONFIGURATION = """
daemon off; master_process on; pid %(folder)s/nginx.pid; error_log %(folder)s/nginx.error.log;
worker_processes 1; %(user)s
events { worker_connections 256; }
http {
  include /etc/nginx/mime.types; default_type application/octet-stream; access_log off;
  client_body_temp_path %(folder)s/t1; proxy_temp_path %(folder)s/t2;
  fastcgi_temp_path %(folder)s/t3; uwsgi_temp_path %(folder)s/t4; scgi_temp_path %(folder)s/t5;
  sendfile on; tcp_nopush on; keepalive_requests 1000000; port_in_redirect on;
  server { listen 127.0.0.1:%(port)d; root "%(root)s"; index index.html; }
}
"""


class WebServer:
    """Serves a folder until it is closed."""

    def __init__(self, folder, root):
        folder.mkdir()
        self.port = harness.free_ports(1)[0]
        self.authority = "127.0.0.1:%d" % self.port
        configuration = folder / "nginx.conf"
        configuration.write_text(CONFIGURATION % {
            "folder": folder, "root": os.path.realpath(root), "port": self.port,
            "user": "user root;" if os.getuid() == 0 else ""})
        program = check_docs.nginx_program()
        if not program:
            raise harness.CannotRun("nginx is not installed")
        self.process = subprocess.Popen([program, "-c", str(configuration), "-p", str(folder)],
                                        stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            harness.wait_for("nginx answers", self.answers, 10)
        except BaseException:
            self.close()
            raise

    def answers(self):
        try:
            return harness.Api(self.port).call("HEAD", "/")[0] == 200
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
