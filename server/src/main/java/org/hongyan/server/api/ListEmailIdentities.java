package org.hongyan.server.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hongyan.server.reputation.DomainStanding;
import org.hongyan.server.reputation.Reputation;
import org.hongyan.server.sender.SendingDomain;
import org.hongyan.server.sender.SendingDomains;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lists the sending domains with level and cap. Without a limit it gives them all: an account has few. */
@Component
final class ListEmailIdentities implements Action<ListEmailIdentities.Request> {

    record Request(@Nullable Long limit, @Nullable Long offset) {}

    record Identity(
            String identityName,
            String identityType,
            boolean sendingEnabled,
            long currentReputationLevel,
            long dailyQuota,
            List<String> sendIp,
            @JsonProperty("DKIMOption") long dkimOption) {}

    record Response(List<Identity> emailIdentities, long maxReputationLevel, long maxDailyQuota, long total) {}

    private final SendingDomains domains;
    private final Reputation reputation;

    ListEmailIdentities(SendingDomains domains, Reputation reputation) {
        this.domains = domains;
        this.reputation = reputation;
    }

    @Override
    public Class<Request> requestType() {
        return Request.class;
    }

    @Override
    public ActionResult handle(Caller caller, Request request) {
        Paging.Page page = new Paging.Page(0, Integer.MAX_VALUE);
        if (request.limit != null || request.offset != null) {
            Paging paging = Paging.of(request.offset, request.limit);
            if (paging instanceof Paging.Illegal(TencentError error)) {
                return ActionResult.failed(error);
            }
            page = (Paging.Page) paging;
        }
        List<SendingDomain> all = domains.list(caller.account());
        Map<Long, DomainStanding> standings =
                reputation.standings(all.stream().map(SendingDomain::id).collect(Collectors.toSet()));
        List<Identity> identities = all.stream()
                .skip(page.offset())
                .limit(page.limit())
                .map(domain -> identity(domain, standings.get(domain.id())))
                .toList();
        return ActionResult.ok(new Response(
                identities,
                standings.values().stream()
                        .mapToLong(DomainStanding::level)
                        .max()
                        .orElse(0),
                standings.values().stream().mapToLong(DomainStanding::cap).max().orElse(0),
                all.size()));
    }

    private static Identity identity(SendingDomain domain, @Nullable DomainStanding standing) {
        boolean verified = DnsAttributes.isVerified(domain.state());
        return new Identity(
                domain.name().ascii(),
                "DOMAIN",
                verified,
                standing == null ? 0 : standing.level(),
                standing == null ? 0 : standing.cap(),
                List.of(),
                DnsAttributes.DKIM_2048);
    }
}
