package io.github.adkmigration.preflight;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the lines of SHOW GRANTS on MySQL and MariaDB give. One line that is not
 * understood, and nothing is said at all: a wrong denial would keep a good run from
 * starting.
 */
final class MysqlGrants {

	private static final String NAME = "(\\*|`(?:[^`]|``)*`)";

	private static final Pattern GRANT = Pattern.compile(
			"(GRANT|REVOKE) (.+?) ON " + NAME + "\\." + NAME + " (?:TO|FROM) .*",
			Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

	/** Roles, the right to be somebody else, and routines: nothing that a run needs. */
	private static final Pattern OTHER = Pattern.compile(
			"GRANT (?:[`'][^`']*[`'](?:@[`'][^`']*[`'])?(?:, ?)?)+ TO .*|GRANT PROXY .*|SET DEFAULT ROLE .*"
					+ "|GRANT .+ ON (?:PROCEDURE|FUNCTION|PACKAGE|PACKAGE BODY|LIBRARY) .*",
			Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

	/** Rights for some columns are taken for the right. */
	private static final Pattern COLUMNS = Pattern.compile("\\s*\\([^)]*\\)");

	private static final String EVERYTHING = "*";

	private final List<Line> lines;

	private MysqlGrants(List<Line> lines) {
		this.lines = lines;
	}

	/**
	 * Understand the lines.
	 * @return what they give, empty if one is not understood
	 */
	static Optional<MysqlGrants> parse(List<String> lines) {
		List<Line> parsed = new ArrayList<>();
		for (String line : lines) {
			Matcher matcher = GRANT.matcher(line.strip());
			if (OTHER.matcher(line.strip()).matches()) {
				continue;
			}
			if (!matcher.matches()) {
				return Optional.empty();
			}
			Set<String> rights = Arrays.stream(COLUMNS.matcher(matcher.group(2)).replaceAll("").split(","))
				.map((right) -> right.strip().toUpperCase(Locale.ROOT))
				.collect(Collectors.toSet());
			parsed.add(new Line(matcher.group(1).equalsIgnoreCase("GRANT"), rights, plain(matcher.group(3)),
					plain(matcher.group(4))));
		}
		return Optional.of(new MysqlGrants(parsed));
	}

	private static String plain(String name) {
		return name.equals(EVERYTHING) ? name : name.substring(1, name.length() - 1).replace("``", "`");
	}

	/**
	 * Return whether a right is granted.
	 * @param right its name
	 * @param schema the database
	 * @param table the table, empty for all of them
	 */
	boolean gives(String right, String schema, String table) {
		boolean global = this.lines.stream()
			.anyMatch((line) -> line.grants && line.schema.equals(EVERYTHING) && line.holds(right));
		boolean revoked = this.lines.stream()
			.anyMatch((line) -> !line.grants && line.schema.equalsIgnoreCase(schema) && line.holds(right));
		return (global && !revoked) || this.lines.stream()
			.anyMatch((line) -> line.grants && !line.schema.equals(EVERYTHING) && line.holds(right)
					&& line.covers(schema, table));
	}

	/**
	 * A line.
	 *
	 * @param grants or revokes in part
	 * @param rights upper case
	 * @param schema a pattern, as of LIKE, where the table is {@code *}
	 * @param table {@code *} for all
	 */
	private record Line(boolean grants, Set<String> rights, String schema, String table) {

		boolean holds(String right) {
			return this.rights.contains(right) || this.rights.contains("ALL PRIVILEGES") || this.rights.contains("ALL");
		}

		boolean covers(String wanted, String wantedTable) {
			return this.table.equals(EVERYTHING) ? like(wanted)
					: this.schema.equalsIgnoreCase(wanted) && this.table.equalsIgnoreCase(wantedTable);
		}

		private boolean like(String wanted) {
			StringBuilder pattern = new StringBuilder();
			for (int i = 0; i < this.schema.length(); i++) {
				char character = this.schema.charAt(i);
				if (character == '\\' && i + 1 < this.schema.length()) {
					pattern.append(Pattern.quote(String.valueOf(this.schema.charAt(++i))));
				}
				else {
					pattern.append(character == '%' ? ".*"
							: character == '_' ? "." : Pattern.quote(String.valueOf(character)));
				}
			}
			return Pattern.compile(pattern.toString(), Pattern.CASE_INSENSITIVE).matcher(wanted).matches();
		}

	}

}
