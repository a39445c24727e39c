/**
 * Questions to the DNS (RFC 1035) with answers that tell apart what exists, what does not, and what could not be
 * learned; and the mail exchangers of a domain (RFC 5321 §5, RFC 7505).
 */
@NullMarked
package org.hongyan.mail.dns;

import org.jspecify.annotations.NullMarked;
