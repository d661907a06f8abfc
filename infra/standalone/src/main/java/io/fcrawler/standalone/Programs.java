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
 * @param broker the Kafka broker, which is on the launcher's own class path
 * @param caches what the programs' JVMs know of them beforehand
 */
public record Programs(Path jvm, Program broker, Program api, Program worker, AotCaches caches) {
  /** Quick to start; the best code would cost more processor time than it saves these parts. */
  private static final String QUICK = "-XX:TieredStopAtLevel=1";

  /** Better begun again than half dead. */
  private static final String EXIT = "-XX:+ExitOnOutOfMemoryError";

  /** Overrides where the project is; for tests. */
  static final String ROOT_PROPERTY = "fcrawler.root";

  /**
   * A program in Java.
   *
   * @param options of its JVM
   * @param main how the JVM finds it
   */
  public record Program(String name, List<String> options, List<String> main) {
    public Program {
      options = List.copyOf(options);
      main = List.copyOf(main);
    }
  }

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
  public static Programs in(Path root) {
    return new Programs(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        new Program(
            "kafka",
            List.of("-Xmx384m", QUICK, "--enable-native-access=ALL-UNNAMED"),
            List.of("-cp", classPath(), BrokerMain.class.getName())),
        new Program("submit-api", List.of("-Xmx256m", QUICK, EXIT), jar(root, "submit-api")),
        new Program("crawler-worker", List.of("-Xmx512m", EXIT), jar(root, "crawler-worker")),
        AotCaches.in(root));
  }

  /** The launcher's own, with absolute entries. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static List<String> jar(Path root, String name) {
    Path jar = root.resolve(name).resolve("target").resolve(name + ".jar");
    if (!Files.isRegularFile(jar)) {
      throw new StartFailure(
          jar + " is missing: start by scripts/standalone.sh, which builds what is missing");
    }
    return List.of("-jar", jar.toString());
  }

  /** The same with other caches. */
  Programs with(AotCaches other) {
    return new Programs(jvm, broker, api, worker, other);
  }

  List<Program> all() {
    return List.of(broker, api, worker);
  }

  /** The command that runs a program as a part. */
  public List<String> command(Program program, String... arguments) {
    List<String> command = java(program, caches.options(program.name()));
    command.addAll(List.of(arguments));
    return SignalShield.forJava(command);
  }

  /** The command that runs a program on a JVM with further options. */
  List<String> java(Program program, List<String> options) {
    List<String> command = new ArrayList<>(List.of(jvm.toString(), "-XX:+UseSerialGC"));
    command.addAll(program.options());
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(options);
    command.addAll(program.main());
    return command;
  }
}
