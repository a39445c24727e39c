/**
 * Registry of sending domains with their DNS records and keys, and of sender addresses. Tables sender_*. It never
 * sends.
 */
@NullMarked
package org.hongyan.server.sender;

import org.jspecify.annotations.NullMarked;
