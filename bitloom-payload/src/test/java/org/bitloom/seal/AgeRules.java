package org.bitloom.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.bitloom.payload.PayloadException;
import org.bitloom.payload.PayloadException.Kind;

/** Opens the files of one test and says what came of it. */
final class AgeRules {
  static final AgeKey PASSPHRASE = AgeKey.passphrase(AgeFiles.PASSPHRASE);
  static final AgeKey IDENTITY = AgeKey.identities(List.of(AgeFiles.identity()));

  private AgeRules() {}

  /**
   * A file and what must come of it.
   *
   * @param name what is special about it
   * @param kind of the refusal; null = it opens
   * @param words that the refusal has
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Case(String name, byte[] file, Kind kind, String words) {
    static Case opens(String name, byte[] file) {
      return new Case(name, file, null, "");
    }

    static Case damaged(String name, byte[] file, String words) {
      return new Case(name, file, Kind.DAMAGED, words);
    }

    static Case wrongKey(String name, byte[] file, String words) {
      return new Case(name, file, Kind.WRONG_KEY, words);
    }

    void check(AgeKey key, byte[] plain) throws IOException {
      if (kind == null) {
        assertThat(opened(key, file)).isEqualTo(plain);
        return;
      }
      PayloadException refusal = refusal(key, file);
      assertThat(refusal).hasMessageContaining(words);
      assertThat(refusal.kind()).isEqualTo(kind);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static byte[] opened(AgeKey key, byte[] file) throws IOException {
    try (InputStream plain = key.decrypt(new ByteArrayInputStream(file))) {
      return plain.readAllBytes();
    }
  }

  /** Returns the one clear error that a file must end in: ours, one line, with advice. */
  static PayloadException refusal(AgeKey key, byte[] file) {
    Throwable thrown = catchThrowable(() -> opened(key, file));
    assertThat(thrown).isInstanceOf(PayloadException.class);
    assertThat(thrown.getMessage()).isNotBlank().doesNotContain("\n", "null", "jagged");
    assertThat(((PayloadException) thrown).hint()).isNotBlank();
    return (PayloadException) thrown;
  }
}
