/**
 * Whom we will not mail: suppressed addresses, and people who unsubscribed from a domain. Tables suppression_*.
 */
@NullMarked
package org.hongyan.server.suppression;

import org.jspecify.annotations.NullMarked;
