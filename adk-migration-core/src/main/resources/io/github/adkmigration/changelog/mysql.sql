--liquibase formatted sql

--changeset adk-migration:ext_adk_0001_sessions
--comment Create the table of sessions
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM information_schema.tables WHERE table_schema = ${schema:literal} AND table_name = ${sessions:literal}
CREATE TABLE ${sessions} (
  app_name VARCHAR(128) NOT NULL,
  user_id VARCHAR(128) NOT NULL,
  id VARCHAR(128) NOT NULL,
  state LONGTEXT NOT NULL,
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL${owner_column},
  PRIMARY KEY (app_name, user_id, id)${owner_reference}
)${table_options}
--rollback DROP TABLE IF EXISTS ${sessions}

--changeset adk-migration:ext_adk_0001_app_states
--comment Create the table of application states
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM information_schema.tables WHERE table_schema = ${schema:literal} AND table_name = ${app_states:literal}
CREATE TABLE ${app_states} (
  app_name VARCHAR(128) NOT NULL,
  state LONGTEXT NOT NULL,
  update_time DATETIME(6) NOT NULL,
  PRIMARY KEY (app_name)
)${table_options}
--rollback DROP TABLE IF EXISTS ${app_states}

--changeset adk-migration:ext_adk_0001_user_states
--comment Create the table of user states
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM information_schema.tables WHERE table_schema = ${schema:literal} AND table_name = ${user_states:literal}
CREATE TABLE ${user_states} (
  app_name VARCHAR(128) NOT NULL,
  user_id VARCHAR(128) NOT NULL,
  state LONGTEXT NOT NULL,
  update_time DATETIME(6) NOT NULL,
  PRIMARY KEY (app_name, user_id)
)${table_options}
--rollback DROP TABLE IF EXISTS ${user_states}

--changeset adk-migration:ext_adk_0001_events
--comment Create the table of events
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM information_schema.tables WHERE table_schema = ${schema:literal} AND table_name = ${events:literal}
CREATE TABLE ${events} (
  id VARCHAR(128) NOT NULL,
  app_name VARCHAR(128) NOT NULL,
  user_id VARCHAR(128) NOT NULL,
  session_id VARCHAR(128) NOT NULL,
  invocation_id VARCHAR(256) NOT NULL,
  timestamp DATETIME(6) NOT NULL,
  event_data LONGTEXT${json_charset},
  PRIMARY KEY (id, app_name, user_id, session_id),
  FOREIGN KEY (app_name, user_id, session_id) REFERENCES ${sessions} (app_name, user_id, id) ON DELETE CASCADE
)${table_options}
--rollback DROP TABLE ${events}

--changeset adk-migration:ext_adk_0001_shadow
--comment Create the new table of events under a temporary name
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM information_schema.tables WHERE table_schema = ${schema:literal} AND table_name = ${shadow:literal}
CREATE TABLE ${shadow} (
  id VARCHAR(128) NOT NULL,
  app_name VARCHAR(128) NOT NULL,
  user_id VARCHAR(128) NOT NULL,
  session_id VARCHAR(128) NOT NULL,
  invocation_id VARCHAR(256) NOT NULL,
  timestamp DATETIME(6) NOT NULL,
  event_data LONGTEXT${json_charset}${extra_columns},
  PRIMARY KEY (id, app_name, user_id, session_id),
  FOREIGN KEY (app_name, user_id, session_id) REFERENCES ${sessions} (app_name, user_id, id) ON DELETE CASCADE${shadow_events_index}
)${table_options}
--rollback DROP TABLE IF EXISTS ${shadow}

--changeset adk-migration:ext_adk_0001_metadata
--comment Create the table that names the schema version
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM information_schema.tables WHERE table_schema = ${schema:literal} AND table_name = ${metadata:literal}
CREATE TABLE ${metadata} (
  `key` VARCHAR(128) NOT NULL,
  value VARCHAR(256) NOT NULL,
  PRIMARY KEY (`key`)
)${table_options}
--rollback DROP TABLE ${metadata}

--changeset adk-migration:ext_adk_0001_schema_version
--comment Record schema version 1
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM ${metadata} WHERE `key` = 'schema_version'
INSERT INTO ${metadata} (`key`, value) VALUES ('schema_version', '1')
--rollback DELETE FROM ${metadata} WHERE `key` = 'schema_version' AND value = '1'

