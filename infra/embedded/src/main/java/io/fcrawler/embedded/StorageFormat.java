package io.fcrawler.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;

/** Makes a directory a broker's: gives it its cluster id and the metadata to begin with. */
final class StorageFormat {
  private StorageFormat() {}

  /** Formats unless {@code meta.properties}, which is written last, is there. */
  static void formatIfNew(Path directory) throws IOException {
    if (Files.exists(directory.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
      return;
    }
    Formatter formatter =
        new Formatter()
            .setClusterId(Uuid.randomUuid().toString())
            .setNodeId(BrokerConfig.NODE_ID)
            .setControllerListenerName(BrokerConfig.CONTROLLER_LISTENER)
            .setMetadataLogDirectory(directory.toString())
            .addDirectory(directory.toString())
            .setIgnoreFormatted(true)
            .setPrintStream(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    try {
      formatter.run();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new EmbeddedServerException("Kafka cannot format " + directory, e);
    }
  }
}
