package io.fcrawler.testing;

import io.fcrawler.embedded.EmbeddedServerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;

/** The choice between container and embedded part, made once for each server of this JVM. */
final class SharedServer {
  /** An embedded part that runs, and how to end it. */
  record Part(String address, Runnable end) {}

  private SharedServer() {}

  /**
   * Starts a server, and prints in one line which it is and why.
   *
   * @param image that of {@code container}
   * @param address of the started container
   * @param answers whether a server answers there: a container may run and yet not be reached
   * @param embedded starts the part instead, in a folder that is deleted when the JVM ends
   */
  static <C extends GenericContainer<C>> String start(
      String image,
      Supplier<C> container,
      Function<C, String> address,
      Predicate<String> answers,
      Function<Path, Part> embedded) {
    String whyNot = DockerEngine.of(System.getenv()).whyNot(image);
    if (whyNot.isEmpty()) {
      try {
        C started = container.get();
        started.start();
        String at = address.apply(started);
        if (answers.test(at)) {
          return told(image, "a container", at, "a Docker engine has it");
        }
        started.stop();
        whyNot = "its container does not answer at " + at;
      } catch (RuntimeException e) {
        whyNot = "the container of " + image + " did not start: " + e.getMessage();
      }
    }
    Path folder = temporaryFolder();
    Part part = embedded.apply(folder);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> end(part, folder), "end-" + part.address()));
    return told(image, "the embedded part", part.address(), whyNot);
  }

  private static String told(String image, String what, String address, String why) {
    System.out.println("Tests use for " + image + " " + what + " at " + address + ": " + why);
    return address;
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("fcrawler-test");
    } catch (IOException e) {
      throw new EmbeddedServerException("no temporary folder", e);
    }
  }

  private static void end(Part part, Path folder) {
    part.end().run();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      System.out.println("Tests left " + folder + ": " + e.getMessage());
    }
  }
}
