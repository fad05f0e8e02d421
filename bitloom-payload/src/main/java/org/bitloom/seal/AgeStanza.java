package org.bitloom.seal;

import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.framework.codec.CanonicalBase64;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * One stanza of an age header: the key of the file, wrapped for one recipient.
 *
 * @param type first word of its first line
 * @param arguments the other words
 * @param body what follows, decoded
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record AgeStanza(String type, List<String> arguments, byte[] body) implements RecipientStanza {
  static final String SCRYPT = "scrypt";
  static final String X25519 = "X25519";

  private static final int WRAPPED_KEY_BYTES = 32;
  private static final int SHARE_BYTES = 32;
  private static final int SALT_BYTES = 16;

  /** Ends the types that the age program adds at random to keep readers tolerant. */
  private static final String GREASE = "-grease";

  AgeStanza {
    arguments = List.copyOf(arguments);
    body = body.clone();
  }

  @Override
  public String getType() {
    return type;
  }

  @Override
  public List<String> getArguments() {
    return arguments;
  }

  @Override
  public byte[] getBody() {
    return body.clone();
  }

  boolean is(String wanted) {
    return type.equals(wanted);
  }

  /** Says whether it stands for nobody. */
  boolean isGrease() {
    return type.endsWith(GREASE);
  }

  /**
   * Says which rule of the age format a stanza of a known type breaks, as what must hold and what
   * was found; other types have no rules.
   */
  Optional<String> brokenRule() {
    return switch (type) {
      case SCRYPT -> first(scryptArguments(), wrappedKey());
      case X25519 -> first(x25519Arguments(), wrappedKey());
      default -> Optional.empty();
    };
  }

  private static Optional<String> first(Optional<String> one, Optional<String> other) {
    return one.isPresent() ? one : other;
  }

  private Optional<String> scryptArguments() {
    if (arguments.size() != 2) {
      return Optional.of("must have a salt and a work factor, found " + count(arguments));
    }
    if (decoded(arguments.get(0)).filter(salt -> salt.length == SALT_BYTES).isEmpty()) {
      return Optional.of("must have a salt of 16 bytes in canonical base64, found another");
    }
    if (!arguments.get(1).matches("[1-9][0-9]*")) {
      return Optional.of(
          "must have a work factor of digits without a leading zero, found "
              + AgeHeader.shown(arguments.get(1)));
    }
    return Optional.empty();
  }

  private Optional<String> x25519Arguments() {
    if (arguments.size() != 1) {
      return Optional.of("must have an ephemeral share, found " + count(arguments));
    }
    Optional<byte[]> share = decoded(arguments.get(0)).filter(bytes -> bytes.length == SHARE_BYTES);
    if (share.isEmpty()) {
      return Optional.of("must have a share of 32 bytes in canonical base64, found another");
    }
    return LowOrderPoint.is(share.get())
        ? Optional.of("must have a share that hides a secret, found a point of low order")
        : Optional.empty();
  }

  /** A longer body would let the sender try many keys at once. */
  private Optional<String> wrappedKey() {
    return body.length == WRAPPED_KEY_BYTES
        ? Optional.empty()
        : Optional.of("must have a body of 32 bytes, found " + body.length);
  }

  private static String count(List<String> arguments) {
    return arguments.size() == 1 ? "1 argument" : arguments.size() + " arguments";
  }

  /** Decodes base64 that has no padding and no other spelling. */
  static Optional<byte[]> decoded(String text) {
    try {
      byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
      return Optional.of(CanonicalBase64.getDecoder().decode(ascii));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
