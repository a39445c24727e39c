/**
 * Where everything is kept: PostgreSQL, either run by us inside the data folder or named by URL, and the data folder
 * itself. Every room may ask for the {@code DataSource}, for a connection of its own ({@link
 * org.hongyan.server.store.DedicatedConnections}) and for files in the {@link org.hongyan.server.store.DataFolder}.
 *
 * <p>This room must never know what is stored: it owns no table.
 */
@NullMarked
package org.hongyan.server.store;

import org.jspecify.annotations.NullMarked;
