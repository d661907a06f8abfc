package io.fcrawler.standalone;

import io.fcrawler.embedded.BrokerMain;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where the programs of the parts are.
 *
 * @param jvm the one that runs the launcher
 * @param classPath the launcher's own, with absolute entries; it holds the broker
 * @param apiJar the jar of the submit API
 * @param workerJar the jar of the crawler worker
 */
record Programs(Path jvm, String classPath, Path apiJar, Path workerJar) {
  /** Quick to start; the best code would cost more processor time than it saves these parts. */
  private static final String QUICK = "-XX:TieredStopAtLevel=1";

  /** Overrides where the project is; for tests. */
  static final String ROOT_PROPERTY = "fcrawler.root";

  /** The project's root: the launcher's jar and its classes both lie four levels below it. */
  static Path projectRoot() {
    String named = System.getProperty(ROOT_PROPERTY, "");
    if (!named.isEmpty()) {
      return Path.of(named).toAbsolutePath();
    }
    try {
      Path code =
          Path.of(Programs.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return code.resolve("../../../..").normalize();
    } catch (URISyntaxException e) {
      throw new StartFailure("cannot tell where the launcher's jar is: " + e.getMessage(), e);
    }
  }

  /** Finds all programs, or throws for the first that is not there. */
  static Programs in(Path root) {
    return new Programs(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator)),
        jar(root, "submit-api"),
        jar(root, "crawler-worker"));
  }

  private static Path jar(Path root, String name) {
    Path jar = root.resolve(name).resolve("target").resolve(name + ".jar");
    if (!Files.isRegularFile(jar)) {
      throw new StartFailure(
          jar + " is missing: start by scripts/standalone.sh, which builds what is missing");
    }
    return jar;
  }

  List<String> broker(Path folder, int port) {
    return SignalShield.forJava(
        List.of(
            jvm.toString(),
            "-Xmx384m",
            "-XX:+UseSerialGC",
            QUICK,
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            classPath,
            BrokerMain.class.getName(),
            folder.toString(),
            Integer.toString(port)));
  }

  List<String> api() {
    return jarCommand(apiJar, "-Xmx256m", QUICK);
  }

  List<String> worker() {
    return jarCommand(workerJar, "-Xmx512m");
  }

  private List<String> jarCommand(Path jar, String... options) {
    List<String> command = new ArrayList<>(List.of(jvm.toString(), "-XX:+UseSerialGC"));
    command.addAll(List.of(options));
    command.add("-XX:+ExitOnOutOfMemoryError"); // better begun again than half dead
    command.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "-jar", jar.toString()));
    return SignalShield.forJava(command);
  }
}
