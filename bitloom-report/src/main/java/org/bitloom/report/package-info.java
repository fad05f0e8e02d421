/**
 * A run, a sweep or a model as one web page that needs nothing but itself: {@code ReportDocument}
 * gathers what there is to tell as one JSON object, {@code ReportPage} puts it into a page, and the
 * script of the page draws it. May import {@code run}, {@code sweep}, {@code plot} and all below.
 *
 * <pre>{@code
 * Map<String, Object> document = ReportDocument.of(List.of(Path.of("runs/a")));
 * Files.writeString(Path.of("report.html"), ReportPage.of(document));
 * }</pre>
 */
package org.bitloom.report;
