package org.bitloom.images;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.bitloom.bits.RandomStreams;
import org.bitloom.error.FailureException;
import org.bitloom.images.choice.TestShare;

/**
 * Keeps a share of every class for testing, the same one each time: it depends on the seed, the
 * name of the class and how many images it has.
 */
final class SplitFolder {
  private SplitFolder() {}

  /**
   * Divides the images of a folder.
   *
   * @param images by class, then by name; both parts keep the order
   * @throws FailureException if a class has a single image
   */
  static ClassFolders of(
      List<String> classes, List<ImageSource> images, List<String> ignored, TestShare split) {
    List<ImageSource> train = new ArrayList<>();
    List<ImageSource> test = new ArrayList<>();
    for (int label = 0; label < classes.size(); label++) {
      int wanted = label;
      List<ImageSource> all = images.stream().filter(image -> image.label() == wanted).toList();
      if (all.size() < 2) {
        throw new FailureException(
            "every class must have at least 2 images to be split, found 1 of "
                + classes.get(label)
                + ", "
                + all.get(0).name(),
            "add images of the class, or remove its folder");
      }
      Set<Integer> chosen =
          chosen(all.size(), split.of(all.size()), split.seed(), classes.get(label));
      for (int i = 0; i < all.size(); i++) {
        (chosen.contains(i) ? test : train).add(all.get(i));
      }
    }
    return new ClassFolders(classes, train, test, ignored);
  }

  private static Set<Integer> chosen(int of, int wanted, long seed, String name) {
    SplittableRandom random = RandomStreams.of(seed, "split/" + name);
    int[] places = new int[of];
    Arrays.setAll(places, i -> i);
    Set<Integer> chosen = new HashSet<>();
    for (int i = 0; i < wanted; i++) {
      int j = i + random.nextInt(of - i);
      chosen.add(places[j]);
      places[j] = places[i];
    }
    return chosen;
  }
}
