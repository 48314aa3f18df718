--liquibase formatted sql

--changeset adk-migration:ext_adk_0001_sessions
--comment Create the table of sessions
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM sqlite_schema WHERE name = ${sessions:literal}
CREATE TABLE ${sessions} (
  app_name VARCHAR(128) NOT NULL,
  user_id VARCHAR(128) NOT NULL,
  id VARCHAR(128) NOT NULL,
  state TEXT NOT NULL,
  create_time DATETIME NOT NULL,
  update_time DATETIME NOT NULL${owner_column},
  PRIMARY KEY (app_name, user_id, id)${owner_reference}
)
--rollback DROP TABLE IF EXISTS ${sessions}

--changeset adk-migration:ext_adk_0001_app_states
--comment Create the table of application states
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM sqlite_schema WHERE name = ${app_states:literal}
CREATE TABLE ${app_states} (
  app_name VARCHAR(128) NOT NULL,
  state TEXT NOT NULL,
  update_time DATETIME NOT NULL,
  PRIMARY KEY (app_name)
)
--rollback DROP TABLE IF EXISTS ${app_states}

--changeset adk-migration:ext_adk_0001_user_states
--comment Create the table of user states
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM sqlite_schema WHERE name = ${user_states:literal}
CREATE TABLE ${user_states} (
  app_name VARCHAR(128) NOT NULL,
  user_id VARCHAR(128) NOT NULL,
  state TEXT NOT NULL,
  update_time DATETIME NOT NULL,
  PRIMARY KEY (app_name, user_id)
)
--rollback DROP TABLE IF EXISTS ${user_states}

--changeset adk-migration:ext_adk_0001_events
--comment Create the table of events
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM sqlite_schema WHERE name = ${events:literal}
CREATE TABLE ${events} (
  id VARCHAR(128) NOT NULL,
  app_name VARCHAR(128) NOT NULL,
  user_id VARCHAR(128) NOT NULL,
  session_id VARCHAR(128) NOT NULL,
  invocation_id VARCHAR(256) NOT NULL,
  timestamp DATETIME NOT NULL,
  event_data TEXT,
  PRIMARY KEY (id, app_name, user_id, session_id),
  FOREIGN KEY (app_name, user_id, session_id) REFERENCES ${sessions} (app_name, user_id, id) ON DELETE CASCADE
)
--rollback DROP TABLE ${events}

--changeset adk-migration:ext_adk_0001_shadow
--comment Create the new table of events under a temporary name, its primary key to follow
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM sqlite_schema WHERE name = ${shadow:literal}
CREATE TABLE ${shadow} (
  id VARCHAR(128) NOT NULL,
  app_name VARCHAR(128) NOT NULL,
  user_id VARCHAR(128) NOT NULL,
  session_id VARCHAR(128) NOT NULL,
  invocation_id VARCHAR(256) NOT NULL,
  timestamp DATETIME NOT NULL,
  event_data TEXT${extra_columns},
  FOREIGN KEY (app_name, user_id, session_id) REFERENCES ${sessions} (app_name, user_id, id) ON DELETE CASCADE
)
--rollback DROP TABLE IF EXISTS ${shadow}

--changeset adk-migration:ext_adk_0001_metadata
--comment Create the table that names the schema version
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM sqlite_schema WHERE name = ${metadata:literal}
CREATE TABLE ${metadata} (
  "key" VARCHAR(128) NOT NULL,
  value VARCHAR(256) NOT NULL,
  PRIMARY KEY ("key")
)
--rollback DROP TABLE ${metadata}

--changeset adk-migration:ext_adk_0001_schema_version
--comment Record schema version 1
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM ${metadata} WHERE "key" = 'schema_version'
INSERT INTO ${metadata} ("key", value) VALUES ('schema_version', '1')
--rollback DELETE FROM ${metadata} WHERE "key" = 'schema_version' AND value = '1'

