package org.bitloom.seal;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.framework.crypto.HeaderKeyProducerFactory;
import com.exceptionfactory.jagged.framework.crypto.MacKey;
import com.exceptionfactory.jagged.framework.crypto.MessageAuthenticationCodeProducerFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bitloom.payload.PayloadException;
import org.bitloom.payload.PayloadException.Kind;

/**
 * The header of an age file, read by every rule of the format before any key is tried.
 *
 * @param bytes all of it, line feed of the last line included
 * @param stanzas one for each recipient, at least one
 * @param mac what authenticates the rest with the key of the file
 * @see <a href="https://c2sp.org/age">the age format</a>
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record AgeHeader(byte[] bytes, List<AgeStanza> stanzas, byte[] mac) {
  /** What the first line of every version begins with. */
  static final String ANY_VERSION = "age-encryption.org/";

  /** As much as the library that decrypts the rest will look at; some 600 recipients. */
  static final int MAX_BYTES = 1 << 16;

  private static final String VERSION = ANY_VERSION + "v1";
  private static final String STANZA = "-> ";
  private static final String END = "--- ";
  private static final int LINE = 64;
  private static final int MAC_LETTERS = 43;
  private static final int SHOWN = 40;

  /**
   * Reads a header and stops behind it.
   *
   * @throws PayloadException if it breaks a rule
   */
  static AgeHeader read(InputStream in) throws IOException {
    return new Reader(in).read();
  }

  /** Returns a word of the file for a message, not too long. */
  static String shown(String word) {
    return word.length() <= SHOWN ? word : word.substring(0, SHOWN) + "...";
  }

  /** Returns the stanza that a passphrase opens. */
  Optional<AgeStanza> scrypt() {
    return stanzas.stream().filter(stanza -> stanza.is(AgeStanza.SCRYPT)).findFirst();
  }

  /** Returns the stanzas that secret keys may open. */
  List<AgeStanza> x25519() {
    return stanzas.stream().filter(stanza -> stanza.is(AgeStanza.X25519)).toList();
  }

  /** Tells for whom the file is encrypted: a passphrase, or how many recipients of each kind. */
  String recipients() {
    if (scrypt().isPresent()) {
      return "a passphrase";
    }
    Map<String, Integer> kinds = new LinkedHashMap<>();
    stanzas.stream()
        .filter(stanza -> !stanza.isGrease())
        .forEach(stanza -> kinds.merge(shown(stanza.type()), 1, Integer::sum));
    String list =
        kinds.entrySet().stream()
            .limit(5)
            .map(kind -> kind.getValue() + " x " + kind.getKey())
            .collect(Collectors.joining(", "));
    return list.isEmpty() ? "nobody" : "recipients of the kind " + list;
  }

  /** Says whether nothing of the header was changed by somebody without the key of the file. */
  boolean isAuthentic(FileKey fileKey) throws GeneralSecurityException {
    MacKey key = HeaderKeyProducerFactory.newHeaderKeyProducer().getHeaderKey(fileKey);
    int covered = bytes.length - MAC_LETTERS - 2; // behind the dashes: a space and a line feed
    byte[] expected =
        MessageAuthenticationCodeProducerFactory.newMessageAuthenticationCodeProducer(key)
            .getMessageAuthenticationCode(ByteBuffer.wrap(bytes, 0, covered).slice());
    return MessageDigest.isEqual(expected, mac);
  }

  /** Keeps every byte that was read, for the MAC and for the place of an error. */
  private static final class Reader {
    private final InputStream in;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int lineBegin;

    Reader(InputStream in) {
      this.in = in;
    }

    AgeHeader read() throws IOException {
      version(line());
      List<AgeStanza> stanzas = new ArrayList<>();
      String line = line();
      while (line.startsWith(STANZA)) {
        stanzas.add(stanza(line.substring(STANZA.length())));
        line = line();
      }
      if (stanzas.isEmpty() || !line.startsWith(END)) {
        throw refused(
            "line must begin with '-> ' or, behind the last stanza, with '--- '", quoted(line));
      }
      Optional<byte[]> mac =
          Optional.of(line.substring(END.length()))
              .filter(text -> text.length() == MAC_LETTERS)
              .flatMap(AgeStanza::decoded);
      if (mac.isEmpty()) {
        throw refused("MAC must be 43 letters of canonical base64", quoted(line));
      }
      checkCompany(stanzas);
      return new AgeHeader(bytes.toByteArray(), List.copyOf(stanzas), mac.get());
    }

    private void version(String line) throws PayloadException {
      if (line.equals(VERSION)) {
        return;
      }
      if (line.equals(VERSION + '\r')) {
        throw new PayloadException(
            Kind.DAMAGED,
            "age header must have line feeds alone, found a carriage return before one",
            "copy the file again as binary, not as text");
      }
      if (line.startsWith(ANY_VERSION)) {
        throw new PayloadException(
            Kind.DAMAGED,
            "age file must be of version v1, found " + quoted(line.substring(ANY_VERSION.length())),
            "decrypt it with a newer age program");
      }
      throw refused("first line must be " + VERSION, quoted(line));
    }

    private AgeStanza stanza(String words) throws IOException {
      String[] parts = words.split(" ", -1);
      for (String part : parts) {
        if (part.isEmpty() || !part.chars().allMatch(c -> c > ' ' && c <= '~')) {
          throw refused(
              "stanza must be words of visible ASCII with one space between", quoted(words));
        }
      }
      int begin = lineBegin;
      AgeStanza stanza = new AgeStanza(parts[0], List.of(parts).subList(1, parts.length), body());
      Optional<String> broken = stanza.brokenRule();
      if (broken.isPresent()) {
        throw damaged(begin, "stanza " + stanza.type() + " " + broken.get());
      }
      return stanza;
    }

    private byte[] body() throws IOException {
      StringBuilder letters = new StringBuilder();
      String line;
      do {
        line = line();
        if (line.length() > LINE) {
          throw refused("lines of a body must be at most 64 letters long", line.length() + "");
        }
        letters.append(line);
      } while (line.length() == LINE);
      Optional<byte[]> body = AgeStanza.decoded(letters.toString());
      if (body.isEmpty()) {
        throw refused(
            "body must be canonical base64 without padding that ends in a line shorter than 64",
            quoted(line));
      }
      return body.get();
    }

    /** A passphrase vouches for the sender only if nobody else could have been let in. */
    private static void checkCompany(List<AgeStanza> stanzas) throws PayloadException {
      long scrypt = stanzas.stream().filter(stanza -> stanza.is(AgeStanza.SCRYPT)).count();
      if (scrypt > 0 && stanzas.size() > 1) {
        throw damaged(
            0, "stanza scrypt must be the only one, found " + stanzas.size() + " stanzas");
      }
    }

    /** Reads up to the next line feed, which is not returned. */
    private String line() throws IOException {
      lineBegin = bytes.size();
      StringBuilder line = new StringBuilder();
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0) {
          throw damaged(bytes.size(), "header must be whole, found the end of the file");
        }
        bytes.write(next);
        line.append((char) next);
        if (bytes.size() >= MAX_BYTES) {
          throw damaged(bytes.size(), "header must be at most " + MAX_BYTES + " bytes, found more");
        }
      }
      bytes.write('\n');
      return line.toString();
    }

    private static String quoted(String line) {
      return "'" + shown(line.replaceAll("[^ -~]", "?")) + "'";
    }

    private PayloadException refused(String expected, String found) {
      return damaged(lineBegin, expected + ", found " + found);
    }

    private static PayloadException damaged(int at, String sentence) {
      return new PayloadException(
          Kind.DAMAGED,
          "age header, byte " + at + ": " + sentence,
          "use an undamaged copy of the encrypted file");
    }
  }
}
