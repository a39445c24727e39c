/** What tests of all rooms share: one PostgreSQL for the whole run, and the whole service on a database of its own. */
@NullMarked
package org.hongyan.server;

import org.jspecify.annotations.NullMarked;
