package org.bitloom.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bitloom.cli.command.CommonOptions;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.Figures;
import org.bitloom.cli.command.Library;
import org.bitloom.session.engine.EngineFacts;
import org.bitloom.session.engine.EngineFacts.EngineDevice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells what computes: the engine, its native library, its devices. */
@Command(
    name = "engine",
    description = "Show the engine, its devices, and what to do to get a GPU.")
final class EngineCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;
  private final Console console;
  private final Library library;

  EngineCommand(Console console, Library library) {
    this.console = console;
    this.library = library;
  }

  @Override
  public Integer call() {
    EngineFacts facts = library.engine();
    if (common.json) {
      console.json(json(facts));
    } else {
      print(facts);
    }
    return 0;
  }

  private static Map<String, Object> json(EngineFacts facts) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("engine", facts.name());
    object.put("version", facts.version());
    object.put("djl", facts.djl());
    object.put("library", facts.library().toString());
    List<Map<String, Object>> devices = new ArrayList<>();
    facts.devices().forEach(device -> devices.add(json(device)));
    object.put("devices", devices);
    object.put("cuda", facts.cuda().version().orElse(null));
    object.put("problem", orNull(facts.cuda().problem()));
    object.put("advice", orNull(facts.cuda().advice()));
    return object;
  }

  private static Map<String, Object> json(EngineDevice device) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("device", device.id());
    object.put("name", device.name().orElse(null));
    boolean isKnown = device.memoryBytes().isPresent();
    object.put("memoryBytes", isKnown ? device.memoryBytes().getAsLong() : null);
    object.put("computeCapability", orNull(device.computeCapability()));
    return object;
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private void print(EngineFacts facts) {
    console.line("engine   %s %s, DJL %s", facts.name(), facts.version(), facts.djl());
    console.line("library  %s", facts.library());
    for (EngineDevice device : facts.devices()) {
      console.line("device   %s", words(device));
    }
    console.line("CUDA     %s", facts.cuda().version().orElse("none: " + facts.cuda().problem()));
    if (!facts.cuda().advice().isEmpty()) {
      console.line("next     %s", facts.cuda().advice());
    }
  }

  private static String words(EngineDevice device) {
    StringBuilder words = new StringBuilder(device.id());
    device.name().ifPresent(name -> words.append("  ").append(name));
    device.memoryBytes().ifPresent(bytes -> words.append("  ").append(Figures.bytes(bytes)));
    if (!device.computeCapability().isEmpty()) {
      words.append("  compute capability ").append(device.computeCapability());
    }
    return words.toString();
  }
}
