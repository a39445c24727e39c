/**
 * A pretend internet in one process: authoritative DNS, mailbox providers that behave as asked, and an inbox with the
 * receiving side's verdicts. It is the other side for newcomers, tests and benches. {@link org.hongyan.sandbox.Sandbox}
 * puts it together. It depends on the mail engine only, opens loopback ports only, and knows nothing of the service's
 * accounts or database.
 */
@NullMarked
package org.hongyan.sandbox;

import org.jspecify.annotations.NullMarked;
