package io.github.adkmigration.settings;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import org.jspecify.annotations.Nullable;

/**
 * A column on the sessions table that says whom a session belongs to. It is parsed, not
 * pasted: only the parts below reach a statement.
 *
 * @param name column name, lower case
 * @param type SQL type, for example {@code UUID} or {@code VARCHAR(64)}
 * @param notNull whether NULL is refused
 * @param referencedSchema schema of the referenced table, or {@code null}
 * @param referencedTable table that the column refers to, or {@code null}
 * @param referencedColumn column that it refers to, or {@code null}
 * @param deleteRule what happens when the owner is deleted, or {@code null}
 * @since 0.1.0
 */
public record OwnerColumn(String name, String type, boolean notNull, @Nullable String referencedSchema,
		@Nullable String referencedTable, @Nullable String referencedColumn, @Nullable String deleteRule) {

	private static final String IDENTIFIER = "[A-Za-z_][A-Za-z0-9_]{0,62}";

	private static final Pattern DEFINITION = Pattern.compile("\\s*(?<name>[a-z_][a-z0-9_]{0,30})"
			+ "\\s+(?<type>[A-Za-z][A-Za-z0-9_]*(?:\\s+(?:VARYING|PRECISION|UNSIGNED))?(?:\\s*\\(\\s*\\d{1,5}\\s*(?:,\\s*\\d{1,3}\\s*)?\\))?)"
			+ "(?<null>\\s+NOT\\s+NULL|\\s+NULL)?" + "(?:\\s+REFERENCES\\s+(?:(?<schema>" + IDENTIFIER
			+ ")\\.)?(?<table>" + IDENTIFIER + ")\\s*\\(\\s*(?<column>" + IDENTIFIER + ")\\s*\\)"
			+ "(?:\\s+ON\\s+DELETE\\s+(?<rule>CASCADE|RESTRICT|SET\\s+NULL|NO\\s+ACTION))?)?\\s*",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern RESERVED = Pattern
		.compile("app_name|user_id|id|state|create_time|update_time|null|not|references|primary|unique|check|default");

	/**
	 * Parse a definition such as
	 * {@code account_id UUID NOT NULL REFERENCES users(id) ON DELETE CASCADE}.
	 * @param definition name, type, and optionally NOT NULL and a reference
	 * @return the column
	 * @throws MigrationException with {@code INVALID_SETTING} if anything else stands in
	 * it
	 */
	public static OwnerColumn parse(String definition) {
		Matcher matcher = DEFINITION.matcher(definition);
		if (!matcher.matches() || RESERVED.matcher(matcher.group("name")).matches()
				|| RESERVED.matcher(matcher.group("type").toLowerCase(Locale.ROOT)).matches()) {
			throw new MigrationException(MigrationErrorCode.INVALID_SETTING,
					"The owner column '" + definition + "' is not a column definition that is allowed here.",
					"Write adk.migration.owner-id-column as 'name TYPE [NOT NULL] [REFERENCES table(column) [ON DELETE rule]]'.");
		}
		String nullness = matcher.group("null");
		String rule = matcher.group("rule");
		return new OwnerColumn(matcher.group("name"), matcher.group("type").replaceAll("\\s+", " "),
				nullness != null && nullness.strip().toUpperCase(Locale.ROOT).startsWith("NOT"),
				matcher.group("schema"), matcher.group("table"), matcher.group("column"),
				rule == null ? null : rule.toUpperCase(Locale.ROOT).replaceAll("\\s+", " "));
	}

	/**
	 * Return name, type and nullness as a CREATE TABLE statement needs them.
	 * @param dialect the dialect
	 * @return the definition without the reference, with a quoted name
	 */
	public String column(DatabaseDialect dialect) {
		return dialect.quote(this.name) + " " + this.type + (this.notNull ? " NOT NULL" : "");
	}

	/**
	 * Return what follows {@code REFERENCES}, the word included.
	 * @param dialect the dialect
	 * @return the clause with quoted names, empty without a reference
	 */
	public String reference(DatabaseDialect dialect) {
		if (this.referencedTable == null || this.referencedColumn == null) {
			return "";
		}
		String rule = this.deleteRule == null ? "" : " ON DELETE " + this.deleteRule;
		return "REFERENCES " + referencedTable(dialect) + " (" + dialect.quote(this.referencedColumn) + ")" + rule;
	}

	/**
	 * Return the table that the column refers to as it stands in a statement.
	 * @param dialect the dialect
	 * @return the quoted name, empty without a reference
	 */
	public String referencedTable(DatabaseDialect dialect) {
		if (this.referencedTable == null) {
			return "";
		}
		String schema = this.referencedSchema == null ? "" : dialect.quote(this.referencedSchema) + ".";
		return schema + dialect.quote(this.referencedTable);
	}

}
