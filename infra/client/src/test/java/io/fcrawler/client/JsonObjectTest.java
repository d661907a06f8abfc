package io.fcrawler.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonObjectTest {
  @Test
  void every_object_knows_its_own_text() {
    String inner = "{ \"x\": 1.50, \"ü\": [{}, \"a\\\"}\"] }";
    JsonObject object = JsonObject.parse(" {\"list\":[" + inner + " ,{\"y\":null}]}\n");
    assertEquals("{\"list\":[" + inner + " ,{\"y\":null}]}", object.json());
    List<JsonObject> list = object.objects("list");
    assertEquals(inner, list.getFirst().json());
    assertEquals("{\"y\":null}", list.getLast().json());
  }

  @Test
  void fields_have_types() {
    JsonObject object =
        JsonObject.parse(
            "{\"s\":\"t\",\"n\":9007199254740993,\"d\":0.5,\"b\":true,\"l\":[\"x\",1]}");
    assertEquals("t", object.text("s"));
    assertEquals(9007199254740993L, object.number("n"));
    assertEquals(0.5, object.optionalNumber("d").orElseThrow().doubleValue());
    assertTrue(object.isTrue("b"));
    assertEquals(List.of("x"), object.texts("l"));
    assertTrue(object.optionalText("n").isEmpty());
    assertThrows(RefusedException.class, () -> object.number("s"));
    assertThrows(RefusedException.class, () -> object.text("absent"));
  }

  @Test
  void scalars_are_in_the_order_of_their_names() {
    JsonObject object = JsonObject.parse("{\"o\":{\"b\":2,\"a\":\"x\",\"l\":[],\"p\":{}}}");
    assertEquals("{a=x, b=2}", object.scalars("o").toString());
    assertEquals(Map.of(), object.scalars("absent"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "\"x\"", "{", "{\"a\":[1", "<html>"})
  void what_is_no_object_is_refused(String text) {
    assertThrows(RefusedException.class, () -> JsonObject.parse(text));
  }
}
