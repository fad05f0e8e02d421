package org.bitloom.images;

/** Reads whatever may be an image, for the targets of fuzzing. */
final class DecodedImage {
  private DecodedImage() {}

  /** Says whether the bytes are an image; all of its pixels are looked at. */
  static boolean isRead(byte[] input) {
    try {
      ImageFile file = ImageFile.parse(input);
      byte[] pixels = ImageDecoder.decode(file);
      long expected = (long) file.width() * file.height() * file.channels();
      if (pixels.length != expected) {
        throw new AssertionError(pixels.length + " bytes of pixels, must be " + expected);
      }
      return true;
    } catch (BadImageException e) {
      return false;
    }
  }
}
