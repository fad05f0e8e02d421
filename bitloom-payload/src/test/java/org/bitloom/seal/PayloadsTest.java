package org.bitloom.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bitloom.error.FailureException;
import org.bitloom.error.UsageException;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.payload.FreeBits;
import org.bitloom.payload.PayloadException;
import org.bitloom.payload.PayloadException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadsTest {
  private static final AgeLock LOCK = AgeLock.passphrase("right", Samples.WORK);
  private static final Sealing LOCKED = new Sealing(false, Optional.of(LOCK), false);

  private static byte[] extracted(FreeBits bits, AgeKey key) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Payloads.extract(bits, key, out);
    return out.toByteArray();
  }

  @ParameterizedTest(name = "compressed {0}, encrypted {1}, parity {2}, {3}")
  @CsvSource({
    "false, false, false, zeros",
    "false, false, true, ones",
    "true, false, false, text",
    "true, false, true, random",
    "false, true, false, ones",
    "true, true, false, zeros",
    "true, true, true, text",
    "false, true, true, random"
  })
  void whatGoesInComesOut(boolean compressed, boolean encrypted, boolean parity, String kind)
      throws IOException {
    byte[] content = Samples.content(kind, 20_000);
    BitModel model = Samples.model(32, "top3", 300);
    Optional<AgeLock> lock = encrypted ? Optional.of(LOCK) : Optional.empty();

    BitModel filled =
        Payloads.embed(model, Samples.file(content), new Sealing(compressed, lock, parity), 7);
    FreeBits bits = FreeBits.of(filled);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Extraction found = Payloads.extract(bits, AgeKey.passphrase("right"), out);

    assertThat(out.toByteArray()).isEqualTo(content);
    assertThat(found.inner().name()).isEqualTo("notes.bin");
    assertThat(found.inner().contentBytes()).isEqualTo(20_000);
    assertThat(found.isEncrypted()).isEqualTo(encrypted);
    assertThat(found.repairedBytes()).isZero();
    assertThat(Payloads.prove(bits).isOpen()).isEqualTo(!encrypted);
  }

  @ParameterizedTest(name = "depth {0}, mask {1}")
  @CsvSource({"2, 10", "3, 101", "6, 111000", "8, sign", "16, top3", "17, top2", "32, sign"})
  void embeddingChangesFreePlanesOnly(int depth, String mask) throws IOException {
    BitModel model = Samples.model(depth, mask, 300);
    byte[] content = Samples.content("random", 800);

    BitModel filled = Payloads.embed(model, Samples.file(content), Sealing.NONE, 1);

    assertThat(extracted(FreeBits.of(filled), AgeKey.NONE)).isEqualTo(content);
    for (int t = 0; t < 2; t++) {
      BitTensor before = (BitTensor) model.tensors().get(t);
      BitTensor after = (BitTensor) filled.tensors().get(t);
      int trained = before.layout().trained();
      for (int i = 0; i < before.size(); i++) {
        assertThat(after.code(i) & trained).isEqualTo(before.code(i) & trained);
      }
    }
  }

  @Test
  void aNetworkThatIsNotTrainedYetIsFilledLikeAFinishedOne() throws IOException {
    BitModel model = Samples.model(16, "top3", 300);
    PayloadFile file = Samples.file(Samples.content("text", 5000));
    FreeBits free = Payloads.around(FreeBits.of(model).tensors(), file, Sealing.NONE, 3);
    BitTensor filled = (BitTensor) Payloads.embed(model, file, Sealing.NONE, 3).tensors().get(1);

    int[] codes = free.codes(1);

    for (int i = 0; i < codes.length; i++) {
      assertThat(codes[i]).isEqualTo(filled.code(i) & ~filled.layout().trained());
    }
  }

  @Test
  void compressionMakesRoom() throws IOException {
    BitModel model = Samples.model(6, "111000", 30);
    PayloadFile large = Samples.file(Samples.content("text", 100_000));
    BitModel filled = Payloads.embed(model, large, new Sealing(true, Optional.empty(), false), 1);

    assertThat(extracted(FreeBits.of(filled), AgeKey.NONE)).hasSize(100_000);
    assertThatThrownBy(() -> Payloads.embed(model, large, Sealing.NONE, 1))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("payload must fit into the 615 bytes of free bits, needs 100201");
  }

  @Test
  void absentDamagedAndLockedPayloadsAreDifferentErrors() throws IOException {
    BitModel model = Samples.model(32, "top3", 30);
    FreeBits noise = FreeBits.noise(FreeBits.of(model).tensors(), 1);
    FreeBits locked = filled(model, LOCKED);
    FreeBits damaged = filled(model, LOCKED);
    flip(damaged, 500);

    assertKind(() -> extracted(noise, AgeKey.NONE), Kind.ABSENT);
    assertKind(() -> extracted(damaged, AgeKey.passphrase("right")), Kind.DAMAGED);
    assertKind(() -> extracted(locked, AgeKey.NONE), Kind.KEY_NEEDED);
    assertKind(() -> extracted(locked, AgeKey.passphrase("wrong")), Kind.WRONG_KEY);
  }

  private static FreeBits filled(BitModel model, Sealing sealing) throws IOException {
    PayloadFile file = Samples.file(Samples.content("text", 1000));
    return Payloads.around(FreeBits.of(model).tensors(), file, sealing, 1);
  }

  private static void flip(FreeBits bits, long at) {
    byte[] one = new byte[1];
    bits.read(at, one, 0, 1);
    one[0] ^= 0x40;
    bits.write(at, one, 0, 1);
  }

  private static void assertKind(ThrowingCallable call, Kind kind) {
    assertThatThrownBy(call)
        .isInstanceOf(PayloadException.class)
        .satisfies(e -> assertThat(((PayloadException) e).kind()).isEqualTo(kind));
  }

  @Test
  void eachRecipientOpensThePayloadAlone() throws Exception {
    KeyPair ann = new X25519KeyPairGenerator().generateKeyPair();
    KeyPair bob = new X25519KeyPairGenerator().generateKeyPair();
    KeyPair eve = new X25519KeyPairGenerator().generateKeyPair();
    AgeLock lock = AgeLock.recipients(List.of(publicKey(ann), publicKey(bob)));
    BitModel model = Samples.model(32, "top3", 30);
    FreeBits bits = filled(model, new Sealing(false, Optional.of(lock), false));

    for (KeyPair owner : List.of(ann, bob)) {
      AgeKey key = AgeKey.identities(List.of("# a comment", "", secretKey(owner)));
      assertThat(extracted(bits, key)).isEqualTo(Samples.content("text", 1000));
    }
    assertKind(() -> extracted(bits, AgeKey.identities(List.of(secretKey(eve)))), Kind.WRONG_KEY);
    assertThatThrownBy(() -> extracted(bits, AgeKey.passphrase("right")))
        .hasMessageContaining("another kind of key");
    assertThatThrownBy(
            () -> extracted(filled(model, LOCKED), AgeKey.identities(List.of(secretKey(ann)))))
        .hasMessageContaining("another kind of key");
  }

  private static String publicKey(KeyPair pair) {
    return new String(pair.getPublic().getEncoded(), StandardCharsets.US_ASCII);
  }

  private static String secretKey(KeyPair pair) {
    return new String(pair.getPrivate().getEncoded(), StandardCharsets.US_ASCII);
  }

  @Test
  void whatIsNoKeyIsRefusedWithoutShowingIt() {
    assertThatThrownBy(() -> AgeLock.recipients(List.of("age1nonsense")))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "recipient must be a public key age1..., got 'age1nonsense': letters are wrong or"
                + " missing, by its checksum");
    assertThatThrownBy(() -> AgeLock.passphrase("")).hasMessageContaining("must not be empty");
    assertThatThrownBy(() -> AgeKey.identities(List.of("# none")))
        .hasMessage("identities must have a line AGE-SECRET-KEY-1..., found none");
    assertThatThrownBy(() -> AgeKey.identities(List.of("", "AGE-SECRET-KEY-1SECRET")))
        .hasMessage(
            "identities must be lines AGE-SECRET-KEY-1..., line 2 is not one: letters are wrong or"
                + " missing, by its checksum");
  }

  @ParameterizedTest(name = "encrypted {0}")
  @ValueSource(booleans = {false, true})
  void whatWasExtractedRawIsOpenedLater(boolean encrypted) throws IOException {
    FreeBits bits = filled(Samples.model(32, "top3", 30), encrypted ? LOCKED : Sealing.NONE);
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Payloads.extractRaw(bits, raw);

    Extraction opened =
        Payloads.extractStored(
            new ByteArrayInputStream(raw.toByteArray()), AgeKey.passphrase("right"), out);

    assertThat(out.toByteArray()).isEqualTo(Samples.content("text", 1000));
    assertThat(opened.isEncrypted()).isEqualTo(encrypted);
  }

  @Test
  void everyTruncationOfAStoredAgeFileIsRefused() throws IOException {
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    Payloads.extractRaw(filled(Samples.model(32, "top3", 30), LOCKED), raw);
    byte[] whole = raw.toByteArray();
    for (int length = 0; length < whole.length; length += 7) {
      ByteArrayInputStream part = new ByteArrayInputStream(whole, 0, length);
      assertThatThrownBy(
              () ->
                  Payloads.extractStored(
                      part, AgeKey.passphrase("right"), new ByteArrayOutputStream()))
          .as("%d bytes", length)
          .isInstanceOf(PayloadException.class);
    }
  }

  @Test
  void filesThatCannotBeStoredAreRefused(@TempDir Path folder) throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.txt"));
    assertThatThrownBy(() -> PayloadFile.of(empty))
        .isInstanceOf(UsageException.class)
        .hasMessage("payload must have at least 1 byte, got an empty empty.txt");
    assertThatThrownBy(() -> PayloadFile.of(folder)).hasMessageContaining("regular file");
    assertThatThrownBy(() -> PayloadFile.of(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
    PayloadFile file = Samples.file(new byte[1]);
    assertThatThrownBy(() -> Payloads.embed(Samples.model(6, "all", 30), file, Sealing.NONE, 1))
        .hasMessageContaining("must have frozen bits");
  }

  @Test
  void aFileThatChangesWhileItIsEncryptedIsRefused() {
    AtomicInteger reads = new AtomicInteger();
    PayloadFile changing = new PayloadFile("log", 1, out -> out.write(reads.getAndIncrement()));
    assertThatThrownBy(() -> Payloads.embed(Samples.model(32, "top3", 30), changing, LOCKED, 1))
        .isInstanceOf(FailureException.class)
        .hasMessage("payload must not change while it is read, log did");
  }
}
