/**
 * The nouns of bit-wise weights: which bits a weight has and trains, what a bit string is worth,
 * packed bit-planes, the first latents, and rules that give single layers a depth and mask of their
 * own. Imports {@code error}.
 *
 * <pre>{@code
 * BitLayout layout = BitMask.top(3).at(6);          // 111000
 * int five = SignMagnitude.value(0b000101, 6);      // 5
 * float weight = SignMagnitude.weight(0b100101, 6, 0.01f); // -0.05f
 * }</pre>
 */
package org.bitloom.bits;
