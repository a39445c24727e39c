package org.hongyan.server.delivery;

import java.time.Clock;
import org.springframework.stereotype.Component;

/** What the runner is told from outside: its settings and the time. */
@Component
record DeliverySetting(DeliveryProperties properties, Clock clock) {}
