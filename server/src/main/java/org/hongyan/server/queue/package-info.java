/**
 * What waits to be delivered: messages, recipients, shards and who owns them. Tables queue_*. SQL, no sockets.
 */
@NullMarked
package org.hongyan.server.queue;

import org.jspecify.annotations.NullMarked;
