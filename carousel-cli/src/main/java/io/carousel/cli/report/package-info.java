/**
 * Pages for people: one self-contained HTML file with charts, readable without a network.
 *
 * <p>Start reading at {@link io.carousel.cli.report.ReportData}, the plain content of a page, made of sections and parts
 * that know nothing of a task; {@link io.carousel.cli.report.HtmlReport} turns it into the file, and
 * {@link io.carousel.cli.report.ForecastReport} fills it for a forecast, {@link io.carousel.cli.report.TagReport} for tags. The page's own style and script are resources
 * beside these classes, with the chart library uPlot and its licence.
 */
@NullMarked
package io.carousel.cli.report;

import org.jspecify.annotations.NullMarked;
