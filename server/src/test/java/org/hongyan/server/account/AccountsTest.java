package org.hongyan.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hongyan.server.account.TestAccounts.done;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.hongyan.server.TestDatabase;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.junit.jupiter.api.Test;

class AccountsTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final Instant NOW = Instant.parse("2026-11-25T02:00:00Z");

    private final TestAccounts room = TestAccounts.on(DATABASE, Clock.fixed(NOW, ZoneOffset.UTC));
    private final Accounts accounts = room.accounts();

    @Test
    void anAccountIsRegisteredThenAwaitsThenIsActivated() {
        Account account = done(accounts.register("Acme 鸿雁", "operator"));
        assertThat(account.state()).isEqualTo(AccountState.REGISTERED);
        assertThat(account.createdAt()).isEqualTo(NOW);
        assertThat(accounts.confirmRealName(account.id(), "operator"))
                .isEqualTo(Outcome.refused(new Refusal.NotPermitted("account.real-name.confirm")));

        RealName form = new RealName(RealName.Kind.PERSON, "张三", "110101199003070000");
        assertThat(done(accounts.submitRealName(account.id(), form, "zhang")).state())
                .isEqualTo(AccountState.REAL_NAME_AWAITING);
        assertThat(accounts.realName(account.id())).contains(form);

        assertThat(done(accounts.confirmRealName(account.id(), "operator")).state())
                .isEqualTo(AccountState.ACTIVATED);
        assertThat(accounts.find(account.id()).orElseThrow().state()).isEqualTo(AccountState.ACTIVATED);
        assertThat(accounts.submitRealName(account.id(), form, "zhang")).isInstanceOf(Outcome.Refused.class);
        assertThat(room.auditTrail().latest(account.id(), 10))
                .extracting(AuditTrail.Entry::action)
                .containsExactly("account.real-name.confirm", "account.real-name.submit", "account.register");
    }

    @Test
    void theOperatorMaySetThatAccountsAreActivatedAtOnce() {
        TestAccounts atOnce = TestAccounts.activatingAtOnce(DATABASE, Clock.fixed(NOW, ZoneOffset.UTC));
        assertThat(done(atOnce.accounts().register("Sandbox", "system")).state())
                .isEqualTo(AccountState.ACTIVATED);
    }

    @Test
    void aSuspendedAccountGoesBackToWhatItWas() {
        AccountId id = room.activated("Suspended");
        assertThat(done(accounts.suspend(id, "spam", "operator")).state()).isEqualTo(AccountState.SUSPENDED);
        assertThat(accounts.suspend(id, "again", "operator")).isInstanceOf(Outcome.Refused.class);
        assertThat(accounts.find(id).orElseThrow().state()).isEqualTo(AccountState.SUSPENDED);
        assertThat(done(accounts.resume(id, "operator")).state()).isEqualTo(AccountState.ACTIVATED);
        assertThat(accounts.resume(id, "operator")).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void aRejectedFormMayBeGivenAgain() {
        AccountId id = done(accounts.register("Rejected", "operator")).id();
        done(accounts.submitRealName(id, new RealName(RealName.Kind.COMPANY, "甲", "1"), "owner"));
        assertThat(done(accounts.rejectRealName(id, "unreadable", "operator")).state())
                .isEqualTo(AccountState.REGISTERED);
        assertThat(done(accounts.submitRealName(id, new RealName(RealName.Kind.COMPANY, "乙", "2"), "owner"))
                        .state())
                .isEqualTo(AccountState.REAL_NAME_AWAITING);
    }

    @Test
    void badFormsChangeNothing() {
        assertThat(accounts.register(" ", "operator")).isEqualTo(Outcome.refused(new Refusal.FieldMissing("name")));
        assertThat(accounts.register("line\nbreak", "operator")).isInstanceOf(Outcome.Refused.class);
        AccountId id = done(accounts.register("Bad forms", "operator")).id();
        assertThat(accounts.submitRealName(id, new RealName(RealName.Kind.PERSON, "张三", ""), "x"))
                .isEqualTo(Outcome.refused(new Refusal.FieldMissing("number")));
        assertThat(accounts.find(id).orElseThrow().state()).isEqualTo(AccountState.REGISTERED);
    }

    @Test
    void theIdNumberIsNotReadableInTheDatabase() {
        AccountId id = done(accounts.register("Encrypted", "operator")).id();
        done(accounts.submitRealName(id, new RealName(RealName.Kind.PERSON, "李四", "SECRET-NUMBER-42"), "x"));
        byte[] stored = DATABASE.jdbc()
                .sql("SELECT real_name_number FROM account_account WHERE id = ?")
                .param(id.value())
                .query(byte[].class)
                .single();
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("SECRET-NUMBER-42");
    }

    @Test
    void theAuditTrailCanOnlyGrow() {
        room.auditTrail().record(null, "operator", "test.entry", "object", "detail");
        for (String attempt : new String[] {
            "UPDATE account_audit SET actor = 'x'", "DELETE FROM account_audit", "TRUNCATE account_audit"
        }) {
            assertThatThrownBy(() -> DATABASE.jdbc().sql(attempt).update())
                    .as(attempt)
                    .hasMessageContaining("append-only");
        }
        assertThat(room.auditTrail().latest(null, 100))
                .anySatisfy(entry -> assertThat(entry.action()).isEqualTo("test.entry"));
    }
}
