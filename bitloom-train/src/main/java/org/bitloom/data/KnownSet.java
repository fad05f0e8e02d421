package org.bitloom.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Lists the data sets whose bytes are known. */
enum KnownSet {
  MNIST(
      "mnist",
      FileLayout.IDX,
      "handwritten digits, 28x28 grey, 60,000 + 10,000, 10 classes",
      "0, 1, 2, 3, 4, 5, 6, 7, 8, 9",
      "b2d8f5bf39174ee5ffeefa97e42d673c35432b411bb5d1f74fbbeddae7f1690a",
      """
          ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db
          65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5
          0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7
          ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2
          """),
  FASHION_MNIST(
      "fashion-mnist",
      FileLayout.IDX,
      "articles of clothing, 28x28 grey, 60,000 + 10,000, 10 classes",
      "T-shirt/top, Trouser, Pullover, Dress, Coat, Sandal, Shirt, Sneaker, Bag, Ankle boot",
      "14410854cf7a289477dcfc7df3f8ec24741e281cdcc425ede0d9a748ca630214",
      """
          c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888
          bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9
          5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b
          0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34
          """),

  /**
   * Copies of CIFAR-10 with other bytes are in use, such as one that went through JPEG, so the
   * files are checked for their layout; a run records what it trained on.
   */
  CIFAR10(
      "cifar10",
      FileLayout.CIFAR,
      "photographs, 32x32 colour, 50,000 + 10,000, 10 classes",
      "airplane, automobile, bird, cat, deer, dog, frog, horse, ship, truck",
      "",
      "");

  private final String label;
  private final FileLayout layout;
  private final String title;
  private final String classNames;
  private final String sha256;
  private final String fileSha256;

  KnownSet(
      String label,
      FileLayout layout,
      String title,
      String classNames,
      String sha256,
      String fileSha256) {
    this.label = label;
    this.layout = layout;
    this.title = title;
    this.classNames = classNames;
    this.sha256 = sha256;
    this.fileSha256 = fileSha256;
  }

  static Optional<KnownSet> named(String label) {
    return Arrays.stream(values()).filter(set -> set.label.equals(label)).findFirst();
  }

  /** Returns all names, joined for a message. */
  static String names() {
    return Arrays.stream(values()).map(set -> set.label).collect(Collectors.joining(", "));
  }

  /** Returns the name users write. */
  String label() {
    return label;
  }

  /** Returns one line of what is in it. */
  String title() {
    return title;
  }

  /** Returns what the classes are called, in the order of the labels. */
  List<String> classNames() {
    return List.of(classNames.split(", "));
  }

  /** Returns how its files are laid out. */
  FileLayout layout() {
    return layout;
  }

  /** Returns the SHA-256 of the unpacked files one after the other; empty = not fixed. */
  String sha256() {
    return sha256;
  }

  /** Returns the SHA-256 of each unpacked file, in the order of its layout; empty = not fixed. */
  List<String> fileSha256() {
    return fileSha256.lines().toList();
  }
}
