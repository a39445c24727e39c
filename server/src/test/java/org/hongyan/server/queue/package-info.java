@NullMarked
package org.hongyan.server.queue;

import org.jspecify.annotations.NullMarked;
