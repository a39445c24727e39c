@org.jspecify.annotations.NullMarked
package org.hongyan.server.smtp;
