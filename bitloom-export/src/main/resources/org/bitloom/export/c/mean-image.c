static void bitloom_mean_image(const float *in, float *out, const float *mean, float deviation) {
  long i;
  for (i = 0; i < BITLOOM_INPUT_SIZE; i++) {
    out[i] = (in[i] - mean[i]) / deviation;
  }
}

