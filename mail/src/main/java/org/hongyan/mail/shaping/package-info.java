/**
 * How fast each receiving provider may be spoken to, and how that adapts to its answers. It hands out permissions;
 * it opens nothing itself.
 */
@NullMarked
package org.hongyan.mail.shaping;

import org.jspecify.annotations.NullMarked;
