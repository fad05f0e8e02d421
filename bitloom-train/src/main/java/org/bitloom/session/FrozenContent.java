package org.bitloom.session;

import java.io.IOException;
import java.util.Optional;
import org.bitloom.error.UsageException;
import org.bitloom.model.BitModel;
import org.bitloom.model.Nesting;
import org.bitloom.optimizer.BitwiseOptimizer;
import org.bitloom.payload.PayloadBits;
import org.bitloom.settings.Payload;
import org.bitloom.settings.RunSettings;

/** What a run carries in its frozen bits in place of noise: a network, a payload, or nothing. */
public final class FrozenContent {
  private final RunSettings settings;
  private final Optional<BitModel> nested;
  private final Optional<PayloadBits> payload;
  private final Optional<PayloadBits.Source> source;

  private FrozenContent(
      RunSettings settings, Optional<BitModel> nested, Optional<PayloadBits> payload) {
    this.settings = settings;
    this.nested = nested;
    this.payload = payload;
    this.source = payload.map(PayloadBits::source);
  }

  /**
   * Takes on the frozen content of a new run.
   *
   * @param payload bits of the payload that the settings speak of
   * @throws IOException if the network to nest cannot be read
   */
  public static FrozenContent given(RunSettings settings, Optional<PayloadBits> payload)
      throws IOException {
    Optional<BitModel> nested =
        settings.nested().isEmpty()
            ? Optional.empty()
            : Optional.of(settings.nested().get().read(settings.nested().get().file()));
    return new FrozenContent(settings, nested, checked(settings, payload));
  }

  /**
   * Takes on the frozen content of a run that goes on.
   *
   * @param nested network that the settings speak of
   * @param payload bits of the payload that the settings speak of
   * @throws UsageException if it is another payload
   */
  public static FrozenContent of(
      RunSettings settings, Optional<BitModel> nested, Optional<PayloadBits> payload) {
    return new FrozenContent(settings, nested, checked(settings, payload));
  }

  private static Optional<PayloadBits> checked(
      RunSettings settings, Optional<PayloadBits> payload) {
    Optional<String> found = payload.map(PayloadBits::sha256);
    Optional<String> expected = settings.payload().map(Payload::sha256);
    if (!found.equals(expected)) {
      throw new UsageException(
          "the free bits of the payload must have SHA-256 "
              + expected.orElse("(no payload)")
              + ", got "
              + found.orElse("no payload"),
          "restore the folder of the run or start a new run");
    }
    return payload;
  }

  /** Puts the content in the place of noise. */
  void load(BitwiseOptimizer.Builder optimizer) {
    nested.map(Nesting::source).ifPresent(optimizer::frozen);
    source.ifPresent(optimizer::frozen);
  }

  /**
   * Checks that the network of a session had room for it.
   *
   * @throws UsageException if it has not
   */
  void checkRoom(Session session) {
    nested.ifPresent(
        inner -> new NestedRoom(settings.nested().orElseThrow().path()).check(inner, session));
    source.ifPresent(PayloadBits.Source::requireFit);
  }

  /** Returns the payload. */
  public Optional<PayloadBits> payload() {
    return payload;
  }

  /** Returns the model of the run with the network it carries. */
  public BitModel around(BitModel trained) {
    return nested.map(trained::around).orElse(trained);
  }
}
