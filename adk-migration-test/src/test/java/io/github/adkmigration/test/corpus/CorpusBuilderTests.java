package io.github.adkmigration.test.corpus;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import io.github.adkmigration.test.fixture.HistoricLayout;
import io.github.adkmigration.test.fixture.Layouts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CorpusBuilderTests {

	private static final String TIME = "%Y-%m-%d %H:%i:%s.%f";

	static Stream<String> levels() {
		return Layouts.of(DatabaseDialect.SQLITE)
			.stream()
			.map(HistoricLayout::name)
			.filter((name) -> name.matches("python-0.*|python-1\\.1.*|python-.*-v0"));
	}

	@ParameterizedTest
	@MethodSource("levels")
	void everyV0LevelCanBeFilled(String level) throws SQLException {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			Corpus corpus = CorpusBuilder.layout(level).size(3, 7).fill(database);
			assertThat(corpus.events()).isEqualTo(21);
			assertThat(text(database, "SELECT COUNT(*) FROM sessions")).isEqualTo("3");
			assertThat(text(database, "SELECT COUNT(*) FROM events")).isEqualTo("21");
		}
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void everyServerStoresTheWallTimeOfTheWriterAndTheBytesOfThePickle(TestDatabase database) throws SQLException {
		Corpus corpus = CorpusBuilder.layout("python-1.19.0")
			.size(20, 5)
			.writtenIn(ZoneId.of("Asia/Kolkata"))
			.fill(database);
		assertThat(text(database, "SELECT COUNT(*) FROM events")).isEqualTo("100");
		try (Connection connection = database.connection(); Statement statement = connection.createStatement()) {
			String time = database.dialect().mysqlFamily() ? "DATE_FORMAT(timestamp, '" + TIME + "')"
					: "CAST(timestamp AS VARCHAR(26))";
			try (ResultSet row = statement
				.executeQuery("SELECT " + time + ", actions, session_id FROM events WHERE id = 'event-00000063'")) {
				assertThat(row.next()).isTrue();
				LocalDateTime stored = LocalDateTime.parse(row.getString(1).replace(' ', 'T'),
						DateTimeFormatter.ISO_LOCAL_DATE_TIME);
				LocalDateTime written = LocalDateTime.ofInstant(corpus.instant(63), ZoneId.of("Asia/Kolkata"));
				// adk-python's columns on MariaDB hold whole seconds.
				assertThat(stored).isEqualTo(database.dialect() == DatabaseDialect.MARIADB
						? written.truncatedTo(ChronoUnit.SECONDS) : written);
				assertThat(corpus.storedTime(63)).isEqualTo(written);
				assertThat(row.getBytes(2)).isEqualTo(corpus.actions(63).bytes());
				assertThat(row.getString(3)).isEqualTo(corpus.sessionId(63));
			}
		}
	}

	@Test
	void theEventsCrossTheHourThatNewYorkRepeats() {
		Corpus corpus = new Corpus("python-1.17.0", 100, 100, ZoneId.of("America/New_York"));
		assertThat(Stream.iterate(1, (event) -> event + 1).limit(corpus.events() - 1L))
			.anyMatch((event) -> corpus.storedTime(event).isBefore(corpus.storedTime(event - 1)));
	}

	@Test
	void aLayoutThatIsNotV0IsRefused() {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			assertThatThrownBy(() -> CorpusBuilder.layout("python-2.10.0").fill(database))
				.isInstanceOf(IllegalStateException.class)
				.hasMessageContaining("event_data");
		}
	}

	private static String text(TestDatabase database, String sql) throws SQLException {
		try (Connection connection = database.connection();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getString(1);
		}
	}

}
