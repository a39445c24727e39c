/**
 * What is on the wire: takes due recipients from the queue, renders, signs, relays, and records the results in
 * batches. Sockets, no SQL of its own, no transaction open during a conversation.
 */
@NullMarked
package org.hongyan.server.delivery;

import org.jspecify.annotations.NullMarked;
