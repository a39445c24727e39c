-- Where every recipient of every mail stands. One row from acceptance on, updated when an attempt ends.
-- Partitioned by the day (UTC) of acceptance, so that old days are dropped whole; the application makes the
-- partitions, with room in each page so that the update of a row stays in its page and touches no index.
CREATE TABLE event_recipient (
    accepted_at      timestamptz NOT NULL,
    message_id       text COLLATE "C" NOT NULL,
    ordinal          integer NOT NULL,
    account_id       bigint NOT NULL,
    domain_id        bigint NOT NULL,
    recipient        text COLLATE "C" NOT NULL,
    sender           text COLLATE "C" NOT NULL,
    subject          text NOT NULL,
    state            text COLLATE "C" NOT NULL
        CHECK (state IN ('ACCEPTED', 'DEFERRED', 'DELIVERED', 'BOUNCED', 'EXPIRED', 'DROPPED')),
    category         text COLLATE "C",
    last_reply       text NOT NULL DEFAULT '',
    attempts         integer NOT NULL DEFAULT 0,
    first_attempt_at timestamptz,
    next_attempt_at  timestamptz,
    settled_at       timestamptz,
    opened           boolean NOT NULL DEFAULT false,
    clicked          boolean NOT NULL DEFAULT false,
    unsubscribed     boolean NOT NULL DEFAULT false,
    complained       boolean NOT NULL DEFAULT false,
    -- The message ID begins with shard and second: inserts go to a few places of the index, not all over it.
    PRIMARY KEY (message_id, ordinal, accepted_at)
) PARTITION BY RANGE (accepted_at);

CREATE INDEX event_recipient_account_time ON event_recipient (account_id, accepted_at);
CREATE INDEX event_recipient_address ON event_recipient (account_id, lower(recipient));

-- What happened, append-only. xid lets a reader with a cursor stop below the oldest transaction that still runs;
-- without that it would step over rows that are committed later than their neighbours.
CREATE TABLE event_event (
    at              timestamptz NOT NULL,
    xid             xid8 NOT NULL DEFAULT pg_current_xact_id(),
    id              bigint NOT NULL,
    kind            text COLLATE "C" NOT NULL,
    account_id      bigint NOT NULL,
    message_id      text COLLATE "C" NOT NULL,
    ordinal         integer NOT NULL,
    recipient       text COLLATE "C" NOT NULL,
    attempt         integer NOT NULL DEFAULT 0,
    category        text COLLATE "C",
    blame           text COLLATE "C",
    detail          text NOT NULL DEFAULT '',
    host            text COLLATE "C" NOT NULL DEFAULT '',
    tls             text COLLATE "C" NOT NULL DEFAULT '',
    next_attempt_at timestamptz,
    machine         boolean NOT NULL DEFAULT false
) PARTITION BY RANGE (at);

CREATE SEQUENCE event_event_id CACHE 1000;
ALTER TABLE event_event ALTER COLUMN id SET DEFAULT nextval('event_event_id');
CREATE INDEX event_event_cursor ON event_event (xid, id);
CREATE INDEX event_event_message ON event_event (message_id, ordinal);
