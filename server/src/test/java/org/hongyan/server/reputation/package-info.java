@NullMarked
package org.hongyan.server.reputation;

import org.jspecify.annotations.NullMarked;
