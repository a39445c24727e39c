/**
 * The content policy: pure rules over content, each finding with rule, place and matched text. No tables, no
 * state.
 */
@NullMarked
package org.hongyan.server.policy;

import org.jspecify.annotations.NullMarked;
