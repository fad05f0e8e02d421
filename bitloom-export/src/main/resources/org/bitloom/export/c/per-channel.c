static void bitloom_per_channel(const float *in, float *out, long channels, const float *mean,
                                const float *deviation) {
  long size = BITLOOM_INPUT_SIZE / channels;
  long i;
  for (i = 0; i < BITLOOM_INPUT_SIZE; i++) {
    out[i] = (in[i] / 255 - mean[i / size]) / deviation[i / size];
  }
}

