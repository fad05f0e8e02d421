static void bitloom_dense(const float *in, float *out, long inputs, long units,
                          const struct bitloom_weights *weights, const float *bias) {
  long unit;
  long i;
  for (unit = 0; unit < units; unit++) {
    float sum = 0;
    for (i = 0; i < inputs; i++) {
      sum += bitloom_weight(weights, (uint32_t)(unit * inputs + i)) * in[i];
    }
    out[unit] = weights->scale * sum + (bias == NULL ? 0 : bias[unit]);
  }
}

