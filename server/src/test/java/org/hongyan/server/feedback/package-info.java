@NullMarked
package org.hongyan.server.feedback;

import org.jspecify.annotations.NullMarked;
