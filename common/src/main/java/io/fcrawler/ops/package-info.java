/**
 * What operators ask of a running program: whether it lives, is ready, and how it fares; and that
 * it does not outlive the launcher that started it.
 *
 * <p>Enters: named checks and meters, the launcher's process id. Leaves: {@code /livez}, {@code
 * /readyz}, {@code /health} and {@code /metrics}, the same for both programs; and {@link
 * io.fcrawler.ops.HealthCheck}, by which a container asks for them.
 */
@NullMarked
package io.fcrawler.ops;

import org.jspecify.annotations.NullMarked;