--changeset adk-migration:ext_adk_0002_events_index
--comment Create the index on events by session and time
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND name = ${events_index:literal}
CREATE INDEX ${events_index:qualified} ON ${events:quoted} (app_name, user_id, session_id, timestamp DESC, id DESC)
--rollback DROP INDEX IF EXISTS ${events_index:qualified}

--changeset adk-migration:ext_adk_0001_owner_column
--comment Add the owner column to the table of sessions
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pragma_table_info(${sessions:literal}) WHERE name = ${owner_name}
ALTER TABLE ${sessions} ADD COLUMN ${owner_definition}
--rollback ALTER TABLE ${sessions} DROP COLUMN ${owner_quoted}

--changeset adk-migration:ext_adk_0001_app_state_rows
--comment Create the rows of application states that adk-python 1.25 and newer expect
--phase backfill
--min-compatible 0001
INSERT INTO ${app_states} (app_name, state, update_time)
SELECT DISTINCT s.app_name, '{}', strftime('%Y-%m-%d %H:%M:%f000', 'now') FROM ${sessions} s
WHERE NOT EXISTS (SELECT 1 FROM ${app_states} a WHERE a.app_name = s.app_name)
ON CONFLICT DO NOTHING

--changeset adk-migration:ext_adk_0001_user_state_rows
--comment Create the rows of user states that adk-python 1.25 and newer expect
--phase backfill
--min-compatible 0001
INSERT INTO ${user_states} (app_name, user_id, state, update_time)
SELECT DISTINCT s.app_name, s.user_id, '{}', strftime('%Y-%m-%d %H:%M:%f000', 'now') FROM ${sessions} s
WHERE NOT EXISTS (SELECT 1 FROM ${user_states} u WHERE u.app_name = s.app_name AND u.user_id = s.user_id)
ON CONFLICT DO NOTHING

--changeset adk-migration:ext_adk_0001_keep_events
--comment Keep the old events under another name
--phase expand
--min-compatible 0001
ALTER TABLE ${events} RENAME TO ${kept:quoted}
--rollback ALTER TABLE ${kept} RENAME TO ${events:quoted}

--changeset adk-migration:ext_adk_0001_swap
--comment Put the converted events in the place of the old ones
--phase expand
--min-compatible 0001
ALTER TABLE ${shadow} RENAME TO ${events:quoted}
--rollback ALTER TABLE ${events} RENAME TO ${since:quoted}

--changeset adk-migration:ext_adk_0001_former_times
--comment Create the table that keeps the times that are set to UTC
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ${former_times:literal}
CREATE TABLE ${former_times} (
  kind VARCHAR(16) NOT NULL,
  id VARCHAR(128) NOT NULL,
  app_name VARCHAR(128) NOT NULL,
  user_id VARCHAR(128) NOT NULL,
  session_id VARCHAR(128) NOT NULL,
  former NOT NULL,
  utc NOT NULL,
  PRIMARY KEY (kind, id, app_name, user_id, session_id)
)
--rollback -- nothing to undo

--changeset adk-migration:ext_adk_0001_event_times
--comment Set the times of events that are not in UTC to UTC
--phase backfill
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:1 SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ${former_times:literal}
UPDATE ${events} AS e SET timestamp = f.utc FROM ${former_times} f
WHERE f.kind = 'event' AND f.id = e.id AND f.app_name = e.app_name AND f.user_id = e.user_id AND f.session_id = e.session_id AND e.timestamp = f.former
--rollback UPDATE ${sessions} AS s SET update_time = f.former FROM ${former_times} f WHERE f.kind = 'session' AND f.app_name = s.app_name AND f.user_id = s.user_id AND f.session_id = s.id AND s.update_time = f.utc
--rollback UPDATE ${events} AS e SET timestamp = f.former FROM ${former_times} f WHERE f.kind = 'event' AND f.id = e.id AND f.app_name = e.app_name AND f.user_id = e.user_id AND f.session_id = e.session_id AND e.timestamp = f.utc
--rollback DELETE FROM ${former_times}
