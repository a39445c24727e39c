@NullMarked
package org.hongyan.server.web;

import org.jspecify.annotations.NullMarked;
