package io.fcrawler.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the JVM learned of each program in a training run: its classes, loaded and linked, and which
 * of its methods are worth compiling. A program that has such a cache starts in half the time, and
 * is at its full speed sooner. One that is missing or does not fit only costs that.
 *
 * @param folder where they are, a file for each program
 * @param recording whether the programs are in training: they leave recordings to make caches of
 * @see <a href="https://openjdk.org/jeps/483">JEP 483</a>
 * @see <a href="https://openjdk.org/jeps/515">JEP 515</a>
 */
public record AotCaches(Path folder, boolean recording) {

  static AotCaches in(Path root) {
    return new AotCaches(root.resolve("infra/standalone/target/aot"), false);
  }

  static AotCaches recordingIn(Path folder) {
    return new AotCaches(folder, true);
  }

  Path cache(String program) {
    return folder.resolve(program + ".aot");
  }

  Path recording(String program) {
    return folder.resolve(program + ".recording");
  }

  /** The options of a program's JVM. */
  List<String> options(String program) {
    if (recording) {
      return List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + recording(program));
    }
    Path cache = cache(program);
    return Files.isRegularFile(cache) ? List.of("-XX:AOTCache=" + cache) : List.of();
  }

  /** The options of a JVM that makes a program's cache in this folder. */
  List<String> optionsToMake(String program) {
    return List.of(
        "-XX:AOTMode=create",
        "-XX:AOTConfiguration=" + recording(program),
        "-XX:AOTCache=" + cache(program));
  }
}
