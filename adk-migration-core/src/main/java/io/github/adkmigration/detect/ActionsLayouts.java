package io.github.adkmigration.detect;

import java.util.List;
import java.util.Set;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.LayoutTrait;

/**
 * Tells apart the layouts whose events have {@code actions} and no {@code event_data}:
 * adk-python V0, adk-go and pull request 654 of adk-java.
 */
final class ActionsLayouts {

	private static final List<String> PR654_COLUMNS = List.of("finish_reason", "avg_logprobs", "model_version");

	private static final Set<String> MARKER_TYPES_OF_JS = Set.of("text", "varchar(255)");

	private static final String GO_CONSTRAINT = "fk_sessions_events";

	private final Findings findings;

	ActionsLayouts(Findings findings) {
		this.findings = findings;
	}

	DetectedSchema recognise() {
		this.findings.say("Events have actions and no event_data.");
		Marker marker = this.findings.marker();
		// adk-python reads a row "0" as V0; adk-js writes "1" into whatever it opens.
		if (marker.schemaVersion().isPresent() && !marker.says("0") && !marker.says(HeadSchema.SCHEMA_VERSION)) {
			return this.findings.unknownVersion();
		}
		if (isPr654(this.findings.events())) {
			this.findings.say("Events have columns that only adk-java's pull request 654 declares: "
					+ String.join(", ", PR654_COLUMNS.stream().filter(this.findings.events()::has).toList()) + ".");
			return this.findings.known(LayoutFamily.JAVA_PR654, "java-pr654");
		}
		touchedByJs();
		return isGo(this.findings.events(), this.findings.dialect()) ? go() : python();
	}

	private void touchedByJs() {
		this.findings.metadata()
			.flatMap((table) -> table.column("value"))
			.filter((column) -> MARKER_TYPES_OF_JS.contains(column.type()))
			.ifPresent((column) -> this.findings.add(LayoutTrait.TOUCHED_BY_JS,
					"The metadata table has adk-js's column types: adk-js opened this database, and its "
							+ "schema_version row does not describe the events."));
	}

	/**
	 * Return whether a table of events is that of adk-java's pull request 654.
	 */
	static boolean isPr654(Catalog.Table events) {
		return events.has("actions") && PR654_COLUMNS.stream().anyMatch(events::has);
	}

	/**
	 * Return whether a table of events that has actions is adk-go's.
	 */
	static boolean isGo(Catalog.Table events, DatabaseDialect dialect) {
		return events.has("routes_json") || switch (dialect) {
			case SQLITE -> typed(events, "invocation_id", "text");
			case POSTGRESQL -> typed(events, "timestamp", "timestamptz");
			case MYSQL, MARIADB -> typed(events, "id", "varchar(191)");
			case H2 -> false;
		};
	}

	private static boolean typed(Catalog.Table events, String column, String type) {
		return events.column(column).filter((found) -> found.type().startsWith(type)).isPresent();
	}

	private DetectedSchema go() {
		this.findings
			.say("Columns have the types that adk-go gives them: events.id is " + this.findings.eventsType("id")
					+ ", events.timestamp is " + this.findings.eventsType("timestamp") + ".");
		touchedByPython();
		boolean cascade = this.findings.events()
			.foreignKeys()
			.stream()
			.map(Catalog.ForeignKey::deleteRule)
			.anyMatch("CASCADE"::equals);
		String time = this.findings.eventsType("timestamp");
		if (this.findings.events().has("routes_json")) {
			this.findings.say("Events have routes_json, which came with adk-go 2.0.0"
					+ (cascade ? "." : "; without ON DELETE CASCADE, so first made before 0.4.0."));
			return this.findings.known(LayoutFamily.GO, "go-2.0.0");
		}
		if (cascade) {
			this.findings.say("The foreign key of events deletes with its session, as since adk-go 0.4.0.");
			return this.findings.known(LayoutFamily.GO, "go-0.4.0");
		}
		this.findings.say("The foreign key of events does not delete with its session, as before adk-go 0.4.0.");
		return this.findings.known(LayoutFamily.GO, time.endsWith("(6)") ? "go-0.3.0" : "go-0.1.0");
	}

