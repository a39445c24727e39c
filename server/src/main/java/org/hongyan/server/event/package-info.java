/**
 * The ledger: what happened to every recipient, append-only, and the questions one may ask of it. Tables event_*.
 * Knows account, nothing else.
 */
@NullMarked
package org.hongyan.server.event;

import org.jspecify.annotations.NullMarked;
