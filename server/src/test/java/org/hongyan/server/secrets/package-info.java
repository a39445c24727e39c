@NullMarked
package org.hongyan.server.secrets;

import org.jspecify.annotations.NullMarked;
