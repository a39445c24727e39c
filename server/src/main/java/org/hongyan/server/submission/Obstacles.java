package org.hongyan.server.submission;

import java.util.Locale;
import java.util.Map;
import org.hongyan.server.refusal.Refusal;
import org.hongyan.server.suppression.Addressee;
import org.hongyan.server.suppression.SuppressionList;

/** Words the answer for a person who must not be mailed. */
final class Obstacles {

    private Obstacles() {}

    static Refusal refusal(Addressee addressee, Map<Addressee, SuppressionList.Obstacle> obstacles) {
        SuppressionList.Obstacle obstacle = obstacles.get(addressee);
        if (obstacle == null) {
            throw new IllegalArgumentException("nothing stands against this addressee");
        }
        return switch (obstacle) {
            case SuppressionList.Obstacle.Suppressed(SuppressionList.Reason reason) ->
                new Refusal.RecipientSuppressed(
                        addressee.address().toString(), reason.name().toLowerCase(Locale.ROOT));
            case SuppressionList.Obstacle.Unsubscribed unsubscribed ->
                new Refusal.RecipientUnsubscribed(
                        addressee.address().toString(), addressee.domain().ascii());
        };
    }
}
