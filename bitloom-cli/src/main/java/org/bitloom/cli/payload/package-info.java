/**
 * The commands about what frozen bits carry: {@code capacity}, {@code embed}, {@code extract},
 * {@code payload}, {@code scan}, {@code scrub}. Imports {@code cli.command}.
 */
package org.bitloom.cli.payload;
