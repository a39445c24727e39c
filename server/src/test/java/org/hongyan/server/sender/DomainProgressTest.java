package org.hongyan.server.sender;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hongyan.mail.address.DomainName;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.sender.DomainLook.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainProgressTest {

    private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");
    private static final SenderProperties SETTINGS = TestSenders.settings(Map.of());
    private static final DomainProgress.Occasion BY_ITSELF = new DomainProgress.Occasion(false, false);

    private static StoredDomain domain(DomainState state, @Nullable Duration wrongFor, int waits) {
        return new StoredDomain(
                new SendingDomain(
                        1,
                        new AccountId(1),
                        new DomainName("mail.acme.test"),
                        state,
                        NOW.minus(Duration.ofDays(9)),
                        state == DomainState.PENDING ? null : NOW.minus(Duration.ofDays(8)),
                        NOW,
                        NOW,
                        wrongFor == null ? null : NOW.minus(wrongFor)),
                waits,
                null,
                List.of());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            PENDING,,RIGHT,VERIFIED
            PENDING,,WRONG,PENDING
            PENDING,,UNKNOWN,PENDING
            VERIFIED,,RIGHT,VERIFIED
            VERIFIED,,WRONG,ABNORMAL
            VERIFIED,,UNKNOWN,VERIFIED
            ABNORMAL,PT1H,RIGHT,VERIFIED
            ABNORMAL,PT23H59M,WRONG,ABNORMAL
            ABNORMAL,PT24H,WRONG,REFUSED
            ABNORMAL,PT99H,UNKNOWN,ABNORMAL
            REFUSED,PT99H,RIGHT,VERIFIED
            REFUSED,PT99H,WRONG,REFUSED
            REFUSED,PT99H,UNKNOWN,REFUSED
            """)
    void aStateGoesDownOnlyForWhatIsCertainlyWrong(
            DomainState from, @Nullable Duration wrongFor, Verdict verdict, DomainState to) {
        DomainProgress progress = DomainProgress.after(domain(from, wrongFor, 0), verdict, BY_ITSELF, NOW, SETTINGS);
        assertThat(progress.state()).isEqualTo(to);
        assertThat(progress.abnormalSince() != null).isEqualTo(to == DomainState.ABNORMAL || to == DomainState.REFUSED);
        assertThat(from == to || from.canBecome(to)).isTrue();
    }

    @Test
    void onlyTheseMovesAreLegal() {
        List<String> legal = new ArrayList<>();
        for (DomainState from : DomainState.values()) {
            for (DomainState to : DomainState.values()) {
                if (from.canBecome(to)) {
                    legal.add(from + ">" + to);
                }
            }
        }
        assertThat(legal)
                .containsExactly(
                        "PENDING>VERIFIED",
                        "VERIFIED>ABNORMAL",
                        "ABNORMAL>VERIFIED",
                        "ABNORMAL>REFUSED",
                        "REFUSED>VERIFIED");
    }

    @Test
    void aWaitingDomainIsLookedAtAtGrowingIntervals() {
        List<Long> minutes = new ArrayList<>();
        int waits = 0;
        for (int i = 0; i < 8; i++) {
            DomainProgress progress = DomainProgress.after(
                    domain(DomainState.PENDING, null, waits), Verdict.WRONG, BY_ITSELF, NOW, SETTINGS);
            minutes.add(Duration.between(NOW, progress.nextCheckAt()).toMinutes());
            waits = progress.waits();
        }
        assertThat(minutes).containsExactly(5L, 10L, 20L, 40L, 80L, 120L, 120L, 120L);
        DomainProgress byHand = DomainProgress.after(
                domain(DomainState.PENDING, null, waits),
                Verdict.WRONG,
                new DomainProgress.Occasion(true, false),
                NOW,
                SETTINGS);
        assertThat(byHand.nextCheckAt()).isEqualTo(NOW.plus(Duration.ofMinutes(5)));
        DomainProgress forgotten =
                DomainProgress.after(domain(DomainState.PENDING, null, 500), Verdict.WRONG, BY_ITSELF, NOW, SETTINGS);
        assertThat(forgotten.nextCheckAt()).isEqualTo(NOW.plus(Duration.ofDays(1)));
    }

    @Test
    void aVerifiedDomainIsLookedAtDailyAndANewSelectorSooner() {
        StoredDomain verified = domain(DomainState.VERIFIED, null, 0);
        assertThat(DomainProgress.after(verified, Verdict.RIGHT, BY_ITSELF, NOW, SETTINGS)
                        .nextCheckAt())
                .isEqualTo(NOW.plus(Duration.ofDays(1)));
        assertThat(DomainProgress.after(
                                verified, Verdict.RIGHT, new DomainProgress.Occasion(false, true), NOW, SETTINGS)
                        .nextCheckAt())
                .isEqualTo(NOW.plus(Duration.ofMinutes(5)));
    }

    @Test
    void theEndOfTheGracePeriodIsNotMissed() {
        StoredDomain abnormal = domain(DomainState.ABNORMAL, Duration.ofHours(23), 9);
        assertThat(DomainProgress.after(abnormal, Verdict.WRONG, BY_ITSELF, NOW, SETTINGS)
                        .nextCheckAt())
                .isEqualTo(NOW.plus(Duration.ofHours(1)));
    }
}
