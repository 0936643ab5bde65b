/**
 * The {@code carousel} command: options in, tables, JSON and reports out.
 *
 * <p>Start reading at {@link io.carousel.cli.Main}, which shows every command. A command turns its options into the records
 * of {@code io.carousel.task}, runs them and prints; nothing here computes. Answers go to standard output, everything
 * else (progress, warnings, mistakes) to standard error. The pages that people look at are in {@code io.carousel.cli.report}.
 */
@NullMarked
package io.carousel.cli;

import org.jspecify.annotations.NullMarked;
