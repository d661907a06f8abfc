package io.fcrawler.url;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class FingerprinterTest {
  private static final UUID CRAWL = UUID.fromString("07060504-0302-0100-0f0e-0d0c0b0a0908");

  /**
   * The stored fingerprints outlive every release, so the function must never change. The key's
   * bytes are 00 01 … 0f, as in the paper's test vectors, of which the first is for no input.
   */
  @Test
  void theFunctionIsSipHashWithTheCrawlAsItsKey() {
    assertEquals(0x726f_db47_dd0e_0e31L, new Fingerprinter(CRAWL).fingerprint(""));
    assertEquals(0x74f8_39c5_93dc_67fdL, new Fingerprinter(CRAWL).fingerprint("\u0000"));
  }

  @Test
  void anotherCrawlHasOtherFingerprints() {
    UUID other = UUID.fromString("07060504-0302-0100-0f0e-0d0c0b0a0909");

    assertNotEquals(
        new Fingerprinter(CRAWL).fingerprint("http://h/"),
        new Fingerprinter(other).fingerprint("http://h/"));
  }
}
