package org.bitloom.export;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bitloom.io.Json;
import org.bitloom.model.BitModel;

/** What an exported file says of its network, in the words of docs/format.md. */
final class ModelFacts {
  private ModelFacts() {}

  static Map<String, String> of(BitModel model) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("network", model.network());
    facts.put("inputShape", Json.print(model.inputShape()));
    facts.put("classes", String.valueOf(model.classes()));
    if (!model.classNames().isEmpty()) {
      facts.put("classNames", Json.print(model.classNames()));
    }
    facts.put("normalization", model.normalization().kind().label());
    facts.put("provenance", Json.print(model.provenance()));
    return facts;
  }
}
