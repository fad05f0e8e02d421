static void bitloom_unit(const float *in, float *out) {
  long i;
  for (i = 0; i < BITLOOM_INPUT_SIZE; i++) {
    out[i] = in[i] / 255;
  }
}

