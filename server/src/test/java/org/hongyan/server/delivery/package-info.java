@NullMarked
package org.hongyan.server.delivery;

import org.jspecify.annotations.NullMarked;
