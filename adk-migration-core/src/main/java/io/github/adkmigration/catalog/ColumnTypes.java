package io.github.adkmigration.catalog;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.adkmigration.dialect.DatabaseDialect;
import org.jspecify.annotations.Nullable;

/**
 * One spelling for each type, so that what two databases report of the same declaration
 * can be compared.
 */
final class ColumnTypes {

	// a name, arguments, and what PostgreSQL puts behind them (with time zone)
	private static final Pattern WITH_ARGUMENTS = Pattern.compile("([^(]+)\\(([^)]*)\\)(.*)");

	private static final Set<String> DISPLAY_WIDTH = Set.of("smallint", "mediumint", "int", "bigint", "year");

	private ColumnTypes() {
	}

	static String normalise(DatabaseDialect dialect, String reported) {
		String text = reported.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
		Matcher parts = WITH_ARGUMENTS.matcher(text);
		boolean plain = !parts.matches();
		String base = plain ? text : (parts.group(1).strip() + " " + parts.group(3).strip()).strip();
		String arguments = plain ? "" : "(" + parts.group(2).replace(" ", "") + ")";
		if (dialect.mysqlFamily()) {
			if (base.equals("tinyint") && arguments.equals("(1)")) {
				return "boolean";
			}
			if (DISPLAY_WIDTH.contains(base) || base.equals("tinyint")) {
				return base;
			}
		}
		return switch (base) {
			case "character varying" -> "varchar" + arguments;
			case "character" -> "char" + arguments;
			case "timestamp without time zone" -> "timestamp" + arguments;
			case "timestamp with time zone" -> "timestamptz" + arguments;
			case "character large object" -> "clob";
			case "binary large object" -> "blob";
			case "binary varying" -> "varbinary" + arguments;
			default -> base + arguments;
		};
	}

	static String definition(DatabaseDialect dialect, String type, @Nullable String defaultValue, String extra) {
		if (defaultValue == null || (dialect == DatabaseDialect.MARIADB && defaultValue.equals("NULL"))) {
			return type + onUpdate(extra);
		}
		return type + " DEFAULT " + switch (dialect) {
			// Brackets make any expression a legal default.
			case SQLITE -> "(" + defaultValue + ")";
			case MYSQL -> mysqlDefault(defaultValue, extra);
			case POSTGRESQL, MARIADB, H2 -> defaultValue;
		} + onUpdate(extra);
	}

	/** MySQL reports literals without their quotes and marks expressions as generated. */
	private static String mysqlDefault(String value, String extra) {
		if (extra.contains("DEFAULT_GENERATED")) {
			return value.startsWith("CURRENT_TIMESTAMP") ? value : "(" + value.replace("\\'", "'") + ")";
		}
		return value.startsWith("b'") ? value : DatabaseDialect.MYSQL.literal(value);
	}

	private static String onUpdate(String extra) {
		int at = extra.toLowerCase(Locale.ROOT).indexOf("on update ");
		return at < 0 ? "" : " " + extra.substring(at);
	}

}
