package io.github.adkmigration.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Compares a catalog with the newest schema. What a user has added (tables, columns,
 * keys, indexes) is no difference, nor is the superseded index.
 *
 * @since 0.1.0
 */
public final class HeadCheck {

	private static final Pattern VARCHAR = Pattern.compile("varchar\\((\\d+)\\)");

	private static final Map<String, String> NARROW_TYPES = Map.of("longtext", "text", "datetime(6)", "datetime");

	private final DatabaseDialect dialect;

	private final HeadSchema head;

	/**
	 * Create a check.
	 * @param dialect the dialect of the catalogs to compare
	 * @param tables the names of the target
	 */
	public HeadCheck(DatabaseDialect dialect, SessionTables tables) {
		this.dialect = dialect;
		this.head = HeadSchema.of(dialect, tables);
	}

	/**
	 * Create a check against the schema of a revision.
	 * @param dialect the dialect of the catalogs to compare
	 * @param tables the names of the target
	 * @param revision a revision that has tables
	 */
	public HeadCheck(DatabaseDialect dialect, SessionTables tables, String revision) {
		this.dialect = dialect;
		this.head = HeadSchema.of(dialect, tables, revision);
	}

	/**
	 * Compare a catalog with the schema.
	 * @param catalog a snapshot of the target
	 * @return the differences and notes, in the order of tables and columns; empty at
	 * head
	 */
	public List<HeadDifference> differences(Catalog catalog) {
		List<HeadDifference> differences = new ArrayList<>();
		this.head.tables().forEach((which, expected) -> {
			Optional<Catalog.Table> found = catalog.table(expected.name());
			if (found.isEmpty()) {
				String kind = catalog.nonTables().getOrDefault(expected.name(), "none");
				differences.add(new HeadDifference(HeadDifference.Kind.MISSING_TABLE, which, null, "table", kind));
			}
			else {
				compare(which, expected, found.get(), differences);
			}
		});
		return differences;
	}

	private void compare(SessionTable which, Catalog.Table expected, Catalog.Table found,
			List<HeadDifference> differences) {
		for (Catalog.Column column : expected.columns()) {
			Optional<Catalog.Column> actual = found.column(column.name());
			if (actual.isEmpty()) {
				differences.add(new HeadDifference(HeadDifference.Kind.MISSING_COLUMN, which, column.name(),
						column.type(), "none"));
				continue;
			}
			compareType(column.type(), actual.get().type()).ifPresent((kind) -> differences
				.add(new HeadDifference(kind, which, column.name(), column.type(), actual.get().type())));
			if (column.nullable() != actual.get().nullable() && !impliedByKey(which, expected, column)) {
				differences.add(new HeadDifference(HeadDifference.Kind.NULLABILITY, which, column.name(),
						nullability(column), nullability(actual.get())));
			}
		}
		if (!expected.primaryKey().equals(found.primaryKey())) {
			differences.add(new HeadDifference(HeadDifference.Kind.PRIMARY_KEY, which, null,
					expected.primaryKey().toString(), found.primaryKey().toString()));
		}
		expected.foreignKeys().forEach((key) -> compareForeignKey(which, key, found, differences));
		expected.indexes().forEach((index) -> compareIndex(which, index, found, differences));
	}

	/**
	 * SQLSpec's table of the schema version, which serves head as well, leaves it to the
	 * primary key to say that a key is never NULL.
	 */
	private boolean impliedByKey(SessionTable which, Catalog.Table expected, Catalog.Column column) {
		return this.dialect == DatabaseDialect.SQLITE && which == SessionTable.METADATA
				&& expected.primaryKey().contains(column.name());
	}

	private static String nullability(Catalog.Column column) {
		return column.nullable() ? "NULL" : "NOT NULL";
	}

	private Optional<HeadDifference.Kind> compareType(String expected, String found) {
		if (expected.equals(found) || (this.dialect == DatabaseDialect.POSTGRESQL && found.equals(expected + "(6)"))) {
			return Optional.empty();
		}
		if (this.dialect.mysqlFamily() && found.equals(NARROW_TYPES.get(expected))) {
			return Optional.of(HeadDifference.Kind.NARROW_COLUMN);
		}
		Matcher length = VARCHAR.matcher(expected);
		if (length.matches()) {
			Matcher foundLength = VARCHAR.matcher(found);
			boolean wider = found.equals("varchar") || found.equals("text") || (foundLength.matches()
					&& Long.parseLong(foundLength.group(1)) > Long.parseLong(length.group(1)));
			if (wider) {
				return Optional.of(HeadDifference.Kind.WIDE_COLUMN);
			}
		}
		return Optional.of(HeadDifference.Kind.TYPE);
	}

	private static void compareForeignKey(SessionTable which, Catalog.ForeignKey expected, Catalog.Table found,
			List<HeadDifference> differences) {
		boolean present = found.foreignKeys()
			.stream()
			.anyMatch(
					(key) -> key.columns().equals(expected.columns())
							&& key.referencedTable().equals(expected.referencedTable())
							&& (key.referencedColumns().equals(expected.referencedColumns())
									|| key.referencedColumns().isEmpty())
							&& key.deleteRule().equals(expected.deleteRule()));
		if (!present) {
			differences.add(new HeadDifference(HeadDifference.Kind.FOREIGN_KEY, which, null, describe(expected),
					found.foreignKeys().isEmpty() ? "none"
							: found.foreignKeys().stream().map(HeadCheck::describe).toList().toString()));
		}
	}

	private static String describe(Catalog.ForeignKey key) {
		return key.columns() + " -> " + key.referencedTable() + " " + key.referencedColumns() + " ON DELETE "
				+ key.deleteRule();
	}

	private static void compareIndex(SessionTable which, Catalog.Index expected, Catalog.Table found,
			List<HeadDifference> differences) {
		Optional<Catalog.Index> actual = found.index(expected.name());
		String wanted = expected.name() + " " + expected.columns();
		if (actual.isEmpty()) {
			differences.add(new HeadDifference(HeadDifference.Kind.MISSING_INDEX, which, null, wanted, "none"));
		}
		else if (!actual.get().columns().equals(expected.columns())) {
			differences.add(new HeadDifference(HeadDifference.Kind.INDEX, which, null, wanted,
					actual.get().columns().toString()));
		}
		else if (!actual.get().valid()) {
			differences.add(new HeadDifference(HeadDifference.Kind.INVALID_INDEX, which, null, wanted, "invalid"));
		}
	}

}
