/**
 * Door: the Tencent-compatible HTTP API. Only here are Tencent's words spoken. It knows no other door.
 */
@NullMarked
package org.hongyan.server.api;

import org.jspecify.annotations.NullMarked;
