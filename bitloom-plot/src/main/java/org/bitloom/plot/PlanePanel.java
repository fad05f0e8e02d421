package org.bitloom.plot;

import java.util.List;
import org.bitloom.graph.Flatten;
import org.bitloom.graph.Graph;
import org.bitloom.graph.Input;
import org.bitloom.graph.Node;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;

/**
 * Where the weights of a tensor lie in the picture of one of its planes: tiles from left to right,
 * then the next row of tiles. A matrix is drawn as its rows, tiles of height 1 below each other; a
 * dense layer that looks at an image as one tile per unit and channel, of the shape of the image,
 * large enough to be looked at, and so of its first units only.
 *
 * @param tileWidth weights of a tile from left to right
 * @param tileHeight weights of a tile from top to bottom
 * @param tiles how many are drawn, from the first on
 * @param across tiles beside each other
 * @param gap pixels between tiles
 * @param zoom pixels of a weight each way
 */
record PlanePanel(int tileWidth, int tileHeight, int tiles, int across, int gap, int zoom) {
  /** Small matrices are magnified to about this size. */
  static final int SMALLEST = 120;

  /** Rows of tiles are at most this wide, two panels beside each other. */
  private static final int ROW_WIDTH = 800;

  private static final int ROWS = 4;
  private static final int TILE_GAP = 4;

  /** Chooses the panel of a layer of a model. */
  static PlanePanel of(BitModel model, BitTensor layer) {
    boolean onImage = model.graph().filter(graph -> looksAtImage(graph, layer)).isPresent();
    return onImage ? ofImages(model.inputShape(), layer.shape().get(0)) : ofMatrix(layer);
  }

  /** Says whether units are drawn as what they look at. */
  boolean ofUnits() {
    return gap > 0;
  }

  /** Returns how many weights are drawn, from the first on. */
  int weights() {
    return tiles * tileWidth * tileHeight;
  }

  /** Says whether a weight is that of a dense layer of which every input is a pixel. */
  private static boolean looksAtImage(Graph graph, BitTensor layer) {
    List<Integer> image = graph.inputShape();
    return image.size() == 3
        && image.get(1) > 1
        && image.get(2) > 1
        && layer.shape().size() == 2
        && graph.nodes().stream()
            .filter(node -> layer.name().equals(node.name() + ".weight"))
            .anyMatch(node -> isFlattenedInput(graph, node.inputs().get(0)));
  }

  private static boolean isFlattenedInput(Graph graph, String name) {
    Node source = named(graph, name);
    return source instanceof Flatten && named(graph, source.inputs().get(0)) instanceof Input;
  }

  private static Node named(Graph graph, String name) {
    return graph.nodes().stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Draws [out, ...] as the matrix [out, rest] in row-major order. */
  static PlanePanel ofMatrix(BitTensor layer) {
    int rows = layer.shape().isEmpty() ? 1 : layer.shape().get(0);
    int columns = layer.size() / rows;
    int zoom = Math.max(1, SMALLEST / Math.max(rows, columns));
    return new PlanePanel(columns, 1, rows, 1, 0, zoom);
  }

  private static PlanePanel ofImages(List<Integer> image, int units) {
    int channels = image.get(0);
    int height = image.get(1);
    int width = image.get(2);
    int zoom = Math.max(1, SMALLEST * 3 / 4 / Math.max(width, height));
    int unitsAcross = ROW_WIDTH / (channels * (width * zoom + TILE_GAP));
    unitsAcross = Math.max(1, Math.min(units, unitsAcross));
    int drawn = Math.min(units, ROWS * unitsAcross);
    return new PlanePanel(width, height, drawn * channels, unitsAcross * channels, TILE_GAP, zoom);
  }

  long width() {
    return (long) across * ((long) tileWidth * zoom + gap) - gap;
  }

  long height() {
    int rows = (tiles + across - 1) / across;
    return rows * ((long) tileHeight * zoom + gap) - gap;
  }

  /** Returns the left edge of a weight, by its place in the tensor. */
  int x(int weight) {
    return tileX(weight / (tileWidth * tileHeight)) + weight % tileWidth * zoom;
  }

  /** Returns the upper edge of a weight. */
  int y(int weight) {
    int tile = weight / (tileWidth * tileHeight);
    return tileY(tile) + weight / tileWidth % tileHeight * zoom;
  }

  int tileX(int tile) {
    return tile % across * (tileWidth * zoom + gap);
  }

  int tileY(int tile) {
    return tile / across * (tileHeight * zoom + gap);
  }
}
