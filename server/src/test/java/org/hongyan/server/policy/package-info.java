/** Tests of the room {@code policy}. */
@NullMarked
package org.hongyan.server.policy;

import org.jspecify.annotations.NullMarked;
