/**
 * The one table of settings. Each room keeps its own record ({@code @ConfigurationProperties("hongyan.<room>")}, every
 * component with a {@link org.hongyan.server.settings.Meaning} and a default); this room finds them all, refuses names
 * that none of them has, and lists them for the operator and for {@code docs/settings.md}.
 *
 * <p>It must never know what a setting does. It owns no table.
 */
@NullMarked
package org.hongyan.server.settings;

import org.jspecify.annotations.NullMarked;
