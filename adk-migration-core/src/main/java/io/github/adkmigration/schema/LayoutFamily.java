package io.github.adkmigration.schema;

import io.github.adkmigration.dialect.DatabaseDialect;

/**
 * Who wrote a database: the implementation and the generation of its tables.
 *
 * @since 0.1.0
 */
public enum LayoutFamily {

	/** adk-python's {@code DatabaseSessionService} with pickled actions. */
	PYTHON_V0("adk-python DatabaseSessionService, V0 (pickled actions)"),

	/**
	 * adk-python's {@code DatabaseSessionService} with JSON events: head's own family.
	 */
	PYTHON_V1("adk-python DatabaseSessionService, V1 (JSON events)"),

	/** The never released main branch of adk-python from November and December 2025. */
	PYTHON_UNRELEASED("adk-python, unreleased main of 2025-11-26 to 2025-12-03"),

	/** adk-python's {@code SqliteSessionService}. */
	PYTHON_SQLITE_SERVICE("adk-python SqliteSessionService"),

	/** adk-go. */
	GO("adk-go"),

	/** adk-js. */
	JS("adk-js"),

	/** The proposal in pull request 647 of adk-java. */
	JAVA_PR647("adk-java pull request 647"),

	/** The proposal in pull request 654 of adk-java. */
	JAVA_PR654("adk-java pull request 654"),

	/** The proposal in pull request 700 of adk-java. */
	JAVA_PR700("adk-java pull request 700"),

	/** The ADK store of SQLSpec. */
	SQLSPEC("SQLSpec ADK store"),

	/**
	 * Tables whose events have the payload columns of two implementations, as when adk-go
	 * has altered those of adk-python's V1 or of adk-js.
	 */
	HYBRID("two implementations");

	private final String title;

	LayoutFamily(String title) {
		this.title = title;
	}

	/**
	 * Return whether events have nothing but a wall clock time, of which only the zone of
	 * their writer makes an instant.
	 * @param dialect the dialect of the database
	 * @return whether a zone is needed
	 */
	public boolean naive(DatabaseDialect dialect) {
		return switch (this) {
			case PYTHON_V0 -> true;
			case JAVA_PR700, JAVA_PR654 -> dialect == DatabaseDialect.POSTGRESQL;
			case GO -> dialect.mysqlFamily();
			default -> false;
		};
	}

	/**
	 * Return whether columns hold instants that the database hands over in the zone of
	 * the session, which has to be UTC then.
	 * @param dialect the dialect of the database
	 * @return whether it does
	 */
	public boolean zonedBySession(DatabaseDialect dialect) {
		return dialect.mysqlFamily()
				&& (this == JAVA_PR700 || this == JAVA_PR654 || this == JAVA_PR647 || this == SQLSPEC);
	}

	/**
	 * Return the name for people.
	 * @return a short text
	 */
	public String title() {
		return this.title;
	}

}
