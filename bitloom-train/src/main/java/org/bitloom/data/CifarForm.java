package org.bitloom.data;

import java.util.List;

/** The binary versions of the CIFAR sets, and which of their labels are the classes. */
enum CifarForm {
  /** CIFAR-10: one label. */
  TEN(1, 0, 10_000, "airplane automobile bird cat deer dog frog horse ship truck"),

  /** CIFAR-100 by its 100 classes. */
  FINE(
      2,
      1,
      50_000,
      """
      apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus
      butterfly camel can castle caterpillar cattle chair chimpanzee clock cloud cockroach couch
      crab crocodile cup dinosaur dolphin elephant flatfish forest fox girl hamster house kangaroo
      keyboard lamp lawn_mower leopard lion lizard lobster man maple_tree motorcycle mountain mouse
      mushroom oak_tree orange orchid otter palm_tree pear pickup_truck pine_tree plain plate poppy
      porcupine possum rabbit raccoon ray road rocket rose sea seal shark shrew skunk skyscraper
      snail snake spider squirrel streetcar sunflower sweet_pepper table tank telephone television
      tiger tractor train trout tulip turtle wardrobe whale willow_tree wolf woman worm"""),

  /** CIFAR-100 by its 20 groups of classes. */
  COARSE(
      2,
      0,
      50_000,
      """
      aquatic_mammals fish flowers food_containers fruit_and_vegetables
      household_electrical_devices household_furniture insects large_carnivores
      large_man-made_outdoor_things large_natural_outdoor_scenes
      large_omnivores_and_herbivores medium_mammals non-insect_invertebrates people reptiles
      small_mammals trees vehicles_1 vehicles_2""");

  /** Records of the test file. */
  static final int TEST_RECORDS = 10_000;

  private static final int[] LABELS_OF_100 = {20, 100};

  private final int labels;
  private final int labelAt;
  private final int trainRecords;
  private final String classNames;

  CifarForm(int labels, int labelAt, int trainRecords, String classNames) {
    this.labels = labels;
    this.labelAt = labelAt;
    this.trainRecords = trainRecords;
    this.classNames = classNames;
  }

  /** Returns the label bytes before the pixels of a record. */
  int labels() {
    return labels;
  }

  /** Returns which of the label bytes is the class, from 0. */
  int labelAt() {
    return labelAt;
  }

  /** Returns the records of each training file. */
  int trainRecords() {
    return trainRecords;
  }

  /** Returns what the classes are called. */
  List<String> classNames() {
    return List.of(classNames.split("\\s+"));
  }

  /** Returns how many values a label byte has. */
  int values(int label) {
    return this == TEN ? 10 : LABELS_OF_100[label];
  }
}
