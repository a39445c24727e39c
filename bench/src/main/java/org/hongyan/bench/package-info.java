/**
 * Measurements: JMH for the inner loops of the mail engine, and the harness for the whole path. Nothing in the product
 * calls it.
 */
@NullMarked
package org.hongyan.bench;

import org.jspecify.annotations.NullMarked;
