package org.bitloom.house;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The import arrows of docs/architecture.md as a table: what each package may import.
 *
 * <p>Packages are named by the part after {@code org.bitloom.}; a package may always import itself
 * and the packages below it.
 */
final class Arrows {
  static final String ROOT = "org.bitloom.";

  private static final Set<String> CORE = Set.of("error", "graph", "bits", "update", "model", "io");
  private static final Set<String> NETWORK = with(CORE, "program", "optimizer", "data", "script");
  private static final Set<String> SETTINGS = with(CORE, "data", "images");
  private static final Set<String> SESSION =
      with(NETWORK, "network", "settings", "payload", "download", "infer", "images");
  private static final Set<String> RUN =
      with(
          CORE,
          "optimizer",
          "data",
          "script",
          "network",
          "settings",
          "session",
          "payload",
          "download",
          "images");
  private static final Set<String> WORKER = with(RUN, "run");
  private static final Set<String> SWEEP = with(WORKER, "worker", "statistics");
  private static final Set<String> SPARK = with(SWEEP, "sweep");
  private static final Set<String> REPORT = with(SPARK, "plot", "infer");
  private static final Set<String> REPRODUCE = with(SPARK, "seal", "plot");
  private static final Set<String> CLI =
      with(REPORT, "optimizer", "seal", "export", "report", "watch", "reproduce");

  private static final Map<String, Set<String>> OURS =
      Map.ofEntries(
          Map.entry("testkit", Set.of()),
          Map.entry("error", Set.of()),
          Map.entry("graph", Set.of("error")),
          Map.entry("statistics", Set.of()),
          Map.entry("bits", Set.of("error")),
          Map.entry("update", Set.of("error", "bits")),
          Map.entry("model", Set.of("error", "graph", "bits", "update")),
          Map.entry("entropy", Set.of()),
          Map.entry("io", Set.of("error", "graph", "bits", "update", "model", "entropy")),
          Map.entry("payload", CORE),
          Map.entry("seal", Set.of("error", "graph", "bits", "update", "model", "io", "payload")),
          Map.entry("infer", Set.of("error", "graph", "bits", "update", "model", "io")),
          Map.entry("export", CORE),
          Map.entry("simd", with(CORE, "infer")),
          Map.entry("plot", with(CORE, "statistics")),
          Map.entry("images", Set.of("error", "bits", "io")),
          Map.entry("download", Set.of("error", "io")),
          Map.entry("data", Set.of("error", "io", "images", "download")),
          Map.entry(
              "script",
              Set.of("error", "graph", "bits", "update", "model", "io", "optimizer", "data")),
          Map.entry("program", Set.of()),
          Map.entry("optimizer", with(CORE, "program")),
          Map.entry("network", NETWORK),
          Map.entry("settings", SETTINGS),
          Map.entry("session", SESSION),
          Map.entry("run", RUN),
          Map.entry("worker", WORKER),
          Map.entry("sweep", SWEEP),
          Map.entry("spark", SPARK),
          Map.entry("report", REPORT),
          Map.entry("watch", with(REPORT, "report")),
          Map.entry("reproduce", REPRODUCE),
          Map.entry("cli", CLI));

  private static final Map<String, Set<String>> FOREIGN =
      Map.ofEntries(
          Map.entry("testkit", Set.of("com.sun.management.")),
          Map.entry("simd", Set.of("jdk.incubator.vector.", "com.sun.management.")),
          Map.entry(
              "seal",
              Set.of(
                  "com.github.luben.zstd.",
                  "com.exceptionfactory.jagged.",
                  "org.bouncycastle.",
                  "com.google.zxing.")),
          Map.entry("export", Set.of("ai.onnx.proto.", "com.google.protobuf.")),
          Map.entry("program", Set.of("ai.djl.")),
          Map.entry("optimizer", Set.of("ai.djl.")),
          Map.entry("images", Set.of("com.twelvemonkeys.imageio.plugins.webp.")),
          Map.entry("download", Set.of("org.apache.commons.compress.")),
          Map.entry("script", Set.of("ai.djl.", "org.apache.commons.compress.")),
          Map.entry("network", Set.of("ai.djl.")),
          Map.entry("session", Set.of("ai.djl.")),
          Map.entry("sweep", Set.of("org.apache.commons.statistics.")),
          Map.entry("reproduce", Set.of("org.apache.commons.statistics.")),
          Map.entry("plot", Set.of("org.jfree.", "org.apache.batik.", "org.w3c.dom.")),
          Map.entry("spark", Set.of("org.apache.spark.", "scala.")),
          Map.entry("watch", Set.of("com.sun.net.httpserver.")),
          Map.entry("cli", Set.of("picocli.")));

  private Arrows() {}

  private static Set<String> with(Set<String> below, String... more) {
    Set<String> all = new TreeSet<>(below);
    all.addAll(List.of(more));
    return all;
  }

  /** Returns the packages of the table. */
  static Set<String> rooms() {
    return OURS.keySet();
  }

  /** Returns what a package may import of ours; nothing if it is not in the table. */
  static Set<String> of(String room) {
    return OURS.getOrDefault(room, Set.of());
  }

  /** Returns the first part of the package name below the root: {@code bits}. */
  static String roomOf(JavaClass type) {
    String inside = type.getPackageName().substring(ROOT.length() - 1);
    return inside.isEmpty() ? "" : inside.substring(1).split("\\.", 2)[0];
  }

  /** Selects our own classes, those the arrows speak of. */
  static DescribedPredicate<JavaClass> ours() {
    return DescribedPredicate.describe(
        "belong to bitloom", type -> (type.getPackageName() + ".").startsWith(ROOT));
  }

  /** Requires that a class imports only what the tables allow its package. */
  static ArchCondition<JavaClass> importOnlyAlongTheArrows() {
    return new ArchCondition<>("import only along the arrows of docs/architecture.md") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        String room = roomOf(type);
        if (!OURS.containsKey(room)) {
          report(
              type, "lies in the unknown package '" + room + "'; choose one of " + known(), events);
          return;
        }
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
          JavaClass target = dependency.getTargetClass().getBaseComponentType();
          if (!target.isPrimitive() && !allowed(room, target)) {
            report(type, advice(room, target, dependency), events);
          }
        }
      }
    };
  }

  private static boolean allowed(String room, JavaClass target) {
    if (ours().test(target)) {
      String other = roomOf(target);
      return other.equals(room) || OURS.get(room).contains(other);
    }
    String name = target.getName();
    return name.startsWith("java.")
        || name.startsWith("javax.")
        || FOREIGN.getOrDefault(room, Set.of()).stream().anyMatch(name::startsWith);
  }

  private static String advice(String room, JavaClass target, Dependency dependency) {
    return "imports "
        + target.getName()
        + ", but org.bitloom."
        + room
        + " may import only the JDK"
        + (OURS.get(room).isEmpty() ? "" : ", " + new TreeSet<>(OURS.get(room)))
        + (FOREIGN.containsKey(room) ? ", " + FOREIGN.get(room) : "")
        + "; move the code to the package that owns the concept, or pass a value of core or the JDK"
        + " ("
        + dependency.getDescription()
        + ")";
  }

  private static Set<String> known() {
    return new TreeSet<>(OURS.keySet());
  }

  private static void report(JavaClass type, String text, ConditionEvents events) {
    events.add(SimpleConditionEvent.violated(type, type.getName() + " " + text));
  }
}
