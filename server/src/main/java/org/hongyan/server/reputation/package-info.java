/**
 * Levels, daily tallies and the exact quota of each sending domain. Tables reputation_*.
 */
@NullMarked
package org.hongyan.server.reputation;

import org.jspecify.annotations.NullMarked;
