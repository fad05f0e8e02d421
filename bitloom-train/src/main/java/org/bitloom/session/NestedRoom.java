package org.bitloom.session;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bitloom.bits.BitLayout;
import org.bitloom.error.UsageException;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.ModelTensor;
import org.bitloom.model.Nesting;
import org.bitloom.update.ParameterSpec;

/**
 * Checks that a network has room for another in the low bits of its weights.
 *
 * @param path of the network to nest, as the user gave it; for messages
 */
record NestedRoom(String path) {
  private static final String OTHER = "nest one of the same --net, trained on data of that shape";

  /**
   * Checks that the network of a session has room for the nested one.
   *
   * @throws UsageException if a parameter differs in shape, or does not freeze enough low bits
   */
  void check(BitModel inner, Session session) {
    Map<String, BitLayout> layouts = new HashMap<>();
    for (ParameterSpec spec : session.state().parameters()) {
      spec.layout().ifPresent(layout -> layouts.put(spec.name(), layout));
    }
    Map<String, ModelTensor> tensors = new HashMap<>();
    for (ModelTensor tensor : inner.tensors()) {
      if (session.script().filter(own -> own.isBuffer(tensor.name())).isEmpty()) {
        tensors.put(tensor.name(), tensor);
      }
    }
    checkNames(tensors.keySet(), session.parameters().keySet());
    session
        .parameters()
        .forEach(
            (name, parameter) -> {
              checkShape(tensors.get(name), ModelTransfer.shape(parameter));
              if (tensors.get(name) instanceof BitTensor bits) {
                checkRoom(bits, layouts.get(name));
              }
            });
  }

  private void checkNames(Collection<String> nested, Collection<String> own) {
    for (String name : own) {
      if (!nested.contains(name)) {
        throw new UsageException(
            "the network to nest must have a parameter " + name + ", " + path + " has none", OTHER);
      }
    }
    for (String name : nested) {
      if (!own.contains(name)) {
        throw new UsageException(
            "the network has no parameter " + name + ", the one to nest, " + path + ", has one",
            OTHER);
      }
    }
  }

  private void checkShape(ModelTensor nested, List<Integer> own) {
    if (!nested.shape().equals(own)) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "parameter %s of the network to nest must have shape %s, %s has %s",
              nested.name(),
              own,
              path,
              nested.shape()),
          OTHER);
    }
  }

  private void checkRoom(BitTensor nested, BitLayout own) {
    int depth = nested.layout().depth();
    if (own == null) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "parameter %s must be bit-wise to carry the %d bits of %s, it is trained as floats",
              nested.name(),
              depth,
              path),
          "leave out the --layer rule, or nest a network with the same one");
    }
    int room = Nesting.room(own);
    if (depth > room) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "the mask of %s must freeze the %d lowest bits to nest %s, %s freezes %d",
              nested.name(),
              depth,
              path,
              own.mask(),
              room),
          "raise --bits, or train fewer of the top bits with --mask");
    }
  }
}
