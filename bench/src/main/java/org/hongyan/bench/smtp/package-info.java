/**
 * How fast the SMTP server accepts when nothing is stored, and what an idle connection costs. Uses Postfix's smtp-source and
 * smtp-sink as load and as yardstick.
 */
@NullMarked
package org.hongyan.bench.smtp;

import org.jspecify.annotations.NullMarked;
