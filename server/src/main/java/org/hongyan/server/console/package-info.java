/**
 * Door: the pages of members, of the operator and of the public, in Chinese and English.
 *
 * <p>One {@code <Noun>Pages} for each room it shows; templates in {@code templates/console/<noun>/}, texts in
 * {@code i18n/console/}. Every page works by plain GET and POST, htmx betters it; a declined form comes back with 422
 * and the refusal beside its field. Pages run under {@code default-src 'self'}: no inline script, no inline style;
 * what has a measured width is drawn as SVG, whose attributes are not styles. Content that accounts wrote is only
 * ever shown in a sandboxed frame, which is a page of its own with a policy of its own.
 *
 * <p>No other room calls it. It knows no other door, no SQL and no table.
 */
@NullMarked
package org.hongyan.server.console;

import org.jspecify.annotations.NullMarked;
