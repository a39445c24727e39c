@NullMarked
package org.hongyan.server.submission;

import org.jspecify.annotations.NullMarked;
