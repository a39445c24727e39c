/**
 * The one catalogue of refusals: everything that the service may decline, with the facts a person needs. Rooms
 * return refusals, doors translate them in one exhaustive switch each; no text for people lives here, and it
 * knows no other room.
 */
@NullMarked
package org.hongyan.server.refusal;

import org.jspecify.annotations.NullMarked;
