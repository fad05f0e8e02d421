/* The largest number or the sum of those that the window sees at one place of an image. */
static float bitloom_seen(const float *in, const struct bitloom_window *w, long row, long column,
                          int largest) {
  float result = 0;
  int first = 1;
  long y;
  long x;
  for (y = row; y < row + w->size[0]; y++) {
    for (x = column; x < column + w->size[1]; x++) {
      if (y >= 0 && y < w->in[0] && x >= 0 && x < w->in[1]) {
        float value = in[y * w->in[1] + x];
        if (!largest) {
          result += value;
        } else if (first || value > result) {
          result = value;
        }
        first = 0;
      }
    }
  }
  return result;
}

static void bitloom_pool(const float *in, float *out, const struct bitloom_window *w,
                         int largest) {
  float area = (float)(w->size[0] * w->size[1]);
  long channel;
  long row;
  long column;
  for (channel = 0; channel < w->channels; channel++) {
    for (row = 0; row < w->out[0]; row++) {
      for (column = 0; column < w->out[1]; column++) {
        float seen = bitloom_seen(in, w, row * w->stride[0] - w->padding[0],
                                  column * w->stride[1] - w->padding[1], largest);
        *out++ = largest ? seen : seen / area;
      }
    }
    in += w->in[0] * w->in[1];
  }
}

