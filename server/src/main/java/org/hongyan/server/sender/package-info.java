/**
 * Registry of sending domains with their DNS records and keys, and of sender addresses (product rule 1). Submission,
 * delivery and the doors ask it; it asks the DNS, and tells its news as events ({@code DomainVerified},
 * {@code DomainStateChanged}) so that it need not know who listens. It never sends mail. Tables sender_*.
 */
@NullMarked
package org.hongyan.server.sender;

import org.jspecify.annotations.NullMarked;
