package io.fcrawler.url;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.IDN;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PunycodeTest {
  /** The first eight and the last are samples of RFC 3492, section 7.1. */
  @ParameterizedTest
  @CsvSource({
    "ليهمابتكلموشعربي؟, egbpdaj6bu4bxfgehfvwxn",
    "他们为什么不说中文, ihqwcrb4cv8a8dqg056pqjye",
    "pročprostěnemluvíčesky, proprostnemluvesky-uyb24dma41a",
    "למההםפשוטלאמדבריםעברית, 4dbcagdahymbxekheh6e0a7fei0b",
    "なぜみんな日本語を話してくれないのか, n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa",
    "почемужеонинеговорятпорусски, b1abfaaepdrnnbgefbadotcwatmq2g4l",
    "3年b組金八先生, 3b-ww4c5e180e575a65lsy2b",
    "安室奈美恵-with-super-monkeys, -with-super-monkeys-pc58ag80a8qai00g7n9n",
    "bücher, bcher-kva",
    "straße, strae-oqa",
  })
  void samplesAreEncodedAsTheRfcDoes(String label, String punycode) {
    assertEquals(punycode, Punycode.encode(label));
    assertEquals(Optional.of(label), Punycode.decode(punycode));
  }

  @Test
  void theJdkDecodesWhatIsEncoded() {
    long seed = Long.getLong("fcrawler.test.seed", System.nanoTime());
    System.out.println("PunycodeTest: -Dfcrawler.test.seed=" + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      String label = label(random);

      assertEquals(label, IDN.toUnicode("xn--" + Punycode.encode(label)), label);
      assertEquals(Optional.of(label), Punycode.decode(Punycode.encode(label)), label);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"999999999", "a-b!", "zzzzzzzzzzzzzzzzzzzzzzzz", "bcher-kv"})
  void whatEncodesNothingIsNotDecodedToALabelThatIsEncodedSo(String encoded) {
    assertNotEquals(Optional.of(encoded), Punycode.decode(encoded).map(Punycode::encode));
  }

  /** Letters that the JDK's mapping leaves as they are. */
  private static String label(Random random) {
    String letters = "abz09äöüéřžпривет例字えテ한글";
    StringBuilder label = new StringBuilder("ö");
    for (int i = random.nextInt(12); i > 0; i--) {
      label.append(letters.charAt(random.nextInt(letters.length())));
    }
    return label.toString();
  }
}
