-- Templates and their versions. A version never changes once made, but for its review. Only the room template reads these.

CREATE TABLE template_template (
    id              bigint      GENERATED ALWAYS AS IDENTITY (START WITH 10001) PRIMARY KEY,
    account_id      bigint      NOT NULL,
    name            text        NOT NULL,
    summary         text        NOT NULL,
    created_at      timestamptz NOT NULL,
    -- a deleted template is out of sight, while its versions are kept for mail that waits
    deleted_at      timestamptz
);
CREATE INDEX template_template_account ON template_template (account_id, id DESC) WHERE deleted_at IS NULL;

CREATE TABLE template_version (
    id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    template_id    bigint      NOT NULL REFERENCES template_template,
    number         integer     NOT NULL CHECK (number >= 1),
    state          text        NOT NULL CHECK (state IN ('PENDING', 'APPROVED', 'REJECTED')),
    subject        text        NOT NULL,
    html           text,
    body_text      text,
    variables      text[]      NOT NULL,
    review_reason  text        NOT NULL DEFAULT '',
    reviewer       text,
    created_at     timestamptz NOT NULL,
    reviewed_at    timestamptz,
    UNIQUE (template_id, number),
    CHECK (html IS NOT NULL OR body_text IS NOT NULL),
    CHECK ((reviewed_at IS NULL) = (state = 'PENDING'))
);
CREATE INDEX template_version_waiting ON template_version (created_at, id) WHERE state = 'PENDING';

CREATE TABLE template_finding (
    version_id bigint  NOT NULL REFERENCES template_version,
    ordinal    integer NOT NULL,
    rule       text    NOT NULL,
    severity   text    NOT NULL CHECK (severity IN ('ADVICE', 'NEEDS_PERSON', 'REFUSED')),
    place      text    NOT NULL,
    matched    text    NOT NULL,
    PRIMARY KEY (version_id, ordinal)
);