--changeset adk-migration:ext_adk_0002_events_index
--comment Create the index on events by session and time
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(DISTINCT index_name) FROM information_schema.statistics WHERE table_schema = ${schema:literal} AND table_name = ${events:literal} AND index_name = ${events_index:literal}
CREATE INDEX ${events_index} ON ${events} (app_name, user_id, session_id, timestamp DESC, id DESC)${online}
--rollback ALTER TABLE ${events} DROP INDEX ${events_index}${online_dropped}

--changeset adk-migration:ext_adk_0001_sessions_key
--comment Bring the primary key of sessions into head's order
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:1 SELECT count(*) FROM information_schema.statistics WHERE table_schema = ${schema:literal} AND table_name = ${sessions:literal} AND index_name = 'PRIMARY' AND seq_in_index = 1 AND column_name = 'id'
ALTER TABLE ${sessions} DROP PRIMARY KEY, ADD PRIMARY KEY (app_name, user_id, id)
--rollback ALTER TABLE ${sessions} DROP PRIMARY KEY, ADD PRIMARY KEY (id, app_name, user_id)

--changeset adk-migration:ext_adk_0001_sessions_nulls
--comment Fill what the writer left open in sessions
--phase expand
--min-compatible 0001
UPDATE ${sessions} s SET s.state = COALESCE(s.state, '{}'),
s.create_time = COALESCE(s.create_time, (SELECT min(e.timestamp) FROM ${events} e WHERE e.app_name = s.app_name AND e.user_id = s.user_id AND e.session_id = s.id), s.update_time, '1970-01-01 00:00:01'),
s.update_time = COALESCE(s.update_time, (SELECT max(e.timestamp) FROM ${events} e WHERE e.app_name = s.app_name AND e.user_id = s.user_id AND e.session_id = s.id), s.create_time)
WHERE s.state IS NULL OR s.create_time IS NULL OR s.update_time IS NULL

--changeset adk-migration:ext_adk_0001_app_states_nulls
--comment Fill what the writer left open in app_states
--phase expand
--min-compatible 0001
UPDATE ${app_states} SET state = COALESCE(state, '{}'), update_time = COALESCE(CASE WHEN CAST(update_time AS CHAR) >= '1000' THEN update_time END, '1970-01-01 00:00:01')
WHERE state IS NULL OR update_time IS NULL OR CAST(update_time AS CHAR) < '1000'

--changeset adk-migration:ext_adk_0001_user_states_nulls
--comment Fill what the writer left open in user_states
--phase expand
--min-compatible 0001
UPDATE ${user_states} SET state = COALESCE(state, '{}'), update_time = COALESCE(CASE WHEN CAST(update_time AS CHAR) >= '1000' THEN update_time END, '1970-01-01 00:00:01')
WHERE state IS NULL OR update_time IS NULL OR CAST(update_time AS CHAR) < '1000'

--changeset adk-migration:ext_adk_0001_metadata_nulls
--comment Fill what the writer left open in the table that names the schema version
--phase expand
--min-compatible 0001
UPDATE ${metadata} SET value = '' WHERE value IS NULL

--changeset adk-migration:ext_adk_0001_metadata_columns
--comment Bring the columns of the table that names the schema version to head's types
--phase expand
--min-compatible 0001
ALTER TABLE ${metadata} MODIFY value VARCHAR(256) NOT NULL

--changeset adk-migration:ext_adk_0001_sessions_columns
--comment Bring the columns of sessions to head's types
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:1 SELECT count(*) FROM information_schema.tables WHERE table_schema = ${schema:literal} AND table_name = ${sessions:literal}
ALTER TABLE ${sessions} MODIFY state LONGTEXT${sessions_state} NOT NULL, MODIFY create_time DATETIME(6) NOT NULL, MODIFY update_time DATETIME(6) NOT NULL

--changeset adk-migration:ext_adk_0001_app_states_columns
--comment Bring the columns of app_states to head's types
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:1 SELECT count(*) FROM information_schema.tables WHERE table_schema = ${schema:literal} AND table_name = ${app_states:literal}
ALTER TABLE ${app_states} MODIFY state LONGTEXT${app_states_state} NOT NULL, MODIFY update_time DATETIME(6) NOT NULL

--changeset adk-migration:ext_adk_0001_user_states_columns
--comment Bring the columns of user_states to head's types
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:1 SELECT count(*) FROM information_schema.tables WHERE table_schema = ${schema:literal} AND table_name = ${user_states:literal}
ALTER TABLE ${user_states} MODIFY state LONGTEXT${user_states_state} NOT NULL, MODIFY update_time DATETIME(6) NOT NULL

