package org.bitloom.cli.payload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bitloom.cli.command.CommonOptions;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.Figures;
import org.bitloom.io.SalvagedBits;
import org.bitloom.model.BitTensor;
import org.bitloom.payload.FreeBits;
import org.bitloom.payload.PayloadException;
import org.bitloom.payload.PlaneScan;
import org.bitloom.seal.Payloads;
import org.bitloom.settings.RunFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows what an observer can see. */
@Command(
    name = "scan",
    sortOptions = false,
    description = "Show what anybody can see in the bits of a model: patterns, and a container.")
public final class ScanCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "MODEL",
      description = "Model file, even a damaged one, or the folder of its run.")
  private Path model;

  @Mixin private CommonOptions common;
  private final Console console;

  public ScanCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    SalvagedBits salvaged = SalvagedBits.read(RunFiles.modelOf(model));
    String container = container(FreeBits.of(salvaged.tensors()));
    ScanVerdict verdict = ScanVerdict.of(container, salvaged.tensors());
    if (common.json) {
      List<Object> planes = new ArrayList<>();
      for (BitTensor tensor : salvaged.tensors()) {
        PlaneScan.of(tensor).forEach(plane -> planes.add(object(tensor, plane)));
      }
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("container", container);
      object.put("modelDamaged", salvaged.damage().isPresent());
      object.put("planes", planes);
      object.put("verdict", verdict.text());
      console.json(object);
      return 0;
    }
    salvaged.damage().ifPresent(found -> console.line("model file is damaged (%s)", found));
    console.line("container  %s", container);
    for (BitTensor tensor : salvaged.tensors()) {
      print(tensor);
    }
    console.line("");
    console.line("chi2: how far the plane's bytes are from equal frequencies, in deviations");
    console.line("next: correlation with the next higher bit; ! beyond 4 deviations of noise");
    console.line("");
    verdict.lines().forEach(line -> console.line("%s", line));
    return 0;
  }

  /** Says what everybody finds: absent, plain, encrypted or damaged. */
  private static String container(FreeBits bits) throws IOException {
    try {
      return Payloads.prove(bits).isEncrypted() ? "encrypted" : "plain";
    } catch (PayloadException e) {
      return e.kind().name().toLowerCase(Locale.ROOT);
    }
  }

  private static Map<String, Object> object(BitTensor tensor, PlaneScan plane) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", tensor.name());
    object.put("bit", plane.bit());
    object.put("free", plane.free());
    object.put("ones", plane.statistics().ones());
    object.put("entropy", plane.statistics().entropyBits());
    object.put("chiSquare", Double.isNaN(plane.chiSquare()) ? null : plane.chiSquare());
    object.put("correlation", plane.correlation());
    object.put("noise", plane.looksLikeNoise());
    return object;
  }

  private void print(BitTensor tensor) {
    console.line("");
    console.line("%s: bit-planes, most significant first", tensor.name());
    console.line("  plane  state    ones      entropy  chi2      next");
    List<PlaneScan> planes = PlaneScan.of(tensor);
    for (int bit = planes.size() - 1; bit >= 0; bit--) {
      PlaneScan plane = planes.get(bit);
      console.line(
          "  %-5s  %-7s  %-8s  %.4f   %-8s  %+.4f%s",
          bit == tensor.layout().signBit() ? "sign" : String.valueOf(bit),
          plane.free() ? "free" : "trained",
          Figures.percent(plane.statistics().ones()),
          plane.statistics().entropyBits(),
          Double.isNaN(plane.chiSquare()) ? "-" : Figures.format("%+.1f", plane.chiSquare()),
          plane.correlation(),
          plane.looksLikeNoise() ? "" : " !");
    }
  }
}
