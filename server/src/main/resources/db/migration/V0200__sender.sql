-- Sending domains, what their records looked like, their keys, and sender addresses. Only the room sender reads these.

CREATE TABLE sender_domain (
    id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id      bigint      NOT NULL,
    -- lower-case A-labels; one owner in the whole service
    name            text        NOT NULL UNIQUE CHECK (name = lower(name) AND length(name) <= 253),
    state           text        NOT NULL CHECK (state IN ('PENDING', 'VERIFIED', 'ABNORMAL', 'REFUSED')),
    created_at      timestamptz NOT NULL,
    verified_at     timestamptz,
    last_checked_at timestamptz,
    next_check_at   timestamptz NOT NULL,
    abnormal_since  timestamptz,
    -- looks without a change of state since the last one by hand; sets how long the next wait is
    waits           integer     NOT NULL DEFAULT 0 CHECK (waits >= 0),
    asked_server    text,
    name_servers    text[]      NOT NULL DEFAULT '{}',
    -- number of the next selector: a number is never used twice, as caches may still hold its old key
    next_selector   integer     NOT NULL DEFAULT 1,
    CHECK ((abnormal_since IS NOT NULL) = (state IN ('ABNORMAL', 'REFUSED')))
);
CREATE INDEX sender_domain_account ON sender_domain (account_id, name);
CREATE INDEX sender_domain_due ON sender_domain (next_check_at);

CREATE TABLE sender_dkim_key (
    id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    domain_id      bigint      NOT NULL REFERENCES sender_domain ON DELETE CASCADE,
    selector       text        NOT NULL,
    -- PKCS #8, encrypted with the master key that lives outside of the database
    private_key    bytea       NOT NULL,
    public_record  text        NOT NULL,
    created_at     timestamptz NOT NULL,
    -- when its record was seen right for the first time
    passed_at      timestamptz,
    UNIQUE (domain_id, selector)
);

CREATE TABLE sender_domain_record (
    domain_id    bigint      NOT NULL REFERENCES sender_domain ON DELETE CASCADE,
    kind         text        NOT NULL CHECK (kind IN ('MX', 'SPF', 'DKIM', 'DMARC')),
    -- of DKIM; empty for the others
    selector     text        NOT NULL DEFAULT '',
    status       text        NOT NULL CHECK (status IN ('PASS', 'MISMATCH', 'MISSING', 'TIMED_OUT')),
    reason       text        NOT NULL,
    -- name, value, name, value …
    reason_facts text[]      NOT NULL,
    seen         text[]      NOT NULL,
    checked_at   timestamptz NOT NULL,
    PRIMARY KEY (domain_id, kind, selector)
);

CREATE TABLE sender_address (
    id                     bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id             bigint      NOT NULL,
    domain_id              bigint      NOT NULL REFERENCES sender_domain ON DELETE RESTRICT,
    -- as given, and in lower case: one mailbox has one row, whatever the spelling
    address                text        NOT NULL,
    address_key            text        NOT NULL UNIQUE,
    alias                  text        NOT NULL,
    password_hash          text,
    previous_password_hash text,
    created_at             timestamptz NOT NULL
);
CREATE INDEX sender_address_account ON sender_address (account_id, address_key);
CREATE INDEX sender_address_domain ON sender_address (domain_id);
