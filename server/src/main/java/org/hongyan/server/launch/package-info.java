/**
 * From the command line to the running service: reads the arguments, checks the settings, starts Spring with them, says
 * in one sentence what went wrong. {@link org.hongyan.server.launch.Tool}s run here without Spring.
 *
 * <p>No room calls it, except that a room may offer a {@code Tool}. It owns no table.
 */
@NullMarked
package org.hongyan.server.launch;

import org.jspecify.annotations.NullMarked;
