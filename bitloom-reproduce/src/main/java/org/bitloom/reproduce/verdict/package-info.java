/**
 * What runs say of a claim: differences over the same seeds, their test, and a verdict by rules
 * that were fixed before any run.
 *
 * <pre>{@code
 * List<Finding> findings = new Judge(plan, results).findings();
 * Verdict verdict = findings.get(0).verdict();
 * }</pre>
 */
package org.bitloom.reproduce.verdict;
