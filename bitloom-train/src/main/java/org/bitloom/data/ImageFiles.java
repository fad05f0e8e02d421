package org.bitloom.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitloom.images.DecodedFolder;
import org.bitloom.images.SingleImage;
import org.bitloom.images.choice.Preparation;

/**
 * Image files that belong to no data set, in the form that a network takes.
 *
 * @param images those that could be read, in order, all labelled 0; empty if there are none
 * @param problems why a file could not be read, one for each file; empty if it could
 */
public record ImageFiles(Optional<ImageSet> images, List<Optional<String>> problems) {
  public ImageFiles {
    problems = List.copyOf(problems);
  }

  /**
   * Reads files; one that is bad does not matter to the others.
   *
   * @param preparation of the images that the network was trained on
   * @param form that the network takes
   * @param classes that the network tells apart
   */
  public static ImageFiles read(
      List<Path> files, Preparation preparation, DecodedFolder.Form form, int classes) {
    List<Optional<String>> problems = new ArrayList<>();
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    int good = 0;
    for (Path file : files) {
      try {
        pixels.writeBytes(SingleImage.read(file, form, preparation));
        problems.add(Optional.empty());
        good++;
      } catch (IOException e) {
        problems.add(Optional.of(e.getMessage()));
      }
    }
    Optional<ImageSet> images =
        good == 0
            ? Optional.empty()
            : Optional.of(
                new ImageSet(
                    pixels.toByteArray(),
                    new byte[good],
                    form.channels(),
                    form.height(),
                    form.width(),
                    classes));
    return new ImageFiles(images, problems);
  }
}
