package org.bitloom.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.bitloom.images.choice.Preparation;

/**
 * Reads one image on its own, in the way of an {@link ImageFolder}, for a network that is there.
 */
public final class SingleImage {
  private static final int SIXTEEN = 16;

  private SingleImage() {}

  /**
   * Reads a file into the form that a network takes. A grey image serves all channels, as in a
   * folder that holds colours too; an image that may have colours is grey if none of its pixels has
   * one.
   *
   * @param preparation of the images that the network was trained on
   * @return unsigned bytes {@code [channels, height, width]}
   * @throws IOException if it cannot be read, is damaged, or has another form; the message says why
   *     in a few words and does not name the file
   */
  public static byte[] read(Path file, DecodedFolder.Form form, Preparation preparation)
      throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new BadImageException("no such file");
    }
    InspectedImage image = InspectedImage.of(new ImageSource(file.toString(), file, 0));
    if (!image.problem().isEmpty()) {
      throw new BadImageException(image.problem());
    }
    if (preparation.range().isPresent() && image.bits() != SIXTEEN) {
      throw new BadImageException(
          "has "
              + image.bits()
              + " bits per sample, the network takes 16 in the range "
              + preparation.range().get());
    }
    boolean fits = image.width() == form.width() && image.height() == form.height();
    if (preparation.size().isEmpty() && !fits) {
      throw new BadImageException(
          String.format(
              Locale.ROOT,
              "size (width x height) is %dx%d, must be %dx%d: scale or crop it",
              image.width(),
              image.height(),
              form.width(),
              form.height()));
    }
    return withChannels(
        image.decode(preparation, new SixteenBits.Gathered()), image.channels(), form);
  }

  private static byte[] withChannels(byte[] planes, int channels, DecodedFolder.Form form)
      throws BadImageException {
    int plane = planes.length / channels;
    if (channels < form.channels()) {
      byte[] repeated = new byte[form.bytes()];
      for (int to = 0; to < repeated.length; to += plane) {
        System.arraycopy(planes, 0, repeated, to, plane);
      }
      return repeated;
    }
    byte[] first = Arrays.copyOf(planes, plane);
    for (int from = plane; channels > form.channels() && from < planes.length; from += plane) {
      if (!Arrays.equals(planes, from, from + plane, first, 0, plane)) {
        throw new BadImageException("has colours, the network takes grey images");
      }
    }
    return channels > form.channels() ? first : planes;
  }
}
