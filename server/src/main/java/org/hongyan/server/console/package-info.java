/**
 * Door: the pages of members, operator and the public. It knows no other door and no SQL.
 */
@NullMarked
package org.hongyan.server.console;

import org.jspecify.annotations.NullMarked;
