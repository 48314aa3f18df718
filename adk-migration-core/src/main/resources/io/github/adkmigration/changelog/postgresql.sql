--liquibase formatted sql

--changeset adk-migration:ext_adk_0001_sessions
--comment Create the table of sessions
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ${schema:literal} AND c.relname = ${sessions:literal}
CREATE TABLE ${sessions} (
  app_name VARCHAR(128) NOT NULL,
  user_id VARCHAR(128) NOT NULL,
  id VARCHAR(128) NOT NULL,
  state JSONB NOT NULL,
  create_time TIMESTAMP WITHOUT TIME ZONE NOT NULL,
  update_time TIMESTAMP WITHOUT TIME ZONE NOT NULL${owner_column},
  PRIMARY KEY (app_name, user_id, id)${owner_reference}
)
--rollback DROP TABLE IF EXISTS ${sessions}

--changeset adk-migration:ext_adk_0001_app_states
--comment Create the table of application states
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ${schema:literal} AND c.relname = ${app_states:literal}
CREATE TABLE ${app_states} (
  app_name VARCHAR(128) NOT NULL,
  state JSONB NOT NULL,
  update_time TIMESTAMP WITHOUT TIME ZONE NOT NULL,
  PRIMARY KEY (app_name)
)
--rollback DROP TABLE IF EXISTS ${app_states}

--changeset adk-migration:ext_adk_0001_user_states
--comment Create the table of user states
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ${schema:literal} AND c.relname = ${user_states:literal}
CREATE TABLE ${user_states} (
  app_name VARCHAR(128) NOT NULL,
  user_id VARCHAR(128) NOT NULL,
  state JSONB NOT NULL,
  update_time TIMESTAMP WITHOUT TIME ZONE NOT NULL,
  PRIMARY KEY (app_name, user_id)
)
--rollback DROP TABLE IF EXISTS ${user_states}

--changeset adk-migration:ext_adk_0001_events
--comment Create the table of events
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ${schema:literal} AND c.relname = ${events:literal}
CREATE TABLE ${events} (
  id VARCHAR(128) NOT NULL,
  app_name VARCHAR(128) NOT NULL,
  user_id VARCHAR(128) NOT NULL,
  session_id VARCHAR(128) NOT NULL,
  invocation_id VARCHAR(256) NOT NULL,
  timestamp TIMESTAMP WITHOUT TIME ZONE NOT NULL,
  event_data JSONB,
  PRIMARY KEY (id, app_name, user_id, session_id),
  FOREIGN KEY (app_name, user_id, session_id) REFERENCES ${sessions} (app_name, user_id, id) ON DELETE CASCADE
)
--rollback DROP TABLE ${events}

--changeset adk-migration:ext_adk_0001_shadow
--comment Create the new table of events under a temporary name
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ${schema:literal} AND c.relname = ${shadow:literal}
CREATE TABLE ${shadow} (
  id VARCHAR(128) NOT NULL,
  app_name VARCHAR(128) NOT NULL,
  user_id VARCHAR(128) NOT NULL,
  session_id VARCHAR(128) NOT NULL,
  invocation_id VARCHAR(256) NOT NULL,
  timestamp TIMESTAMP WITHOUT TIME ZONE NOT NULL,
  event_data JSONB${extra_columns}
)
--rollback DROP TABLE IF EXISTS ${shadow}

--changeset adk-migration:ext_adk_0001_shadow_key
--comment Add the primary key of the new events
--phase backfill
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c ON c.oid = k.conrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE k.contype = 'p' AND n.nspname = ${schema:literal} AND c.relname = ${shadow:literal}
ALTER TABLE ${shadow} ADD CONSTRAINT ${shadow_key} PRIMARY KEY (id, app_name, user_id, session_id)
--rollback ALTER TABLE IF EXISTS ${shadow} DROP CONSTRAINT IF EXISTS ${shadow_key}

--changeset adk-migration:ext_adk_0001_shadow_index
--comment Add the index of the new events
--phase backfill
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ${schema:literal} AND c.relname = ${shadow_index:literal}
CREATE INDEX ${shadow_index} ON ${shadow} (app_name, user_id, session_id, timestamp DESC, id DESC)
--rollback DROP INDEX IF EXISTS ${shadow_index:qualified}

--changeset adk-migration:ext_adk_0001_metadata
--comment Create the table that names the schema version
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ${schema:literal} AND c.relname = ${metadata:literal}
CREATE TABLE ${metadata} (
  key VARCHAR(128) NOT NULL,
  value VARCHAR(256) NOT NULL,
  PRIMARY KEY (key)
)
--rollback DROP TABLE ${metadata}

--changeset adk-migration:ext_adk_0001_schema_version
--comment Record schema version 1
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM ${metadata} WHERE key = 'schema_version'
INSERT INTO ${metadata} (key, value) VALUES ('schema_version', '1')
--rollback DELETE FROM ${metadata} WHERE key = 'schema_version' AND value = '1'

