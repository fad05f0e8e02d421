package org.bitloom.infer;

import java.util.Arrays;
import java.util.List;
import org.bitloom.graph.Convolution;
import org.bitloom.graph.Extent;
import org.bitloom.graph.Window;
import org.bitloom.infer.kernel.Filters;

/**
 * How the input of a convolution lies in one array, so that every weight meets its pixels at one
 * fixed distance from the position of the sum.
 *
 * <p>Each channel has padding around it. With stride s it is s x s planes, one for each remainder
 * of the row and of the column by s: where the window moves by s pixels, a plane moves by one.
 * Positions are counted through the rows of a plane, the padding at their ends included; sums at
 * such positions mean nothing.
 */
final class PlaneLayout {
  private final Window window;
  private final int channels;
  private final int height;
  private final int width;
  private final int outputHeight;
  private final int outputWidth;
  private final int columns;
  private final int rows;
  private final Extent phases;
  private final int planeSize;

  /**
   * Lays out the input of a convolution.
   *
   * @param in shape of the input
   * @param out shape of the output
   */
  PlaneLayout(Window window, List<Integer> in, List<Integer> out) {
    this.window = window;
    channels = in.get(0);
    height = in.get(1);
    width = in.get(2);
    outputHeight = out.get(1);
    outputWidth = out.get(2);
    Extent size = window.size();
    Extent stride = window.stride();
    // with stride 1, what is right of a row is the padding left of the next one
    columns =
        stride.width() == 1
            ? width + window.padding().width()
            : outputWidth + (size.width() - 1) / stride.width();
    rows = outputHeight + (size.height() - 1) / stride.height();
    phases =
        new Extent(
            Math.min(stride.height(), size.height()), Math.min(stride.width(), size.width()));
    planeSize = Math.addExact(Math.multiplyExact(rows, columns), window.padding().width());
  }

  /** Says whether the input itself, as it is, is the only plane of each channel. */
  boolean isInput() {
    return window.size().equals(Extent.square(1)) && window.stride().equals(Extent.square(1));
  }

  /** Returns how many floats the planes of all channels take. */
  int length() {
    return Math.multiplyExact(channels, channelStride());
  }

  private int channelStride() {
    return Math.multiplyExact(phases.height() * phases.width(), planeSize);
  }

  /** Returns how many positions there are. */
  int positions() {
    return (outputHeight - 1) * columns + outputWidth;
  }

  /** Describes the filters of the convolution to kernels. */
  Filters filters(Convolution node, float[] weights) {
    int perGroup = channels / node.groups();
    return new Filters(
        node.groups(),
        node.filters(),
        perGroup * channelStride(),
        offsets(perGroup),
        weights,
        positions());
  }

  private int[] offsets(int count) {
    int high = window.size().height();
    int wide = window.size().width();
    int[] offsets = new int[count * high * wide];
    for (int i = 0; i < offsets.length; i++) {
      int channel = i / (high * wide);
      int y = i / wide % high;
      int x = i % wide;
      offsets[i] =
          channel * channelStride()
              + plane(y, x)
              + y / window.stride().height() * columns
              + x / window.stride().width();
    }
    return offsets;
  }

  /** Returns where, in its channel, the plane of a padded row and column begins. */
  private int plane(int y, int x) {
    return (y % window.stride().height() * phases.width() + x % window.stride().width())
        * planeSize;
  }

  /** Fills planes from an input. */
  void fill(float[] in, float[] planes) {
    Arrays.fill(planes, 0, length(), 0);
    for (int channel = 0; channel < channels; channel++) {
      for (int y = 0; y < height; y++) {
        int padded = y + window.padding().height();
        int row = padded / window.stride().height();
        if (padded % window.stride().height() < phases.height() && row < rows) {
          int from = (channel * height + y) * width;
          fillRow(in, from, planes, channel * channelStride(), padded, row);
        }
      }
    }
  }

  private void fillRow(float[] in, int from, float[] planes, int to, int padded, int row) {
    int left = window.padding().width();
    int stride = window.stride().width();
    if (stride == 1) {
      System.arraycopy(in, from, planes, to + plane(padded, 0) + row * columns + left, width);
      return;
    }
    for (int phase = 0; phase < phases.width(); phase++) {
      int at = to + plane(padded, phase) + row * columns;
      int first = Math.max(0, (left - phase + stride - 1) / stride);
      for (int column = first; column < columns; column++) {
        int x = column * stride + phase - left;
        if (x >= width) {
          break;
        }
        planes[at + column] = in[from + x];
      }
    }
  }

  /** Copies the sums of one filter to where its output is, without those between the rows. */
  void copyOutput(float[] sums, float[] out, int filter) {
    int to = filter * outputHeight * outputWidth;
    for (int y = 0; y < outputHeight; y++) {
      System.arraycopy(sums, y * columns, out, to + y * outputWidth, outputWidth);
    }
  }
}
