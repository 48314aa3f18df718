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
  state CHARACTER LARGE OBJECT NOT NULL,
  create_time TIMESTAMP(6) NOT NULL,
  update_time TIMESTAMP(6) NOT NULL${owner_column},
  PRIMARY KEY (app_name, user_id, id)${owner_reference}
)
--rollback DROP TABLE ${sessions}

--changeset adk-migration:ext_adk_0001_app_states
--comment Create the table of application states
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM information_schema.tables WHERE table_schema = ${schema:literal} AND table_name = ${app_states:literal}
CREATE TABLE ${app_states} (
  app_name VARCHAR(128) NOT NULL,
  state CHARACTER LARGE OBJECT NOT NULL,
  update_time TIMESTAMP(6) NOT NULL,
  PRIMARY KEY (app_name)
)
--rollback DROP TABLE ${app_states}

--changeset adk-migration:ext_adk_0001_user_states
--comment Create the table of user states
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM information_schema.tables WHERE table_schema = ${schema:literal} AND table_name = ${user_states:literal}
CREATE TABLE ${user_states} (
  app_name VARCHAR(128) NOT NULL,
  user_id VARCHAR(128) NOT NULL,
  state CHARACTER LARGE OBJECT NOT NULL,
  update_time TIMESTAMP(6) NOT NULL,
  PRIMARY KEY (app_name, user_id)
)
--rollback DROP TABLE ${user_states}

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
  `timestamp` TIMESTAMP(6) NOT NULL,
  event_data CHARACTER LARGE OBJECT,
  PRIMARY KEY (id, app_name, user_id, session_id),
  FOREIGN KEY (app_name, user_id, session_id) REFERENCES ${sessions} (app_name, user_id, id) ON DELETE CASCADE
)
--rollback DROP TABLE ${events}

--changeset adk-migration:ext_adk_0001_metadata
--comment Create the table that names the schema version
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM information_schema.tables WHERE table_schema = ${schema:literal} AND table_name = ${metadata:literal}
CREATE TABLE ${metadata} (
  `key` VARCHAR(128) NOT NULL,
  `value` VARCHAR(256) NOT NULL,
  PRIMARY KEY (`key`)
)
--rollback DROP TABLE ${metadata}

--changeset adk-migration:ext_adk_0001_schema_version
--comment Record schema version 1
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM ${metadata} WHERE `key` = 'schema_version'
INSERT INTO ${metadata} (`key`, `value`) VALUES ('schema_version', '1')
--rollback DELETE FROM ${metadata} WHERE `key` = 'schema_version' AND `value` = '1'

--changeset adk-migration:ext_adk_0002_events_index
--comment Create the index on events by session and time
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM information_schema.indexes WHERE index_schema = ${schema:literal} AND index_name = ${events_index:literal}
CREATE INDEX ${events_index:qualified} ON ${events} (app_name, user_id, session_id, `timestamp` DESC, id DESC)
--rollback DROP INDEX ${events_index:qualified}

--changeset adk-migration:ext_adk_0001_owner_column
--comment Add the owner column to the table of sessions
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM information_schema.columns WHERE table_schema = ${schema:literal} AND table_name = ${sessions:literal} AND lower(column_name) = ${owner_name}
ALTER TABLE ${sessions} ADD COLUMN ${owner_definition}
--rollback ALTER TABLE ${sessions} DROP COLUMN ${owner_quoted}
