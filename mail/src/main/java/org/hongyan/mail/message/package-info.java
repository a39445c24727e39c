/**
 * Messages as exact bytes (RFC 5322, 2045-2047): reading their header fields, building them, compiling templates of
 * them, and the unsubscribe fields of RFC 2369 and 8058. Nothing here opens a connection or knows who sends.
 */
@NullMarked
package org.hongyan.mail.message;

import org.jspecify.annotations.NullMarked;
