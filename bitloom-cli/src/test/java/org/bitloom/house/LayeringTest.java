package org.bitloom.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Keeps the rooms of the house apart, over the classes of all modules but the benchmarks. */
class LayeringTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.bitloom");

  static final List<ArchRule> RULES =
      List.of(
          classes()
              .that(Arrows.ours())
              .should(Arrows.importOnlyAlongTheArrows())
              .because("an arrow in the wrong direction ties two rooms together for ever"),
          slices()
              .matching("org.bitloom.(**)")
              .should()
              .beFreeOfCycles()
              .because("two packages that import each other are one: move the shared type down"),
          onlyIn(
              Set.of("program", "optimizer", "script", "network", "session"),
              "ai.djl..",
              "the engine may be replaced one day: pass plain arrays"),
          onlyIn(
              Set.of("simd"),
              "jdk.incubator..",
              "an incubating interface may change: write a kernel and its scalar twin"),
          onlyIn(
              Set.of("download", "script"),
              "org.apache.commons.compress..",
              "archives are opened in two places: pass what lies in them"),
          onlyIn(
              Set.of("plot"),
              "org.jfree..",
              "a plotting library is awkward to replace: pass results to SweepPictures"),
          onlyIn(
              Set.of("spark"),
              "org.apache.spark..",
              "only a sweep with --master may need Spark: go through ClusterEngine"),
          onlyIn(Set.of("cli"), "picocli..", "only the command parses and prints: take a record"),
          outside(Set.of("cli"))
              .should(ACCESS_STANDARD_STREAMS)
              .because("a library does not print: return the value or report it to Progress"),
          outside(Set.of("cli"))
              .should()
              .callMethod(System.class, "exit", int.class)
              .because(
                  "only the command ends the process: throw UsageException or FailureException"),
          noClasses()
              .should()
              .haveNameMatching(".*(Utils?|Helpers?|Managers?|Impl)(\\$.*)?")
              .because("such a name says nothing: name the class after its concept"),
          noClasses()
              .should()
              .resideInAnyPackage("..util..", "..common..", "..helper..", "..manager..", "..impl..")
              .because("such a package collects everything: name it after its concept"));

  @ParameterizedTest
  @FieldSource("RULES")
  void theHouseKeepsTheRule(ArchRule rule) {
    rule.check(HOUSE);
  }

  @ParameterizedTest
  @FieldSource("RULES")
  void aRuleWithNothingToCheckFails(ArchRule rule) {
    JavaClasses nothing = new ClassFileImporter().importClasses();
    assertThatThrownBy(() -> rule.check(nothing)).isInstanceOf(AssertionError.class);
  }

  @Test
  void everyPackageWithSourcesIsChecked() {
    Set<String> checked =
        HOUSE.stream()
            .map(JavaClass::getPackageName)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> written = new TreeSet<>();
    for (SourceFile source : SourceFile.allOf("main")) {
      if (!source.module().equals("bitloom-benchmarks") && !source.isPackageInfo()) {
        written.add(source.packageName());
      }
    }
    assertThat(checked)
        .as("packages on the class path of bitloom-cli; add the module to its pom.xml")
        .isNotEmpty()
        .containsAll(written);
  }

  @Test
  void aClassInAPackageOutsideTheTableIsReported() {
    JavaClasses tests = new ClassFileImporter().importClasses(LayeringTest.class);
    assertThatThrownBy(() -> RULES.get(0).check(tests))
        .hasMessageContaining("lies in the unknown package 'house'; choose one of [bits, cli,");
  }

  private static GivenClassesConjunction outside(Set<String> rooms) {
    return noClasses().that().resideOutsideOfPackages(packages(rooms));
  }

  private static ArchRule onlyIn(Set<String> rooms, String foreign, String advice) {
    return outside(rooms).should().dependOnClassesThat().resideInAPackage(foreign).because(advice);
  }

  private static String[] packages(Set<String> rooms) {
    return rooms.stream().sorted().map(room -> Arrows.ROOT + room + "..").toArray(String[]::new);
  }
}
