package org.bitloom.infer;

import java.util.List;
import org.bitloom.graph.Window;

/**
 * The largest or the mean of the pixels in each window, channel by channel.
 *
 * @param input value that it reads
 * @param output value that it writes
 * @param window its size, stride and padding
 * @param in shape of the input
 * @param out shape of the output
 * @param largest whether the largest pixel is taken, of those in the image; else the mean of all
 *     places of the window, those outside the image being 0
 */
record Pool(
    int input, int output, Window window, List<Integer> in, List<Integer> out, boolean largest)
    implements Operation {
  @Override
  public void run(Arena arena) {
    float[] pixels = arena.value(input);
    float[] results = arena.value(output);
    int height = in.get(1);
    int width = in.get(2);
    int places = window.size().height() * window.size().width();
    int at = 0;
    for (int channel = 0; channel < out.get(0); channel++) {
      for (int row = 0; row < out.get(1); row++) {
        int top = row * window.stride().height() - window.padding().height();
        int bottom = Math.min(top + window.size().height(), height);
        for (int column = 0; column < out.get(2); column++) {
          int left = column * window.stride().width() - window.padding().width();
          int right = Math.min(left + window.size().width(), width);
          int begin = channel * height * width + Math.max(0, left);
          int count = right - Math.max(0, left);
          float result = largest ? Float.NEGATIVE_INFINITY : 0;
          for (int y = Math.max(0, top); y < bottom; y++) {
            int from = begin + y * width;
            result =
                largest ? largest(pixels, from, count, result) : sum(pixels, from, count, result);
          }
          results[at++] = largest ? result : result / places;
        }
      }
    }
  }

  private static float largest(float[] pixels, int from, int count, float known) {
    float largest = known;
    for (int i = from; i < from + count; i++) {
      largest = Math.max(largest, pixels[i]);
    }
    return largest;
  }

  private static float sum(float[] pixels, int from, int count, float before) {
    float sum = before;
    for (int i = from; i < from + count; i++) {
      sum += pixels[i];
    }
    return sum;
  }
}
