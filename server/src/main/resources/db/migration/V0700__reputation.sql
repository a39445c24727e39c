-- The level of each domain.
CREATE TABLE reputation_domain (
    domain_id   bigint PRIMARY KEY,
    level       integer NOT NULL CHECK (level BETWEEN 0 AND 21),
    -- Set by the operator above level 20, or null.
    cap_by_hand bigint CHECK (cap_by_hand >= 0),
    ban_rule    text,
    banned_until timestamptz,
    since       timestamptz NOT NULL
);

-- The places of a domain's day, kept apart from the results of the day: acceptance and settlement would otherwise wait
-- for one another's commits. What waits over midnight moves into the next day's row with its place.
CREATE TABLE reputation_place (
    domain_id bigint NOT NULL,
    day       date NOT NULL,
    admitted  bigint NOT NULL DEFAULT 0 CHECK (admitted >= 0),
    attempted bigint NOT NULL DEFAULT 0 CHECK (attempted >= 0),
    PRIMARY KEY (domain_id, day)
) WITH (fillfactor = 50);

-- The results of a domain's day, by the day of the first attempt.
CREATE TABLE reputation_day (
    domain_id     bigint NOT NULL,
    day           date NOT NULL,
    sent          bigint NOT NULL DEFAULT 0,
    delivered     bigint NOT NULL DEFAULT 0,
    invalid       bigint NOT NULL DEFAULT 0,
    spam_rejected bigint NOT NULL DEFAULT 0,
    other_bounced bigint NOT NULL DEFAULT 0,
    expired       bigint NOT NULL DEFAULT 0,
    complaints    bigint NOT NULL DEFAULT 0,
    opens         bigint NOT NULL DEFAULT 0,
    clicks        bigint NOT NULL DEFAULT 0,
    unsubscribes  bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (domain_id, day)
) WITH (fillfactor = 50);