--changeset adk-migration:ext_adk_0001_owner_column
--comment Add the owner column to the table of sessions
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM information_schema.columns WHERE table_schema = ${schema:literal} AND table_name = ${sessions:literal} AND column_name = ${owner_name}
ALTER TABLE ${sessions} ADD COLUMN ${owner_definition}
--rollback ALTER TABLE ${sessions} DROP COLUMN ${owner_quoted}

--changeset adk-migration:ext_adk_0001_app_state_rows
--comment Create the rows of application states that adk-python 1.25 and newer expect
--phase backfill
--min-compatible 0001
INSERT IGNORE INTO ${app_states} (app_name, state, update_time)
SELECT DISTINCT s.app_name, '{}', UTC_TIMESTAMP(6) FROM ${sessions} s
WHERE NOT EXISTS (SELECT 1 FROM ${app_states} a WHERE a.app_name = s.app_name)

--changeset adk-migration:ext_adk_0001_user_state_rows
--comment Create the rows of user states that adk-python 1.25 and newer expect
--phase backfill
--min-compatible 0001
INSERT IGNORE INTO ${user_states} (app_name, user_id, state, update_time)
SELECT DISTINCT s.app_name, s.user_id, '{}', UTC_TIMESTAMP(6) FROM ${sessions} s
WHERE NOT EXISTS (SELECT 1 FROM ${user_states} u WHERE u.app_name = s.app_name AND u.user_id = s.user_id)

--changeset adk-migration:ext_adk_0001_swap
--comment Put the converted events in the place of the old ones
--phase expand
--min-compatible 0001
RENAME TABLE ${events} TO ${kept}, ${shadow} TO ${events}
--rollback RENAME TABLE ${events} TO ${since}, ${kept} TO ${events}

--changeset adk-migration:ext_adk_0001_keep_events
--comment Keep the old events under another name
--phase expand
--min-compatible 0001
ALTER TABLE ${events} RENAME TO ${kept}
--rollback ALTER TABLE ${kept} RENAME TO ${events}

--changeset adk-migration:ext_adk_0001_finish_swap
--comment Put the converted events in the place of the old ones
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM information_schema.tables WHERE table_schema = ${schema:literal} AND table_name = ${events:literal}
ALTER TABLE ${shadow} RENAME TO ${events}
--rollback ALTER TABLE ${events} RENAME TO ${since}

--changeset adk-migration:ext_adk_0001_former_times
--comment Create the table that keeps the times that are set to UTC
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM information_schema.tables WHERE table_schema = ${schema:literal} AND table_name = ${former_times:literal}
CREATE TABLE ${former_times} (
  kind VARCHAR(16) NOT NULL,
  id VARCHAR(128) NOT NULL,
  app_name VARCHAR(128) NOT NULL,
  user_id VARCHAR(128) NOT NULL,
  session_id VARCHAR(128) NOT NULL,
  former DATETIME(6) NOT NULL,
  utc DATETIME(6) NOT NULL,
  PRIMARY KEY (kind, id, app_name, user_id, session_id)
)${table_options}
--rollback -- nothing to undo

--changeset adk-migration:ext_adk_0001_event_times
--comment Set the times of events that are not in UTC to UTC
--phase backfill
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:1 SELECT count(*) FROM information_schema.tables WHERE table_schema = ${schema:literal} AND table_name = ${former_times:literal}
UPDATE ${events} e JOIN ${former_times} f ON f.id = e.id AND f.app_name = e.app_name AND f.user_id = e.user_id AND f.session_id = e.session_id
SET e.timestamp = f.utc WHERE f.kind = 'event' AND e.timestamp = f.former
--rollback UPDATE ${sessions} s JOIN ${former_times} f ON f.app_name = s.app_name AND f.user_id = s.user_id AND f.session_id = s.id SET s.update_time = f.former WHERE f.kind = 'session' AND s.update_time = f.utc
--rollback UPDATE ${events} e JOIN ${former_times} f ON f.id = e.id AND f.app_name = e.app_name AND f.user_id = e.user_id AND f.session_id = e.session_id SET e.timestamp = f.former WHERE f.kind = 'event' AND e.timestamp = f.utc
--rollback DELETE FROM ${former_times}