--changeset adk-migration:ext_adk_0002_events_index
--comment Create the index on events by session and time
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_catalog.pg_index x JOIN pg_catalog.pg_class c ON c.oid = x.indexrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ${schema:literal} AND c.relname = ${events_index:literal} AND x.indisvalid
CREATE INDEX ${concurrently}${events_index} ON ${events} (app_name, user_id, session_id, timestamp DESC, id DESC)
--rollback DROP INDEX ${concurrently_dropped}IF EXISTS ${events_index:qualified}

--changeset adk-migration:ext_adk_0001_sessions_instants
--comment Write the instants of sessions as times in UTC
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:1 SELECT count(*) FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ${schema:literal} AND c.relname = ${sessions:literal} AND a.attname = 'update_time' AND a.atttypid = 'timestamptz'::regtype
ALTER TABLE ${sessions} ALTER COLUMN create_time TYPE TIMESTAMP WITHOUT TIME ZONE USING create_time AT TIME ZONE 'UTC', ALTER COLUMN update_time TYPE TIMESTAMP WITHOUT TIME ZONE USING update_time AT TIME ZONE 'UTC'

--changeset adk-migration:ext_adk_0001_sessions_temporary
--comment Leave out the temporary keys that adk-js before 1.3.0 kept in sessions
--phase expand
--min-compatible 0001
UPDATE ${sessions} SET state = state - ARRAY(SELECT k FROM jsonb_object_keys(state) k WHERE starts_with(k, 'temp:'))
WHERE CASE WHEN jsonb_typeof(state) = 'object' THEN EXISTS (SELECT 1 FROM jsonb_object_keys(state) k WHERE starts_with(k, 'temp:')) ELSE FALSE END

--changeset adk-migration:ext_adk_0001_sessions_key
--comment Bring the primary key of sessions into head's order
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:1 SELECT count(*) FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c ON c.oid = k.conrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1] WHERE k.contype = 'p' AND n.nspname = ${schema:literal} AND c.relname = ${sessions:literal} AND a.attname = 'id'
ALTER TABLE ${sessions} DROP CONSTRAINT ${sessions_pkey}, ADD CONSTRAINT ${sessions_pkey} PRIMARY KEY (app_name, user_id, id)
--rollback ALTER TABLE ${sessions} DROP CONSTRAINT ${sessions_pkey}, ADD CONSTRAINT ${sessions_pkey} PRIMARY KEY (id, app_name, user_id)

--changeset adk-migration:ext_adk_0001_sessions_nulls
--comment Fill what the writer left open in sessions
--phase expand
--min-compatible 0001
UPDATE ${sessions} AS s SET state = COALESCE(s.state, '{}'::jsonb),
create_time = COALESCE(s.create_time, TIMESTAMP 'epoch' + (SELECT min(extract(epoch FROM e.timestamp)) FROM ${events} e WHERE e.app_name = s.app_name AND e.user_id = s.user_id AND e.session_id = s.id) * INTERVAL '1 second', s.update_time, TIMESTAMP '1970-01-01 00:00:00'),
update_time = COALESCE(s.update_time, TIMESTAMP 'epoch' + (SELECT max(extract(epoch FROM e.timestamp)) FROM ${events} e WHERE e.app_name = s.app_name AND e.user_id = s.user_id AND e.session_id = s.id) * INTERVAL '1 second', s.create_time, TIMESTAMP '1970-01-01 00:00:00')
WHERE s.state IS NULL OR s.create_time IS NULL OR s.update_time IS NULL

--changeset adk-migration:ext_adk_0001_app_states_instants
--comment Write the instants of app_states as times in UTC
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:1 SELECT count(*) FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ${schema:literal} AND c.relname = ${app_states:literal} AND a.attname = 'update_time' AND a.atttypid = 'timestamptz'::regtype
ALTER TABLE ${app_states} ALTER COLUMN update_time TYPE TIMESTAMP WITHOUT TIME ZONE USING update_time AT TIME ZONE 'UTC'

--changeset adk-migration:ext_adk_0001_app_states_nulls
--comment Fill what the writer left open in app_states
--phase expand
--min-compatible 0001
UPDATE ${app_states} SET state = COALESCE(state, '{}'::jsonb), update_time = COALESCE(CASE WHEN update_time >= TIMESTAMP '1000-01-01 00:00:00' THEN update_time END, TIMESTAMP '1970-01-01 00:00:00')
WHERE state IS NULL OR update_time IS NULL OR update_time < TIMESTAMP '1000-01-01 00:00:00'

--changeset adk-migration:ext_adk_0001_user_states_instants
--comment Write the instants of user_states as times in UTC
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:1 SELECT count(*) FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ${schema:literal} AND c.relname = ${user_states:literal} AND a.attname = 'update_time' AND a.atttypid = 'timestamptz'::regtype
ALTER TABLE ${user_states} ALTER COLUMN update_time TYPE TIMESTAMP WITHOUT TIME ZONE USING update_time AT TIME ZONE 'UTC'

--changeset adk-migration:ext_adk_0001_user_states_nulls
--comment Fill what the writer left open in user_states
--phase expand
--min-compatible 0001
UPDATE ${user_states} SET state = COALESCE(state, '{}'::jsonb), update_time = COALESCE(CASE WHEN update_time >= TIMESTAMP '1000-01-01 00:00:00' THEN update_time END, TIMESTAMP '1970-01-01 00:00:00')
WHERE state IS NULL OR update_time IS NULL OR update_time < TIMESTAMP '1000-01-01 00:00:00'

