package org.bitloom.images.packed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The strips or tiles that the pixels of a TIFF file lie in.
 *
 * @param tags of the file
 * @param width of the image
 * @param height of the image
 * @param bits of a pixel
 */
public record TiffPieces(TiffTags tags, int width, int height, int bits) {
  private static final int PACKING = 259;
  private static final int STRIP_PLACES = 273;
  private static final int STRIP_ROWS = 278;
  private static final int STRIP_LENGTHS = 279;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int TILE_PLACES = 324;
  private static final int TILE_LENGTHS = 325;

  /**
   * Cuts the packed pieces out of the file; each holds all of its pixels.
   *
   * @throws IllegalArgumentException if one does not, or is packed in a way that is not read
   */
  public List<byte[]> cut(byte[] file) {
    boolean tiled = isTiled();
    int columns = tiled ? ceil(width, tileWidth()) : 1;
    int rows = tiled ? tileHeight() : stripRows();
    long count = (long) columns * ceil(height, rows);
    long[] places = tags.all(tiled ? TILE_PLACES : STRIP_PLACES);
    long[] lengths = tags.all(tiled ? TILE_LENGTHS : STRIP_LENGTHS);
    if (places.length < count || lengths.length < count) {
      throw new IllegalArgumentException("image data end too early");
    }
    List<byte[]> pieces = new ArrayList<>();
    long left = file.length;
    for (int i = 0; i < count; i++) {
      left -= lengths[i];
      if (places[i] + lengths[i] > file.length || left < 0) { // pieces that overlap are no image
        throw new IllegalArgumentException("truncated TIFF");
      }
      byte[] piece = Arrays.copyOfRange(file, (int) places[i], (int) (places[i] + lengths[i]));
      int held = tiled ? rows : Math.min(rows, height - i * rows);
      long needed = ((long) (tiled ? tileWidth() : width) * bits + 7) / 8 * held;
      if (length(piece, needed) < needed) {
        throw new IllegalArgumentException("image data end too early");
      }
      pieces.add(piece);
    }
    return pieces;
  }

  /** Says whether the pieces are tiles. */
  public boolean isTiled() {
    return tags.one(TILE_WIDTH, 0) > 0;
  }

  /** Returns the width of a tile. */
  public int tileWidth() {
    return tags.one(TILE_WIDTH, 0);
  }

  /** Returns the height of a tile. */
  public int tileHeight() {
    return positive(tags.one(TILE_HEIGHT, 0), "height of a tile");
  }

  /** Returns the rows of a strip, the last of which may have less. */
  public int stripRows() {
    return positive(Math.min(tags.one(STRIP_ROWS, height), height), "rows of a strip");
  }

  private static int positive(int number, String what) {
    if (number < 1) {
      throw new IllegalArgumentException("damaged: " + what + " is " + number);
    }
    return number;
  }

  private static int ceil(int all, int each) {
    return (int) (((long) all + each - 1) / each);
  }

  private long length(byte[] piece, long needed) {
    int packing = tags.one(PACKING, 1);
    return switch (packing) {
      case 1 -> piece.length;
      case 5 -> LzwLength.ofTiff(piece, needed);
      case 8, 32_946 -> PackedLength.deflate(piece, needed);
      case 32_773 -> PackedLength.packBits(piece, needed);
      default ->
          throw new IllegalArgumentException(
              "compression of kind " + packing + ", must be none, LZW, Deflate or PackBits");
    };
  }
}
