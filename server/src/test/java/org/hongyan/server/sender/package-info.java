/** Tests of the room {@code sender}. */
@NullMarked
package org.hongyan.server.sender;

import org.jspecify.annotations.NullMarked;
