static void bitloom_relu(const float *in, float *out, long size) {
  long i;
  for (i = 0; i < size; i++) {
    out[i] = in[i] > 0 ? in[i] : 0;
  }
}

