@NullMarked
package org.hongyan.server.store;

import org.jspecify.annotations.NullMarked;
