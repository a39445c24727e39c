-- Addresses that an account will not mail.
CREATE TABLE suppression_address (
    account_id  bigint NOT NULL,
    address_key text COLLATE "C" NOT NULL,
    address     text COLLATE "C" NOT NULL,
    reason      text COLLATE "C" NOT NULL CHECK (reason IN ('HARD_BOUNCE', 'COMPLAINT', 'MANUAL')),
    since       timestamptz NOT NULL,
    until       timestamptz,
    source      text NOT NULL DEFAULT '',
    PRIMARY KEY (account_id, address_key)
);
CREATE INDEX suppression_address_newest ON suppression_address (account_id, since DESC);
CREATE INDEX suppression_address_until ON suppression_address (until) WHERE until IS NOT NULL;

-- People who want no more mail of a domain.
CREATE TABLE suppression_unsubscribe (
    account_id  bigint NOT NULL,
    domain      text COLLATE "C" NOT NULL,
    address_key text COLLATE "C" NOT NULL,
    address     text COLLATE "C" NOT NULL,
    since       timestamptz NOT NULL,
    source      text NOT NULL DEFAULT '',
    PRIMARY KEY (account_id, domain, address_key)
);
CREATE INDEX suppression_unsubscribe_newest ON suppression_unsubscribe (account_id, since DESC);

-- The key that signs unsubscribe links, encrypted under the master key; one row.
CREATE TABLE suppression_key (
    id     integer PRIMARY KEY CHECK (id = 1),
    sealed bytea NOT NULL
);
