/**
 * What comes back later: return paths (VERP), the bounce port, delivery reports and complaints.
 */
@NullMarked
package org.hongyan.server.feedback;

import org.jspecify.annotations.NullMarked;
