package org.bitloom.reproduce.verdict;

import java.util.Optional;
import org.bitloom.reproduce.plan.Claim;

/**
 * What the runs say of a claim.
 *
 * @param difference over the same seeds, if the claim compares two rows
 * @param pValue of the claim's bound, corrected for the number of comparisons; NaN = no test
 * @param reason why the verdict is so, one sentence
 */
public record Finding(
    Claim claim,
    Optional<PairedDifference> difference,
    double pValue,
    Verdict verdict,
    String reason) {}
