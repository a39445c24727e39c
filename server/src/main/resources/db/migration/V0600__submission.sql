-- First answers of submissions that came with an idempotency key.
CREATE TABLE submission_idempotency (
    account_id   bigint NOT NULL,
    key          text COLLATE "C" NOT NULL,
    content_hash bytea NOT NULL,
    message_id   text COLLATE "C" NOT NULL,
    accepted_at  timestamptz NOT NULL,
    PRIMARY KEY (account_id, key)
);
CREATE INDEX submission_idempotency_age ON submission_idempotency (accepted_at);
