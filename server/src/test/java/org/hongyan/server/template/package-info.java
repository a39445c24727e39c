/** Tests of the room {@code template}. */
@NullMarked
package org.hongyan.server.template;

import org.jspecify.annotations.NullMarked;
