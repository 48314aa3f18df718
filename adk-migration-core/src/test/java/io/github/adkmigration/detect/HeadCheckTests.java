package io.github.adkmigration.detect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class HeadCheckTests {

	private static final SessionTables NAMES = SessionTables.defaults();

	private final HeadCheck check = new HeadCheck(DatabaseDialect.MARIADB, NAMES);

	@ParameterizedTest
	@EnumSource
	void theModelHasNoDifferenceToItself(DatabaseDialect dialect) {
		HeadCheck ownCheck = new HeadCheck(dialect, NAMES);
		assertThat(ownCheck.differences(head(dialect))).isEmpty();
	}

	@Test
	void whenNothingExistsThenEveryTableIsMissing() {
		assertThat(this.check.differences(new Catalog("", Map.of()))).extracting(HeadDifference::kind)
			.hasSize(5)
			.containsOnly(HeadDifference.Kind.MISSING_TABLE);
	}

	@Test
	void whenAColumnIsMissingThenItIsNamed() {
		Catalog catalog = change(SessionTable.EVENTS, (table) -> withColumns(table,
				table.columns().stream().filter((column) -> !column.name().equals("event_data")).toList()));
		assertThat(this.check.differences(catalog)).containsExactly(new HeadDifference(
				HeadDifference.Kind.MISSING_COLUMN, SessionTable.EVENTS, "event_data", "longtext", "none"));
		assertThat(this.check.differences(catalog)).noneMatch(HeadDifference::note);
	}

	@Test
	void whenATypeIsNarrowLikeAMariadbUrlsThenItIsOnlyNoted() {
		Catalog catalog = change(SessionTable.SESSIONS,
				(table) -> withColumn(table, new Catalog.Column("state", "text", false, "TEXT")));
		assertThat(this.check.differences(catalog)).extracting(HeadDifference::kind)
			.containsExactly(HeadDifference.Kind.NARROW_COLUMN);
		assertThat(this.check.differences(catalog)).allMatch(HeadDifference::note);
	}

	@Test
	void whenAKeyIsLongerThenItIsOnlyNoted() {
		Catalog catalog = change(SessionTable.SESSIONS,
				(table) -> withColumn(table, new Catalog.Column("id", "varchar(191)", false, "VARCHAR(191)")));
		assertThat(this.check.differences(catalog)).extracting(HeadDifference::kind)
			.containsExactly(HeadDifference.Kind.WIDE_COLUMN);
		assertThat(this.check.differences(catalog)).allMatch(HeadDifference::note);
	}

	@Test
	void whenAKeyIsShorterThenTheTypeIsWrong() {
		Catalog catalog = change(SessionTable.EVENTS, (table) -> withColumn(table,
				new Catalog.Column("invocation_id", "varchar(255)", false, "VARCHAR(255)")));
		assertThat(this.check.differences(catalog)).containsExactly(new HeadDifference(HeadDifference.Kind.TYPE,
				SessionTable.EVENTS, "invocation_id", "varchar(256)", "varchar(255)"));
	}

	@Test
	void whenStateMayBeNullThenThatIsADifference() {
		Catalog catalog = change(SessionTable.APP_STATES,
				(table) -> withColumn(table, new Catalog.Column("state", "longtext", true, "LONGTEXT")));
		assertThat(this.check.differences(catalog)).extracting(HeadDifference::describe)
			.containsExactly("app_states.state: wrong nullability, expected NOT NULL, found NULL");
	}

	@Test
	void whenTheKeyHasAnotherOrderThenThatIsADifference() {
		Catalog catalog = change(SessionTable.SESSIONS, (table) -> new Catalog.Table(table.name(), table.columns(),
				List.of("id", "app_name", "user_id"), table.foreignKeys(), table.indexes()));
		assertThat(this.check.differences(catalog)).extracting(HeadDifference::kind)
			.containsExactly(HeadDifference.Kind.PRIMARY_KEY);
	}

	@Test
	void whenTheForeignKeyDoesNotCascadeThenItIsMissing() {
		Catalog catalog = change(SessionTable.EVENTS, (table) -> {
			Catalog.ForeignKey key = table.foreignKeys().get(0);
			return new Catalog.Table(
					table.name(), table.columns(), table.primaryKey(), List.of(new Catalog.ForeignKey("events_ibfk_1",
							key.columns(), key.referencedTable(), key.referencedColumns(), "NO ACTION")),
					table.indexes());
		});
		assertThat(this.check.differences(catalog)).extracting(HeadDifference::kind)
			.containsExactly(HeadDifference.Kind.FOREIGN_KEY);
	}

	@Test
	void whenOnlyTheSupersededIndexStandsThenHeadsIsMissing() {
		Catalog catalog = change(SessionTable.EVENTS, (table) -> withIndexes(table, List.of(superseded())));
		assertThat(this.check.differences(catalog)).extracting(HeadDifference::kind)
			.containsExactly(HeadDifference.Kind.MISSING_INDEX);
	}

	@Test
	void whenAnIndexOfTheNameHasOtherColumnsThenItIsWrong() {
		Catalog catalog = change(SessionTable.EVENTS, (table) -> withIndexes(table,
				List.of(new Catalog.Index(NAMES.eventsIndexName(), List.of("app_name"), false, true))));
		assertThat(this.check.differences(catalog)).extracting(HeadDifference::kind)
			.containsExactly(HeadDifference.Kind.INDEX);
	}

	@Test
	void whenTheIndexIsInvalidThenThatIsADifference() {
		Catalog catalog = change(SessionTable.EVENTS, (table) -> withIndexes(table,
				List.of(new Catalog.Index(NAMES.eventsIndexName(), table.indexes().get(0).columns(), false, false))));
		assertThat(this.check.differences(catalog)).extracting(HeadDifference::kind)
			.containsExactly(HeadDifference.Kind.INVALID_INDEX);
	}

	@Test
	void whatAUserAddedIsNoDifference() {
		Catalog catalog = change(SessionTable.EVENTS, (table) -> {
			List<Catalog.Column> columns = new ArrayList<>(table.columns());
			columns.add(new Catalog.Column("processed", "int", true, "int DEFAULT 0"));
			List<Catalog.Index> indexes = new ArrayList<>(table.indexes());
			indexes.add(superseded());
			indexes.add(new Catalog.Index("idx_processed", List.of("processed"), false, true));
			return withIndexes(withColumns(table, columns), indexes);
		});
		assertThat(this.check.differences(catalog)).isEmpty();
	}

	@Test
	void headHasTheNamesOfItsTarget() {
		HeadSchema head = HeadSchema.of(DatabaseDialect.SQLITE, SessionTables.withPrefix("crm_"));
		Catalog.Table events = head.table(SessionTable.EVENTS);
		assertThat(events.name()).isEqualTo("crm_events");
		assertThat(events.foreignKeys()).extracting(Catalog.ForeignKey::referencedTable)
			.containsExactly("crm_sessions");
		assertThat(events.indexes()).extracting(Catalog.Index::name)
			.containsExactly("idx_crm_events_app_user_session_ts_id");
	}

	private static Catalog.Index superseded() {
		return new Catalog.Index(NAMES.supersededIndexName(),
				List.of("app_name", "user_id", "session_id", "timestamp desc"), false, true);
	}

	private static Catalog head(DatabaseDialect dialect) {
		Map<String, Catalog.Table> tables = new HashMap<>();
		HeadSchema.of(dialect, NAMES).tables().values().forEach((table) -> tables.put(table.name(), table));
		return new Catalog("", tables);
	}

	private static Catalog change(SessionTable which, UnaryOperator<Catalog.Table> change) {
		Map<String, Catalog.Table> tables = new HashMap<>(head(DatabaseDialect.MARIADB).tables());
		tables.computeIfPresent(NAMES.name(which), (name, table) -> change.apply(table));
		return new Catalog("", tables);
	}

	private static Catalog.Table withColumn(Catalog.Table table, Catalog.Column changed) {
		return withColumns(table,
				table.columns()
					.stream()
					.map((column) -> column.name().equals(changed.name()) ? changed : column)
					.toList());
	}

	private static Catalog.Table withColumns(Catalog.Table table, List<Catalog.Column> columns) {
		return new Catalog.Table(table.name(), columns, table.primaryKey(), table.foreignKeys(), table.indexes());
	}

	private static Catalog.Table withIndexes(Catalog.Table table, List<Catalog.Index> indexes) {
		return new Catalog.Table(table.name(), table.columns(), table.primaryKey(), table.foreignKeys(), indexes);
	}

}
