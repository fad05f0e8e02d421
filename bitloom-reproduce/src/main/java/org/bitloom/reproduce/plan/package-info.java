/**
 * What is trained to judge the claims of the paper: rows of runs that differ in the seed only, and
 * claims that compare two rows. Nothing here trains.
 *
 * <pre>{@code
 * Plan plan = Plan.of(Set.of(Part.DENSE), Budget.quick());
 * for (Row row : plan.rows()) {
 *   RunSettings settings = row.settings(seed, 1, Sources.NONE);
 * }
 * }</pre>
 */
package org.bitloom.reproduce.plan;