	private void touchedByPython() {
		if (this.findings.has(LayoutTrait.HEAD_INDEX) || this.findings.has(LayoutTrait.SUPERSEDED_INDEX)) {
			this.findings.add(LayoutTrait.TOUCHED_BY_PYTHON, "adk-python created its index on adk-go's events.");
		}
		if (this.findings.sample().pickles() > 0) {
			this.findings.add(LayoutTrait.TOUCHED_BY_PYTHON, "adk-python wrote pickled actions into adk-go's events.");
		}
	}

	private DetectedSchema python() {
		boolean goConstraint = this.findings.events()
			.foreignKeys()
			.stream()
			.anyMatch((key) -> key.name().equals(GO_CONSTRAINT));
		if (goConstraint) {
			this.findings.add(LayoutTrait.TOUCHED_BY_GO,
					"Events have adk-go's constraint " + GO_CONSTRAINT + ": its AutoMigrate altered the tables.");
		}
		if (this.findings.sample().json() > 0) {
			this.findings.add(LayoutTrait.TOUCHED_BY_GO, "adk-go wrote JSON actions into adk-python's events.");
		}
		return this.findings.known(LayoutFamily.PYTHON_V0, pythonLevel(goConstraint));
	}

	/**
	 * The newest set of columns that is fully there; an index alone does not raise it.
	 */
	private String pythonLevel(boolean alteredByGo) {
		if (!this.findings.eventsHaveAll("long_running_tool_ids_json", "grounding_metadata", "partial", "turn_complete",
				"error_code", "error_message", "interrupted")) {
			return level("python-0.1.0", "Events lack columns that came with 0.2.0.");
		}
		if (!this.findings.eventsNullable("content")) {
			return level("python-0.2.0", "events.content is NOT NULL, as before 0.3.0.");
		}
		if (this.findings.eventsType("id").equals("varchar")) {
			return level("python-0.3.0", "events.id has no length, as before 0.4.0.");
		}
		if (this.findings.eventsHaveAll("custom_metadata", "usage_metadata", "citation_metadata", "input_transcription",
				"output_transcription")) {
			return newestColumns(alteredByGo);
		}
		if (this.findings.eventsHaveAll("custom_metadata", "usage_metadata", "citation_metadata")) {
			return level("python-1.17.0", "Events have usage_metadata and citation_metadata, and no transcriptions.");
		}
		if (this.findings.eventsHaveAll("custom_metadata")) {
			return level("python-1.14.0", "Events have custom_metadata, and not yet usage_metadata.");
		}
		return level(beforeCustomMetadata(), "Events have no custom_metadata, which came with 1.14.0.");
	}

	private String newestColumns(boolean alteredByGo) {
		// adk-go's AutoMigrate turns every string into text, so the type tells nothing
		// then.
		if (alteredByGo || !this.findings.eventsType("error_message").equals("text")) {
			return level("python-1.19.0", "Events have input_transcription and output_transcription.");
		}
		String text = "Events have all columns of V0, and error_message is text, as since 1.22.0.";
		if (this.findings.has(LayoutTrait.HEAD_INDEX)) {
			return level("python-2.10.0-v0", text);
		}
		return level(this.findings.has(LayoutTrait.SUPERSEDED_INDEX) ? "python-1.28.0-v0" : "python-1.22.0-v0", text);
	}

	/** Only MySQL and MariaDB show changes between 0.4.0 and 1.13.0. */
	private String beforeCustomMetadata() {
		DatabaseDialect dialect = this.findings.dialect();
		if (dialect.mysqlFamily()) {
			if (this.findings.sessions().column("create_time").filter(Findings.typed("datetime(6)")).isPresent()) {
				return "python-1.11.0";
			}
			if (this.findings.eventsType("timestamp").equals("datetime(6)")) {
				return "python-1.2.0";
			}
		}
		return "python-0.4.0";
	}

	private String level(String level, String reason) {
		this.findings.say(reason);
		return level;
	}

}
