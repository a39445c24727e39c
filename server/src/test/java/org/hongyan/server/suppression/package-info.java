@NullMarked
package org.hongyan.server.suppression;

import org.jspecify.annotations.NullMarked;
