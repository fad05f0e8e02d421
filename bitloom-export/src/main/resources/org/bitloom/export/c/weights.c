/* Weights: bit strings of depth bits, one after the other from the lowest bit of the first byte on,
   each a magnitude below its sign; or floats, where bits is NULL. */
struct bitloom_weights {
  const uint8_t *bits;
  const float *floats;
  float scale;
  unsigned depth;
};

static float bitloom_weight(const struct bitloom_weights *weights, uint32_t index) {
  uint64_t at = (uint64_t)index * weights->depth;
  unsigned shift = (unsigned)(at % 8);
  uint64_t window = 0;
  uint32_t code;
  uint32_t magnitude;
  const uint8_t *bytes;
  unsigned i;
  if (weights->bits == NULL) {
    return weights->floats[index];
  }
  bytes = weights->bits + (size_t)(at / 8);
  for (i = 0; i < (shift + weights->depth + 7) / 8; i++) {
    window |= (uint64_t)bytes[i] << (8 * i);
  }
  code = (uint32_t)(window >> shift);
  magnitude = weights->depth == 1 ? 1 : code & (((uint32_t)1 << (weights->depth - 1)) - 1);
  return (code >> (weights->depth - 1)) & 1 ? -(float)magnitude : (float)magnitude;
}

