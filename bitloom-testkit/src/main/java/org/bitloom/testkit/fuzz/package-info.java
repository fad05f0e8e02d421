/**
 * Fuzzing of readers: good files are changed in thousands of ways, checksums and lengths made right
 * again, and every reading is watched. What comes out must be the content, or the error that the
 * reader documents; never another error, another content, more memory than the file is worth, or no
 * end. May import {@code org.bitloom.testkit} and the JDK; the fuzzer Jazzer is started as a
 * process of its own and imported by nobody.
 *
 * <pre>{@code
 * final class IdxTarget implements FuzzTarget {
 *   // the good files, and a reading that says whether it accepted what it was given
 * }
 *
 * FuzzRound.run(IdxTarget.class);
 * }</pre>
 */
package org.bitloom.testkit.fuzz;
