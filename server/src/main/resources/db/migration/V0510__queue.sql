-- Mail that is not settled for all of its recipients yet: what it is made of, once a message.
CREATE TABLE queue_message (
    id          bigint PRIMARY KEY,
    shard       smallint NOT NULL CHECK (shard BETWEEN 0 AND 63),
    message_id  text COLLATE "C" NOT NULL,
    account_id  bigint NOT NULL,
    domain_id   bigint NOT NULL,
    accepted_at timestamptz NOT NULL,
    recipients  integer NOT NULL,
    personal    boolean NOT NULL,
    content     bytea NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 5000,
        autovacuum_vacuum_insert_threshold = -1);
-- We compress what is worth it ourselves; the server must not try again.
ALTER TABLE queue_message ALTER COLUMN content SET STORAGE EXTERNAL;

CREATE SEQUENCE queue_message_id INCREMENT BY 1000;

-- The hot table: one small row for each recipient that waits, inserted, deleted, and updated only when deferred.
-- due is also moved ahead for mail that is handed over in memory, so that the reader does not meet it meanwhile.
CREATE TABLE queue_recipient (
    message          bigint NOT NULL,
    ordinal          integer NOT NULL,
    shard            smallint NOT NULL,
    domain_id        bigint NOT NULL,
    bulk             boolean NOT NULL,
    attempts         integer NOT NULL DEFAULT 0,
    due              timestamptz NOT NULL,
    expires_at       timestamptz NOT NULL,
    first_attempt_at timestamptz,
    recipient        text COLLATE "C" NOT NULL,
    last_reply       text NOT NULL DEFAULT '',
    PRIMARY KEY (message, ordinal)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000,
        autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0.2,
        autovacuum_vacuum_insert_threshold = -1);

-- One range for each domain of a shard, in due order: fairness is reading a little of each.
CREATE INDEX queue_recipient_order ON queue_recipient (shard, bulk, domain_id, due);

-- Who has had a shard how often. A node that lost its connection and comes back may settle what it still has in
-- memory only if nobody had the shard in between.
CREATE TABLE queue_shard (
    shard smallint PRIMARY KEY CHECK (shard BETWEEN 0 AND 63),
    epoch bigint NOT NULL DEFAULT 0,
    owner text NOT NULL DEFAULT ''
);
INSERT INTO queue_shard (shard) SELECT generate_series(0, 63);
