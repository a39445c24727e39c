@NullMarked
package org.hongyan.server.account;

import org.jspecify.annotations.NullMarked;
