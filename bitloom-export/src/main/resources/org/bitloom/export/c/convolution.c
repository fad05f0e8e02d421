/* Adds what one weight contributes to all places of a filter. */
static void bitloom_contribute(const float *in, float *out, const struct bitloom_window *w,
                               float weight, long y, long x) {
  long row;
  long column;
  for (row = 0; row < w->out[0]; row++) {
    long from = row * w->stride[0] + y - w->padding[0];
    if (from < 0 || from >= w->in[0]) {
      continue;
    }
    for (column = 0; column < w->out[1]; column++) {
      long at = column * w->stride[1] + x - w->padding[1];
      if (at >= 0 && at < w->in[1]) {
        out[row * w->out[1] + column] += weight * in[from * w->in[1] + at];
      }
    }
  }
}

/* The window has the channels that one filter sees; filters of one group see the same. */
static void bitloom_convolution(const float *in, float *out, const struct bitloom_window *w,
                                long filters, long groups, const struct bitloom_weights *weights,
                                const float *bias) {
  long places = w->out[0] * w->out[1];
  long area = w->size[0] * w->size[1];
  long filter;
  long i;
  for (filter = 0; filter < filters; filter++) {
    long first = filter / (filters / groups) * w->channels;
    float *sums = out + filter * places;
    for (i = 0; i < places; i++) {
      sums[i] = 0;
    }
    for (i = 0; i < w->channels * area; i++) {
      float weight = bitloom_weight(weights, (uint32_t)(filter * w->channels * area + i));
      if (weight != 0) {
        const float *image = in + (first + i / area) * w->in[0] * w->in[1];
        bitloom_contribute(image, sums, w, weight, i % area / w->size[1], i % w->size[1]);
      }
    }
    for (i = 0; i < places; i++) {
      sums[i] = weights->scale * sums[i] + (bias == NULL ? 0 : bias[filter]);
    }
  }
}

