/* A window that moves over an image; sides are height and width. */
struct bitloom_window {
  long channels, in[2], out[2], size[2], stride[2], padding[2];
};

