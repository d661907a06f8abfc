package io.fcrawler.standalone;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The file that a part's output is appended to. One that has grown beyond its limit is copied over
 * the file {@code name.1} and emptied, so each part keeps twice the limit at most; the part doesn't
 * notice, as it only appends.
 */
final class PartLog {
  private static final long LIMIT_BYTES = 10L << 20;
  private static final int TAIL_BYTES = 16 << 10;

  private final Path file;
  private final long limitBytes;
  private long mark;

  PartLog(Path file) {
    this(file, LIMIT_BYTES);
  }

  PartLog(Path file, long limitBytes) {
    this.file = file;
    this.limitBytes = limitBytes;
  }

  File file() {
    return file.toFile();
  }

  /** Remembers the end, for {@link #sinceMark()}. */
  synchronized void mark() throws IOException {
    shorten();
    mark = Files.exists(file) ? Files.size(file) : 0;
  }

  synchronized void shorten() throws IOException {
    if (Files.exists(file) && Files.size(file) > limitBytes) {
      Path older = file.resolveSibling(file.getFileName() + ".1");
      Files.copy(file, older, StandardCopyOption.REPLACE_EXISTING);
      Files.newByteChannel(file, StandardOpenOption.WRITE).truncate(0).close();
      mark = 0;
    }
  }

  /** What was written since the mark; the last of it where that is much. */
  synchronized String sinceMark() {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long from = Math.max(Math.min(mark, in.length()), in.length() - TAIL_BYTES);
      byte[] bytes = new byte[(int) (in.length() - from)];
      in.seek(from);
      in.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "its log cannot be read: " + e.getMessage();
    }
  }

  /** The last line since the mark that tells something, fit to be shown. */
  String lastLine() {
    return sinceMark()
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("\t") && !line.startsWith("Caused by"))
        .reduce((first, second) -> second)
        .map(line -> line.strip().replaceAll("\\p{Cntrl}", "?"))
        .orElse("it wrote nothing");
  }
}