--changeset adk-migration:ext_adk_0001_metadata_nulls
--comment Fill what the writer left open in the table that names the schema version
--phase expand
--min-compatible 0001
UPDATE ${metadata} SET value = '' WHERE value IS NULL

--changeset adk-migration:ext_adk_0001_metadata_columns
--comment Bring the columns of the table that names the schema version to head's types
--phase expand
--min-compatible 0001
ALTER TABLE ${metadata} ALTER COLUMN value TYPE VARCHAR(256), ALTER COLUMN value SET NOT NULL

--changeset adk-migration:ext_adk_0001_sessions_columns
--comment Bring the columns of sessions to head's types
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:1 SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ${schema:literal} AND c.relname = ${sessions:literal}
ALTER TABLE ${sessions} ALTER COLUMN app_name TYPE VARCHAR(128), ALTER COLUMN user_id TYPE VARCHAR(128), ALTER COLUMN id TYPE VARCHAR(128), ALTER COLUMN state SET NOT NULL, ALTER COLUMN create_time SET NOT NULL, ALTER COLUMN update_time SET NOT NULL

--changeset adk-migration:ext_adk_0001_app_states_columns
--comment Bring the columns of app_states to head's types
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:1 SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ${schema:literal} AND c.relname = ${app_states:literal}
ALTER TABLE ${app_states} ALTER COLUMN app_name TYPE VARCHAR(128), ALTER COLUMN state SET NOT NULL, ALTER COLUMN update_time SET NOT NULL

--changeset adk-migration:ext_adk_0001_user_states_columns
--comment Bring the columns of user_states to head's types
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:1 SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ${schema:literal} AND c.relname = ${user_states:literal}
ALTER TABLE ${user_states} ALTER COLUMN app_name TYPE VARCHAR(128), ALTER COLUMN user_id TYPE VARCHAR(128), ALTER COLUMN state SET NOT NULL, ALTER COLUMN update_time SET NOT NULL

--changeset adk-migration:ext_adk_0001_owner_column
--comment Add the owner column to the table of sessions
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ${schema:literal} AND c.relname = ${sessions:literal} AND a.attname = ${owner_name} AND NOT a.attisdropped
ALTER TABLE ${sessions} ADD COLUMN ${owner_definition}
--rollback ALTER TABLE ${sessions} DROP COLUMN ${owner_quoted}

--changeset adk-migration:ext_adk_0001_app_state_rows
--comment Create the rows of application states that adk-python 1.25 and newer expect
--phase backfill
--min-compatible 0001
INSERT INTO ${app_states} (app_name, state, update_time)
SELECT DISTINCT s.app_name, '{}'::jsonb, (clock_timestamp() AT TIME ZONE 'UTC') FROM ${sessions} s
WHERE NOT EXISTS (SELECT 1 FROM ${app_states} a WHERE a.app_name = s.app_name)
ON CONFLICT DO NOTHING

--changeset adk-migration:ext_adk_0001_user_state_rows
--comment Create the rows of user states that adk-python 1.25 and newer expect
--phase backfill
--min-compatible 0001
INSERT INTO ${user_states} (app_name, user_id, state, update_time)
SELECT DISTINCT s.app_name, s.user_id, '{}'::jsonb, (clock_timestamp() AT TIME ZONE 'UTC') FROM ${sessions} s
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
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ${schema:literal} AND c.relname = ${former_times:literal}
CREATE TABLE ${former_times} (
  kind VARCHAR(16) NOT NULL,
  id TEXT NOT NULL,
  app_name TEXT NOT NULL,
  user_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  former TIMESTAMP WITHOUT TIME ZONE NOT NULL,
  utc TIMESTAMP WITHOUT TIME ZONE NOT NULL,
  PRIMARY KEY (kind, id, app_name, user_id, session_id)
)
--rollback -- nothing to undo

--changeset adk-migration:ext_adk_0001_event_times
--comment Set the times of events that are not in UTC to UTC
--phase backfill
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:1 SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ${schema:literal} AND c.relname = ${former_times:literal}
UPDATE ${events} AS e SET timestamp = f.utc FROM ${former_times} f
WHERE f.kind = 'event' AND f.id = e.id AND f.app_name = e.app_name AND f.user_id = e.user_id AND f.session_id = e.session_id AND e.timestamp = f.former
--rollback UPDATE ${sessions} AS s SET update_time = f.former FROM ${former_times} f WHERE f.kind = 'session' AND f.app_name = s.app_name AND f.user_id = s.user_id AND f.session_id = s.id AND s.update_time = f.utc
--rollback UPDATE ${events} AS e SET timestamp = f.former FROM ${former_times} f WHERE f.kind = 'event' AND f.id = e.id AND f.app_name = e.app_name AND f.user_id = e.user_id AND f.session_id = e.session_id AND e.timestamp = f.utc
--rollback DELETE FROM ${former_times}
