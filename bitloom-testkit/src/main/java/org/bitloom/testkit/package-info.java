/**
 * The referee of the tests: named seeds, tolerances with their reasons, slow references written
 * from docs/algorithm.md on plain arrays in double precision, and files as other programs write
 * them. Imports the JDK only and nothing of ours, so that an error of the fast code cannot be
 * repeated here.
 *
 * <pre>{@code
 * SplittableRandom random = Seeds.random("flips");
 * NaiveBitwiseWeight weight = new NaiveBitwiseWeight(trained, latents, 0.01);
 * NaiveBitwiseTrainer trainer = NaiveBitwiseTrainer.coupledAdam(weight, 1e-20, 0.02);
 * trainer.step(gradient, 9e-4);
 * double[] expected = weight.weights();
 * }</pre>
 */
package org.bitloom.testkit;
