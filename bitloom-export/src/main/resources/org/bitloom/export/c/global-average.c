static void bitloom_global_average(const float *in, float *out, long channels, long size) {
  long channel;
  long i;
  for (channel = 0; channel < channels; channel++) {
    float sum = 0;
    for (i = 0; i < size; i++) {
      sum += in[channel * size + i];
    }
    out[channel] = sum / (float)size;
  }
}

