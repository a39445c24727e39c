/** Tests of the room {@code dns}. */
@NullMarked
package org.hongyan.server.dns;

import org.jspecify.annotations.NullMarked;
