/**
 * What the commands share: the console, progress, tables, the options that every task has, and files looked at before work
 * begins.
 */
@NullMarked
package io.carousel.cli.command;

import org.jspecify.annotations.NullMarked;
