/**
 * The commands that show runs, sweeps and models as a web page. May import what {@code
 * org.bitloom.cli} may.
 *
 * <pre>{@code
 * byName.put("report", () -> new ReportCommand(console));
 * }</pre>
 */
package org.bitloom.cli.report;
