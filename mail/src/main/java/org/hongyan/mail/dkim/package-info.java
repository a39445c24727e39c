/**
 * DKIM signatures (RFC 6376): keys, canonicalization, signing and verifying. It signs bytes that it is given; which
 * key belongs to whom is its caller's business.
 */
@NullMarked
package org.hongyan.mail.dkim;

import org.jspecify.annotations.NullMarked;
