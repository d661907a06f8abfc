package io.fcrawler.standalone;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Stands for the API and the workers: answers on its port with its environment, and ends with its
 * parent.
 */
public final class TestingService {
  private TestingService() {}

  public static void main(String[] args) throws IOException {
    Map<String, String> env = System.getenv();
    if (env.containsKey("TESTING_REFUSES")) {
      System.out.println("Bad configuration: TESTING_REFUSES is there");
      System.exit(1);
    }
    String port = env.getOrDefault("PORT", env.get("FCRAWLER_WORKER_PORT"));
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = env.toString().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    System.out.println("serving");
    ProcessHandle.of(Long.parseLong(env.get("FCRAWLER_PARENT_PID")))
        .ifPresent(parent -> parent.onExit().join());
    System.exit(0);
  }

  /** Puts jars that run this class where the launcher looks for those of the parts. */
  static void install(Path root) throws IOException {
    for (String name : new String[] {"submit-api", "crawler-worker"}) {
      Path jar = root.resolve(name).resolve("target").resolve(name + ".jar");
      Files.createDirectories(jar.getParent());
      Manifest manifest = new Manifest();
      Attributes attributes = manifest.getMainAttributes();
      attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
      attributes.put(Attributes.Name.MAIN_CLASS, TestingService.class.getName());
      attributes.put(
          Attributes.Name.CLASS_PATH,
          TestingService.class.getProtectionDomain().getCodeSource().getLocation().toString());
      new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }
  }
}
