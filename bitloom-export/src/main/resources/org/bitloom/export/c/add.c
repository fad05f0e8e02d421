static void bitloom_add(const float *a, const float *b, float *out, long size) {
  long i;
  for (i = 0; i < size; i++) {
    out[i] = a[i] + b[i];
  }
}

