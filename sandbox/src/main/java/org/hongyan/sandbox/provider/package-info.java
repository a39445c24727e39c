/**
 * Receiving mail servers that behave as mailbox providers do, and the people behind them: recipients who open, click,
 * complain and unsubscribe, and servers that report a failure late. {@link org.hongyan.sandbox.provider.Providers} is
 * the entry. Reports and clicks go over real connections to the addresses that the pretend DNS gives; nothing here
 * calls the service in another way, and nothing leaves this machine.
 */
@NullMarked
package org.hongyan.sandbox.provider;

import org.jspecify.annotations.NullMarked;
