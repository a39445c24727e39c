/**
 * The mail engine. It could serve another program unchanged: no Spring, no SQL, no accounts, and no clock of its own.
 */
@NullMarked
package org.hongyan.mail;

import org.jspecify.annotations.NullMarked;
