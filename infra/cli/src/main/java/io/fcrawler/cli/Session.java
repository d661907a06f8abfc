package io.fcrawler.cli;

import io.fcrawler.cli.text.Output;
import io.fcrawler.cli.watch.Watch;
import java.io.InputStream;
import java.util.Map;

/** What a command finds around it. */
record Session(Map<String, String> env, InputStream in, Output output, Watch.Time time) {
  Session {
    env = Map.copyOf(env);
  }
}
