package io.github.adkmigration.changelog;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Fills the names of a target into the SQL of the changelog. A placeholder stands for a
 * qualified name; {@code :quoted}, {@code :qualified} and {@code :literal} ask for
 * another form. Nothing but validated names, and texts that the engine made of the
 * catalog, is ever filled in.
 */
final class TargetNames {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([a-z_]+)(?::([a-z]+))?}");

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	private final String schema;

	private final Map<String, String> names = new HashMap<>();

	private final Map<String, String> fragments;

	TargetNames(DatabaseDialect dialect, SessionTables tables, String schema, Map<String, String> fragments) {
		this.dialect = dialect;
		this.tables = tables;
		this.schema = schema;
		this.fragments = fragments;
		for (SessionTable table : SessionTable.values()) {
			this.names.put(table.name().toLowerCase(Locale.ROOT), tables.name(table));
		}
		for (BookkeepingTable table : BookkeepingTable.values()) {
			this.names.put(table.name().toLowerCase(Locale.ROOT), tables.name(table));
		}
		// Not before the swap is it known which number its tables get when it is undone.
		int number = Integer.parseInt(fragments.getOrDefault("since_number", "1"));
		this.names.put("since", tables.name(BookkeepingTable.SINCE, number));
		this.names.put("events_index", tables.eventsIndexName());
		this.names.put("shadow_index", tables.name(BookkeepingTable.SHADOW) + "_ts_id");
		this.names.put("shadow_key", tables.name(BookkeepingTable.SHADOW) + "_pkey");
	}

	String fill(String sql) {
		Matcher matcher = PLACEHOLDER.matcher(sql);
		StringBuilder filled = new StringBuilder();
		while (matcher.find()) {
			matcher.appendReplacement(filled, Matcher.quoteReplacement(value(matcher.group(1), matcher.group(2))));
		}
		return matcher.appendTail(filled).toString();
	}

	private String value(String key, String form) {
		String fragment = this.fragments.get(key);
		if (fragment != null) {
			return fragment;
		}
		if (key.equals("schema")) {
			return this.dialect.literal(this.schema);
		}
		String name = this.names.get(key);
		if (name == null) {
			throw new IllegalStateException("The changelog has an unknown placeholder ${" + key + "}");
		}
		if ("literal".equals(form)) {
			return this.dialect.literal(this.dialect == DatabaseDialect.H2 ? name.toUpperCase(Locale.ROOT) : name);
		}
		boolean index = key.endsWith("_index") || key.endsWith("_key");
		if ("quoted".equals(form) || (index && form == null)) {
			return this.dialect.quote(name);
		}
		return this.tables.qualify(name, this.dialect);
	}

}
