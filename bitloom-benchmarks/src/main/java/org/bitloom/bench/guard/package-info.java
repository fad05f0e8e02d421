/**
 * A guard against slowing down: a few ratios beside stored ones. Imports what the steps and the
 * update are timed with.
 *
 * <pre>{@code
 * List<Guard.Finding> findings = new Guard().compare(GuardTable.stored());
 * }</pre>
 */
package org.bitloom.bench.guard;
