package org.bitloom.data;

import java.util.List;

/**
 * An image folder as bytes.
 *
 * @param train images of {@code train/}, by class, then by name
 * @param test images of {@code test/}, by class, then by name
 * @param sha256 of the files in it, see {@link InspectedImage#checksum}; without the bad ones
 * @param bad images left out
 */
record DecodedFolder(ImageSet train, ImageSet test, String sha256, List<BadImage> bad) {
  DecodedFolder {
    bad = List.copyOf(bad);
  }
}
