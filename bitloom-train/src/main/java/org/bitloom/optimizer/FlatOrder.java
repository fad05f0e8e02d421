package org.bitloom.optimizer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.bits.BitLayout;
import org.bitloom.update.ParameterSpec;

/**
 * Where each parameter of a network lies in one flat tensor: bit-wise ones first, those of one
 * layout together, then floats; among equals in the order of the network.
 */
public final class FlatOrder {
  /**
   * A parameter in the flat tensor.
   *
   * @param begin its first element
   */
  public record Segment(ParameterSpec spec, int begin) {
    /** Returns the element behind its last. */
    public int end() {
      return begin + spec.size();
    }
  }

  /**
   * The bit-wise parameters of one layout, which lie side by side.
   *
   * @param begin first element
   * @param size number of weights
   */
  record Group(BitLayout layout, List<Segment> segments, int begin, int size) {}

  private final List<Segment> segments = new ArrayList<>();
  private final List<Group> groups = new ArrayList<>();
  private final Map<String, Segment> byName = new LinkedHashMap<>();
  private final int bits;
  private final int size;

  /** Orders the parameters of a network; together at most 2^31-1 weights. */
  FlatOrder(List<ParameterSpec> specs) {
    Map<BitLayout, List<ParameterSpec>> layouts = new LinkedHashMap<>();
    List<ParameterSpec> floats = new ArrayList<>();
    for (ParameterSpec spec : specs) {
      spec.layout()
          .map(layout -> layouts.computeIfAbsent(layout, key -> new ArrayList<>()))
          .orElse(floats)
          .add(spec);
    }
    int at = 0;
    for (Map.Entry<BitLayout, List<ParameterSpec>> layout : layouts.entrySet()) {
      int begin = at;
      at = lay(layout.getValue(), at);
      List<Segment> mine = segments.stream().filter(segment -> segment.begin() >= begin).toList();
      groups.add(new Group(layout.getKey(), mine, begin, at - begin));
    }
    bits = at;
    size = lay(floats, at);
    segments.forEach(segment -> byName.put(segment.spec().name(), segment));
  }

  private int lay(List<ParameterSpec> specs, int from) {
    int at = from;
    for (ParameterSpec spec : specs) {
      segments.add(new Segment(spec, at));
      at = Math.addExact(at, spec.size());
    }
    return at;
  }

  /** Returns all parameters in the order of the flat tensor. */
  public List<Segment> segments() {
    return List.copyOf(segments);
  }

  /** Returns where a parameter lies. */
  public Segment segment(String parameter) {
    Segment found = byName.get(parameter);
    if (found == null) {
      throw new IllegalArgumentException(
          "parameter must be one of " + byName.keySet() + ", got " + parameter);
    }
    return found;
  }

  List<Group> groups() {
    return groups;
  }

  /** Returns the number of bit-wise weights; they come first. */
  int bits() {
    return bits;
  }

  /** Returns the number of all weights. */
  public int size() {
    return size;
  }
}
