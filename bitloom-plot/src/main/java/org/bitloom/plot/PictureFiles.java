package org.bitloom.plot;

import java.nio.file.Path;
import java.util.List;

/**
 * Reports what drawing left in the folder.
 *
 * @param written the files, in the order of the pictures, SVG before PNG
 * @param remarks one sentence for each file that could not be made, with what to do about it
 */
public record PictureFiles(List<Path> written, List<String> remarks) {
  public PictureFiles {
    written = List.copyOf(written);
    remarks = List.copyOf(remarks);
  }
}
