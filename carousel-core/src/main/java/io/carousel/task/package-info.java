/**
 * What people ask for. A task has a package of its own: {@link io.carousel.task.forecast}.
 *
 * <p>Here is what all tasks share: {@link io.carousel.task.Session}, a network fed one time step at a time. Uses every package
 * below; how results are shown is nobody's business here.
 */
@NullMarked
package io.carousel.task;

import org.jspecify.annotations.NullMarked;
