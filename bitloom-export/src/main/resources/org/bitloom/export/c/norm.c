static void bitloom_norm(const float *in, float *out, long channels, long size,
                         const float *factor, const float *offset) {
  long channel;
  long i;
  for (channel = 0; channel < channels; channel++) {
    for (i = channel * size; i < (channel + 1) * size; i++) {
      out[i] = factor[channel] * in[i] + offset[channel];
    }
  }
}

