-- The key that signs return paths, encrypted under the master key; one row, shared by all nodes.
CREATE TABLE feedback_key (
    id     integer PRIMARY KEY CHECK (id = 1),
    sealed bytea NOT NULL
);
