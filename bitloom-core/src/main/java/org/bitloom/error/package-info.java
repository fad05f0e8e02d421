/**
 * The two errors that are meant for the user: a wrong request and a failure. Each carries one line
 * of what must hold and what was found, and one line of what to do. Imports nothing of ours.
 *
 * <pre>{@code
 * throw new UsageException("batch must be 1..60000, got 70000", "choose a smaller --batch");
 * }</pre>
 */
package org.bitloom.error;
