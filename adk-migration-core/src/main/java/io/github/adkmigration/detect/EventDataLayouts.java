package io.github.adkmigration.detect;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.LayoutTrait;

/**
 * Tells apart the layouts whose events have {@code event_data} and no {@code actions}:
 * adk-python V1 and its relatives, SqliteSessionService, adk-js and pull request 700 of
 * adk-java.
 */
final class EventDataLayouts {

	private static final String UNRELEASED_VERSION = "1.0";

	private final Findings findings;

	EventDataLayouts(Findings findings) {
		this.findings = findings;
	}

	DetectedSchema recognise() {
		this.findings.say("Events have event_data and no actions.");
		Marker marker = this.findings.marker();
		boolean required = !this.findings.eventsNullable("event_data");
		boolean unreleased = marker.says(UNRELEASED_VERSION) && required;
		if (marker.schemaVersion().isPresent() && !marker.says(HeadSchema.SCHEMA_VERSION) && !unreleased) {
			return this.findings.unknownVersion();
		}
		if (this.findings.dialect() == DatabaseDialect.SQLITE && this.findings.eventsType("timestamp").equals("real")) {
			return sqliteService();
		}
		if (!marker.table()) {
			this.findings.add(LayoutTrait.MARKER_TABLE_MISSING, "There is no metadata table.");
		}
		else if (marker.schemaVersion().isEmpty()) {
			this.findings.add(LayoutTrait.MARKER_ROW_MISSING, "The metadata table has no schema_version row.");
		}
		if (unreleased) {
			return unreleased();
		}
		// Tables of adk-js that were brought to head keep the order of their columns.
		if (this.findings.sessions().columns().get(0).name().equals("id") && required) {
			return js();
		}
		if (alteredByJs()) {
			this.findings.add(LayoutTrait.TOUCHED_BY_JS,
					"The tables began as adk-python's and have adk-js's types or key order: adk-js opened them.");
			return python();
		}
		if (nullable(this.findings.sessions(), "state") || this.findings.eventsNullable("invocation_id")) {
			this.findings.say("sessions.state or events.invocation_id may be NULL, as only adk-java's pull request 700 "
					+ "declares it.");
			return this.findings.known(LayoutFamily.JAVA_PR700, "java-pr700");
		}
		return required ? unreleased() : python();
	}

	private DetectedSchema sqliteService() {
		this.findings.say("events.timestamp is declared REAL, as SqliteSessionService does.");
		if (this.findings.marker().table() || this.findings.has(LayoutTrait.HEAD_INDEX)
				|| this.findings.has(LayoutTrait.SUPERSEDED_INDEX)
				|| this.findings.sample().hasTime(RowSample.TimeKind.TEXT)) {
			this.findings.add(LayoutTrait.TOUCHED_BY_PYTHON,
					"DatabaseSessionService opened it: the metadata table, its index or its text times are there.");
		}
		return this.findings.known(LayoutFamily.PYTHON_SQLITE_SERVICE, "python-sqliteservice-1.19.0");
	}

	private DetectedSchema unreleased() {
		this.findings.say("events.event_data is NOT NULL, as only the unreleased main of late 2025 declares it.");
		return this.findings.known(LayoutFamily.PYTHON_UNRELEASED, "python-head-20251126");
	}

	private DetectedSchema js() {
		this.findings.say("id is the first column of sessions, as only adk-js makes it.");
		if (this.findings.has(LayoutTrait.HEAD_INDEX) || this.findings.has(LayoutTrait.SUPERSEDED_INDEX)) {
			this.findings.add(LayoutTrait.TOUCHED_BY_PYTHON, "adk-python created its index on adk-js's events.");
		}
		if (this.findings.dialect().mysqlFamily() && this.findings.eventsType("timestamp").equals("datetime(6)")) {
			this.findings.say("events.timestamp is datetime(6), as since adk-js 2.1.0.");
			return this.findings.known(LayoutFamily.JS, "js-2.1.0");
		}
		if (this.findings.eventsType("id").equals("varchar(191)")) {
			this.findings.say("Keys are varchar(191), as since adk-js 1.3.0.");
			return this.findings.known(LayoutFamily.JS, "js-1.3.0");
		}
		this.findings.say(this.findings.dialect() == DatabaseDialect.SQLITE
				? "On SQLite adk-js 0.4.0 to 2.0.0 make the same tables."
				: "Keys are " + this.findings.eventsType("id") + ", as before adk-js 1.3.0.");
		return this.findings.known(LayoutFamily.JS, "js-0.4.0");
	}

	private boolean alteredByJs() {
		boolean idFirst = this.findings.sessions().primaryKey().stream().findFirst().filter("id"::equals).isPresent();
		// adk-python itself has json nowhere: text on SQLite, longtext on MySQL, jsonb on
		// PostgreSQL.
		boolean json = this.findings.eventsType("event_data").equals("json")
				&& this.findings.dialect() != DatabaseDialect.POSTGRESQL;
		// The key of sessions is the first to be head's again, events are the last.
		boolean keys = this.findings.eventsType("id").equals("varchar(191)");
		return idFirst || json || keys;
	}

	private DetectedSchema python() {
		if (this.findings.has(LayoutTrait.HEAD_INDEX)) {
			return this.findings.known(LayoutFamily.PYTHON_V1, "python-2.10.0");
		}
		if (this.findings.has(LayoutTrait.SUPERSEDED_INDEX)) {
			return this.findings.known(LayoutFamily.PYTHON_V1, "python-1.28.0");
		}
		this.findings.say("Events have none of adk-python's indexes, as before 1.28.0.");
		return this.findings.known(LayoutFamily.PYTHON_V1, "python-1.22.0");
	}

	private static boolean nullable(Catalog.Table table, String column) {
		return table.column(column).filter(Catalog.Column::nullable).isPresent();
	}

}
