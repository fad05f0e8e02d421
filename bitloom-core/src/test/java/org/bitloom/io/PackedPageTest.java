package org.bitloom.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bitloom.model.BitModel;
import org.bitloom.model.ModelTensor;
import org.bitloom.testkit.PythonReader;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks docs/packed.md: its example is what is written, and its Python reader works. */
class PackedPageTest {
  @TempDir private Path folder;

  @Test
  void theExampleOnThePageIsWhatIsWritten() throws IOException {
    Path page = folder.resolve("page.packed");
    Files.write(page, HexDump.bytes(PythonReader.block("packed.md", "packed")));
    Path written = folder.resolve("written.packed");

    BitModel model = PackedFile.write(written, Models.tiny(), true).model();

    assertThat(ModelFile.read(page)).isEqualTo(model).isEqualTo(Models.tiny());
    assertThat(PythonReader.block("packed.md", "packed"))
        .isEqualTo(HexDump.of(Files.readAllBytes(written)));
  }

  @Test
  void thePythonReaderFindsWhatIsInEveryKindOfNetwork() throws Exception {
    requirePython();
    SplittableRandom random = Seeds.random();
    List<ModelTensor> own = new ArrayList<>();
    for (int depth : new int[] {1, 2, 3, 9, 16, 17, 31, 32}) {
      own.add(Models.bits(random, "w" + depth, depth, List.of(5, 7)));
    }
    own.add(Models.bits(random, "v", 3, List.of(40)));
    own.add(Models.floats(random, "a.bias", List.of()));
    own.add(Models.floats(random, "b.bias", List.of(2, 2)));
    StringBuilder program = new StringBuilder("import packed, reader, numpy as np\n");
    List<BitModel> models =
        List.of(FormatPageTest.ofEveryKind(), Models.model(random, 30, 4, own), Models.tiny());
    for (int i = 0; i < models.size(); i++) {
      for (boolean zeroSigns : new boolean[] {true, false}) {
        Path packed = folder.resolve(i + "-" + zeroSigns);
        Path plain = folder.resolve(i + "-" + zeroSigns + ".safetensors");
        ModelFile.write(plain, PackedFile.write(packed, models.get(i), zeroSigns).model());
        program.append("both('%s', '%s')\n".formatted(packed, plain));
      }
    }
    String both =
        """
        def both(packed_file, plain_file):
            facts, found = packed.read_packed(packed_file)
            _, wanted = reader.read_model(plain_file)
            assert sorted(found) == sorted(wanted), (sorted(found), sorted(wanted))
            for name, array in wanted.items():
                same = (found[name].shape, found[name].astype(array.dtype).tobytes()) == (
                    array.shape, array.tobytes())
                print(name if not same else "", end="")
            if "graph" in facts:
                network = reader.Network(facts, found)
                network.scores(np.zeros([1] + packed.json.loads(facts["inputShape"])))
        """;
    program.insert(program.indexOf("\n") + 1, both);

    assertThat(PythonReader.run(program.toString(), folder)).isEmpty();
  }

  @Test
  void thePythonReaderRefusesADamagedFile() throws Exception {
    requirePython();
    Path path = folder.resolve("damaged.packed");
    PackedFile.write(path, Models.tiny(), true);
    byte[] bytes = Files.readAllBytes(path);
    bytes[20] ^= 1;
    Files.write(path, bytes);
    String program = "import packed; packed.read_packed('%s')".formatted(path);

    assertThat(PythonReader.run(program, folder)).contains("or damaged");
  }

  private void requirePython() throws InterruptedException {
    PythonReader.problem(folder)
        .ifPresent(
            reason -> {
              if ("true".equals(System.getenv("CI"))) {
                Assertions.fail(reason);
              }
              Assumptions.abort(reason);
            });
  }
}
