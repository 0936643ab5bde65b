/**
 * What people ask for. A task has a package of its own: {@link io.carousel.task.forecast}.
 *
 * <p>Here is what all tasks share: {@link io.carousel.task.Session}, a network fed one time step at a time, and {@link
 * io.carousel.task.FitRun}, the trainings that a fit is made of. Uses every package below; how results are shown is nobody's
 * business here.
 */
@NullMarked
package io.carousel.task;

import org.jspecify.annotations.NullMarked;
