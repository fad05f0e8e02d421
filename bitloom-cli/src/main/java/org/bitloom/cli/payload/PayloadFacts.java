package org.bitloom.cli.payload;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bitloom.cli.command.Console;
import org.bitloom.payload.ContainerHeader;
import org.bitloom.seal.CarrierFile;
import org.bitloom.seal.Extraction;

/** Shows what is known of a payload; what only its key would tell is null. */
record PayloadFacts(Extraction found) {
  /** Returns the object of {@code --json}. */
  Map<String, Object> object() {
    ContainerHeader inner = found.inner();
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", inner == null ? null : inner.name());
    object.put("bytes", inner == null ? null : inner.contentBytes());
    object.put("sha256", inner == null ? null : inner.sha256());
    object.put("encrypted", found.isEncrypted());
    object.put("compressed", inner == null ? null : found.isCompressed());
    object.put("ecc", found.hasParity());
    object.put("repairedBytes", found.repairedBytes());
    return object;
  }

  /** Prints lines for people. */
  void print(Console console) {
    ContainerHeader inner = found.inner();
    console.line("name        %s", inner == null ? "hidden, needs the key" : inner.name());
    console.line("bytes       %s", inner == null ? "hidden" : inner.contentBytes());
    console.line("sha256      %s", inner == null ? "hidden" : inner.sha256());
    console.line("encrypted   %s", yes(found.isEncrypted()));
    console.line("compressed  %s", inner == null ? "hidden" : yes(found.isCompressed()));
    console.line("ecc         %s", yes(found.hasParity()));
    if (found.repairedBytes() > 0) {
      console.line("repaired    %d bytes", found.repairedBytes());
    }
  }

  /** Warns that the model file is damaged though its payload is not. */
  static void warn(Console console, CarrierFile carrier) {
    carrier
        .damage()
        .ifPresent(
            damage ->
                console
                    .err()
                    .println(
                        "bitloom: model file is damaged ("
                            + damage
                            + "); the payload is whole, its own checksums prove it"));
  }

  private static String yes(boolean holds) {
    return holds ? "yes" : "no";
  }
}
