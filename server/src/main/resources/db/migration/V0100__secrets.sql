-- One sealed word: tells at start whether the master key is the one of this database.
CREATE TABLE secrets_check (
    only_row boolean PRIMARY KEY CHECK (only_row),
    sealed   bytea   NOT NULL
);
