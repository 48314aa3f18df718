-- The shape of adk-python 2.10.0 .. 2.13.0 (V1) on H2. adk-python does not know H2: the types are those
-- that its string, text and naive time columns have elsewhere.
-- Row written on first use: ('schema_version', '1') into adk_internal_metadata.

CREATE TABLE adk_internal_metadata (
  "KEY" VARCHAR(128) NOT NULL,
  "VALUE" VARCHAR(256) NOT NULL,
  PRIMARY KEY ("KEY")
);

CREATE TABLE sessions (
  app_name VARCHAR(128) NOT NULL,
  user_id VARCHAR(128) NOT NULL,
  id VARCHAR(128) NOT NULL,
  state CLOB NOT NULL,
  create_time TIMESTAMP(6) NOT NULL,
  update_time TIMESTAMP(6) NOT NULL,
  PRIMARY KEY (app_name, user_id, id)
);

CREATE TABLE app_states (
  app_name VARCHAR(128) NOT NULL,
  state CLOB NOT NULL,
  update_time TIMESTAMP(6) NOT NULL,
  PRIMARY KEY (app_name)
);

CREATE TABLE user_states (
  app_name VARCHAR(128) NOT NULL,
  user_id VARCHAR(128) NOT NULL,
  state CLOB NOT NULL,
  update_time TIMESTAMP(6) NOT NULL,
  PRIMARY KEY (app_name, user_id)
);

CREATE TABLE events (
  id VARCHAR(128) NOT NULL,
  app_name VARCHAR(128) NOT NULL,
  user_id VARCHAR(128) NOT NULL,
  session_id VARCHAR(128) NOT NULL,
  invocation_id VARCHAR(256) NOT NULL,
  timestamp TIMESTAMP(6) NOT NULL,
  event_data CLOB,
  PRIMARY KEY (id, app_name, user_id, session_id),
  FOREIGN KEY (app_name, user_id, session_id) REFERENCES sessions (app_name, user_id, id) ON DELETE CASCADE
);

CREATE INDEX idx_events_app_user_session_ts_id ON events (app_name, user_id, session_id, timestamp DESC, id DESC);

INSERT INTO adk_internal_metadata ("KEY", "VALUE") VALUES ('schema_version', '1');
