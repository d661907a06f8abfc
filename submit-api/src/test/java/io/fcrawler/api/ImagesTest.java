package io.fcrawler.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fcrawler.config.ListenSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the programs listen in their images, and what Compose publishes of them. */
class ImagesTest {
  @ParameterizedTest
  @ValueSource(strings = {"submit-api", "crawler-worker"})
  void anImageListensOnAllAddressesOfItsContainer(String program) throws IOException {
    Map<String, String> environment =
        Files.readAllLines(Path.of("..", program, "Dockerfile")).stream()
            .filter(line -> line.startsWith("ENV "))
            .flatMap(line -> Arrays.stream(line.substring("ENV ".length()).split(" ")))
            .map(pair -> pair.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));

    ListenSettings listen = ApiConfig.fromEnv(environment).listen();
    assertTrue(listen.bind().isAnyLocalAddress(), listen.toString());
  }

  @Test
  void withComposeTheBindAddressIsThatOfTheHost() throws IOException {
    JsonNode services =
        new YAMLMapper().readTree(Path.of("../infra/docker-compose.yml").toFile()).path("services");

    assertEquals(
        List.of("\"${FCRAWLER_BIND:-127.0.0.1}:${PORT:-3001}:3001\""),
        services.at("/submit-api/ports").valueStream().map(JsonNode::toString).toList());
    String shared = Files.readString(Path.of("../infra/docker-compose.yml"));
    assertFalse(shared.contains("  FCRAWLER_BIND:"), "it would bind inside of the container");
    assertTrue(shared.contains("  FCRAWLER_ALLOW_HOSTS:"));
    assertTrue(services.at("/crawler-worker/ports").isMissingNode());
  }
}
