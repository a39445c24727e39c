@NullMarked
package org.hongyan.server.event;

import org.jspecify.annotations.NullMarked;
