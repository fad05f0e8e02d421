package org.bitloom.run;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.data.ImageSet;
import org.bitloom.model.Mistake;
import org.bitloom.session.Evaluation;
import org.bitloom.session.ProcessMemory;

/**
 * What the last epoch of a run came to, beyond its line of metrics: the file checkpoint/end.json.
 *
 * <p>The worst mistakes stand there with their pixels, so that they can be looked at wherever the
 * folder goes; large images are thinned out.
 *
 * @param test over the test samples
 * @param images those samples
 */
record RunEnd(Evaluation test, ImageSet images) {
  private static final int MOST_BYTES_OF_AN_IMAGE = 4096;

  /** Returns the object that stands in the file. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    ProcessMemory.peakBytes().ifPresent(peak -> json.put("peakBytes", peak));
    json.put("confusion", test.answers().rows());
    int step = step();
    json.put(
        "mistakeShape",
        List.of(
            (long) images.channels(),
            (long) (images.height() + step - 1) / step,
            (long) (images.width() + step - 1) / step));
    List<Object> mistakes = new ArrayList<>();
    test.mistakes().forEach(mistake -> mistakes.add(object(mistake, step)));
    json.put("mistakes", mistakes);
    return json;
  }

  private Map<String, Object> object(Mistake mistake, int step) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("sample", (long) mistake.sample());
    json.put("label", (long) mistake.label());
    json.put("answer", (long) mistake.answer());
    json.put("ofLabel", mistake.ofLabel());
    json.put("ofAnswer", mistake.ofAnswer());
    json.put("pixels", Base64.getEncoder().encodeToString(pixels(mistake.sample(), step)));
    return json;
  }

  /** Returns how many pixels become one in each direction. */
  private int step() {
    int step = 1;
    while ((long) images.imageSize() / step / step > MOST_BYTES_OF_AN_IMAGE) {
      step++;
    }
    return step;
  }

  private byte[] pixels(int sample, int step) {
    int height = (images.height() + step - 1) / step;
    int width = (images.width() + step - 1) / step;
    byte[] pixels = new byte[images.channels() * height * width];
    int at = 0;
    for (int channel = 0; channel < images.channels(); channel++) {
      int plane = sample * images.imageSize() + channel * images.height() * images.width();
      for (int y = 0; y < images.height(); y += step) {
        for (int x = 0; x < images.width(); x += step) {
          pixels[at++] = images.pixels()[plane + y * images.width() + x];
        }
      }
    }
    return pixels;
  }
}
