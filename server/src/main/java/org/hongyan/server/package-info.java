/**
 * The service: one package per feature, walls checked by Spring Modulith. Doors ({@code console}, {@code api},
 * {@code smtp}) lead to {@code submission}; what waits is in {@code queue}, what is on the wire in {@code delivery}.
 */
@NullMarked
package org.hongyan.server;

import org.jspecify.annotations.NullMarked;
