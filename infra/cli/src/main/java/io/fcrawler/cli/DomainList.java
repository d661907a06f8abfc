package io.fcrawler.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Domains, one per line; empty lines and those that begin with # are none. */
final class DomainList {
  private DomainList() {}

  /**
   * @param file {@code -}: {@code in}
   */
  static List<String> read(String file, InputStream in) throws IOException {
    if (file.equals("-")) {
      return read(in);
    }
    try (InputStream opened = Files.newInputStream(Path.of(file))) {
      return read(opened);
    }
  }

  private static List<String> read(InputStream in) throws IOException {
    BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    List<String> domains = new ArrayList<>();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      String domain = line.strip();
      if (!domain.isEmpty() && !domain.startsWith("#")) {
        domains.add(domain);
      }
    }
    return domains;
  }

  /** Parts that are small enough for one request each. */
  static List<List<String>> parts(List<String> domains, int most, int mostChars) {
    List<List<String>> parts = new ArrayList<>();
    List<String> part = new ArrayList<>();
    int chars = 0;
    for (String domain : domains) {
      if (!part.isEmpty() && (part.size() == most || chars + domain.length() > mostChars)) {
        parts.add(part);
        part = new ArrayList<>();
        chars = 0;
      }
      part.add(domain);
      chars += domain.length();
    }
    parts.add(part);
    return parts;
  }
}
