/**
 * The page of a reproduction: Markdown and figures, the same bytes for the same runs.
 *
 * <pre>{@code
 * String markdown = new Page(plan, results, findings, machines, figures).text();
 * }</pre>
 */
package org.bitloom.reproduce.page;
